/* Sharing an envelope between ranked projects (ALLOCATION.md, 3.1, 3.2). */
#include "core/allocate.h"
#include "base/i18n.h"
#include "core/money.h"

#include <string.h>

/* A rule goes over the open candidates in rank order and fills the award and
 * the reason of each; `rest` is what the forced decisions left. */
struct rule {
    const char *name;
    void (*run)(const struct candidate *c, size_t n, const struct terms *t,
                int64_t rest, struct share *out);
};

int64_t round_to_unit(int64_t cents, int64_t unit)
{
    return cents - cents % unit;
}

int64_t floor_to_unit(int64_t floor, int64_t request, int64_t unit)
{
    int64_t up = round_to_unit(floor + unit - 1, unit);
    return up < request ? up : request;
}

static bool is_open(const struct candidate *c)
{
    return c->closed == REASON_OPEN && !c->forced;
}

/* Gives `amount` of the rest. */
static void give(struct share *s, int64_t amount, enum reason reason,
                 int64_t *rest)
{
    s->award = amount;
    s->reason = reason;
    *rest -= amount;
}

/* Full awards down the ranking; the first that does not fit ends it. */
static void run_strict(const struct candidate *c, size_t n,
                       const struct terms *t, int64_t rest, struct share *out)
{
    bool stopped = false;
    (void)t;
    for (size_t i = 0; i < n; i++) {
        if (!is_open(&c[i]))
            continue;
        out[i].rest_before = stopped ? -1 : rest;
        if (stopped) {
            out[i].reason = REASON_AFTER_LINE;
        } else if (c[i].request <= rest) {
            give(&out[i], c[i].request, REASON_FULL, &rest);
        } else {
            out[i].reason = REASON_STRICT_LINE;
            stopped = true;
        }
    }
}

/* Full awards down the ranking; what does not fit is passed over. */
static void run_skip(const struct candidate *c, size_t n, const struct terms *t,
                     int64_t rest, struct share *out)
{
    (void)t;
    for (size_t i = 0; i < n; i++) {
        if (!is_open(&c[i]))
            continue;
        out[i].rest_before = rest;
        if (c[i].request <= rest)
            give(&out[i], c[i].request, REASON_FULL, &rest);
        else
            out[i].reason = REASON_NO_FIT;
    }
}

/* As skip, but a project takes the rest when its floor allows. */
static void run_partial(const struct candidate *c, size_t n,
                        const struct terms *t, int64_t rest, struct share *out)
{
    for (size_t i = 0; i < n; i++) {
        if (!is_open(&c[i]))
            continue;
        out[i].rest_before = rest;
        int64_t whole = round_to_unit(rest, t->unit);
        if (c[i].request <= rest)
            give(&out[i], c[i].request, REASON_FULL, &rest);
        else if (c[i].floor <= whole)
            give(&out[i], whole, REASON_PARTIAL, &rest);
        else
            out[i].reason = REASON_BELOW_FLOOR;
    }
}

static const struct rule rules[] = {
    {"strict", run_strict},
    {"skip", run_skip},
    {"partial", run_partial},
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

/* Pays the forced decisions; what they leave, or less than 0. */
static int64_t pay_forced(const struct candidate *c, size_t n, int64_t envelope,
                          struct share *out)
{
    int64_t rest = envelope;
    for (size_t i = 0; i < n; i++) {
        out[i] = (struct share){0, -1, c[i].closed};
        if (!c[i].forced)
            continue;
        enum reason reason =
            c[i].forced_award > 0 ? REASON_FORCED_IN : REASON_FORCED_OUT;
        give(&out[i], c[i].forced_award, reason, &rest);
    }
    return rest;
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
    t->rule->run(c, n, t, rest, out);
    return ST_OK;
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
