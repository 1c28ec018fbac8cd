/* The allocation of greatest value. */
#include "core/rules/purse.h"
#include "core/rules/optimum.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/rules/dynamic.h"
#include "core/money.h"
#include "core/rules/rules.h"
#include "core/rules/settle.h"

#include <stdlib.h>

#define OPTIONS_MAX 1000000

/* ------------------------------------------------------- what an award is
 * worth */

struct weight_of_score score_weight(const struct terms *t, int64_t request,
                                    int64_t amount)
{
    struct weight_of_score w = {amount, request};
    if (t->curve == CURVE_CONCAVE)
        w = (struct weight_of_score){(wide)amount * (2 * request - amount),
                                     (wide)request * request};
    if (t->objective == OBJECTIVE_SCORE_EURO)
        w.den /= request;
    return w;
}

int64_t amount_value(const struct terms *t, int64_t score, int64_t request,
                     int64_t amount)
{
    struct weight_of_score w = score_weight(t, request, amount);
    return (int64_t)(score * w.num / w.den);
}

/* ------------------------------------------------------------ the knapsack */

static enum status too_fine(const struct terms *t, struct err *e)
{
    if (t->objective == OBJECTIVE_SCORE_EURO)
        return err_set(e, ST_REFUSED,
                       _("the scores are too fine, or the amounts too large, "
                         "for sums of score times amount to be compared "
                         "exactly: take the objective score, or another rule "
                         "than optimal"));
    return err_set(e, ST_REFUSED,
                   _("the scores are too fine, or the amounts too large, for "
                     "sums of scores to be compared exactly: take another "
                     "rule than optimal"));
}

/* One denominator for all scores, the least: that of a panel provides for all
 * that could be marked, `finest`. */
static bool common_scores(const struct candidate *c, size_t n,
                          struct problem *p, int64_t *finest)
{
    wide den = 1;
    *finest = 1;
    for (size_t i = 0; i < n; i++) {
        if (!is_open(&c[i]))
            continue;
        int64_t own = c[i].score_den / gcd(c[i].score_num, c[i].score_den);
        den = den / gcd((int64_t)den, own) * own;
        if (den >= WIDE_LIMIT)
            return false;
        if (c[i].score_den > *finest)
            *finest = c[i].score_den;
    }
    p->score_den = (int64_t)den;
    for (size_t k = 0; k < p->knapsack.classes; k++) {
        const struct candidate *x = &c[p->candidate[k]];
        wide score = x->score_num * den / x->score_den;
        if (score >= WIDE_LIMIT)
            return false;
        p->score[k] = (int64_t)score;
    }
    return true;
}

static wide smaller(wide a, wide b)
{
    return a < b ? a : b;
}

/* How many times finer the scores may be: the values of any choice must add up
 * to less than 2^62; and a score times the square of a request, of which a
 * concave value is made, fit 126 bits. Below 1: they do not fit as they are. */
static wide times_that_fit(const struct problem *p)
{
    wide sum = 0, times = WIDE_LIMIT;
    for (size_t k = 0; k < p->knapsack.classes; k++) {
        wide request = p->request[k], score = p->score[k];
        if (score == 0)
            continue;
        wide most = WIDE_LIMIT * WIDE_LIMIT * 2 / (request * request) - 1;
        sum += p->terms->objective == OBJECTIVE_SCORE_EURO ? score * request
                                                           : score;
        times = smaller(times, smaller(most / score, (WIDE_LIMIT - 1) / sum));
    }
    return times;
}

/* As fine as the candidates have them where the values fit: what score a
 * project needs is told in that unit, and parts of requests are rounded. */
static bool set_scores(const struct candidate *c, size_t n, struct problem *p)
{
    int64_t finest;
    if (!common_scores(c, n, p, &finest))
        return false;
    wide times = times_that_fit(p);
    if (times < 1)
        return false;
    times = smaller(times, finest / p->score_den);
    for (size_t k = 0; k < p->knapsack.classes && times > 1; k++)
        p->score[k] = (int64_t)(p->score[k] * times);
    if (times > 1)
        p->score_den = (int64_t)(p->score_den * times);
    return true;
}

/* The amounts of a candidate between its floor and its request. */
static size_t count_amounts(const struct candidate *c, int64_t step)
{
    return step == 0 ? 1
                     : (size_t)((c->request - c->floor + step - 1) / step) + 1;
}

static void add_amounts(struct problem *p, const struct candidate *c, size_t k)
{
    struct knapsack *sack = &p->knapsack;
    size_t count = count_amounts(c, p->terms->step), at = sack->first[k];
    int64_t amount = p->terms->step == 0 ? c->request : c->floor;
    for (size_t o = 0; o < count; o++, amount += p->terms->step) {
        int64_t a = amount < c->request ? amount : c->request;
        sack->option[at + o] = (struct option){
            a, amount_value(p->terms, p->score[k], p->request[k], a)};
    }
    sack->first[k + 1] = at + count;
}

