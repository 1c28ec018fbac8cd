/* Sharing an envelope between ranked projects (allocation.md, 3.1, 3.2). */
#include "core/rules/allocate.h"
#include "base/i18n.h"
#include "base/terms.h"
#include "core/money.h"
#include "core/rules/purse.h"
#include "core/rules/rules.h"

#include <string.h>

/* Full awards down the ranking; the first that does not fit ends it, but for
 * themes that have a reserve (see core/rules/purse.h). */
enum status run_strict(const struct candidate *c, size_t n,
                       const struct terms *t, int64_t rest, struct share *out,
                       struct err *e)
{
    struct purse p = purse_open(c, n, t, rest);
    bool stopped = false, theme_stopped[RESERVES_MAX] = {false};
    (void)e;
    for (size_t i = 0; i < n; i++) {
        if (!is_open(&c[i]))
            continue;
        struct share *s = &out[i];
        int own = purse_theme(&p, &c[i]);
        purse_look(&p, &c[i], c[i].request, s);
        if (stopped)
            s->rest_before = own < 0 ? 0 : purse_reserved(&p, own);
        if ((own >= 0 && theme_stopped[own]) ||
            (stopped && s->rest_before == 0)) {
            s->rest_before = -1;
            purse_pay(&p, &c[i], s, 0, REASON_AFTER_LINE);
        } else if (c[i].request <= s->rest_before) {
            purse_pay(&p, &c[i], s, c[i].request, REASON_FULL);
        } else {
            purse_pay(&p, &c[i], s, 0,
                      s->capped ? REASON_CEILING : REASON_STRICT_LINE);
            stopped = stopped || !s->capped;
            if (own >= 0)
                theme_stopped[own] = true;
        }
    }
    return ST_OK;
}

/* Full awards down the ranking; what does not fit takes the rest when its floor
 * allows (`parts`), or is passed over. */
static enum status run_down(const struct candidate *c, size_t n,
                            const struct terms *t, int64_t rest,
                            struct share *out, bool parts)
{
    struct purse p = purse_open(c, n, t, rest);
    for (size_t i = 0; i < n; i++) {
        if (!is_open(&c[i]))
            continue;
        struct share *s = &out[i];
        purse_look(&p, &c[i], parts ? c[i].floor : c[i].request, s);
        int64_t whole = round_to_unit(s->rest_before, t->unit);
        if (c[i].request <= s->rest_before)
            purse_pay(&p, &c[i], s, c[i].request, REASON_FULL);
        else if (parts && c[i].floor <= whole)
            purse_pay(&p, &c[i], s, whole, REASON_PARTIAL);
        else
            purse_pay(&p, &c[i], s, 0,
                      s->capped ? REASON_CEILING
                      : parts   ? REASON_BELOW_FLOOR
                                : REASON_NO_FIT);
    }
    return ST_OK;
}

enum status run_skip(const struct candidate *c, size_t n, const struct terms *t,
                     int64_t rest, struct share *out, struct err *e)
{
    (void)e;
    return run_down(c, n, t, rest, out, false);
}

enum status run_partial(const struct candidate *c, size_t n,
                        const struct terms *t, int64_t rest, struct share *out,
                        struct err *e)
{
    (void)e;
    return run_down(c, n, t, rest, out, true);
}

static const struct rule rules[] = {
    {"strict", run_strict, true, true},
    {"skip", run_skip, true, true},
    {"partial", run_partial, true, true},
    {"proportional", run_proportional, false, false},
    {"tiers", run_tiers, true, false},
    {"tiers:cut", run_tiers_cut, false, false},
    {"optimal", run_optimal, false, false},
};

const struct rule *rule_at(size_t i)
{
    return i < sizeof rules / sizeof *rules ? &rules[i] : NULL;
}

const struct rule *rule_find(const char *name)
{
    for (size_t i = 0; rule_at(i) != NULL; i++)
        if (strcmp(rules[i].name, name) == 0)
            return &rules[i];
    return NULL;
}

