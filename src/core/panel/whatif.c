/* The scores of a call with one thing changed. */
#include "core/panel/whatif.h"
#include "base/mem.h"
#include "core/wide.h"

#include <stdlib.h>
#include <string.h>

static void *copy_of(const void *from, size_t count, size_t size)
{
    void *to = xcalloc(count, size);
    if (count > 0)
        memcpy(to, from, count * size);
    return to;
}

enum status whatif_without_member(const struct panel *p,
                                  const struct scores *base, size_t member,
                                  struct scores *out, struct err *e)
{
    struct panel without = *p;
    size_t sheets = p->projects * p->members;
    without.recused = copy_of(p->recused, sheets, sizeof *p->recused);
    without.quorum = 1;
    for (size_t i = 0; i < p->projects; i++)
        without.recused[i * p->members + member] = true;
    enum status st = score_panel(&without, out, e);
    for (size_t i = 0; st == ST_OK && i < p->projects; i++)
        if (base->project[i].standing == STANDING_QUORUM)
            out->project[i].standing = STANDING_QUORUM;
    free(without.recused);
    return st;
}

struct scores whatif_copy(const struct panel *p, const struct scores *base)
{
    struct scores out = *base;
    out.project = copy_of(base->project, p->projects, sizeof *base->project);
    out.mean =
        copy_of(base->mean, p->projects * p->criteria, sizeof *base->mean);
    out.sheet = NULL;
    return out;
}

/* Applies the threshold of the call again; the other reasons not to be ranked
 * do not depend on the score. */
static void judge_threshold(const struct panel *p, struct scores *s, size_t i)
{
    struct score *score = &s->project[i];
    if (score->standing != STANDING_OK && score->standing != STANDING_BELOW_MIN)
        return;
    bool below = p->threshold > 0 &&
                 compare_products(score->num, 10000, p->threshold, s->den) < 0;
    score->standing = below ? STANDING_BELOW_MIN : STANDING_OK;
}

void whatif_median(const struct panel *p, const struct scores *base,
                   struct scores *out)
{
    *out = whatif_copy(p, base);
    for (size_t i = 0; i < p->projects; i++) {
        struct score *s = &out->project[i];
        /* even: with two members or more den / sheet_max is, with one the
         * doubled median */
        s->num = (int64_t)((wide)s->twice_median * (s->counted > 0) *
                           (base->den / base->sheet_max) / 2);
        judge_threshold(p, out, i);
    }
}

enum status whatif_marks(const struct panel *p, const struct scores *base,
                         size_t project, struct mark *marks, struct scores *out,
                         struct err *e)
{
    struct panel one = *p;
    struct scores s;
    one.projects = 1;
    one.project += project;
    one.recused += project * p->members;
    one.mark = marks;
    enum status st = score_panel(&one, &s, e);
    if (st != ST_OK)
        return st;
    /* alone, the project may need a smaller denominator than with the rest */
    int64_t factor = base->den / s.den;
    struct score *score = &out->project[project];
    *score = s.project[0];
    score->num *= factor;
    score->worst *= factor;
    score->best *= factor;
    score->twice_median *= factor;
    memcpy(&out->mean[project * p->criteria], s.mean,
           p->criteria * sizeof *s.mean);
    scores_release(&s);
    return ST_OK;
}

/* ------------------------------------------------------- another weight */

/* The points of a sheet on the criterion, per unit of weight. */
static int64_t sheet_slope(const struct panel *p, const struct scores *base,
                           const struct slopes *s, size_t i, size_t m)
{
    const struct criterion *k = &p->criterion[s->criterion];
    const struct mark *x = panel_mark(p, i, m, s->criterion);
    int64_t scale = base->sheet_max / (s->weight + s->other_weights);
    return (int64_t)((wide)(x->value_milli - k->scale_lo * 1000) * scale /
                     ((k->scale_hi - k->scale_lo) * 1000));
}

static void fill_slopes(const struct panel *p, const struct scores *base,
                        struct slopes *s)
{
    for (size_t i = 0; i < p->projects; i++) {
        int64_t counted = base->project[i].counted;
        s->score[i] = base->project[i].num;
        for (size_t m = 0; m < p->members; m++) {
            size_t at = i * p->members + m;
            if (base->sheet[at].state != SHEET_COUNTED)
                continue;
            s->sheet[at] = base->sheet[at].total;
            s->sheet_slope[at] = sheet_slope(p, base, s, i, m);
            s->score_slope[i] +=
                base->den / base->sheet_max / counted * s->sheet_slope[at];
        }
    }
}

