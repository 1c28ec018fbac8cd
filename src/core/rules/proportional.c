/* proportional: the envelope rises like water over all the projects at once,
 * each by the weight score x request, from its floor up to its request
 * (allocation.md, 3.3). Exact, in whole units. */
#include "base/i18n.h"
#include "base/mem.h"
#include "core/money.h"
#include "core/proportion.h"
#include "core/rules/proportional.h"
#include "core/rules/rules.h"
#include "core/wide.h"

#include <stdlib.h>

/* Where a project is while the water rises. */
enum phase { AT_FLOOR, RISING, AT_TOP };

/* Amounts in units. */
struct basin {
    int64_t floor, top, weight;
    enum phase phase;
    size_t candidate;
};

struct water {
    size_t n;
    struct basin *basin;
    int64_t settled; /* what those at their floor or top hold together */
    wide rising;     /* the weights of the others */
};

/* A level, amount / weight, at which a basin begins to rise or is full. */
struct mark_level {
    int64_t amount, weight;
    size_t basin;
    enum phase next;
};

static int by_level(const void *x, const void *y)
{
    const struct mark_level *a = x, *b = y;
    int cmp = compare_products(a->amount, b->weight, b->amount, a->weight);
    if (cmp == 0)
        cmp = (a->basin > b->basin) - (a->basin < b->basin);
    return cmp != 0 ? cmp : (int)a->next - (int)b->next;
}

static struct mark_level *levels_of(const struct water *w)
{
    struct mark_level *level = xcalloc(2 * w->n, sizeof *level);
    for (size_t i = 0; i < w->n; i++) {
        const struct basin *b = &w->basin[i];
        level[2 * i] = (struct mark_level){b->floor, b->weight, i, RISING};
        level[2 * i + 1] = (struct mark_level){b->top, b->weight, i, AT_TOP};
    }
    qsort(level, 2 * w->n, sizeof *level, by_level);
    return level;
}

static void pass_level(struct water *w, const struct mark_level *l)
{
    struct basin *b = &w->basin[l->basin];
    b->phase = l->next;
    w->settled += l->next == RISING ? -b->floor : b->top;
    w->rising += l->next == RISING ? b->weight : -b->weight;
}

/* Lets the water rise until the basins hold `units`, which is at least the sum
 * of the floors: leaves each in its phase at that level. */
static void rise(struct water *w, int64_t units)
{
    struct mark_level *level = levels_of(w);
    w->settled = 0;
    w->rising = 0;
    for (size_t i = 0; i < w->n; i++) {
        w->basin[i].phase = AT_FLOOR;
        w->settled += w->basin[i].floor;
    }
    for (size_t k = 0; k < 2 * w->n; k++) {
        wide lacking = (wide)(units - w->settled) * level[k].weight;
        if ((wide)level[k].amount * w->rising >= lacking)
            break;
        pass_level(w, &level[k]);
    }
    free(level);
}

/* What a basin holds at the level that `rise` found, rounded down. */
static int64_t content(const struct water *w, const struct basin *b,
                       int64_t units)
{
    if (b->phase != RISING)
        return b->phase == AT_FLOOR ? b->floor : b->top;
    return (int64_t)((wide)(units - w->settled) * b->weight / w->rising);
}

/* The level's contents; what rounding leaves goes to the largest remainders. */
static void fill_by_remainder(struct water *w, int64_t units, int64_t *out)
{
    int64_t *weight = xcalloc(w->n, sizeof *weight);
    rise(w, units);
    for (size_t i = 0; i < w->n; i++)
        weight[i] = w->basin[i].phase == RISING ? w->basin[i].weight : 0;
    largest_remainder(weight, w->n, units - w->settled, out);
    for (size_t i = 0; i < w->n; i++)
        if (w->basin[i].phase != RISING)
            out[i] = content(w, &w->basin[i], units);
    free(weight);
}

/* The basin whose next unit comes first: the smallest (2a + 1) / weight. */
static size_t next_unit(const struct water *w, const int64_t *out)
{
    size_t best = w->n;
    for (size_t i = 0; i < w->n; i++) {
        if (out[i] >= w->basin[i].top)
            continue;
        if (best == w->n ||
            compare_products(2 * out[i] + 1, w->basin[best].weight,
                             2 * out[best] + 1, w->basin[i].weight) < 0)
            best = i;
    }
    return best;
}

/* Unit after unit by the divisor rule: one unit more never costs anyone. The
 * level of n units less is passed by all in any case, since rounding gives
 * each at most half a unit: the count begins there. */
