/* A plan: panel, scores, ranking and allocation of one call. */
#include "core/rules/plan.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/money.h"
#include "core/wide.h"

#include <stdlib.h>
#include <string.h>

enum status plan_rank(struct plan *p, struct err *e)
{
    enum status st = score_panel(&p->panel, &p->scores, e);
    if (st != ST_OK)
        return st;
    p->place = xcalloc(p->panel.projects, sizeof *p->place);
    rank_projects(&p->panel, &p->scores, p->place);
    return ST_OK;
}

/* Eligibility comes before money, money before marks: the first that says no
 * is the reason given. */
static enum reason why_closed(const struct entry *entry, const struct score *s)
{
    static const enum reason bars[] = {[BAR_NONE] = REASON_OPEN,
                                       [BAR_UNDECIDED] = REASON_UNDECIDED,
                                       [BAR_NO_COST] = REASON_NO_COST,
                                       [BAR_RATE_USED] = REASON_RATE_USED,
                                       [BAR_MIN_AWARD] = REASON_MIN_AWARD};
    static const enum reason standings[] = {
        [STANDING_OK] = REASON_OPEN,
        [STANDING_BELOW_MIN] = REASON_BELOW_MIN,
        [STANDING_KO] = REASON_KO,
        [STANDING_QUORUM] = REASON_QUORUM,
        [STANDING_INCOMPLETE] = REASON_INCOMPLETE};
    return entry->bar != BAR_NONE ? bars[entry->bar] : standings[s->standing];
}

struct candidate plan_candidate(const struct plan *p, const struct place *place)
{
    const struct entry *entry = &p->panel.project[place->project];
    const struct score *s = &p->scores.project[place->project];
    return (struct candidate){.id = entry->ref,
                              .project = place->project,
                              .theme = entry->theme,
                              .rank = place->rank,
                              .score_num = s->num,
                              .score_den = p->scores.den,
                              .asked = entry->asked_cents,
                              .request = entry->request_cents,
                              .floor = floor_to_unit(entry->floor_cents,
                                                     entry->request_cents,
                                                     p->terms.unit),
                              .floor_bp = entry->floor_bp,
                              .closed = why_closed(entry, s)};
}

void plan_open(struct plan *p)
{
    p->count = p->panel.projects;
    p->candidate = xcalloc(p->count, sizeof *p->candidate);
    for (size_t i = 0; i < p->count; i++)
        p->candidate[i] = plan_candidate(p, &p->place[i]);
}

static int by_score(const void *x, const void *y)
{
    const struct candidate *a = x, *b = y;
    int cmp = compare_products(b->score_num, a->score_den, a->score_num,
                               b->score_den);
    if (cmp == 0)
        cmp = (a->request > b->request) - (a->request < b->request);
    return cmp != 0 ? cmp : strcmp(a->id, b->id);
}

void plan_sort(struct plan *p)
{
    qsort(p->candidate, p->count, sizeof *p->candidate, by_score);
    for (size_t i = 0; i < p->count; i++)
        p->candidate[i].rank = (int64_t)i + 1;
}

bool may_be_forced(const struct candidate *c)
{
    return c->closed != REASON_UNDECIDED && c->closed != REASON_NO_COST &&
           c->closed != REASON_RATE_USED && c->closed != REASON_MIN_AWARD;
}

/* Why the committee may not give that amount to the candidate. */
static enum status check_force(const struct plan *p, const struct candidate *c,
                               int64_t cents, struct err *e)
{
    char a[MONEY_LEN], b[MONEY_LEN];
    money_text(cents, a);
    if (!may_be_forced(c))
        return err_set(e, ST_REFUSED,
                       _("--force %s: the project may not be paid yet; "
                         "without --force, allocate says why"),
                       c->id);
    if (cents > c->request)
        return err_set(e, ST_REFUSED,
                       _("--force %s: %s is more than the %s that it may "
                         "receive"),
                       c->id, a, money_text(c->request, b));
    if (cents < p->terms.min_award)
        return err_set(e, ST_REFUSED,
                       _("--force %s: %s is less than the smallest award of "
                         "the call, %s"),
                       c->id, a, money_text(p->terms.min_award, b));
    if (cents != c->request && cents % p->terms.unit != 0)
        return err_set(e, ST_REFUSED,
                       _("--force %s: %s is not a multiple of the unit of %s"),
                       c->id, a, money_text(p->terms.unit, b));
    return ST_OK;
}

enum status plan_force(struct plan *p, const char *id, int64_t cents,
                       struct err *e)
{
    for (size_t i = 0; i < p->count; i++) {
        struct candidate *c = &p->candidate[i];
        if (strcmp(c->id, id) != 0)
            continue;
        enum status st = cents == 0 ? ST_OK : check_force(p, c, cents, e);
        c->forced = st == ST_OK;
        c->forced_award = cents;
        return st;
    }
    return err_set(e, ST_NO_INPUT,
                   _("--force %s: no such project in this allocation"), id);
}

static void forget_facts(struct plan *p)
{
    free(p->facts);
    free(p->outlook);
    free(p->hundred);
    p->facts = NULL;
    p->outlook = NULL;
    p->hundred = NULL;
}

enum status plan_allocate(struct plan *p, struct err *e)
{
    forget_facts(p);
    p->share = xrealloc(p->share, p->count, sizeof *p->share);
    return allocate(p->candidate, p->count, &p->terms, p->share, e);
}

int64_t plan_total(const struct plan *p)
{
    int64_t sum = 0;
    for (size_t i = 0; i < p->count; i++)
        sum += p->share[i].award;
    return sum;
}

int64_t plan_least_score(int64_t threshold, int64_t den)
{
    return (int64_t)(((wide)threshold * den + 9999) / 10000);
}

void plan_release(struct plan *p)
{
    panel_release(&p->panel);
    scores_release(&p->scores);
    free(p->place);
    free(p->candidate);
    free(p->share);
    forget_facts(p);
    *p = (struct plan){0};
}
