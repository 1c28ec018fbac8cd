/* cispd report: workbooks for the committee, finance and the council. */
#include "base/mem.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "report/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *output;
static int force;

/* No report is longer: what is, is no report. */
enum { MAX_SOURCE = 1 << 20 };

/* The text of a user's own report, to be freed. */
static enum status read_source(const char *path, char **text, struct err *e)
{
    FILE *f = fopen(path, "re");
    struct buf b = BUF_INIT;
    char part[4096];
    size_t n;
    if (f == NULL)
        return err_set(e, ST_NO_INPUT, _("cannot read %s: %s"), path,
                       strerror(errno));
    while ((n = fread(part, 1, sizeof part, f)) > 0 && b.len < MAX_SOURCE)
        buf_add(&b, part, n);
    bool failed = ferror(f) != 0;
    fclose(f);
    enum status st = ST_OK;
    if (failed)
        st = err_set(e, ST_IO, _("cannot read %s: %s"), path, strerror(errno));
    else if (b.len >= MAX_SOURCE || (b.s && strlen(b.s) != b.len))
        st = err_set(e, ST_BAD_DATA, _("%s is not a report"), path);
    *text = buf_take(&b);
    return st;
}

static bool is_file(const char *name)
{
    size_t len = strlen(name);
    return len > 4 && strcmp(name + len - 4, ".sql") == 0;
}

static void show_progress(void *arg, size_t at, size_t steps)
{
    (void)arg;
    fprintf(stderr, "\r%zu/%zu ", at, steps);
    if (at == steps)
        fputs("\r        \r", stderr);
    fflush(stderr);
}

static enum status write_workbook(struct ctx *ctx,
                                  const struct report_source *sources,
                                  size_t count)
{
    int64_t year;
    enum status st = ctx_call(ctx, &year);
    if (st != ST_OK)
        return st;
    bool watched = isatty(STDERR_FILENO) && !ctx->quiet;
    struct report_job job = {.db = ctx->db,
                             .call = year,
                             .sources = sources,
                             .count = count,
                             .path = output,
                             .force = force != 0,
                             .dry_run = ctx->dry_run,
                             .progress = watched ? show_progress : NULL};
    st = report_write(&job, ctx->err);
    if (watched && (st != ST_OK || ctx->dry_run))
        fputs("\r        \r", stderr);
    if (st == ST_OK && !ctx->dry_run)
        out_note(ctx,
                 ngettext("%s is written: %d sheet.",
                          "%s is written: %d sheets.", count),
                 output, (int)count);
    return st;
}

/* Whether the output is the database itself, which --force would replace. */
static bool is_database(const struct ctx *ctx, const char *path)
{
    struct stat a, b;
    return stat(path, &a) == 0 && stat(db_path(ctx->db), &b) == 0 &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static enum status report_(struct ctx *ctx)
{
    const char *name = ctx->argv[0];
    if (is_database(ctx, output))
        return err_set(ctx->err, ST_CANT_CREATE,
                       _("%s is the database: give the workbook a name of its "
                         "own"),
                       output);
    struct report_source *sources = NULL;
    char *text = NULL;
    size_t count = 1;
    enum status st;
    if (is_file(name)) {
        st = read_source(name, &text, ctx->err);
        sources = xcalloc(1, sizeof *sources);
        *sources = (struct report_source){name, text};
    } else {
        st = report_builtin(name, &sources, &count, ctx->err);
    }
    if (st == ST_OK)
        st = write_workbook(ctx, sources, count);
    free(sources);
    free(text);
    return st;
}

static const struct poptOption report_options[] = {
    OPTION_SHORT("output", 'o', output, N_("the workbook to write"),
                 N_("FILE.xlsx")),
    OPTION_FLAG("force", force, N_("replace the file when it is there")),
    POPT_TABLEEND};

const struct command report_commands[] = {
    {"report", report_, NEEDS_READ, GROUP_REPORT, N_("NAME|FILE.sql"),
     N_("write a workbook: committee, or a report of your own"), report_options,
     "output"},
    {NULL}};
