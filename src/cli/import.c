/* cispd import: files into the call, and what is said about them. */
#include "base/mem.h"
#include "base/text.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "core/money.h"
#include "import/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    NOTES_SHOWN = 5,   /* notes printed of one column */
    GROUPS_SHOWN = 100 /* columns */
};

static const char **set, **map;
static char *rejects, *encoding, *delimiter;

static const struct poptOption import_options_table[] = {
    OPTION_LIST("set", set,
                N_("a value for all rows that lack it (repeatable)"),
                N_("FIELD=VALUE")),
    OPTION_LIST("map", map, N_("the column that holds a field (repeatable)"),
                N_("FIELD=HEADING")),
    OPTION("rejects", rejects,
           N_("let the good rows in; write the others here with the reason"),
           N_("FILE")),
    OPTION("encoding", encoding,
           N_("utf-8, windows-1252, cp850... (default: found line by line)"),
           N_("NAME")),
    OPTION("delimiter", delimiter,
           N_("the separator of cells, or \"tab\" (default: found)"),
           N_("CHARACTER")),
    POPT_TABLEEND};

/*------------------------------------------------------------- on screen */

static void clear_progress(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}

static void show_progress(size_t line)
{
    fprintf(stderr, "\r");
    fprintf(stderr, _("line %zu"), line);
    fflush(stderr);
}

static bool same_group(const struct note *a, const struct note *b)
{
    if (a->of_file || b->of_file)
        return a == b;
    if (a->column == NULL || b->column == NULL)
        return a->column == b->column;
    return strcmp(a->column, b->column) == 0;
}

static void print_note(const char *kind, const struct note *n)
{
    char *value = n->value != NULL ? text_one_line(n->value) : NULL;
    char *message = text_one_line(n->message);
    fprintf(stderr, "cispd: %s ", kind);
    if (n->line > 0)
        fprintf(stderr, _("line %zu: "), n->line);
    if (n->column != NULL)
        fprintf(stderr, _("%s: "), n->column);
    /* Most messages repeat the value themselves. */
    if (value != NULL && *value != '\0' && strstr(message, value) == NULL)
        fprintf(stderr, _("\"%s\": "), value);
    fprintf(stderr, "%s\n", message);
    free(value);
    free(message);
}

/* Notes on one column, or on none: the first stands for all. */
struct note_group {
    const struct note *first;
    size_t count;
};

/* Counts the note in its group; that group, or NULL when there are too many. */
static struct note_group *count_note(struct note_group *groups,
                                     const struct note *n)
{
    for (size_t g = 0; g < GROUPS_SHOWN; g++) {
        if (groups[g].first == NULL)
            groups[g].first = n;
        if (same_group(groups[g].first, n)) {
            groups[g].count++;
            return &groups[g];
        }
    }
    return NULL;
}

/* Prints the notes in the order of their lines, of each column the first; how
 * many there are besides, and how to see them, follows. */
static void print_notes(const char *kind, const struct notes *notes,
                        const char *how)
{
    struct note_group groups[GROUPS_SHOWN] = {{NULL, 0}};
    size_t hidden = 0;
    for (size_t i = 0; i < notes->count; i++) {
        const struct note_group *g = count_note(groups, &notes->list[i]);
        if (g != NULL && g->count <= NOTES_SHOWN)
            print_note(kind, &notes->list[i]);
        else
            hidden++;
    }
    if (hidden == 0)
        return;
    fprintf(stderr, _("  and %zu more: %s\n"), hidden, how);
    for (size_t g = 0; g < GROUPS_SHOWN && groups[g].first != NULL; g++)
        if (groups[g].count > NOTES_SHOWN)
            fprintf(stderr, "  %s: %zu\n",
                    groups[g].first->column != NULL ? groups[g].first->column
                                                    : _("whole rows"),
                    groups[g].count);
}

static json_t *text_or_null(const char *s)
{
    return s != NULL ? json_string(s) : json_null();
}

static json_t *notes_json(const struct notes *notes)
{
    json_t *list = json_array();
    for (size_t i = 0; i < notes->count; i++) {
        const struct note *n = &notes->list[i];
        json_t *o = json_object();
        json_object_set_new(o, "line", json_integer((json_int_t)n->line));
        json_object_set_new(o, "column", text_or_null(n->column));
        json_object_set_new(o, "value", text_or_null(n->value));
        json_object_set_new(o, "message", text_or_null(n->message));
        json_array_append_new(list, o);
    }
    return list;
}

/* The counts, and in JSON the notes with them, which CSV leaves to standard
 * error. */
static void print_counts(struct ctx *ctx, const struct import_report *r)
{
    struct rows rows;
    const long long counts[] = {r->rows,      r->imported, r->updated,
                                r->unchanged, r->skipped,  r->rejected};
    rows_start(&rows, 6,
               (const char *const[]){"rows", "imported", "updated", "unchanged",
                                     "skipped", "rejected"});
    struct cell *c = rows_add(&rows);
    for (size_t i = 0; i < 6; i++)
        cell_int(&c[i], counts[i]);
    if (ctx->format == FORMAT_CSV) {
        out_rows(ctx, &rows);
    } else {
        json_t *o = out_row_json(&rows, 0);
        json_object_set_new(o, "warnings", notes_json(&r->warnings));
        json_object_set_new(o, "errors", notes_json(&r->errors));
        out_json(ctx, o);
    }
    rows_release(&rows);
}

