/* The terms of an allocation. */
#include "core/rules/terms.h"
#include "base/mem.h"
#include "core/money.h"
#include "core/rules/rules.h"

#include <string.h>

static const char *const objectives[] = {
    [OBJECTIVE_SCORE] = "score", [OBJECTIVE_SCORE_EURO] = "score-euro"};
static const char *const curves[] = {
    [CURVE_LINEAR] = "linear", [CURVE_CONCAVE] = "concave"};
static const char *const roundings[] = {
    [ROUNDING_REMAINDER] = "remainder", [ROUNDING_DIVISOR] = "divisor"};

const char *objective_name(enum objective o)
{
    return objectives[o];
}

const char *curve_name(enum curve c)
{
    return curves[c];
}

const char *rounding_name(enum rounding r)
{
    return roundings[r];
}

/* The index of a word among two, or -1. */
static int find(const char *const words[2], const char *name)
{
    for (int i = 0; i < 2; i++)
        if (strcmp(words[i], name) == 0)
            return i;
    return -1;
}

bool objective_find(const char *name, enum objective *out)
{
    int i = find(objectives, name);
    if (i >= 0)
        *out = (enum objective)i;
    return i >= 0;
}

bool curve_find(const char *name, enum curve *out)
{
    int i = find(curves, name);
    if (i >= 0)
        *out = (enum curve)i;
    return i >= 0;
}

bool rounding_find(const char *name, enum rounding *out)
{
    int i = find(roundings, name);
    if (i >= 0)
        *out = (enum rounding)i;
    return i >= 0;
}

char *tiers_text(const struct terms *t)
{
    struct buf b = BUF_INIT;
    char score[DECIMAL_LEN], share[DECIMAL_LEN];
    if (t->tiers == 0)
        return NULL;
    for (size_t k = 0; k < t->tiers; k++)
        buf_addf(&b, "%s%s:%s", k > 0 ? "," : "",
                 decimal_plain(t->tier[k].threshold, 2, score),
                 decimal_plain(t->tier[k].share_bp, 2, share));
    return buf_take(&b);
}

bool rule_has_tiers(const struct rule *rule)
{
    return rule->run == run_tiers || rule->run == run_tiers_cut;
}

bool rule_has_optimum(const struct rule *rule)
{
    return rule->run == run_optimal;
}

bool rule_has_rounding(const struct rule *rule)
{
    return rule->run == run_proportional;
}

bool rule_has_reserves(const struct rule *rule)
{
    return rule->reserves;
}

struct reserve *terms_reserve(struct terms *t, int64_t theme)
{
    for (size_t r = 0; r < t->reserves; r++)
        if (t->reserve[r].theme == theme)
            return &t->reserve[r];
    return NULL;
}

static bool same_tiers(const struct terms *a, const struct terms *b)
{
    bool same = a->tiers == b->tiers;
    for (size_t k = 0; same && k < a->tiers; k++)
        same = a->tier[k].threshold == b->tier[k].threshold &&
               a->tier[k].share_bp == b->tier[k].share_bp;
    return same;
}

static bool same_optimum(const struct terms *a, const struct terms *b)
{
    return a->objective == b->objective && a->step == b->step &&
           (a->step == 0 || a->curve == b->curve);
}

/* In any order. */
static bool same_reserves(const struct terms *a, const struct terms *b)
{
    struct terms other = *b;
    bool same = a->reserves == b->reserves;
    for (size_t r = 0; same && r < a->reserves; r++) {
        const struct reserve *x = &a->reserve[r];
        const struct reserve *y = terms_reserve(&other, x->theme);
        same = y != NULL && x->least == y->least && x->most == y->most;
    }
    return same;
}

bool terms_same(const struct terms *a, const struct terms *b)
{
    return a->rule == b->rule && a->unit == b->unit &&
           a->threshold == b->threshold &&
           (!rule_has_tiers(a->rule) || same_tiers(a, b)) &&
           (!rule_has_optimum(a->rule) || same_optimum(a, b)) &&
           (!rule_has_rounding(a->rule) || a->rounding == b->rounding) &&
           same_reserves(a, b);
}

/* Sharing between nobody refuses what sharing would. */
enum status terms_check(const struct terms *t, struct err *e)
{
    return allocate(NULL, 0, t, NULL, e);
}
