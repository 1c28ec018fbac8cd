/* cispd log: who changed what, and when. */
#include "base/mem.h"
#include "base/terms.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "store/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEWEST = 100 }; /* entries that a screen shows unless --limit says */

static char *project, *since, *until, *actor, *limit;

static const struct poptOption log_options[] = {
    OPTION("project", project, N_("only what changed about this project"),
           N_("PROJECT")),
    OPTION("since", since, N_("from this day on"), N_("D")),
    OPTION("until", until, N_("up to this day"), N_("D")),
    OPTION("actor", actor, N_("only what this person did, or had done"),
           N_("NAME")),
    OPTION("limit", limit, N_("the newest so many changes; 0: all"), N_("N")),
    POPT_TABLEEND};

/* The columns of history_read; rows of one entry, and entries of one seal,
 * follow each other. */
enum {
    ENTRY,
    AT,
    ACTOR,
    ACTING_AS,
    COMMAND,
    TAB,
    ROW,
    ACTION,
    FIELD,
    OLD,
    NEW
};

static const char *text_at(const struct rows *rows, size_t r, size_t c)
{
    const char *s = rows_at(rows, r, c)->s;
    return s != NULL ? s : "";
}

/* Whether rows `r` and `r` - 1 differ in one of the columns `from` to `to`. */
static bool turns(const struct rows *rows, size_t r, size_t from, size_t to)
{
    bool differs = r == 0;
    for (size_t c = from; c <= to && !differs; c++)
        differs = strcmp(text_at(rows, r, c), text_at(rows, r - 1, c)) != 0;
    return differs;
}

/* "01/03/2026 10:00  clerk (as Mme Dupont): award set" */
static void print_seal(const struct ctx *ctx, const struct rows *rows, size_t r)
{
    char at[MINUTE_LEN];
    fputs(ctx->color ? "\033[1m" : "", stdout);
    if (rows_at(rows, r, AT)->s == NULL)
        fputs(_("WITHOUT A SEAL: not made by cispd"), stdout);
    else if (rows_at(rows, r, ACTING_AS)->s == NULL)
        printf(_("%s  %s: %s"), minute_text(text_at(rows, r, AT), at),
               text_at(rows, r, ACTOR), text_at(rows, r, COMMAND));
    else
        printf(_("%s  %s (as %s): %s"), minute_text(text_at(rows, r, AT), at),
               text_at(rows, r, ACTOR), text_at(rows, r, ACTING_AS),
               text_at(rows, r, COMMAND));
    puts(ctx->color ? "\033[0m" : "");
}

/* "  project 2026-001 changed" */
static void print_entry(const struct rows *rows, size_t r)
{
    const char *action = text_at(rows, r, ACTION);
    const char *format = strcmp(action, "insert") == 0   ? _("%s %s added")
                         : strcmp(action, "delete") == 0 ? _("%s %s removed")
                                                         : _("%s %s changed");
    fputs("  ", stdout);
    printf(format, term_table(text_at(rows, r, TAB)), text_at(rows, r, ROW));
    putchar('\n');
}

/* "    Requested: 1 000,00 € -> 900,00 €" */
static void print_field(const struct rows *rows, size_t r)
{
    const char *field = rows_at(rows, r, FIELD)->s;
    if (field == NULL) {
        if (strcmp(text_at(rows, r, ACTION), "update") == 0)
            puts(_("    (nothing that is shown: what the program knows the row "
                   "by, or a confidential place or contact)"));
        return;
    }
    const struct cell *old = rows_at(rows, r, OLD),
                      *new = rows_at(rows, r, NEW);
    bool mark = strcmp(text_at(rows, r, TAB), "mark") == 0;
    const char *nothing = mark ? term_text("abstained") : "-";
    char *before =
        old->kind != CELL_NULL ? words_value(field, old) : xstrdup(nothing);
    char *after =
        new->kind != CELL_NULL ? words_value(field, new) : xstrdup(nothing);
    const char *action = text_at(rows, r, ACTION);
    if (strcmp(action, "insert") == 0)
        printf(_("    %s: %s\n"), words_heading(field), after);
    else if (strcmp(action, "delete") == 0)
        printf(_("    %s: %s\n"), words_heading(field), before);
    else
        printf(_("    %s: %s -> %s\n"), words_heading(field), before, after);
    free(before);
    free(after);
}

static void print_log(struct ctx *ctx, const struct rows *rows)
{
    if (rows->count == 0)
        puts(_("(none)"));
    for (size_t r = 0; r < rows->count; r++) {
        if (turns(rows, r, AT, COMMAND))
            print_seal(ctx, rows, r);
        if (turns(rows, r, ENTRY, ENTRY))
            print_entry(rows, r);
        print_field(rows, r);
    }
}

/* Puts words for codes, as the screen does: a table in CSV is read by people,
 * JSON by programs. */
static void put_words(struct rows *rows)
{
    for (size_t r = 0; r < rows->count; r++) {
        struct cell *row = rows->cells + r * rows->columns;
        cell_text(&row[TAB], term_table(row[TAB].s));
        cell_text(&row[ACTION], term_text(row[ACTION].s));
        for (size_t c = OLD; row[FIELD].s != NULL && c <= NEW; c++)
            if (row[c].kind != CELL_NULL) {
                char *words = words_value(row[FIELD].s, &row[c]);
                cell_text(&row[c], words);
                free(words);
            }
        if (row[FIELD].s != NULL)
            cell_text(&row[FIELD], words_heading(row[FIELD].s));
    }
}

static enum status find_filter(struct ctx *ctx, struct history_filter *f)
{
    struct found p = {0};
    enum status st = ST_OK;
    if (project != NULL)
        st = ctx_find(ctx, THING_PROJECT, project, &p);
    f->project = p.id;
    return st;
}

static enum status run_log(struct ctx *ctx)
{
    char from[DAY_LEN], to[DAY_LEN];
    struct history_filter f = {.since = since != NULL ? from : NULL,
                               .until = until != NULL ? to : NULL,
                               .actor = actor,
                               .limit =
                                   ctx->format == FORMAT_TABLE ? NEWEST : 0};
    opt_day(ctx, "--since", since, from);
    opt_day(ctx, "--until", until, to);
    enum status st = opt_int(ctx, "--limit", limit, 0, INT64_MAX, &f.limit);
    if (st == ST_OK)
        st = find_filter(ctx, &f);
    struct rows rows = {0};
    if (st == ST_OK)
        st = history_read(ctx->db, &f, &rows, ctx->err);
    if (st == ST_OK && ctx->format == FORMAT_CSV)
        put_words(&rows);
    if (st == ST_OK && ctx->format == FORMAT_TABLE)
        print_log(ctx, &rows);
    else if (st == ST_OK)
        out_rows(ctx, &rows);
    rows_release(&rows);
    return st;
}

const struct command log_commands[] = {
    {"log", run_log, NEEDS_READ, GROUP_KEEPING, "",
     N_("show who changed what, newest first"), log_options},
    {NULL}};
