/* The order of the projects (allocation.md, 1.5). Every key depends on the
 * project alone: withdrawing one never reorders the others. */
#include "core/panel/rank.h"
#include "base/digest.h"
#include "base/mem.h"
#include "core/wide.h"

#include <stdlib.h>
#include <string.h>

/* One project with what its comparison needs. */
struct runner {
    const struct panel *panel;
    const struct score *score;
    const struct mean *mean; /* of its criteria */
    const struct entry *entry;
    size_t project;
};

static struct runner runner_of(const struct panel *p, const struct scores *s,
                               size_t i)
{
    return (struct runner){p, &s->project[i], &s->mean[i * p->criteria],
                           &p->project[i], i};
}

static int order(int64_t small_first, int64_t other)
{
    return (small_first > other) - (small_first < other);
}

/* 0 passes, 1 fails a minimum, 2 cannot be ranked. */
static int class_of(const struct score *s)
{
    if (s->standing == STANDING_OK)
        return 0;
    return score_rankable(s) ? 1 : 2;
}

/* Better mean first; a criterion that nobody marked comes last. */
static int compare_means(const struct mean *a, const struct mean *b)
{
    if (a->count == 0 || b->count == 0)
        return order(b->count > 0, a->count > 0);
    return compare_products(b->sum_milli, a->count, a->sum_milli, b->count);
}

/* The heaviest criterion; several: one after the other as declared. */
static int compare_heaviest(const struct runner *a, const struct runner *b)
{
    const struct panel *p = a->panel;
    int64_t heaviest = 1;
    for (size_t c = 0; c < p->criteria; c++)
        if (!p->criterion[c].independent && p->criterion[c].weight > heaviest)
            heaviest = p->criterion[c].weight;
    for (size_t c = 0; c < p->criteria; c++) {
        if (p->criterion[c].independent || p->criterion[c].weight != heaviest)
            continue;
        int cmp = compare_means(&a->mean[c], &b->mean[c]);
        if (cmp != 0)
            return cmp;
    }
    return 0;
}

/* SHA-256(seed, line feed, project number). */
static void draw_lot(const struct runner *r, unsigned char lot[DIGEST_LEN])
{
    struct digest *d = digest_start();
    digest_add(d, r->panel->seed, strlen(r->panel->seed));
    digest_add(d, "\n", 1);
    digest_add(d, r->entry->ref, strlen(r->entry->ref));
    digest_end(d, lot);
}

/* The smaller digest wins; without a seed there is no lot. */
static int compare_lots(const struct runner *a, const struct runner *b)
{
    unsigned char x[DIGEST_LEN], y[DIGEST_LEN];
    if (a->panel->seed == NULL)
        return 0;
    draw_lot(a, x);
    draw_lot(b, y);
    return memcmp(x, y, DIGEST_LEN);
}

bool rank_by_lot(const struct panel *p, size_t i, size_t j)
{
    const struct runner a = {.panel = p, .entry = &p->project[i]};
    const struct runner b = {.panel = p, .entry = &p->project[j]};
    int cmp = compare_lots(&a, &b);
    return cmp != 0 ? cmp < 0 : a.entry->number < b.entry->number;
}

/* Negative when a comes first; *step is what decided. */
static int compare(const struct runner *a, const struct runner *b,
                   enum tie_step *step)
{
    int cmp = class_of(a->score) - class_of(b->score);
    *step = TIE_STANDING;
    for (int next = TIE_SCORE; cmp == 0 && next <= TIE_NUMBER; next++) {
        *step = (enum tie_step)next;
        switch (*step) {
        case TIE_STANDING:
            break;
        case TIE_SCORE:
            cmp = order(b->score->num, a->score->num);
            break;
        case TIE_CRITERION:
            cmp = compare_heaviest(a, b);
            break;
        case TIE_WORST:
            cmp = order(b->score->worst, a->score->worst);
            break;
        case TIE_MEDIAN:
            cmp = order(b->score->twice_median, a->score->twice_median);
            break;
        case TIE_REQUEST:
            cmp = order(a->entry->request_cents, b->entry->request_cents);
            break;
        case TIE_LOT:
            cmp = compare_lots(a, b);
            break;
        case TIE_NUMBER:
            cmp = order(a->entry->number, b->entry->number);
            break;
        }
    }
    return cmp;
}

static int by_rank(const void *x, const void *y)
{
    enum tie_step step;
    const struct runner *a = x, *b = y;
    if (class_of(a->score) == 2 && class_of(b->score) == 2)
        return order(a->entry->number, b->entry->number);
    return compare(a, b, &step);
}

static void name_ties(struct place *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        out[i].tie = out[i].below;
        if (out[i].tie <= TIE_SCORE && i > 0 && out[i].rank > 0)
            out[i].tie = out[i - 1].below;
        if (out[i].tie <= TIE_SCORE)
            out[i].tie = TIE_SCORE;
    }
}

void rank_projects(const struct panel *p, const struct scores *s,
                   struct place *out)
{
    struct runner *r = xcalloc(p->projects, sizeof *r);
    for (size_t i = 0; i < p->projects; i++)
        r[i] = runner_of(p, s, i);
    qsort(r, p->projects, sizeof *r, by_rank);
    for (size_t i = 0; i < p->projects; i++) {
        bool rankable = score_rankable(r[i].score);
        out[i] = (struct place){.project = r[i].project,
                                .rank = rankable ? (int64_t)i + 1 : 0,
                                .below = TIE_STANDING};
        if (rankable && i + 1 < p->projects)
            compare(&r[i], &r[i + 1], &out[i].below);
    }
    name_ties(out, p->projects);
    free(r);
}

bool rank_before(const struct panel *p, const struct scores *s, size_t i,
                 size_t j)
{
    struct runner a = runner_of(p, s, i), b = runner_of(p, s, j);
    return by_rank(&a, &b) < 0;
}

const char *tie_name(enum tie_step step)
{
    static const char *const names[] = {[TIE_CRITERION] = "criterion",
                                        [TIE_WORST] = "worst",
                                        [TIE_MEDIAN] = "median",
                                        [TIE_REQUEST] = "request",
                                        [TIE_LOT] = "lot",
                                        [TIE_NUMBER] = "number"};
    return step <= TIE_SCORE ? NULL : names[step];
}
