/* Sentences that say why. A sentence is added whole or left out: a clause
 * whose figure would be impossible is not printed. */
#include "core/why/explain.h"
#include "base/i18n.h"
#include "base/terms.h"
#include "core/why/explain_facts.h"
#include "core/money.h"
#include "core/rules/purse.h"
#include "core/rules/rules.h"
#include "core/why/sentence.h"
#include "core/rules/tiers.h"
#include "core/wide.h"

#include <stdlib.h>
#include <string.h>

static struct figure figure_of(const struct candidate *c)
{
    return score_figure(c->score_num, c->score_den);
}

const char *score_text(const struct plan *p, const struct candidate *c,
                       char out[SCORE_LEN])
{
    return score_with(p, figure_of(c), 2, NEAREST, out);
}

static void say_rank(struct buf *b, const struct plan *p,
                     const struct candidate *c, int decimals)
{
    char score[SCORE_LEN];
    score_with(p, figure_of(c), decimals, NEAREST, score);
    if (c->rank > 0)
        say(b, _("Ranked %lld (score %s)."), (long long)c->rank, score);
}

/* A lot is told to those it parted, another step to whom it put behind. */
static void say_tie(struct buf *b, const struct plan *p, size_t i)
{
    if (p->panel.projects == 0)
        return;
    enum tie_step above = i > 0 ? p->place[i - 1].below : TIE_SCORE;
    if (above > TIE_SCORE && above != TIE_LOT)
        say(b,
            _("It has the same score as rank %lld, which the tie-break puts "
              "before it: %s."),
            (long long)p->candidate[i - 1].rank, term_text(tie_name(above)));
    if (p->panel.seed != NULL &&
        (p->place[i].below == TIE_LOT || above == TIE_LOT))
        say(b,
            _("It equals another project down to the amount requested. A lot "
              "parted them, drawn from the published text \"%s\"."),
            p->panel.seed);
}

/* What holds the request down, in figures that can be computed again. */
static void say_cap(struct buf *b, const struct plan *p,
                    const struct candidate *c)
{
    char asked[MONEY_LEN], request[MONEY_LEN], cost[MONEY_LEN];
    char other[MONEY_LEN], rate[DECIMAL_LEN];
    if (p->panel.projects == 0 || c->request == 0)
        return;
    const struct entry *entry = &p->panel.project[c->project];
    money_text(c->asked, asked);
    money_text(c->request, request);
    if (entry->cap == CAP_AWARD)
        say(b,
            _("It asked for %s; the largest award of the call is %s, and that "
              "counts as its request."),
            asked, request);
    if (entry->cap == CAP_RATE)
        say(b,
            _("It asked for %s; public money may make up %s %% of its cost "
              "(%s), and it has %s of that from elsewhere: %s counts as its "
              "request."),
            asked, decimal_text(p->panel.max_rate_bp, 2, rate),
            money_text(entry->cost_cents, cost),
            money_text(entry->other_cents, other), request);
}

/* A floor that the applicant did not declare is not its word. */
static void say_floor_source(struct buf *b, const struct candidate *c)
{
    char share[DECIMAL_LEN];
    if (c->floor_bp == FLOOR_LEAST_AWARD)
        say(b, _("The smallest award of the call counts as that amount."));
    else if (c->floor_bp >= 10000)
        say(b, _("It declared no such amount: by the rules of the call its "
                 "whole request counts."));
    else if (c->floor_bp > 0)
        say(b,
            _("It declared no such amount: by the rules of the call %s %% of "
              "its request count."),
            decimal_text(c->floor_bp, 2, share));
}

