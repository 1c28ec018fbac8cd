/* cispd rank: the projects in order, with what decided each tie. */
#include "cli/nouns.h"
#include "cli/out.h"
#include "core/plan.h"
#include "store/panel.h"
#include "store/results.h"

#include <stdlib.h>
#include <string.h>

/* Ties that nothing but the project number decides call for a seed. */
static void warn_without_lot(struct ctx *ctx, const struct plan *p)
{
    for (size_t i = 0; i < p->panel.projects; i++)
        if (p->place[i].tie == TIE_NUMBER) {
            out_warn(ctx, _("equal projects are in the order of their "
                            "numbers, for want of a published seed: set one "
                            "with \"cispd call edit --seed TEXT\" before the "
                            "marking"));
            return;
        }
}

static const struct cell *cell_of(const struct rows *rows, size_t r,
                                  const char *name)
{
    return rows_at(rows, r, rows_column(rows, name));
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
                            score_json(cell_of(rows, r, scores[i])));
    const struct cell *sd = cell_of(rows, r, "sd");
    bool known = cell_of(rows, r, "counted")->i > 1;
    json_object_set_new(object, "sd",
                        known ? json_real(strtod(sd->s, NULL)) : json_null());
    json_object_set_new(object, "rankable",
                        json_boolean(cell_of(rows, r, "rankable")->i));
    return object;
}

static void print_json(struct ctx *ctx, const struct plan *p,
                       const struct rows *rows)
{
    json_t *list = json_array();
    for (size_t r = 0; r < rows->count; r++)
        json_array_append_new(list, project_json(rows, r));
    out_json(ctx, json_pack("{s:I, s:I, s:I, s:o}", "call",
                            (json_int_t)p->panel.call, "members",
                            (json_int_t)p->panel.members, "quorum",
                            (json_int_t)p->panel.quorum, "projects", list));
}

/* The table, then the notes as lines of their own: they are long. */
static void print_table(struct ctx *ctx, struct rows *rows)
{
    size_t id = rows_column(rows, "id"), note = rows_column(rows, "note");
    struct rows notes;
    rows_start(&notes, 2, (const char *const[]){"id", "note"});
    for (size_t r = 0; r < rows->count; r++) {
        if (rows_at(rows, r, note)->kind != CELL_TEXT)
            continue;
        struct cell *line = rows_add(&notes);
        cell_text(&line[0], rows_at(rows, r, id)->s);
        cell_text(&line[1], rows_at(rows, r, note)->s);
    }
    rows_drop(rows, "note");
    out_rows(ctx, rows);
    out_sentences(ctx, &notes);
    rows_release(&notes);
}

static enum status rank_(struct ctx *ctx)
{
    struct plan p = {0};
    struct rows rows = {0};
    int64_t year;
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
    if (st == ST_OK) {
        warn_without_lot(ctx, &p);
        if (ctx->format == FORMAT_JSON)
            print_json(ctx, &p, &rows);
        else if (ctx->format == FORMAT_CSV)
            out_rows(ctx, &rows);
        else
            print_table(ctx, &rows);
    }
    rows_release(&rows);
    plan_release(&p);
    return st;
}

const struct command rank_commands[] = {
    {"rank", rank_, NEEDS_READ, GROUP_MARKING, "",
     N_("rank the projects by their scores"), NULL, 0, 0},
    {NULL}};
