/* cispd rank: the projects in order, with what decided each tie. */
#include "base/mem.h"
#include "base/terms.h"
#include "cli/nouns.h"
#include "cli/ranking.h"
#include "store/panel.h"
#include "store/results.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int want_stats, want_robust;

/* What was asked for beside the ranking; empty where it was not. */
struct more {
    struct statistics statistics;
    struct robust robust;
};

/* Ties that nothing but the project number decides call for a seed. */
static void warn_without_lot(struct ctx *ctx, const struct plan *p)
{
    for (size_t i = 0; i < p->panel.projects; i++)
        if (p->place[i].tie == TIE_NUMBER) {
            out_warn(ctx, _("equal projects are in the order of their "
                            "numbers, since no text is published to draw lots "
                            "from: set one with \"cispd call edit --seed "
                            "TEXT\" before the marking"));
            return;
        }
}

/* Hundredths of a point as a text: "69.08". */
static json_t *score_json(const struct cell *c)
{
    if (c->kind != CELL_INT)
        return json_null();
    return json_sprintf("%lld.%02lld", (long long)(c->i / 100),
                        (long long)(c->i % 100));
}

/* The object of a row: scores as texts, the deviation a number, rankable a
 * truth value. */
static json_t *project_json(const struct rows *rows, size_t r)
{
    static const char *const scores[] = {"score", "median", "min", "max"};
    json_t *object = out_row_json(rows, r);
    for (size_t i = 0; i < sizeof scores / sizeof *scores; i++)
        json_object_set_new(object, scores[i],
                            score_json(rows_get(rows, r, scores[i])));
    const struct cell *sd = rows_get(rows, r, "sd");
    bool known = rows_get(rows, r, "counted")->i > 1;
    json_object_set_new(object, "sd",
                        known ? json_real(strtod(sd->s, NULL)) : json_null());
    json_object_set_new(object, "rankable",
                        json_boolean(rows_get(rows, r, "rankable")->i));
    return object;
}

static void print_json(struct ctx *ctx, const struct plan *p,
                       const struct rows *rows, const struct more *more)
{
    json_t *list = json_array();
    for (size_t r = 0; r < rows->count; r++)
        json_array_append_new(list, project_json(rows, r));
    json_t *all =
        json_pack("{s:I, s:I, s:I, s:o}", "call", (json_int_t)p->panel.call,
                  "members", (json_int_t)p->panel.members, "quorum",
                  (json_int_t)p->panel.quorum, "projects", list);
    if (want_stats)
        json_object_set_new(all, "statistics",
                            statistics_json(p, &more->statistics));
    if (want_robust)
        json_object_set_new(all, "robustness", robust_json(p, &more->robust));
    out_json(ctx, all);
}

/* "6, 1 recused": how many sheets count, and why the others do not. */
static char *sheets_text(const struct rows *rows, size_t r)
{
    const int abstained = (int)rows_get(rows, r, "abstained")->i;
    const int recused = (int)rows_get(rows, r, "recused")->i;
    const int missing = (int)rows_get(rows, r, "missing")->i;
    struct buf b = BUF_INIT;
    buf_addf(&b, "%d", (int)rows_get(rows, r, "counted")->i);
    if (abstained > 0)
        buf_addf(&b,
                 ngettext(", %d abstention", ", %d abstentions",
                          (unsigned long)abstained),
                 abstained);
    if (recused > 0)
        buf_addf(
            &b,
            ngettext(", %d recusal", ", %d recusals", (unsigned long)recused),
            recused);
    if (missing > 0)
        buf_addf(
            &b,
            ngettext(", %d missing", ", %d missing", (unsigned long)missing),
            missing);
    return buf_take(&b);
}

/* What a screen holds; --stats has how the sheets are spread. */
static void print_places(struct ctx *ctx, const struct rows *rows)
{
    static const char *const names[] = {"rank",  "id",    "association",
                                        "title", "score", "sheets"};
    struct rows people;
    rows_start(&people, 6, names);
    for (size_t r = 0; r < rows->count; r++) {
        struct cell *line = rows_add(&people);
        const struct cell *rank = rows_get(rows, r, "rank");
        const struct cell *score = rows_get(rows, r, "score");
        char *sheets = sheets_text(rows, r);
        if (rank->kind == CELL_INT)
            cell_int(&line[0], rank->i);
        for (int c = 1; c < 4; c++)
            cell_text(&line[c], rows_get(rows, r, names[c])->s);
        if (score->kind == CELL_INT)
            cell_int(&line[4], score->i);
        cell_text(&line[5], sheets);
        free(sheets);
    }
    out_rows(ctx, &people);
    rows_release(&people);
}