const char *rule_name(const struct rule *rule)
{
    return rule->name;
}

bool rule_has_turns(const struct rule *rule)
{
    return rule->turns;
}

/* Pays the forced decisions; what they leave, or less than 0. */
static int64_t pay_forced(const struct candidate *c, size_t n, int64_t envelope,
                          struct share *out)
{
    int64_t rest = envelope;
    for (size_t i = 0; i < n; i++) {
        out[i] = (struct share){.rest_before = -1, .reason = c[i].closed};
        if (!c[i].forced)
            continue;
        out[i].award = c[i].forced_award;
        out[i].reason =
            c[i].forced_award > 0 ? REASON_FORCED_IN : REASON_FORCED_OUT;
        rest -= c[i].forced_award;
    }
    return rest;
}

/* Reserves that cannot be kept, or that the rule does not know. */
static enum status check_reserves(const struct terms *t, struct err *e)
{
    char sum_text[MONEY_LEN], envelope[MONEY_LEN];
    int64_t sum = 0;
    for (size_t r = 0; r < t->reserves; r++)
        sum += t->reserve[r].least;
    if (t->reserves > 0 && !t->rule->reserves)
        return err_set(e, ST_REFUSED,
                       _("the rule %s knows no reserves for themes: use "
                         "strict, skip or partial"),
                       term_text(t->rule->name));
    if (sum > t->envelope)
        return err_set(e, ST_REFUSED,
                       _("the reserves for themes add up to %s, more than the "
                         "envelope of %s"),
                       money_text(sum, sum_text),
                       money_text(t->envelope, envelope));
    return ST_OK;
}

enum status allocate(const struct candidate *c, size_t n, const struct terms *t,
                     struct share *out, struct err *e)
{
    char over[MONEY_LEN], envelope[MONEY_LEN];
    int64_t rest = pay_forced(c, n, t->envelope, out);
    if (rest < 0)
        return err_set(e, ST_REFUSED,
                       _("the amounts given with --force exceed the envelope "
                         "of %s by %s"),
                       money_text(t->envelope, envelope),
                       money_text(-rest, over));
    enum status st = check_reserves(t, e);
    return st == ST_OK ? t->rule->run(c, n, t, rest, out, e) : st;
}

const char *reason_name(const struct share *s, const struct candidate *c)
{
    static const char *const names[] = {[REASON_OPEN] = "not-selected",
                                        [REASON_FULL] = "funded",
                                        [REASON_PARTIAL] = "partial",
                                        [REASON_STRICT_LINE] = "does-not-fit",
                                        [REASON_AFTER_LINE] = "after-stop",
                                        [REASON_NO_FIT] = "does-not-fit",
                                        [REASON_BELOW_FLOOR] = "does-not-fit",
                                        [REASON_CEILING] = "does-not-fit",
                                        [REASON_REDUCED] = "partial",
                                        [REASON_TIER] = "partial",
                                        [REASON_TIER_ZERO] = "below-threshold",
                                        [REASON_TIER_FLOOR] = "does-not-fit",
                                        [REASON_TIER_NO_FIT] = "does-not-fit",
                                        [REASON_FLOORS] = "does-not-fit",
                                        [REASON_NO_SCORE] = "below-threshold",
                                        [REASON_NOT_CHOSEN] = "not-selected",
                                        [REASON_BELOW_MIN] = "below-threshold",
                                        [REASON_KO] = "below-threshold",
                                        [REASON_QUORUM] = "not-rankable",
                                        [REASON_INCOMPLETE] = "not-rankable",
                                        [REASON_UNDECIDED] = "not-rankable",
                                        [REASON_NO_COST] = "not-rankable",
                                        [REASON_RATE_USED] = "does-not-fit",
                                        [REASON_MIN_AWARD] = "does-not-fit",
                                        [REASON_FORCED_IN] = "funded",
                                        [REASON_FORCED_OUT] = "not-selected"};
    if (s->reason == REASON_FORCED_IN && s->award < c->request)
        return "partial";
    return names[s->reason];
}
