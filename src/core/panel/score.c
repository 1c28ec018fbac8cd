/* From marks to scores, in exact integers (allocation.md, 1.1 to 1.4).
 *
 * Letters as there: u steps in a point, L common length of the scales, W sum
 * of the weights, LM common multiple of all numbers of members. */
#include "core/panel/score.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/wide.h"

#include <stdlib.h>

/* What is the same for all sheets of a call. */
struct grid {
    int64_t u, L, W, LM;
    int64_t Z;      /* common multiple of the marked weights; W if all are */
    wide sheet_max; /* Z u L */
};

/* Makes *a the common multiple of itself and b; false when it is too large. */
static bool lcm_into(int64_t *a, int64_t b)
{
    wide m = (wide)(*a / gcd(*a, b)) * b;
    if (m > WIDE_LIMIT)
        return false;
    *a = (int64_t)m;
    return true;
}

static enum status too_fine(const struct panel *p, struct err *e)
{
    return err_set(e, ST_REFUSED,
                   _("the weights, scales and steps of the criteria with %zu "
                     "members give scores too fine to be computed exactly: "
                     "choose rounder weights and scales"),
                   p->members);
}

static bool is_weighted(const struct criterion *c)
{
    return !c->independent && c->weight > 0;
}

/* The constants of the grid, Z as if every sheet were whole. */
static bool grid_init(const struct panel *p, struct grid *g)
{
    *g = (struct grid){.u = 1, .L = 1, .LM = 1};
    bool fits = true;
    for (size_t c = 0; c < p->criteria; c++) {
        const struct criterion *k = &p->criterion[c];
        if (!is_weighted(k))
            continue;
        g->W += k->weight;
        fits = fits && lcm_into(&g->u, 1000 / gcd(k->step_milli, 1000)) &&
               lcm_into(&g->L, k->scale_hi - k->scale_lo);
    }
    for (size_t m = 2; m <= p->members; m++)
        fits = fits && lcm_into(&g->LM, (int64_t)m);
    g->Z = g->W;
    return fits;
}

static enum status off_scale(const struct panel *p, size_t project,
                             size_t member, size_t criterion, struct err *e)
{
    return err_set(e, ST_BAD_DATA,
                   _("the mark of %s on criterion %s of project %s is not on "
                     "the scale of the criterion"),
                   p->member[member].name, p->criterion[criterion].code,
                   p->project[project].ref);
}

static enum status check_marks(const struct panel *p, struct err *e)
{
    for (size_t i = 0; i < p->projects; i++)
        for (size_t m = 0; m < p->members; m++)
            for (size_t c = 0; c < p->criteria; c++) {
                const struct criterion *k = &p->criterion[c];
                const struct mark *x = panel_mark(p, i, m, c);
                int64_t over = x->value_milli - k->scale_lo * 1000;
                if (x->state == MARK_VALUE &&
                    (over < 0 || x->value_milli > k->scale_hi * 1000 ||
                     over % k->step_milli != 0))
                    return off_scale(p, i, m, c, e);
            }
    return ST_OK;
}

/* How many weighted criteria of a sheet are in each state. */
struct tally {
    size_t value, abstained, missing;
    int64_t weight; /* of those with a value */
};

static struct tally tally_sheet(const struct panel *p, size_t i, size_t m)
{
    struct tally t = {0};
    for (size_t c = 0; c < p->criteria; c++) {
        if (!is_weighted(&p->criterion[c]))
            continue;
        enum mark_state state = panel_mark(p, i, m, c)->state;
        t.value += state == MARK_VALUE;
        t.abstained += state == MARK_ABSTAINED;
        t.missing += state == MARK_MISSING;
        if (state == MARK_VALUE)
            t.weight += p->criterion[c].weight;
    }
    return t;
}

/* A hole is worse than an abstention: filling it may change the score, so a
 * sheet with both counts as incomplete. */
