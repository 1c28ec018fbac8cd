/* cispd award: the decisions of the council. */
#include "store/award.h"
#include "store/budget.h"
#include "base/terms.h"
#include "cli/comparison.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "core/money.h"
#include "store/scenario.h"

#include <stdlib.h>
#include <string.h>

static char *reason, *date;
static int all, reserve;

/* Says what the decision leaves of the envelope. */
static enum status note_available(struct ctx *ctx, int64_t year)
{
    char left[MONEY_LEN];
    int64_t cents = 0;
    enum status st = budget_available(ctx->db, year, &cents, ctx->err);
    if (st == ST_OK)
        out_note(ctx, _("Left in the envelope: %s"), money_text(cents, left));
    return st;
}

/* The first decision without an adopted scenario may be a slip: it freezes
 * more than its own project. */
static enum status warn_freeze(struct ctx *ctx, int64_t year)
{
    bool alone = false;
    enum status st = award_is_alone(ctx->db, year, &alone, ctx->err);
    if (st == ST_OK && alone)
        out_warn(ctx, "%s",
                 _("no scenario is adopted, and this first decision freezes "
                   "the marks, criteria and members of the call; \"cispd award "
                   "clear\" takes it back"));
    return st;
}

static enum status warn_doubt(struct ctx *ctx, int64_t year,
                              const struct decision *d)
{
    char *doubt = NULL;
    enum status st = award_doubt(ctx->db, year, d, &doubt, ctx->err);
    if (doubt != NULL)
        out_warn(ctx, "%s", doubt);
    free(doubt);
    return st;
}

/* Records a decision on the project that the first operand names. */
static enum status decide(struct ctx *ctx, const char *decision, int64_t cents)
{
    char day[DAY_LEN], money[MONEY_LEN];
    bool held = false; /* whether the adopted scenario could be followed */
    struct found p;
    struct decision d = {.decision = decision,
                         .amount_cents = cents,
                         .reason = reason,
                         .decided_on = day};
    memcpy(day, ctx->today, DAY_LEN);
    enum status st = ctx_find(ctx, THING_PROJECT, ctx->argv[0], &p);
    d.project = p.id;
    if (st == ST_OK)
        st = opt_past(ctx, "--date", date, day);
    if (st == ST_OK)
        held = scenario_current(ctx->db, p.call, NULL) == ST_OK;
    if (st == ST_OK)
        st = award_set(ctx->db, &d, ctx->err);
    if (st == ST_OK && held && scenario_current(ctx->db, p.call, NULL) != ST_OK)
        st = scenario_warn_adopted(ctx, p.call);
    if (st == ST_OK)
        st = warn_freeze(ctx, p.call);
    if (st == ST_OK)
        st = warn_doubt(ctx, p.call, &d);
    if (cents > 0)
        out_done(ctx, st, _("%s: %s awarded."), p.name,
                 money_text(cents, money));
    else
        out_done(ctx, st, _("%s: %s."), p.name, term_text(decision));
    return st == ST_OK ? note_available(ctx, p.call) : st;
}

/* Every project as the adopted scenario says. */
static enum status decide_all(struct ctx *ctx)
{
    char day[DAY_LEN];
    int64_t year, decided = 0, waiting = 0;
    memcpy(day, ctx->today, DAY_LEN);
    if (ctx->argc > 0 || reason != NULL)
        return usage_error(ctx, _("--all decides as the adopted scenario "
                                  "says: it goes without a project and "
                                  "without --reason"));
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = opt_past(ctx, "--date", date, day);
    if (st == ST_OK)
        st = scenario_warn_adopted(ctx, year); /* a try may be followed */
    if (st == ST_OK)
        st = award_set_all(ctx->db, year, reserve != 0, day, &decided, &waiting,
                           ctx->err);
    if (st != ST_OK)
        return st;
    out_note(ctx,
             ngettext("%lld project decided.", "%lld projects decided.",
                      (unsigned long)decided),
             (long long)decided);
    if (waiting > 0)
        out_warn(ctx,
                 ngettext("the eligibility of %lld project is not decided: "
                          "nothing was recorded for it",
                          "the eligibility of %lld projects is not decided: "
                          "nothing was recorded for them",
                          (unsigned long)waiting),
                 (long long)waiting);
    return note_available(ctx, year);
}

static enum status award_set_(struct ctx *ctx)
{
    int64_t cents = 0;
    if (all)
        return decide_all(ctx);
    if (reserve)
        return usage_error(ctx, _("--reserve goes with --all; for one "
                                  "project: cispd award reserve PROJECT"));
    if (ctx->argc < 2)
        return usage_error(ctx, _("name the PROJECT and the amount in EUR, "
                                  "or say --all"));
    enum status st = opt_money(ctx, "EUR", ctx->argv[1], &cents);
    return st == ST_OK ? decide(ctx, "awarded", cents) : st;
}

static enum status award_refuse_(struct ctx *ctx)
{
    return decide(ctx, "refused", 0);
}

static enum status award_reserve_(struct ctx *ctx)
{
    return decide(ctx, "reserve", 0);
}

static enum status award_clear_(struct ctx *ctx)
{
    struct found p;
    enum status st = ctx_find(ctx, THING_PROJECT, ctx->argv[0], &p);
    if (st == ST_OK)
        st = award_clear(ctx->db, p.id, reason, ctx->err);
    out_done(ctx, st, _("%s: the decision is taken back."), p.name);
    return st == ST_OK ? note_available(ctx, p.call) : st;
}

static const struct poptOption decide_options[] = {
    OPTION("reason", reason,
           N_("why; needed where it differs from the adopted scenario"),
           N_("TEXT")),
    OPTION("date", date, N_("day of the decision (today unless said)"),
           N_("D")),
    POPT_TABLEEND};

static const struct poptOption set_options[] = {
    OPTION_TABLE(decide_options),
    OPTION_FLAG("all", all,
                N_("decide all that is undecided as the adopted scenario "
                   "says")),
    OPTION_FLAG("reserve", reserve,
                N_("with --all: put the unfunded on reserve instead of "
                   "refusing them")),
    POPT_TABLEEND};

static const struct poptOption clear_options[] = {
    OPTION("reason", reason,
           N_("why the decision is taken back; the journal keeps it"),
           N_("TEXT")),
    POPT_TABLEEND};

const struct command award_commands[] = {
    {"award set", award_set_, NEEDS_WRITE, GROUP_DECISION, N_("[PROJECT EUR]"),
     N_("record an award, or all of them"), set_options},
    {"award refuse", award_refuse_, NEEDS_WRITE, GROUP_DECISION, N_("PROJECT"),
     N_("record that a project is refused"), decide_options},
    {"award reserve", award_reserve_, NEEDS_WRITE, GROUP_DECISION,
     N_("PROJECT"), N_("put a project on the reserve list"), decide_options},
    LISTS("award list", GROUP_DECISION,
          N_("list the decisions beside what was proposed"), award_list),
    {"award clear", award_clear_, NEEDS_WRITE, GROUP_DECISION, N_("PROJECT"),
     N_("take a decision back"), clear_options, "reason"},
    {NULL}};