/* Says what came of the file; `st` is how the import ended. */
static void print_report(struct ctx *ctx, const struct import_report *r,
                         enum status st)
{
    if (ctx->format == FORMAT_JSON) {
        print_counts(ctx, r);
        return;
    }
    print_notes(_("warning:"), &r->warnings, _("--format json lists them all"));
    print_notes(_("error:"), &r->errors,
                _("--format json lists them all, --rejects FILE writes the "
                  "rows with their reasons"));
    if (ctx->format == FORMAT_CSV) {
        print_counts(ctx, r);
        return;
    }
    for (size_t i = 0; i < r->notices.count; i++)
        out_note(ctx, "%s", r->notices.list[i].message);
    if (st != ST_OK) {
        out_note(ctx,
                 _("Nothing was changed. Rows: %lld; with errors: %lld; good, "
                   "and waiting for the others: %lld; there already: %lld; "
                   "skipped: %lld"),
                 (long long)r->rows, (long long)(r->rejected - r->held),
                 (long long)r->held, (long long)r->unchanged,
                 (long long)r->skipped);
        return;
    }
    out_note(ctx,
             ngettext("%lld row: %lld imported, %lld updated, %lld unchanged, "
                      "%lld skipped, %lld rejected",
                      "%lld rows: %lld imported, %lld updated, %lld "
                      "unchanged, %lld skipped, %lld rejected",
                      (unsigned long)r->rows),
             (long long)r->rows, (long long)r->imported, (long long)r->updated,
             (long long)r->unchanged, (long long)r->skipped,
             (long long)r->rejected);
}

/*------------------------------------------------------------ the options */

static enum status read_options(struct ctx *ctx, struct import_options *o)
{
    *o = (struct import_options){
        .set = set, .map = map, .rejects = rejects, .encoding = encoding};
    if (delimiter != NULL && strcmp(delimiter, "tab") == 0)
        o->delimiter = '\t';
    else if (delimiter != NULL && strlen(delimiter) == 1 &&
             strchr("\"\r\n ", *delimiter) == NULL)
        o->delimiter = *delimiter;
    else if (delimiter != NULL)
        return usage_error(ctx,
                           _("--delimiter \"%s\": type one character, such as "
                             "\";\", or \"tab\""),
                           delimiter);
    if (!ctx->quiet && isatty(STDERR_FILENO))
        o->progress = show_progress;
    return ST_OK;
}

/* What the commands have in common before and after the import. */
static struct job {
    struct import_options options;
    struct import_place at;
    struct import_report report;
    enum status read; /* how the import itself ended */
} job;

/* A file that was read to its end has its counts printed, good or bad; of
 * another one there are none, and the error that ended it says all. */
static void say(struct ctx *ctx, enum status st)
{
    struct import_report *r = &job.report;
    if (r->complete) {
        print_report(ctx, r, st);
    } else if (st == ST_BAD_DATA && ctx->format == FORMAT_JSON) {
        /* Headings that make no sense are an error like those of rows. */
        notes_add_file(&r->errors, ctx->err->line, ctx->err->msg);
        r->rows = r->imported = r->updated = 0;
        r->unchanged = r->skipped = r->rejected = 0;
        print_report(ctx, r, st);
    }
}

/* Nothing is said of rows that a failed commit did not keep, and the rejected
 * rows come out only when the others are in. */
static enum status job_end(struct ctx *ctx, enum status st)
{
    struct import_report *r = &job.report;
    clear_progress();
    if (st == job.read) {
        if (st == ST_OK && r->rejects != NULL)
            st = rejects_keep(r->rejects, ctx->err);
        say(ctx, job.read);
        if (st == ST_OK && r->rejects != NULL && r->rejected > 0)
            out_note(ctx,
                     _("the rejected rows are in %s: correct them there and "
                       "import that file"),
                     rejects);
    }
    report_release(r);
    return st;
}

static enum status job_start(struct ctx *ctx)
{
    int64_t call = 0;
    enum status st = read_options(ctx, &job.options);
    if (st == ST_OK)
        st = ctx_call(ctx, &call);
    job.at = (struct import_place){ctx->db, call, ctx->now, ctx->dry_run};
    if (st == ST_OK)
        ctx->after = job_end;
    return st;
}

typedef enum status importer(const struct import_place *at, const char *path,
                             const struct import_options *options,
                             struct import_report *report, struct err *e);

static enum status run(struct ctx *ctx, importer *import)
{
    enum status st = job_start(ctx);
    if (st == ST_OK)
        job.read = st =
            import(&job.at, ctx->argv[0], &job.options, &job.report, ctx->err);
    return st;
}

static enum status run_projects(struct ctx *ctx)
{
    return run(ctx, import_projects);
}

static enum status run_associations(struct ctx *ctx)
{
    return run(ctx, import_associations);
}

static enum status run_marks(struct ctx *ctx)
{
    return run(ctx, import_marks);
}

static enum status run_criteria(struct ctx *ctx)
{
    return run(ctx, import_criteria);
}

const struct command import_commands[] = {
    {"import projects", run_projects, NEEDS_WRITE, GROUP_INTAKE, N_("FILE"),
     N_("read applications from a CSV file (- : standard input)"),
     import_options_table},
    {"import associations", run_associations, NEEDS_WRITE, GROUP_INTAKE,
     N_("FILE"), N_("read associations and their contacts from a CSV file"),
     import_options_table},
    {"import marks", run_marks, NEEDS_WRITE, GROUP_MARKING, N_("FILE"),
     N_("read marks from a CSV file, one a row or one column a criterion"),
     import_options_table},
    {"criterion import", run_criteria, NEEDS_WRITE, GROUP_SETUP, N_("FILE"),
     N_("read the criteria from a CSV file"), import_options_table},
    {NULL}};