static void say_barred(struct buf *b, const struct plan *p,
                       const struct candidate *c)
{
    char most[MONEY_LEN], least[MONEY_LEN];
    switch (c->closed) {
    case REASON_UNDECIDED:
        say(b,
            _("Its eligibility is not decided yet: run \"cispd project check "
              "%s\"."),
            c->id);
        break;
    case REASON_NO_COST:
        say(b,
            _("The call has a maximum rate of public funding and the cost of "
              "this project is not known: enter it with \"cispd project edit "
              "%s --cost EUR\"."),
            c->id);
        break;
    case REASON_RATE_USED:
        say(b, _("The other public funding of the project already reaches "
                 "the maximum rate of the call."));
        break;
    default:
        say(b,
            _("It may receive at most %s, less than the smallest award of "
              "the call (%s)."),
            money_text(c->request, most),
            money_text(p->terms.min_award, least));
        break;
    }
}

/* ----------------------------------------------------------------- awards */

/* The whole request; where the rule goes down the ranking, out of what. */
static void say_full(struct buf *b, const struct plan *p, size_t i)
{
    char award[MONEY_LEN], left[MONEY_LEN];
    const struct share *s = &p->share[i];
    money_text(s->award, award);
    if (rule_has_turns(p->terms.rule))
        say(b, _("Funded in full: %s out of the %s left at its turn."), award,
            money_text(s->rest_before, left));
    else
        say(b, _("Funded in full: %s."), award);
}

static void say_partial(struct buf *b, const struct plan *p, size_t i)
{
    char award[MONEY_LEN], request[MONEY_LEN], floor[MONEY_LEN];
    const struct candidate *c = &p->candidate[i];
    money_text(p->share[i].award, award);
    money_text(c->request, request);
    money_text(c->floor, floor);
    if (p->share[i].capped)
        say(b,
            _("Funded in part: %s out of the %s requested. That is what the "
              "ceiling of its theme leaves, and no less than its smallest "
              "useful amount (%s)."),
            award, request, floor);
    else
        say(b,
            _("Funded in part: %s out of the %s requested. That is what was "
              "left of the envelope, and no less than its smallest useful "
              "amount (%s)."),
            award, request, floor);
    say_floor_source(b, c);
}

/* A part that the rule sets for all together. */
static void say_reduced(struct buf *b, const struct plan *p, size_t i)
{
    char award[MONEY_LEN], request[MONEY_LEN], floor[MONEY_LEN];
    money_text(p->share[i].award, award);
    money_text(p->candidate[i].request, request);
    if (p->terms.rule->run == run_proportional)
        say(b,
            _("Funded in part: %s out of the %s requested. All share the "
              "envelope, each by its score and its request, from its smallest "
              "useful amount (%s) up."),
            award, request, money_text(p->candidate[i].floor, floor));
    else
        say(b,
            _("Funded in part: %s out of the %s requested. That is its amount "
              "in the allocation of greatest value."),
            award, request);
}

static const struct tier *own_tier(const struct plan *p,
                                   const struct candidate *c)
{
    return tier_of(&p->terms, c->score_num, c->score_den);
}

/* "all came to 39 500 €, more than the 30 000 € there were", and what that
 * makes of its own. */
static void say_cut(struct buf *b, const struct plan *p, size_t i)
{
    char sum[MONEY_LEN], rest[MONEY_LEN], gives[MONEY_LEN], own[MONEY_LEN];
    const struct candidate *c = &p->candidate[i];
    int64_t all = p->share[i].sum;
    int64_t there =
        round_to_unit(p->terms.envelope - purse_forced(p->candidate, p->count),
                      p->terms.unit);
    int64_t v = tier_amount(&p->terms, own_tier(p, c), c->request);
    if (all == 0)
        return;
    say(b,
        _("The amounts of the projects that still shared came to %s, for %s: "
          "cut alike, its %s make %s."),
        money_text(all, sum), money_text(there, rest), money_text(v, gives),
        money_text((int64_t)((wide)there * v / all), own));
}

static void say_tier(struct buf *b, const struct plan *p, size_t i)
{
    char award[MONEY_LEN], request[MONEY_LEN], share[DECIMAL_LEN];
    const struct candidate *c = &p->candidate[i];
    const struct tier *tier = own_tier(p, c);
    money_text(p->share[i].award, award);
    say(b,
        _("Funded in part: %s out of the %s requested. Its score gives it "
          "%s %% of the request."),
        award, money_text(c->request, request),
        decimal_text(tier->share_bp, 2, share));
    say_cut(b, p, i);
}