static void fill_by_divisor(struct water *w, int64_t units, int64_t *out)
{
    int64_t floors = 0, start = units - (int64_t)w->n, held = 0;
    for (size_t i = 0; i < w->n; i++)
        floors += w->basin[i].floor;
    if (start < floors)
        start = floors;
    rise(w, start);
    for (size_t i = 0; i < w->n; i++) {
        out[i] = content(w, &w->basin[i], start);
        held += out[i];
    }
    for (; held < units; held++)
        out[next_unit(w, out)]++;
}

/* ---------------------------------------------------------------- the rule */

static enum status check_units(const struct candidate *c, const struct terms *t,
                               struct err *e)
{
    char request[MONEY_LEN], unit[MONEY_LEN];
    if (c->request % t->unit == 0)
        return ST_OK;
    return err_set(e, ST_REFUSED,
                   _("the rule proportional shares in whole units of %s, and "
                     "%s requests %s: choose a smaller unit with \"cispd call "
                     "edit --unit\", or --unit of allocate for a try"),
                   money_text(t->unit, unit), c->id,
                   money_text(c->request, request));
}

/* The weight of a project: score x request in units. */
static enum status weigh(const struct candidate *c, const struct terms *t,
                         int64_t *weight, struct err *e)
{
    wide w = (wide)c->score_num * (c->request / t->unit);
    *weight = (int64_t)w;
    if (w < WIDE_LIMIT)
        return ST_OK;
    return err_set(e, ST_REFUSED,
                   _("the scores are too fine for amounts that large to be "
                     "shared exactly: choose a larger unit with \"cispd call "
                     "edit --unit\", or --unit of allocate for a try"));
}

/* The projects down the ranking whose floors the envelope covers. */
static enum status take_in(const struct candidate *c, size_t n,
                           const struct terms *t, int64_t units,
                           struct water *w, struct share *out, struct err *e)
{
    int64_t floors = 0;
    bool closed = false;
    enum status st = ST_OK;
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        if (!is_open(&c[i]))
            continue;
        struct basin b = {c[i].floor / t->unit, c[i].request / t->unit, 0,
                          AT_FLOOR, i};
        st = check_units(&c[i], t, e);
        if (st == ST_OK)
            st = weigh(&c[i], t, &b.weight, e);
        if (b.weight == 0) {
            out[i].reason = REASON_NO_SCORE;
            continue;
        }
        out[i].rest_before = (units - floors) * t->unit;
        closed = closed || b.floor > units - floors;
        out[i].reason = closed ? REASON_FLOORS : REASON_REDUCED;
        if (closed)
            continue;
        floors += b.floor;
        w->basin[w->n++] = b;
    }
    return st;
}

/* Whether that is enough to fill them all. */
static bool is_plenty(const struct water *w, int64_t units)
{
    wide tops = 0;
    for (size_t i = 0; i < w->n; i++)
        tops += w->basin[i].top;
    return tops <= units;
}

static void fill(struct water *w, const struct terms *t, int64_t units,
                 int64_t *out)
{
    if (is_plenty(w, units))
        for (size_t i = 0; i < w->n; i++)
            out[i] = w->basin[i].top;
    else if (t->rounding == ROUNDING_DIVISOR)
        fill_by_divisor(w, units, out);
    else
        fill_by_remainder(w, units, out);
}

enum status run_proportional(const struct candidate *c, size_t n,
                             const struct terms *t, int64_t rest,
                             struct share *out, struct err *e)
{
    struct water w = {.basin = xcalloc(n, sizeof *w.basin)};
    int64_t *units = xcalloc(n, sizeof *units);
    enum status st = take_in(c, n, t, rest / t->unit, &w, out, e);
    if (st == ST_OK)
        fill(&w, t, rest / t->unit, units);
    for (size_t i = 0; st == ST_OK && i < w.n; i++) {
        struct share *s = &out[w.basin[i].candidate];
        s->award = units[i] * t->unit;
        if (units[i] == w.basin[i].top)
            s->reason = REASON_FULL;
    }
    free(w.basin);
    free(units);
    return st;
}

bool proportional_coefficient(const struct candidate *c, size_t n,
                              const struct terms *t, int64_t rest,
                              struct frac *out)
{
    int64_t units = rest / t->unit;
    struct water w = {.basin = xcalloc(n, sizeof *w.basin)};
    struct share *unused = xcalloc(n, sizeof *unused);
    wide num = 0, den = 0;
    if (take_in(c, n, t, units, &w, unused, NULL) == ST_OK &&
        !is_plenty(&w, units)) {
        rise(&w, units);
        num = (wide)(units - w.settled) *
              (w.n > 0 ? c[w.basin[0].candidate].score_den : 0);
        den = w.rising;
    }
    free(unused);
    free(w.basin);
    if (den == 0)
        return false;
    wide common = wide_gcd(num, den);
    *out = (struct frac){(int64_t)(num / common), (int64_t)(den / common)};
    return num / common < WIDE_LIMIT && den / common < WIDE_LIMIT;
}