static enum sheet_state judge_sheet(const struct panel *p, size_t i, size_t m)
{
    struct tally t = tally_sheet(p, i, m);
    if (p->recused[i * p->members + m])
        return SHEET_RECUSED;
    if (t.value == 0 && t.abstained == 0)
        return SHEET_MISSING;
    if (t.missing == 0 && t.abstained == 0)
        return SHEET_COUNTED;
    if (t.value > 0 && p->missing == MISSING_RENORMALISE)
        return SHEET_COUNTED;
    return t.missing > 0 ? SHEET_INCOMPLETE : SHEET_ABSTAINED;
}

/* Judges all sheets and brings the marked weights onto a common multiple. */
static bool judge_sheets(const struct panel *p, struct grid *g,
                         struct scores *out)
{
    for (size_t i = 0; i < p->projects; i++)
        for (size_t m = 0; m < p->members; m++) {
            struct sheet *s = &out->sheet[i * p->members + m];
            s->state = judge_sheet(p, i, m);
            int64_t weight = tally_sheet(p, i, m).weight;
            s->renormalised = s->state == SHEET_COUNTED && weight < g->W;
            if (s->renormalised && !lcm_into(&g->Z, weight))
                return false;
        }
    return true;
}

/* The largest score is the denominator: nothing else can overflow. */
static bool set_denominators(struct grid *g, struct scores *out)
{
    wide points = (wide)g->u * g->L;
    if (points > WIDE_LIMIT || (g->Z > 0 && points > WIDE_LIMIT / g->Z))
        return false;
    g->sheet_max = points * (g->Z > 0 ? g->Z : 1);
    if (g->sheet_max > WIDE_LIMIT / g->LM)
        return false;
    out->sheet_max = (int64_t)g->sheet_max;
    out->den = (int64_t)(g->sheet_max * g->LM);
    return true;
}

