/* The problem of `optimal` as a text in CPLEX's LP format, for a solver that
 * is not ours (`glpsol --lp FILE`). */
#ifndef CORE_LP_H
#define CORE_LP_H

#include "base/mem.h"
#include "core/rules/knapsack.h"
#include "core/rules/plan.h"

/* Adds the model of a knapsack: maximize "obj", the variable pI_W being 1 when
 * class I, counted from 1, gets its option of weight W. The values are divided
 * by what all have in common; returns that. */
int64_t lp_write(const struct knapsack *k, int64_t capacity, struct buf *out);

/* The model of an allocation under `optimal`, with a comment that names the
 * project of each class and the divisor; the caller frees. The forced
 * decisions are paid before. Errors: those of problem_of_plan. */
enum status lp_text(const struct plan *p, char **out, struct err *e);

#endif
