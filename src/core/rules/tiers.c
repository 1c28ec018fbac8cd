/* tiers: the better the score, the larger the share of the request that is
 * paid (allocation.md, 3.2). */
#include "base/i18n.h"
#include "base/mem.h"
#include "base/terms.h"
#include "core/money.h"
#include "core/proportion.h"
#include "core/rules/rules.h"
#include "core/rules/tiers.h"
#include "core/wide.h"

#include <stdlib.h>
#include <string.h>

/* Whether num / den reaches a threshold in hundredths of a point. */
static bool reaches(int64_t num, int64_t den, int64_t threshold)
{
    return compare_products(num, 10000, threshold, den) >= 0;
}

const struct tier *tier_of(const struct terms *t, int64_t num, int64_t den)
{
    for (size_t k = 0; k < t->tiers; k++)
        if (reaches(num, den, t->tier[k].threshold))
            return &t->tier[k];
    return NULL;
}

int64_t tier_amount(const struct terms *t, const struct tier *tier,
                    int64_t request)
{
    if (tier->share_bp >= 10000)
        return request;
    return round_to_unit((int64_t)((wide)request * tier->share_bp / 10000),
                         t->unit);
}

int64_t tier_request(const struct terms *t, const struct tier *tier,
                     int64_t most)
{
    if (tier->share_bp >= 10000)
        return most;
    wide next = round_to_unit(most, t->unit) + t->unit;
    return (int64_t)((next * 10000 - 1) / tier->share_bp);
}

/* ---------------------------------------------------------------- parsing */

/* One "75:100". */
static bool parse_tier(char *text, struct tier *out)
{
    struct err e;
    char *colon = strchr(text, ':');
    if (colon == NULL)
        return false;
    *colon = '\0';
    return decimal_parse(text, 2, &out->threshold, &e) == ST_OK &&
           decimal_parse(colon + 1, 2, &out->share_bp, &e) == ST_OK &&
           out->threshold >= 0 && out->share_bp > 0 && out->share_bp <= 10000;
}

/* The scores fall from one to the next, and the percentages do not rise. */
static bool falls(const struct tier *above, const struct tier *below)
{
    return below->threshold < above->threshold &&
           below->share_bp <= above->share_bp;
}

enum status tiers_parse(const char *text, struct terms *t, struct err *e)
{
    char *copy = xstrdup(text), *rest = copy, *one;
    bool good = true;
    t->tiers = 0;
    while (good && (one = strsep(&rest, ",;")) != NULL) {
        struct tier tier;
        good = t->tiers < TIERS_MAX && parse_tier(one, &tier) &&
               (t->tiers == 0 || falls(&t->tier[t->tiers - 1], &tier));
        if (good)
            t->tier[t->tiers++] = tier;
    }
    free(copy);
    if (good)
        return ST_OK;
    return err_set(e, ST_BAD_DATA,
                   _("\"%s\" is no list of tiers: give SCORE:PERCENT from the "
                     "highest score down, as in 75:100,60:75,50:50, with at "
                     "most %d of them; a comma or a semicolon separates them, "
                     "a point is the decimal sign"),
                   text, TIERS_MAX);
}

/* --------------------------------------------------------------- the rules */

static enum status check_tiers(const struct terms *t, struct err *e)
{
    if (t->tiers > 0)
        return ST_OK;
    return err_set(e, ST_REFUSED,
                   _("the rule \"%s\" needs its tiers, the highest score "
                     "first: \"cispd call edit --tiers 75:100,60:75,50:50\" "
                     "sets them, or --tiers of allocate for a try"),
                   term_text(t->rule->name));
}

/* What the tier of each gives, in `amount`; 0 and the reason where the score
 * or the floor says no. */
static void set_amounts(const struct candidate *c, size_t n,
                        const struct terms *t, int64_t *amount,
                        struct share *out)
{
    for (size_t i = 0; i < n; i++) {
        if (!is_open(&c[i]))
            continue;
        const struct tier *tier = tier_of(t, c[i].score_num, c[i].score_den);
        int64_t v = tier == NULL ? 0 : tier_amount(t, tier, c[i].request);
        if (tier == NULL)
            out[i].reason = REASON_TIER_ZERO;
        else if (v < c[i].floor)
            out[i].reason = REASON_TIER_FLOOR;
        else
            amount[i] = v;
    }
}

static void award(const struct candidate *c, struct share *s, int64_t v)
{
    s->award = v;
    s->reason = v == c->request ? REASON_FULL : REASON_TIER;
}

enum status run_tiers(const struct candidate *c, size_t n,
                      const struct terms *t, int64_t rest, struct share *out,
                      struct err *e)
{
    enum status st = check_tiers(t, e);
    if (st != ST_OK)
        return st;
    int64_t *amount = xcalloc(n, sizeof *amount);
    set_amounts(c, n, t, amount, out);
    for (size_t i = 0; i < n; i++) {
        if (!is_open(&c[i]))
            continue;
        out[i].rest_before = rest;
        if (amount[i] == 0)
            continue;
        if (amount[i] <= rest) {
            award(&c[i], &out[i], amount[i]);
            rest -= amount[i];
        } else {
            out[i].reason = REASON_TIER_NO_FIT;
        }
    }
    free(amount);
    return ST_OK;
}