/* What decided a tie, and the notes, as lines of their own: they are long. */
static void print_table(struct ctx *ctx, const struct rows *rows)
{
    struct rows notes;
    rows_start(&notes, 2, (const char *const[]){"id", "note"});
    for (size_t r = 0; r < rows->count; r++) {
        const char *tie = rows_get(rows, r, "tie_break")->s;
        const char *note = rows_get(rows, r, "note")->s;
        if (tie == NULL && note == NULL)
            continue;
        struct buf b = BUF_INIT;
        struct cell *line = rows_add(&notes);
        if (tie != NULL)
            buf_addf(&b, _("Tie decided by: %s."), term_text(tie));
        if (note != NULL)
            buf_addf(&b, "%s%s", b.len > 0 ? " " : "", note);
        cell_text(&line[0], rows_get(rows, r, "id")->s);
        cell_text(&line[1], b.s);
        buf_release(&b);
    }
    print_places(ctx, rows);
    out_sentences(ctx, &notes);
    rows_release(&notes);
}

/* A line on the terminal while it takes time, gone at the end. */
static void show_progress(void *arg, size_t done, size_t total)
{
    static size_t shown;
    size_t percent = done * 100 / total;
    (void)arg;
    if (percent == shown && done < total)
        return;
    shown = percent;
    if (done < total)
        fprintf(stderr, "\r%s %zu\xC2\xA0%%", _("Trying changes:"), percent);
    else
        fputs("\r\033[K", stderr);
    fflush(stderr);
}

/* Allocates by the rule of the call, since both tell of the funding line. */
static enum status compute_more(struct ctx *ctx, struct plan *p,
                                struct more *more)
{
    bool watched = isatty(STDERR_FILENO) && !ctx->quiet;
    if (!want_stats && !want_robust)
        return ST_OK;
    plan_open(p);
    enum status st = plan_allocate(p, ctx->err);
    if (st == ST_OK && want_stats)
        statistics_compute(p, &more->statistics);
    if (st == ST_OK && want_robust)
        st = robust_compute(p, watched ? show_progress : NULL, NULL,
                            &more->robust, ctx->err);
    return st;
}

static void print(struct ctx *ctx, const struct plan *p, struct rows *rows,
                  const struct more *more)
{
    warn_without_lot(ctx, p);
    if (ctx->format == FORMAT_JSON) {
        print_json(ctx, p, rows, more);
    } else if (ctx->format == FORMAT_CSV) {
        out_rows(ctx, rows);
    } else {
        print_table(ctx, rows);
        if (want_stats)
            statistics_print(ctx, p, &more->statistics);
        if (want_robust)
            robust_print(ctx, p, &more->robust);
    }
}

static enum status rank_(struct ctx *ctx)
{
    struct plan p = {0};
    struct rows rows = {0};
    struct more more = {0};
    int64_t year;
    if ((want_stats || want_robust) && ctx->format == FORMAT_CSV)
        return usage_error(ctx, _("--stats and --robust print several lists, "
                                  "which one CSV file cannot hold: use "
                                  "--format table or --format json"));
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = plan_load(ctx->db, year, &p, ctx->err);
    if (st == ST_OK)
        st = plan_rank(&p, ctx->err);
    if (st == ST_OK)
        st = results_put_ranking(ctx->db, &p, ctx->err);
    if (st == ST_OK)
        st = ctx->format == FORMAT_JSON
                 ? results_ranking_exact(ctx->db, &rows, ctx->err)
                 : results_ranking(ctx->db, &rows, ctx->err);
    if (st == ST_OK)
        st = compute_more(ctx, &p, &more);
    if (st == ST_OK)
        print(ctx, &p, &rows, &more);
    statistics_release(&more.statistics);
    robust_release(&more.robust);
    rows_release(&rows);
    plan_release(&p);
    return st;
}

static const struct poptOption rank_options[] = {
    OPTION_FLAG("stats", want_stats,
                N_("how the marks are spread and how far the members agree")),
    OPTION_FLAG("robust", want_robust,
                N_("which awards hang on one member, one mark, a weight or "
                   "the rule")),
    POPT_TABLEEND};

const struct command rank_commands[] = {
    {"rank", rank_, NEEDS_READ, GROUP_MARKING, "",
     N_("rank the projects by their scores"), rank_options},
    {NULL}};
