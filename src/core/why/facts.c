/* The facts of a plan: which file knows them, and what every rule shares. */
#include "core/why/facts.h"
#include "base/mem.h"
#include "core/rules/proportional.h"
#include "core/rules/purse.h"
#include "core/rules/rules.h"
#include "core/wide.h"

#include <stdlib.h>
#include <string.h>

/* Among more, the scores needed under the minimum are not looked for. */
#define OUTSIDE_MOST 300

static bool is_optimal(const struct plan *p)
{
    return p->terms.rule->run == run_optimal;
}

/* The score with which a project under the minimum would be funded: that of
 * one that takes part. */
static void score_outside(const struct plan *p, size_t i, struct facts *out)
{
    struct plan q = *p;
    q.candidate = xcalloc(p->count, sizeof *q.candidate);
    memcpy(q.candidate, p->candidate, p->count * sizeof *q.candidate);
    q.candidate[i].closed = REASON_OPEN;
    struct facts f =
        is_optimal(p) ? optimum_facts_of(&q, i) : rank_score_of(&q, i);
    if (is_optimal(p) && f.score.answer == ANSWER_VALUE) {
        /* with it, the total must exceed that of the others alone */
        q.candidate[i].score_num = f.score.value;
        f.above = optimum_facts_of(&q, i).price.value >= 0;
    }
    /* a rule that would refuse the whole with it funds nobody; optimal refuses
     * for the size alone, which its facts have met already */
    struct share *share = xcalloc(p->count, sizeof *share);
    if (!is_optimal(p) &&
        allocate(q.candidate, q.count, &q.terms, share, NULL) != ST_OK)
        f.score.answer = ANSWER_NEVER;
    free(share);
    free(q.candidate);
    out->score = f.score;
    out->score_den = f.score_den;
    out->above = f.above;
    out->place = f.place;
}

/* In a panel no score is over 100 points. */
static struct facts on_scale(const struct plan *p, struct facts f)
{
    if (p->panel.projects > 0 && f.score.answer == ANSWER_VALUE &&
        f.score.value + f.above > f.score_den) {
        f.score = (struct figure_fact){ANSWER_NEVER, 0};
        f.above = false;
        f.place = FACTS_NOBODY;
    }
    return f;
}

/* A project outside the allocation: only a minimum score is a figure. */
static struct facts facts_outside(const struct plan *p, size_t i)
{
    const struct candidate *c = &p->candidate[i];
    struct facts f = {.score_den = c->score_den, .place = FACTS_NOBODY};
    if (c->closed == REASON_BELOW_MIN && !c->forced && p->terms.threshold > 0 &&
        p->count <= OUTSIDE_MOST)
        score_outside(p, i, &f);
    return on_scale(p, f);
}

struct facts facts_of(const struct plan *p, size_t i)
{
    if (!is_open(&p->candidate[i]))
        return facts_outside(p, i);
    return on_scale(p, is_optimal(p) ? optimum_facts_of(p, i)
                                     : rank_facts_of(p, i));
}

void facts_of_all(const struct plan *p, struct facts *out,
                  struct outlook *outlook)
{
    *outlook = (struct outlook){0};
    for (size_t i = 0; i < p->count; i++)
        if (!is_open(&p->candidate[i]))
            out[i] = facts_outside(p, i);
    if (is_optimal(p))
        optimum_facts(p, out, outlook);
    else
        rank_facts(p, out);
    for (size_t i = 0; i < p->count; i++)
        out[i] = on_scale(p, out[i]);
    struct frac *f = &outlook->coefficient;
    if (p->terms.rule->run == run_proportional &&
        !proportional_coefficient(
            p->candidate, p->count, &p->terms,
            p->terms.envelope - purse_forced(p->candidate, p->count), f))
        *f = (struct frac){0};
}

/* The shares with 100 euros more, the forced decisions staying what they are;
 * the caller frees. NULL when the rule refuses. */
static struct share *shares_of_hundred(const struct plan *p)
{
    struct terms t = p->terms;
    struct share *shares = xcalloc(p->count, sizeof *shares);
    t.envelope += HUNDRED_EUROS;
    if (allocate(p->candidate, p->count, &t, shares, NULL) == ST_OK)
        return shares;
    free(shares);
    return NULL;
}

void plan_explain(struct plan *p)
{
    free(p->facts);
    free(p->outlook);
    free(p->hundred);
    p->hundred = shares_of_hundred(p);
    p->facts = xcalloc(p->count, sizeof *p->facts);
    p->outlook = xcalloc(1, sizeof *p->outlook);
    facts_of_all(p, p->facts, p->outlook);
}

struct facts plan_facts_of(const struct plan *p, size_t i)
{
    return p->facts != NULL ? p->facts[i] : facts_of(p, i);
}