/* The lowest-ranked project whose cut amount is under its floor; n if none. */
static size_t under_floor(const struct candidate *c, size_t n,
                          const int64_t *amount, const int64_t *cut)
{
    for (size_t i = n; i-- > 0;)
        if (amount[i] > 0 && cut[i] < c[i].floor)
            return i;
    return n;
}

/* What cutting goes through: the amounts of those who have not left. */
struct cutting {
    const struct candidate *c;
    size_t n, safe; /* from `safe` on nobody leaves any more */
    const struct terms *t;
    int64_t rest, *amount, *cut;
    wide sum; /* of the amounts */
};

static struct cutting cutting_open(const struct candidate *c, size_t n,
                                   const struct terms *t, int64_t rest,
                                   struct share *out)
{
    struct cutting k = {.c = c, .n = n, .safe = n, .t = t, .rest = rest};
    k.amount = xcalloc(n, sizeof *k.amount);
    k.cut = xcalloc(n, sizeof *k.cut);
    set_amounts(c, n, t, k.amount, out);
    for (size_t i = 0; i < n; i++)
        k.sum += k.amount[i];
    return k;
}

static void cutting_close(struct cutting *k)
{
    free(k->amount);
    free(k->cut);
}

static int64_t floor_in_units(const struct cutting *k, size_t i)
{
    return (k->c[i].floor + k->t->unit - 1) / k->t->unit;
}

/* The part of a project, before remainders: it gets that or one unit more. */
static int64_t quota(const struct cutting *k, size_t i)
{
    return (int64_t)((wide)(k->rest / k->t->unit) * k->amount[i] / k->sum);
}

/* One round: who leaves, or n, the cut amounts being known then. Mostly the
 * quotas tell, without looking at the remainders; and they only rise. */
static size_t cut_once(struct cutting *k)
{
    while (k->sum > k->rest && k->safe > 0) {
        size_t i = k->safe - 1;
        int64_t lacking =
            k->amount[i] > 0 ? floor_in_units(k, i) - quota(k, i) : 0;
        if (lacking > 1)
            return i;
        if (lacking == 1)
            break;
        k->safe = i;
    }
    proportion_share(k->amount, k->n, k->rest, k->t->unit, k->cut);
    return under_floor(k->c, k->n, k->amount, k->cut);
}

static void leave(struct cutting *k, size_t i)
{
    k->sum -= k->amount[i];
    k->amount[i] = 0;
}

/* When the amounts together exceed the rest, all are cut in proportion, in
 * whole units by largest remainder; a project whose part is then under its
 * floor leaves, the lowest-ranked first, and the others are cut anew. */
enum status run_tiers_cut(const struct candidate *c, size_t n,
                          const struct terms *t, int64_t rest,
                          struct share *out, struct err *e)
{
    enum status st = check_tiers(t, e);
    if (st != ST_OK)
        return st;
    struct cutting k = cutting_open(c, n, t, rest, out);
    for (size_t leaves; (leaves = cut_once(&k)) < n;) {
        out[leaves].sum = (int64_t)k.sum;
        out[leaves].reason = REASON_TIER_FLOOR;
        leave(&k, leaves);
    }
    for (size_t i = 0; i < n; i++) {
        if (k.amount[i] == 0)
            continue;
        out[i].sum = k.sum > rest ? (int64_t)k.sum : 0;
        award(&c[i], &out[i], k.cut[i]);
    }
    cutting_close(&k);
    return ST_OK;
}

/* The least larger rest at which this round may end otherwise: who leaves can
 * have its floor, or one behind it, which has its own only by a remainder, can
 * lose it. A part is its quota rounded down, and one unit more at most. */
static int64_t round_holds_until(const struct cutting *k, size_t leaves)
{
    int64_t unit = k->t->unit, units = k->rest / unit;
    wide next = k->sum;
    if (k->sum <= k->rest)
        return INT64_MAX;
    for (size_t i = leaves < k->n ? leaves : 0; i < k->n; i++) {
        if (k->amount[i] == 0)
            continue;
        int64_t floor = floor_in_units(k, i);
        wide until = units + 1;
        if (i == leaves)
            until = ((floor - 1) * k->sum + k->amount[i] - 1) / k->amount[i];
        else if (quota(k, i) >= floor)
            continue;
        until = until > units ? until : units + 1;
        next = until * unit < next ? until * unit : next;
    }
    return (int64_t)next;
}

int64_t tiers_cut_next(const struct candidate *c, size_t n,
                       const struct terms *t, int64_t rest)
{
    struct share *out = xcalloc(n, sizeof *out);
    struct cutting k = cutting_open(c, n, t, rest, out);
    int64_t next = INT64_MAX;
    size_t leaves;
    do {
        leaves = cut_once(&k);
        int64_t until = round_holds_until(&k, leaves);
        next = until < next ? until : next;
        if (leaves < n)
            leave(&k, leaves);
    } while (leaves < n);
    cutting_close(&k);
    free(out);
    return next;
}
