/* The two-way adjusted score: one unknown for each member, Gauss with
 * pivoting. */
#include "core/panel/bias.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

/* Differences under this many points are rounding. */
#define NOISE 1e-9

static bool marked(const struct ratings *r, size_t project, size_t member)
{
    return !isnan(r->x[project * r->members + member]);
}

static double at(const struct ratings *r, size_t project, size_t member)
{
    return r->x[project * r->members + member];
}

/* The members who marked anything; `active` has room for all. */
static size_t list_active(const struct ratings *r, size_t *active)
{
    size_t k = 0;
    for (size_t m = 0; m < r->members; m++)
        for (size_t i = 0; i < r->projects; i++)
            if (marked(r, i, m)) {
                active[k++] = m;
                break;
            }
    return k;
}

/* Adds to `seen` all members who share the project with a seen one; whether
 * there was a new one. */
static bool spread_through(const struct ratings *r, size_t project, bool *seen)
{
    bool touched = false, grown = false;
    for (size_t m = 0; m < r->members; m++)
        touched = touched || (seen[m] && marked(r, project, m));
    for (size_t m = 0; touched && m < r->members; m++)
        if (marked(r, project, m) && !seen[m])
            seen[m] = grown = true;
    return grown;
}

/* Whether projects and members hang together by the marks. */
static bool is_connected(const struct ratings *r, const size_t *active,
                         size_t k)
{
    bool *seen = xcalloc(r->members, sizeof *seen);
    bool grown = k > 0, all = k > 0;
    if (k > 0)
        seen[active[0]] = true;
    while (grown) {
        grown = false;
        for (size_t i = 0; i < r->projects; i++)
            grown = spread_through(r, i, seen) || grown;
    }
    for (size_t a = 0; a < k; a++)
        all = all && seen[active[a]];
    free(seen);
    return all;
}

/* The equations, one row for each active member, the right-hand side in the
 * last column. */
struct system {
    size_t k, width;
    double *a;
};

static double *cell(const struct system *s, size_t row, size_t column)
{
    return &s->a[row * s->width + column];
}

/* What one project adds: each member's mark around the project's mean, and
 * the same of the severities. */
static void add_project(const struct ratings *r, size_t project,
                        const size_t *active, struct system *s)
{
    double n = 0, mean = 0;
    for (size_t a = 0; a < s->k; a++)
        if (marked(r, project, active[a])) {
            n++;
            mean += at(r, project, active[a]);
        }
    for (size_t a = 0; a < s->k; a++) {
        if (!marked(r, project, active[a]))
            continue;
        *cell(s, a, a) += 1;
        *cell(s, a, s->k) += at(r, project, active[a]) - mean / n;
        for (size_t b = 0; b < s->k; b++)
            if (marked(r, project, active[b]))
                *cell(s, a, b) -= 1 / n;
    }
}

static void swap_rows(struct system *s, size_t a, size_t b)
{
    for (size_t c = 0; c < s->width; c++) {
        double x = *cell(s, a, c);
        *cell(s, a, c) = *cell(s, b, c);
        *cell(s, b, c) = x;
    }
}

/* Solves in place; the solution is the last column. The system is regular
 * once the marks connect all members. */
static void solve(struct system *s)
{
    for (size_t p = 0; p < s->k; p++) {
        size_t best = p;
        for (size_t row = p + 1; row < s->k; row++)
            if (fabs(*cell(s, row, p)) > fabs(*cell(s, best, p)))
                best = row;
        swap_rows(s, p, best);
        for (size_t row = 0; row < s->k; row++) {
            double factor = *cell(s, row, p) / *cell(s, p, p);
            for (size_t c = p; row != p && c < s->width; c++)
                *cell(s, row, c) -= factor * *cell(s, p, c);
        }
    }
    for (size_t p = 0; p < s->k; p++)
        *cell(s, p, s->k) /= *cell(s, p, p);
}

static void fit_severity(const struct ratings *r, const size_t *active,
                         size_t k, double *severity)
{
    struct system s = {k, k + 1, xcalloc(k * (k + 1), sizeof *s.a)};
    for (size_t i = 0; i < r->projects; i++)
        add_project(r, i, active, &s);
    /* the severities add up to 0, in the place of the last equation */
    for (size_t c = 0; c < s.width; c++)
        *cell(&s, k - 1, c) = c < k;
    solve(&s);
    for (size_t a = 0; a < k; a++)
        severity[active[a]] = *cell(&s, a, k);
    free(s.a);
}

static double adjusted_mean(const struct ratings *r, size_t project,
                            const double *severity)
{
    double n = 0, sum = 0;
    for (size_t m = 0; m < r->members; m++)
        if (marked(r, project, m)) {
            n++;
            sum += at(r, project, m) - severity[m];
        }
    return n > 0 ? sum / n : NAN;
}

struct bias bias_fit(const struct ratings *r)
{
    struct bias b = {.members = r->members, .projects = r->projects};
    size_t *active = xcalloc(r->members, sizeof *active);
    size_t k = list_active(r, active);
    b.severity = xcalloc(r->members, sizeof *b.severity);
    b.adjusted = xcalloc(r->projects, sizeof *b.adjusted);
    for (size_t m = 0; m < r->members; m++)
        b.severity[m] = NAN;
    b.connected = is_connected(r, active, k);
    if (b.connected)
        fit_severity(r, active, k, b.severity);
    for (size_t i = 0; i < r->projects; i++)
        b.adjusted[i] =
            b.connected ? adjusted_mean(r, i, b.severity) : (double)NAN;
    free(active);
    return b;
}

/* ---------------------------------------------------------- the reversals */

static void add_reversal(struct bias *b, struct reversal pair)
{
    if ((b->reversals & (b->reversals + 1)) == 0) /* full at 0, 1, 3, 7... */
        b->reversal =
            xrealloc(b->reversal, 2 * b->reversals + 1, sizeof *b->reversal);
    b->reversal[b->reversals++] = pair;
}

/* Lists the reversed pairs that are, or are not, parted by the line. */
static void list_reversals(struct bias *b, const struct scores *s,
                           const bool *funded, bool at_the_line)
{
    for (size_t i = 0; i < b->projects; i++)
        for (size_t j = 0; j < b->projects; j++)
            if ((funded[i] != funded[j]) == at_the_line &&
                score_rankable(&s->project[i]) &&
                score_rankable(&s->project[j]) &&
                s->project[i].num > s->project[j].num &&
                isless(b->adjusted[i], b->adjusted[j] - NOISE))
                add_reversal(b, (struct reversal){i, j, at_the_line});
}

void bias_compare(struct bias *b, const struct scores *s, const bool *funded)
{
    b->reversals = 0;
    list_reversals(b, s, funded, true);
    list_reversals(b, s, funded, false);
}

void bias_release(struct bias *b)
{
    free(b->severity);
    free(b->adjusted);
    free(b->reversal);
    *b = (struct bias){0};
}