/* Y: the weighted steps above the bottom of the scales, out of sheet_max. */
static int64_t sheet_total(const struct panel *p, const struct grid *g,
                           size_t i, size_t m)
{
    int64_t sum = 0;
    for (size_t c = 0; c < p->criteria; c++) {
        const struct criterion *k = &p->criterion[c];
        const struct mark *x = panel_mark(p, i, m, c);
        if (!is_weighted(k) || x->state != MARK_VALUE)
            continue;
        wide steps = (wide)(x->value_milli - k->scale_lo * 1000) * g->u / 1000;
        sum +=
            (int64_t)(k->weight * steps * (g->L / (k->scale_hi - k->scale_lo)));
    }
    return g->Z / tally_sheet(p, i, m).weight * sum;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The least, middle and best of the counted sheets; `room` has a place for
 * each member. */
static void spread(struct score *s, int64_t *room)
{
    size_t n = (size_t)s->counted;
    if (n == 0)
        return;
    qsort(room, n, sizeof *room, by_value);
    s->worst = room[0];
    s->best = room[n - 1];
    s->twice_median = room[(n - 1) / 2] + room[n / 2];
}

static void count_sheet(struct score *s, enum sheet_state state)
{
    s->counted += state == SHEET_COUNTED;
    s->abstained += state == SHEET_ABSTAINED;
    s->recused += state == SHEET_RECUSED;
    s->missing += state == SHEET_MISSING || state == SHEET_INCOMPLETE;
}

static void total_project(const struct panel *p, const struct grid *g, size_t i,
                          struct scores *out, int64_t *room)
{
    struct score *s = &out->project[i];
    int64_t sum = 0;
    for (size_t m = 0; m < p->members; m++) {
        struct sheet *sheet = &out->sheet[i * p->members + m];
        if (sheet->state == SHEET_COUNTED) {
            sheet->total = sheet_total(p, g, i, m);
            room[s->counted] = sheet->total;
            sum += sheet->total;
        }
        count_sheet(s, sheet->state);
    }
    if (s->counted > 0)
        s->num = g->LM / s->counted * sum;
    spread(s, room);
}

static void mean_of_criteria(const struct panel *p, size_t i,
                             struct scores *out)
{
    for (size_t m = 0; m < p->members; m++) {
        if (out->sheet[i * p->members + m].state != SHEET_COUNTED)
            continue;
        for (size_t c = 0; c < p->criteria; c++) {
            const struct mark *x = panel_mark(p, i, m, c);
            struct mean *mean = &out->mean[i * p->criteria + c];
            if (x->state != MARK_VALUE)
                continue;
            mean->sum_milli += x->value_milli;
            mean->count++;
        }
    }
}

static bool has_hole(const struct panel *p, const struct scores *s, size_t i)
{
    for (size_t m = 0; m < p->members; m++)
        if (s->sheet[i * p->members + m].state == SHEET_INCOMPLETE)
            return p->missing == MISSING_BLOCK;
    return false;
}

/* The first criterion whose mean is under its minimum; `criteria` if none. */
static size_t knocked_out(const struct panel *p, const struct scores *s,
                          size_t i)
{
    size_t c = 0;
    for (; c < p->criteria; c++) {
        const struct criterion *k = &p->criterion[c];
        const struct mean *mean = &s->mean[i * p->criteria + c];
        if (is_weighted(k) && k->min_milli >= 0 && mean->count > 0 &&
            mean->sum_milli < k->min_milli * mean->count)
            break;
    }
    return c;
}

bool score_below(const struct panel *p, const struct scores *s, size_t project)
{
    return p->threshold > 0 && compare_products(s->project[project].num, 10000,
                                                p->threshold, s->den) < 0;
}

static void set_standing(const struct panel *p, struct scores *out, size_t i)
{
    struct score *s = &out->project[i];
    s->ko = knocked_out(p, out, i);
    if (has_hole(p, out, i))
        s->standing = STANDING_INCOMPLETE;
    else if (s->counted < p->quorum)
        s->standing = STANDING_QUORUM;
    else if (s->ko < p->criteria)
        s->standing = STANDING_KO;
    else if (score_below(p, out, i))
        s->standing = STANDING_BELOW_MIN;
}

enum status score_panel(const struct panel *p, struct scores *out,
                        struct err *e)
{
    struct grid g;
    *out = (struct scores){0};
    enum status st = check_marks(p, e);
    if (st != ST_OK)
        return st;
    out->project = xcalloc(p->projects, sizeof *out->project);
    out->sheet = xcalloc(p->projects * p->members, sizeof *out->sheet);
    out->mean = xcalloc(p->projects * p->criteria, sizeof *out->mean);
    if (!grid_init(p, &g) || !judge_sheets(p, &g, out) ||
        !set_denominators(&g, out)) {
        scores_release(out);
        return too_fine(p, e);
    }
    int64_t *room = xcalloc(p->members, sizeof *room);
    for (size_t i = 0; i < p->projects; i++) {
        total_project(p, &g, i, out, room);
        mean_of_criteria(p, i, out);
        set_standing(p, out, i);
    }
    free(room);
    return ST_OK;
}

void scores_release(struct scores *s)
{
    free(s->project);
    free(s->sheet);
    free(s->mean);
    *s = (struct scores){0};
}

bool score_rankable(const struct score *s)
{
    return s->standing != STANDING_QUORUM && s->standing != STANDING_INCOMPLETE;
}

bool score_is_hole(const struct panel *p, const struct scores *s,
                   size_t project, size_t member, size_t criterion)
{
    return s->sheet[project * p->members + member].state == SHEET_INCOMPLETE &&
           is_weighted(&p->criterion[criterion]) &&
           panel_mark(p, project, member, criterion)->state == MARK_MISSING;
}

int64_t score_hundredths(int64_t num, int64_t den)
{
    return round_share(num, 10000, den);
}