/* Smaller numbers leave more room for the denominators of d. */
static void reduce(const struct panel *p, struct slopes *s)
{
    int64_t g = gcd(s->den, s->den_slope);
    for (size_t i = 0; i < p->projects; i++)
        g = gcd(g, gcd(s->score[i], s->score_slope[i]));
    for (size_t i = 0; i < p->projects; i++) {
        s->score[i] /= g;
        s->score_slope[i] /= g;
    }
    s->den /= g;
    s->den_slope /= g;
}

bool whatif_slopes(const struct panel *p, const struct scores *base,
                   size_t criterion, struct slopes *out)
{
    size_t sheets = p->projects * p->members;
    for (size_t i = 0; i < sheets; i++)
        if (base->sheet[i].renormalised)
            return false;
    *out = (struct slopes){.criterion = criterion,
                           .weight = p->criterion[criterion].weight,
                           .den = base->den};
    for (size_t c = 0; c < p->criteria; c++)
        if (c != criterion && !p->criterion[c].independent)
            out->other_weights += p->criterion[c].weight;
    out->den_slope = base->den / (out->weight + out->other_weights);
    out->score = xcalloc(p->projects, sizeof *out->score);
    out->score_slope = xcalloc(p->projects, sizeof *out->score_slope);
    out->sheet = xcalloc(sheets, sizeof *out->sheet);
    out->sheet_slope = xcalloc(sheets, sizeof *out->sheet_slope);
    fill_slopes(p, base, out);
    reduce(p, out);
    return true;
}

void slopes_release(struct slopes *s)
{
    free(s->score);
    free(s->score_slope);
    free(s->sheet);
    free(s->sheet_slope);
    *s = (struct slopes){0};
}

/* base * d.den + slope * d.num; negative when it is too large, since a weight
 * that stays >= 0 gives no negative result. */
static int64_t moved(int64_t base, int64_t slope, struct frac d)
{
    wide sum = (wide)base * d.den + (wide)slope * d.num;
    return sum > WIDE_LIMIT ? -1 : (int64_t)sum;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The score and the least, middle and best sheet of one project; `room` has a
 * place for each member. False when they are too large. */
static bool move_project(const struct panel *p, const struct scores *base,
                         const struct slopes *s, struct frac d, size_t i,
                         struct scores *out, int64_t *room)
{
    struct score *score = &out->project[i];
    size_t n = 0;
    bool fits = true;
    for (size_t m = 0; m < p->members; m++) {
        size_t at = i * p->members + m;
        if (base->sheet[at].state != SHEET_COUNTED)
            continue;
        room[n] = moved(s->sheet[at], s->sheet_slope[at], d);
        fits = fits && room[n++] >= 0;
    }
    score->num = moved(s->score[i], s->score_slope[i], d);
    if (n > 0) {
        qsort(room, n, sizeof *room, by_value);
        score->worst = room[0];
        score->best = room[n - 1];
        score->twice_median = room[(n - 1) / 2] + room[n / 2];
    }
    judge_threshold(p, out, i);
    return fits && score->num >= 0;
}

/* All weights times the denominator of d, and d more for the one. */
static bool move_weights(const struct panel *p, const struct slopes *s,
                         struct frac d, struct panel *panel)
{
    bool fits = true;
    for (size_t c = 0; c < p->criteria; c++) {
        int64_t *weight = &panel->criterion[c].weight;
        *weight = moved(p->criterion[c].weight, c == s->criterion, d);
        fits = fits && *weight >= 0;
    }
    return fits;
}

enum status whatif_weight(const struct panel *p, const struct scores *base,
                          const struct slopes *s, struct frac d,
                          struct panel *panel, struct scores *out)
{
    int64_t *room = xcalloc(p->members, sizeof *room);
    bool fits = move_weights(p, s, d, panel);
    out->den = moved(s->den, s->den_slope, d);
    fits = fits && out->den > 0;
    for (size_t i = 0; fits && i < p->projects; i++)
        fits = move_project(p, base, s, d, i, out, room);
    free(room);
    return fits ? ST_OK : ST_REFUSED;
}
