/* How far the members of a panel agree (allocation.md, section 2; the forms
 * of the intraclass correlation are those of Shrout and Fleiss). */
#include "core/panel/agreement.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/panel/spread.h"
#include "core/wide.h"

#include <math.h>
#include <stdlib.h>

/* Sheets so far apart, in points out of 100, are to be discussed. */
#define DISCUSS_RANGE 30

static double at(const struct ratings *r, size_t project, size_t member)
{
    return r->x[project * r->members + member];
}

/* What is exactly 0 may come out as a little rounding. */
static double ratio(double num, double den)
{
    return fabs(den) < 1e-9 ? NAN : num / den;
}

struct ratings ratings_of(const struct panel *p, const struct scores *s)
{
    struct ratings r = {p->projects, p->members, NULL};
    size_t n = p->projects * p->members;
    r.x = xcalloc(n, sizeof *r.x);
    for (size_t i = 0; i < n; i++)
        r.x[i] = s->sheet[i].state == SHEET_COUNTED
                     ? 100.0 * (double)s->sheet[i].total / (double)s->sheet_max
                     : NAN;
    return r;
}

void ratings_release(struct ratings *r)
{
    free(r->x);
    *r = (struct ratings){0};
}

/* ---------------------------------------------------- the complete block */

/* The projects that all active members marked, without the holes. */
static struct ratings complete_block(const struct ratings *r)
{
    struct ratings b = {0, 0, xcalloc(r->projects * r->members, sizeof *b.x)};
    bool *active = xcalloc(r->members, sizeof *active);
    for (size_t m = 0; m < r->members; m++) {
        for (size_t i = 0; i < r->projects; i++)
            active[m] = active[m] || !isnan(at(r, i, m));
        b.members += active[m];
    }
    for (size_t i = 0; i < r->projects; i++) {
        double *row = b.x + b.projects * b.members;
        size_t k = 0;
        for (size_t m = 0; m < r->members; m++)
            if (active[m] && !isnan(at(r, i, m)))
                row[k++] = at(r, i, m);
        b.projects += k == b.members && k > 0;
    }
    free(active);
    return b;
}

static double row_mean(const struct ratings *b, size_t project)
{
    double sum = 0;
    for (size_t m = 0; m < b->members; m++)
        sum += at(b, project, m);
    return sum / (double)b->members;
}

static double column_mean(const struct ratings *b, size_t member)
{
    double sum = 0;
    for (size_t i = 0; i < b->projects; i++)
        sum += at(b, i, member);
    return sum / (double)b->projects;
}

static double square(double x)
{
    return x * x;
}

/* Two-way analysis of variance of the block. */
static void mean_squares(const struct ratings *b, struct agreement *a)
{
    double n = (double)b->projects, k = (double)b->members;
    double grand = 0, between = 0, within = 0, members = 0;
    for (size_t i = 0; i < b->projects; i++)
        grand += row_mean(b, i) / n;
    for (size_t i = 0; i < b->projects; i++) {
        double mean = row_mean(b, i);
        between += k * square(mean - grand);
        for (size_t m = 0; m < b->members; m++)
            within += square(at(b, i, m) - mean);
    }
    for (size_t m = 0; m < b->members; m++)
        members += n * square(column_mean(b, m) - grand);
    a->bms = ratio(between, n - 1);
    a->wms = ratio(within, n * (k - 1));
    a->jms = ratio(members, k - 1);
    a->ems = ratio(within - members, (n - 1) * (k - 1));
}

static void correlations(struct agreement *a)
{
    double n = (double)a->projects, k = (double)a->members;
    double judges = a->jms - a->ems;
    a->icc_1 = ratio(a->bms - a->wms, a->bms + (k - 1) * a->wms);
    a->icc_2_1 =
        ratio(a->bms - a->ems, a->bms + (k - 1) * a->ems + k * judges / n);
    a->icc_3_1 = ratio(a->bms - a->ems, a->bms + (k - 1) * a->ems);
    a->icc_1_k = ratio(a->bms - a->wms, a->bms);
    a->icc_2_k = ratio(a->bms - a->ems, a->bms + judges / n);
}