static enum status check_step(const struct terms *t, struct err *e)
{
    char unit[MONEY_LEN];
    if (t->step >= 0 && t->step % t->unit == 0)
        return ST_OK;
    return err_set(e, ST_REFUSED,
                   _("--step must be a multiple of the unit of %s"),
                   money_text(t->unit, unit));
}

/* The classes, with room for their options. */
static enum status add_classes(const struct candidate *c, size_t n,
                               struct problem *p, struct err *e)
{
    size_t options = 0, k = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_open(&c[i]) || c[i].request <= 0)
            continue;
        options += count_amounts(&c[i], p->terms->step);
        if (options > OPTIONS_MAX)
            return err_set(e, ST_REFUSED,
                           _("--step is too fine: there are more than %d "
                             "amounts to choose from"),
                           OPTIONS_MAX);
        p->candidate[k] = i;
        p->request[k++] = c[i].request;
    }
    p->knapsack.classes = k;
    p->knapsack.option = xcalloc(options, sizeof *p->knapsack.option);
    return ST_OK;
}

static enum status problem_init(const struct candidate *c, size_t n,
                                const struct terms *t, int64_t capacity,
                                struct problem *out, struct err *e)
{
    *out = (struct problem){.terms = t, .score_den = 1, .capacity = capacity};
    enum status st = check_step(t, e);
    if (st != ST_OK)
        return st;
    out->candidate = xcalloc(n, sizeof *out->candidate);
    out->score = xcalloc(n, sizeof *out->score);
    out->request = xcalloc(n, sizeof *out->request);
    out->knapsack.first = xcalloc(n + 1, sizeof *out->knapsack.first);
    st = add_classes(c, n, out, e);
    if (st == ST_OK && !set_scores(c, n, out))
        st = too_fine(t, e);
    for (size_t k = 0; st == ST_OK && k < out->knapsack.classes; k++)
        add_amounts(out, &c[out->candidate[k]], k);
    if (st != ST_OK)
        problem_release(out);
    return st;
}

void problem_release(struct problem *p)
{
    knapsack_release(&p->knapsack);
    free(p->candidate);
    free(p->score);
    free(p->request);
    *p = (struct problem){0};
}

enum status problem_of_plan(const struct plan *p, struct problem *out,
                            struct err *e)
{
    return problem_init(
        p->candidate, p->count, &p->terms,
        p->terms.envelope - purse_forced(p->candidate, p->count), out, e);
}

int64_t problem_value(const struct problem *p, const struct share *shares)
{
    int64_t sum = 0;
    for (size_t k = 0; k < p->knapsack.classes; k++)
        sum += amount_value(p->terms, p->score[k], p->request[k],
                            shares[p->candidate[k]].award);
    return sum;
}

/* ---------------------------------------------------------------- the rule */

/* An engine has met its limit. */
static enum status too_large(struct err *e)
{
    return err_set(e, ST_REFUSED,
                   _("the amounts make more combinations than can be gone "
                     "through exactly: whole euros, or a coarser --step, "
                     "bring them down"));
}

enum status run_optimal(const struct candidate *c, size_t n,
                        const struct terms *t, int64_t rest, struct share *out,
                        struct err *e)
{
    struct problem p;
    struct room room = ROOM_START;
    enum status st = problem_init(c, n, t, rest, &p, e);
    if (st != ST_OK)
        return st;
    size_t *choice = xcalloc(p.knapsack.classes, sizeof *choice);
    if (!settle(&p.knapsack, rest, choice, &room))
        st = too_large(e);
    for (size_t k = 0; st == ST_OK && k < p.knapsack.classes; k++) {
        struct share *s = &out[p.candidate[k]];
        s->award = choice[k] == KNAPSACK_NONE
                       ? 0
                       : p.knapsack.option[choice[k]].weight;
        s->reason = s->award == p.request[k] ? REASON_FULL
                    : s->award > 0           ? REASON_REDUCED
                                             : REASON_NOT_CHOSEN;
    }
    free(choice);
    room_release(&room);
    problem_release(&p);
    return st;
}

enum status optimum_verify(const struct plan *p, struct err *e)
{
    struct problem q;
    int64_t value = 0;
    enum status st = problem_of_plan(p, &q, e);
    if (st != ST_OK)
        return st;
    if (!dynamic_value(&q.knapsack, q.capacity, &value))
        st = err_set(e, ST_REFUSED,
                     _("--verify has too many cells to go through: whole "
                       "euros bring them down"));
    else if (value != problem_value(&q, p->share))
        st = err_set(e, ST_BUG,
                     _("the two engines disagree on the greatest value; "
                       "nothing may be decided on this allocation, please "
                       "report it with the data"));
    problem_release(&q);
    return st;
}
