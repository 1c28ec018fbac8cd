/* cispd budget: what a call has, gave and still has. */
#include "store/budget.h"
#include "base/mem.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "core/money.h"
#include "store/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BAR_WIDE 30
#define BAR_NARROW 12

/* "████░░░░ 64,3 %": the awarded part of the envelope, rounded down so that
 * only a whole one shows as 100; the bar itself on a terminal only. "" where
 * there is no envelope. The caller frees. */
static char *draw_share(int64_t awarded, int64_t envelope, int width)
{
    struct buf b = BUF_INIT;
    if (envelope > 0) {
        int64_t full = awarded * width / envelope;
        for (int i = 0; isatty(STDOUT_FILENO) && i < width; i++)
            buf_adds(&b, i < full ? "█" : "░");
        char part[DECIMAL_LEN];
        buf_addf(&b, "%s%s\xC2\xA0%%", b.len > 0 ? " " : "",
                 decimal_text(awarded * 1000 / envelope, 1, part));
    }
    buf_adds(&b, "");
    return buf_take(&b);
}

/* An amount of a row by its machine name, in cents. */
static int64_t amount(const struct rows *rows, size_t row, const char *name)
{
    return rows_get(rows, row, name)->i;
}

/* People are not shown the zeros of what nobody has recorded. */
static void drop_unused(struct rows *line)
{
    static const char *const later[] = {"committed_cents", "paid_cents",
                                        "recovered_cents", "to_pay_cents"};
    for (size_t k = 0; k < sizeof later / sizeof *later; k++)
        if (amount(line, 0, later[k]) == 0)
            rows_drop(line, later[k]);
}

/* One call: a field a line, or one JSON object. */
static enum status print_one(struct ctx *ctx, int64_t call)
{
    struct rows line;
    enum status st = budget_lines(ctx->db, call, &line, ctx->err);
    if (st == ST_OK) {
        if (ctx->format == FORMAT_TABLE)
            drop_unused(&line);
        out_record(ctx, &line);
        char *share = draw_share(amount(&line, 0, "awarded_cents"),
                                 amount(&line, 0, "envelope_cents"), BAR_WIDE);
        if (*share != '\0')
            out_note(ctx, _("\n%s of the envelope is awarded"), share);
        free(share);
    }
    rows_release(&line);
    return st;
}

/* All calls side by side: every column for machines, what a screen holds for
 * people. One call alone is shown as that one. */
static enum status print_all(struct ctx *ctx)
{
    struct rows all;
    bool people = ctx->format == FORMAT_TABLE;
    enum status st = people ? budget_summary(ctx->db, &all, ctx->err)
                            : budget_lines(ctx->db, 0, &all, ctx->err);
    if (st == ST_OK && all.count < 2) {
        int64_t only = 0;
        st = all.count == 1 ? ST_OK : ctx_call(ctx, &only);
        only = all.count == 1 ? rows_at(&all, 0, 0)->i : only;
        rows_release(&all);
        return st == ST_OK ? print_one(ctx, only) : st;
    }
    for (size_t r = 0; st == ST_OK && people && r < all.count; r++) {
        char *share = draw_share(amount(&all, r, "awarded_cents"),
                                 amount(&all, r, "envelope_cents"), BAR_NARROW);
        size_t column = rows_column(&all, "share");
        cell_text(&all.cells[r * all.columns + column], share);
        free(share);
    }
    if (st == ST_OK)
        out_rows(ctx, &all);
    rows_release(&all);
    return st;
}

/* A year is meant by the operand or by --call; neither means all. */
static enum status run_budget(struct ctx *ctx)
{
    int64_t call = 0;
    if (ctx->argc == 0 && ctx->call == NULL)
        return print_all(ctx);
    if (ctx->argc == 1 && ctx->call != NULL &&
        strcmp(ctx->argv[0], ctx->call) != 0)
        return usage_error(ctx, _("%s or --call %s: which year is meant?"),
                           ctx->argv[0], ctx->call);
    if (ctx->argc == 1)
        ctx->call = ctx->argv[0];
    enum status st = ctx_call(ctx, &call);
    return st == ST_OK ? print_one(ctx, call) : st;
}

const struct command budget_commands[] = {
    {"budget", run_budget, NEEDS_READ, GROUP_REPORT, N_("[YEAR]"),
     N_("show what a call has, gave and still has; all calls without a year")},
    {NULL}};