/* Adds a member's ranks, 1 for the least mark and the mean of their places
 * for equal ones, to the sums; returns the sum of t^3 - t of his ties. */
static double add_ranks(const struct ratings *b, size_t member, double *sum)
{
    double ties = 0;
    for (size_t i = 0; i < b->projects; i++) {
        double below = 0, equal = 0;
        for (size_t j = 0; j < b->projects; j++) {
            below += at(b, j, member) < at(b, i, member);
            equal += !islessgreater(at(b, j, member), at(b, i, member));
        }
        sum[i] += below + (equal + 1) / 2;
        ties += equal * equal - 1; /* t of them add t^3 - t */
    }
    return ties;
}

static double kendall_w(const struct ratings *b)
{
    double n = (double)b->projects, k = (double)b->members;
    double ties = 0, squares = 0;
    double *sum = xcalloc(b->projects, sizeof *sum);
    for (size_t m = 0; m < b->members; m++)
        ties += add_ranks(b, m, sum);
    for (size_t i = 0; i < b->projects; i++)
        squares += square(sum[i]);
    free(sum);
    return ratio(12 * squares - 3 * k * k * n * square(n + 1),
                 k * k * n * (n * n - 1) - k * ties);
}

/* --------------------------------------------------- Krippendorff's alpha */

/* Marks of one project, or of all: how many, their mean and the sum of the
 * squares around it. */
struct moments {
    double n, mean, squares;
};

static void moments_add(struct moments *s, double x)
{
    double step = x - s->mean;
    s->n++;
    s->mean += step / s->n;
    s->squares += step * (x - s->mean);
}

/* The sum of (a - b)^2 over all ordered pairs of n marks is 2 n times the sum
 * of their squares around the mean: that is how both parts are computed. */
static void krippendorff(const struct ratings *r, struct agreement *a)
{
    struct moments all = {0};
    double observed = 0;
    for (size_t i = 0; i < r->projects; i++) {
        struct moments unit = {0};
        for (size_t m = 0; m < r->members; m++)
            if (!isnan(at(r, i, m)))
                moments_add(&unit, at(r, i, m));
        if (unit.n < 2)
            continue;
        observed += 2 * unit.n * unit.squares / (unit.n - 1);
        a->alpha_units++;
        for (size_t m = 0; m < r->members; m++)
            if (!isnan(at(r, i, m)))
                moments_add(&all, at(r, i, m));
    }
    a->alpha_marks = (size_t)all.n;
    double expected = ratio(2 * all.squares, all.n - 1);
    a->alpha = 1 - ratio(ratio(observed, all.n), expected);
}

static void no_figures(struct agreement *a)
{
    double *const figures[] = {&a->bms,     &a->wms,      &a->jms,
                               &a->ems,     &a->icc_1,    &a->icc_2_1,
                               &a->icc_3_1, &a->icc_1_k,  &a->icc_2_k,
                               &a->alpha,   &a->kendall_w};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        *figures[i] = NAN;
}

void agreement_compute(const struct ratings *r, struct agreement *out)
{
    struct ratings b = complete_block(r);
    *out = (struct agreement){.projects = b.projects, .members = b.members};
    no_figures(out);
    if (b.projects > 1 && b.members > 1) {
        mean_squares(&b, out);
        correlations(out);
        out->kendall_w = kendall_w(&b);
    }
    krippendorff(r, out);
    ratings_release(&b);
}

double agreement_of_mean(double icc_1, double k)
{
    return icc_1 > 0 ? ratio(k * icc_1, 1 + (k - 1) * icc_1) : NAN;
}

bool agreement_hundredths(double figure, int64_t *out)
{
    *out = isfinite(figure) ? llround(figure * 100) : 0;
    return isfinite(figure) != 0;
}

/* --------------------------------------------- one project, one member */

