/* What would have been enough: the figures behind "why", for every project
 * under every rule (allocation.md, section 5). Facts only; core/why/explain.h
 * puts them into words. Every figure can be tried: with it the award is there,
 * with one unit less it is not. */
#ifndef CORE_FACTS_H
#define CORE_FACTS_H

#include "core/rules/plan.h"
#include "core/rules/relax.h"

/* What is known of a figure. */
enum answer {
    ANSWER_NONE,   /* the question makes no sense here, or the search is over
                      what can be gone through */
    ANSWER_VALUE,  /* that figure */
    ANSWER_ANY,    /* any figure would do, as things stand */
    ANSWER_BEYOND, /* more than that figure, where the search ended */
    ANSWER_NEVER   /* no figure would do */
};

struct figure_fact {
    enum answer answer;
    int64_t value;
};

/* In how many of the allocations of greatest value a project is. */
enum presence { IN_NONE, IN_SOME, IN_ALL };

#define FACTS_NOBODY SIZE_MAX

/* The facts of one candidate. "Funded" is: receives anything; under optimal:
 * is in some allocation of greatest value, which the best-ranked decides among
 * equals.
 *
 * score: the least score, over `score_den`, with which it would be funded, all
 *   else being equal, or still is; `above`: that score is not quite enough,
 *   any better one is. Also of a project under the minimum score.
 * place: whose score that is, an index into the candidates; else
 *   FACTS_NOBODY.
 * amount: the largest request with which it would be funded (with reserves for
 *   themes: one with which it would be); of a project whose floor did not fit,
 *   the largest floor. `exact`: that very request
 *   would be, a smaller one perhaps not. Of refused projects, and of all under
 *   optimal where awards are whole requests.
 * envelope: the first envelope at which it would be funded; a larger one may
 *   lose it again. Of refused projects.
 * presence, price: under optimal. What imposing it costs: the greatest value
 *   less the greatest with it, `price_award` being the amount imposed. */
struct facts {
    struct figure_fact score, amount, envelope, price;
    int64_t score_den, price_award;
    bool above, exact;
    size_t place;
    enum presence presence;
};

/* The facts of the allocation as a whole. Under optimal; values in the unit of
 * score x cents or of scores, over `den`:
 *
 * second: the greatest value of any other allocation.
 * more_cents, more_value: the next larger envelope that makes a greater value,
 *   and that value; 0 when the search ends before.
 * hundred_value: the greatest value of plan.hundred, where it is known.
 * price: what one cent more is worth at the margin.
 *
 * coefficient: under proportional, see core/rules/proportional.h; den 0: none.
 */
struct outlook {
    bool known; /* false: the search is over what can be gone through */
    int64_t best, second, den;
    int64_t more_cents, more_value, hundred_value;
    struct slope price;
    struct frac coefficient;
};

/* What plan.hundred has more in the envelope, in cents. */
#define HUNDRED_EUROS 10000

/* The facts of one candidate of an allocated plan. */
struct facts facts_of(const struct plan *p, size_t i);

/* Those of all, which for `optimal` is far less work than one by one; into
 * out[0 .. count - 1]. */
void facts_of_all(const struct plan *p, struct facts *out,
                  struct outlook *outlook);

/* Computes into the plan the facts of all, and what the rule would give with
 * 100 euros more, for sentences about all of them; allocating again throws
 * them away. */
void plan_explain(struct plan *p);

/* The facts of one: those of plan_explain, or computed now. */
struct facts plan_facts_of(const struct plan *p, size_t i);

/* --------------------------------------------------------- by another file */

/* facts_optimum.c: of candidates that take part, under optimal. */
struct facts optimum_facts_of(const struct plan *p, size_t i);
void optimum_facts(const struct plan *p, struct facts *out,
                   struct outlook *outlook);

/* facts_rank.c: under the rules that go down the ranking. */
struct facts rank_facts_of(const struct plan *p, size_t i);
struct facts rank_score_of(const struct plan *p, size_t i);
void rank_facts(const struct plan *p, struct facts *out);

#endif