/* Money that was there at its turn, but not for it. */
static void say_kept(struct buf *b, const struct share *s)
{
    char kept[MONEY_LEN];
    if (s->kept > 0 && s->reason != REASON_AFTER_LINE)
        say(b, _("Besides, %s were kept for the projects of other themes."),
            money_text(s->kept, kept));
}

/* --------------------------------------------------------------- refusals */

static void say_left(struct buf *b, const struct plan *p, size_t i,
                     int64_t need)
{
    char left[MONEY_LEN], request[MONEY_LEN], lacking[MONEY_LEN];
    int64_t rest = p->share[i].rest_before;
    if (rest == 0)
        say(b, _("Nothing was left at its turn."));
    else
        say(b, _("%s were left at its turn, and %s were needed: %s short."),
            money_text(rest, left), money_text(need, request),
            money_text(need - rest, lacking));
}

static void say_below_floor(struct buf *b, const struct plan *p, size_t i)
{
    char left[MONEY_LEN], floor[MONEY_LEN];
    int64_t rest = p->share[i].rest_before;
    if (rest == 0)
        say(b, _("Nothing was left at its turn."));
    else
        say(b,
            _("%s were left at its turn, less than its smallest useful "
              "amount (%s)."),
            money_text(rest, left), money_text(p->candidate[i].floor, floor));
    if (rest > 0)
        say_floor_source(b, &p->candidate[i]);
}

static void say_ceiling(struct buf *b, const struct plan *p, size_t i)
{
    char most[MONEY_LEN], left[MONEY_LEN];
    for (size_t r = 0; r < p->terms.reserves; r++)
        if (p->terms.reserve[r].theme == p->candidate[i].theme)
            say(b,
                _("The projects of the theme \"%s\" may receive %s together, "
                  "of which %s were left at its turn."),
                p->terms.reserve[r].label,
                money_text(p->terms.reserve[r].most, most),
                money_text(p->share[i].rest_before, left));
}

static void say_tier_refusal(struct buf *b, const struct plan *p, size_t i)
{
    char share[DECIMAL_LEN], gives[MONEY_LEN], floor[MONEY_LEN];
    char lowest[SCORE_LEN];
    const struct candidate *c = &p->candidate[i];
    const struct tier *tier = own_tier(p, c);
    int64_t v = tier != NULL ? tier_amount(&p->terms, tier, c->request) : 0;
    if (tier == NULL) {
        struct figure f = {p->terms.tier[p->terms.tiers - 1].threshold, 10000,
                           100};
        say(b, _("Its score is under the lowest tier (%s)."),
            score_with(p, f, 2, NEAREST, lowest));
        return;
    }
    say(b, _("Its score gives it %s %% of the request: %s."),
        decimal_text(tier->share_bp, 2, share), money_text(v, gives));
    if (p->share[i].reason == REASON_TIER_NO_FIT) {
        say_left(b, p, i, v);
        return;
    }
    say_cut(b, p, i);
    say(b, _("That is less than its smallest useful amount (%s)."),
        money_text(c->floor, floor));
    say_floor_source(b, c);
}

static void say_floors(struct buf *b, const struct plan *p, size_t i)
{
    char left[MONEY_LEN], floor[MONEY_LEN];
    int64_t rest = p->share[i].rest_before;
    money_text(p->candidate[i].floor, floor);
    if (rest < p->candidate[i].floor)
        say(b,
            _("The smallest useful amounts of the projects ranked before it "
              "leave %s, less than its own (%s)."),
            money_text(rest, left), floor);
    else
        say(b, _("A project ranked before it can no longer receive its "
                 "smallest useful amount, which ends the sharing."));
    if (rest < p->candidate[i].floor)
        say_floor_source(b, &p->candidate[i]);
}