static void histogram(const struct panel *p, const struct scores *s, size_t i,
                      struct project_spread *out)
{
    for (size_t m = 0; m < p->members; m++) {
        const struct sheet *sheet = &s->sheet[i * p->members + m];
        if (sheet->state != SHEET_COUNTED)
            continue;
        size_t bin =
            (size_t)((wide)sheet->total * HISTOGRAM_BINS / s->sheet_max);
        out->bin[bin < HISTOGRAM_BINS ? bin : HISTOGRAM_BINS - 1]++;
    }
}

static double points(int64_t num, int64_t den)
{
    return 100.0 * (double)num / (double)den;
}

static void spread_project(const struct panel *p, const struct scores *s,
                           size_t i, struct project_spread *out)
{
    const struct score *score = &s->project[i];
    out->n = (size_t)score->counted;
    out->mean = out->median = out->min = out->max = out->range = NAN;
    out->sd = spread_sd(p, s, i);
    if (out->n == 0)
        return;
    out->mean = points(score->num, s->den);
    out->median = points(score->twice_median, s->sheet_max) / 2;
    out->min = points(score->worst, s->sheet_max);
    out->max = points(score->best, s->sheet_max);
    out->range = points(score->best - score->worst, s->sheet_max);
    out->discuss = compare_products(score->best - score->worst, 100,
                                    DISCUSS_RANGE, s->sheet_max) >= 0;
}

/* Fewer than a tenth of the projects have a larger sd. */
static void flag_top_tenth(struct project_spread *out, size_t n)
{
    size_t known = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(out[i].sd))
            known++;
    for (size_t i = 0; i < n; i++) {
        size_t larger = 0;
        for (size_t j = 0; j < n; j++)
            if (isgreater(out[j].sd, out[i].sd))
                larger++;
        if (isgreater(out[i].sd, 0) && larger * 10 < known)
            out[i].discuss = true;
    }
}

void spread_projects(const struct panel *p, const struct scores *s,
                     struct project_spread *out)
{
    for (size_t i = 0; i < p->projects; i++) {
        out[i] = (struct project_spread){0};
        spread_project(p, s, i, &out[i]);
        histogram(p, s, i, &out[i]);
    }
    flag_top_tenth(out, p->projects);
}

void spread_members(const struct ratings *r, struct member_spread *out)
{
    for (size_t m = 0; m < r->members; m++) {
        struct moments own = {0};
        double min = INFINITY, max = -INFINITY;
        for (size_t i = 0; i < r->projects; i++) {
            if (isnan(at(r, i, m)))
                continue;
            moments_add(&own, at(r, i, m));
            min = fmin(min, at(r, i, m));
            max = fmax(max, at(r, i, m));
        }
        out[m] = (struct member_spread){(size_t)own.n, NAN, NAN, NAN, NAN};
        if (own.n > 0)
            out[m] =
                (struct member_spread){(size_t)own.n, own.mean, min, max, NAN};
        if (own.n > 1)
            out[m].sd = sqrt(own.squares / (own.n - 1));
    }
}

void agreement_list(const struct agreement *a,
                    struct agreement_line out[AGREEMENT_LINES])
{
    const struct agreement_line all[AGREEMENT_LINES] = {
        {_("Reliability of one member, ICC(1)"), a->icc_1},
        {_("the same, members drawn from many, ICC(2,1)"), a->icc_2_1},
        {_("the same, these members only, ICC(3,1)"), a->icc_3_1},
        {_("Reliability of the panel's mean, ICC(1,k)"), a->icc_1_k},
        {_("the same, members drawn from many, ICC(2,k)"), a->icc_2_k},
        {_("Concordance of the orders, Kendall's W"), a->kendall_w},
        {_("Agreement on all marks, Krippendorff's alpha"), a->alpha},
        {_("Reliability that 3 members would have"),
         agreement_of_mean(a->icc_1, 3)},
        {_("Reliability that 5 members would have"),
         agreement_of_mean(a->icc_1, 5)},
        {_("Reliability that 7 members would have"),
         agreement_of_mean(a->icc_1, 7)}};
    for (size_t i = 0; i < AGREEMENT_LINES; i++)
        out[i] = all[i];
}
