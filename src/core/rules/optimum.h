/* The allocation of greatest value, exactly (allocation.md, 3.4): as a
 * knapsack whose classes are the projects and whose options are the amounts
 * that each may receive. */
#ifndef CORE_OPTIMUM_H
#define CORE_OPTIMUM_H

#include "core/rules/knapsack.h"
#include "core/rules/plan.h"
#include "core/wide.h"

/* A call as a knapsack; weights in cents. A score is a whole number over
 * `score_den`, the same for all. */
struct problem {
    const struct terms *terms;
    struct knapsack knapsack;
    size_t *candidate; /* of each class */
    int64_t *score;    /* of each class, over score_den */
    int64_t *request;  /* of each class, cents */
    int64_t score_den;
    int64_t capacity; /* what the forced decisions left */
};

/* That of the candidates of a plan that take part, all but the closed and the
 * forced, with what the forced decisions leave. The caller releases.
 * ST_REFUSED when the amounts have too many steps or the values are too large
 * to be exact. */
enum status problem_of_plan(const struct plan *p, struct problem *out,
                            struct err *e);
void problem_release(struct problem *p);

/* What one score point over `score_den` is worth with the amount, as a
 * fraction: an option's value is its score times that, rounded down. */
struct weight_of_score {
    wide num, den;
};
struct weight_of_score score_weight(const struct terms *t, int64_t request,
                                    int64_t amount);

/* The value of an amount for a score. */
int64_t amount_value(const struct terms *t, int64_t score, int64_t request,
                     int64_t amount);

/* The value of the awards of an allocation: that of `optimal`, or what its
 * objective makes of those of another rule. */
int64_t problem_value(const struct problem *p, const struct share *shares);

/* Computes the greatest value again with the second engine and compares
 * (`--verify`). ST_BUG when they differ; ST_REFUSED when there are too many
 * cells for it. */
enum status optimum_verify(const struct plan *p, struct err *e);

#endif