static void say_refused(struct buf *b, const struct plan *p, size_t i)
{
    switch (p->share[i].reason) {
    case REASON_AFTER_LINE:
        say(b, _("The allocation stopped before its turn."));
        break;
    case REASON_BELOW_FLOOR:
        say_below_floor(b, p, i);
        break;
    case REASON_CEILING:
        say_ceiling(b, p, i);
        break;
    case REASON_TIER_ZERO:
    case REASON_TIER_FLOOR:
    case REASON_TIER_NO_FIT:
        say_tier_refusal(b, p, i);
        break;
    case REASON_FLOORS:
        say_floors(b, p, i);
        break;
    case REASON_NO_SCORE:
        say(b, _("A score of zero has no weight in this sharing."));
        break;
    case REASON_NOT_CHOSEN:
        break; /* the facts say it */
    default:
        say_left(b, p, i, p->candidate[i].request);
        break;
    }
    say_kept(b, &p->share[i]);
    if (p->share[i].reason == REASON_STRICT_LINE)
        say(b, _("The rule stops the allocation here."));
}

/* ------------------------------------------------------------- the shares */

static void say_forced(struct buf *b, const struct plan *p, size_t i)
{
    const struct candidate *c = &p->candidate[i];
    char award[MONEY_LEN], asked[MONEY_LEN];
    money_text(p->share[i].award, award);
    money_text(c->asked, asked);
    if (c->forced_award > 0)
        say_cap(b, p, c);
    if (c->decided && c->forced_award == 0)
        say(b, _("It is decided that it receives nothing; the rule was "
                 "applied to the projects still undecided."));
    else if (c->decided)
        say(b,
            _("Decided: %s out of the %s requested; the rule was applied to "
              "the projects still undecided."),
            award, asked);
    else if (p->share[i].reason == REASON_FORCED_OUT)
        say(b, _("Set aside by the committee before the rule was applied."));
    else
        say(b,
            _("Amount set by the committee: %s out of the %s requested; the "
              "rule was applied to the others."),
            award, asked);
}

/* A project that takes part. */
static void explain_turn(struct buf *b, const struct plan *p, size_t i)
{
    const struct candidate *c = &p->candidate[i];
    struct facts f = plan_facts_of(p, i);
    say_rank(b, p, c, facts_decimals(p, i, &f));
    say_tie(b, p, i);
    say_cap(b, p, c);
    switch (p->share[i].reason) {
    case REASON_FULL:
        say_full(b, p, i);
        break;
    case REASON_PARTIAL:
        say_partial(b, p, i);
        break;
    case REASON_REDUCED:
        say_reduced(b, p, i);
        break;
    case REASON_TIER:
        say_tier(b, p, i);
        break;
    default:
        say_refused(b, p, i);
        say_what_was_needed(b, p, i, &f);
        return;
    }
    say_kept(b, &p->share[i]);
    say_presence(b, p, i, &f);
}

char *explain_share(const struct plan *p, size_t i)
{
    struct buf b = BUF_INIT;
    struct facts f;
    const struct candidate *c = &p->candidate[i];
    switch (p->share[i].reason) {
    case REASON_FORCED_IN:
    case REASON_FORCED_OUT:
        say_rank(&b, p, c, 2);
        say_forced(&b, p, i);
        break;
    case REASON_UNDECIDED:
    case REASON_NO_COST:
    case REASON_RATE_USED:
    case REASON_MIN_AWARD:
        say_barred(&b, p, c);
        break;
    case REASON_BELOW_MIN:
        say_below_min(&b, p, figure_of(c), p->terms.threshold);
        f = plan_facts_of(p, i);
        if (f.score.answer != ANSWER_NONE)
            say_score(&b, p, i, &f);
        break;
    case REASON_INCOMPLETE:
        say_incomplete(&b, p, c->project);
        break;
    case REASON_KO:
    case REASON_QUORUM:
        return explain_standing(p, c->project);
    default:
        explain_turn(&b, p, i);
        break;
    }
    return buf_take(&b);
}
