/* cispd scenario: saved allocations, side by side, and the one that is
 * adopted. */
#include "store/scenario.h"
#include "base/mem.h"
#include "cli/comparison.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "core/money.h"
#include "store/find.h"

#include <stdlib.h>
#include <string.h>

static int replay;

/* The lines as a table, the reasons below it. */
static void print_lines(struct ctx *ctx, struct rows *rows)
{
    struct rows why;
    size_t project = rows_column(rows, "id");
    size_t explain = rows_column(rows, "explain");
    rows_start(&why, 2, (const char *const[]){"id", "explain"});
    for (size_t r = 0; r < rows->count; r++) {
        struct cell *line = rows_add(&why);
        cell_text(&line[0], rows_at(rows, r, project)->s);
        cell_text(&line[1], rows_at(rows, r, explain)->s);
    }
    if (ctx->format == FORMAT_TABLE)
        rows_drop(rows, "explain");
    out_rows(ctx, rows);
    out_sentences(ctx, &why);
    rows_release(&why);
}

/* Computes it again: ST_REFUSED, the differences printed, when that gives
 * other awards. */
static enum status print_replay(struct ctx *ctx, struct found f)
{
    struct rows differ;
    enum status st = scenario_replay(ctx->db, f.call, f.id, &differ, ctx->err);
    if (st == ST_OK && (differ.count > 0 || ctx->format != FORMAT_TABLE))
        out_rows(ctx, &differ);
    else if (st == ST_OK)
        out_note(ctx, _("Computed again: the same awards."));
    if (st == ST_OK && differ.count > 0)
        st = err_set(ctx->err, ST_REFUSED,
                     _("computed again, this scenario gives other awards"));
    rows_release(&differ);
    return st;
}

static enum status scenario_show_(struct ctx *ctx)
{
    struct rows rows = {0}, head = {0};
    struct found f;
    enum status st = ctx_find(ctx, THING_SCENARIO, ctx->argv[0], &f);
    if (st == ST_OK)
        st = scenario_head(ctx->db, f.call, f.id, &head, ctx->err);
    if (st == ST_OK)
        scenario_warn(ctx, &head, 0);
    if (st == ST_OK && replay)
        st = print_replay(ctx, f);
    else if (st == ST_OK)
        st = scenario_show(ctx->db, f.id, &rows, ctx->err);
    if (st == ST_OK && !replay)
        print_lines(ctx, &rows);
    rows_release(&rows);
    rows_release(&head);
    return st;
}

/* What the adoption moves, one line a project. */
static void note_changes(struct ctx *ctx, const struct rows *rows)
{
    char before[MONEY_LEN], after[MONEY_LEN];
    for (size_t r = 0; r < rows->count; r++)
        out_note(ctx, _("%s (%s): %s instead of %s"), rows_at(rows, r, 0)->s,
                 rows_at(rows, r, 1)->s,
                 money_text(rows_at(rows, r, 3)->i, after),
                 money_text(rows_at(rows, r, 2)->i, before));
}

/* Who is absent holds nothing up: the committee knows whose scores these are.
 */
static enum status note_absent(struct ctx *ctx, int64_t call)
{
    char *names = NULL;
    enum status st = scenario_absent(ctx->db, call, &names, ctx->err);
    if (names != NULL)
        out_note(ctx,
                 _("Marked nothing: %s. The scores are those of the others."),
                 names);
    free(names);
    return st;
}

static enum status scenario_adopt_(struct ctx *ctx)
{
    struct rows changes = {0}, head = {0};
    struct found f;
    enum status st = ctx_find(ctx, THING_SCENARIO, ctx->argv[0], &f);
    if (st == ST_OK)
        st = scenario_head(ctx->db, f.call, f.id, &head, ctx->err);
    if (st == ST_OK)
        st = scenario_changes(ctx->db, f.id, &changes, ctx->err);
    if (st == ST_OK)
        st = scenario_adopt(ctx->db, f.call, f.id, ctx->now, ctx->err);
    if (st == ST_OK)
        st = note_absent(ctx, f.call);
    if (st == ST_OK) {
        scenario_warn(ctx, &head, 0);
        note_changes(ctx, &changes);
        out_note(ctx, "%s",
                 _("Adopted. \"cispd award set --all\" records its amounts as "
                   "the decisions of the council."));
    }
    rows_release(&changes);
    rows_release(&head);
    return st;
}

static enum status scenario_drop_(struct ctx *ctx)
{
    struct found f;
    enum status st = ctx_find(ctx, THING_SCENARIO, ctx->argv[0], &f);
    if (st == ST_OK)
        st = scenario_drop(ctx->db, f.id, ctx->err);
    return out_done(ctx, st, _("Scenario deleted: %s"), f.name);
}

static const struct poptOption show_options[] = {
    OPTION_FLAG("replay", replay,
                N_("compute it again and list the awards that differ")),
    POPT_TABLEEND};

const struct command scenario_commands[] = {
    LISTS("scenario list", GROUP_DECISION, N_("list the saved allocations"),
          scenario_list),
    {"scenario show", scenario_show_, NEEDS_READ, GROUP_DECISION, N_("NAME"),
     N_("show what a saved allocation gives to each project"), show_options},
    {"scenario compare", scenario_compare_, NEEDS_READ, GROUP_DECISION,
     N_("NAME NAME..."),
     N_("show saved allocations side by side, and what changes")},
    {"scenario adopt", scenario_adopt_, NEEDS_WRITE, GROUP_DECISION, N_("NAME"),
     N_("take a saved allocation as the committee's proposal")},
    {"scenario drop", scenario_drop_, NEEDS_WRITE, GROUP_DECISION, N_("NAME"),
     N_("delete a saved allocation that is not adopted")},
    {NULL}};
