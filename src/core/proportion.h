/* Whole numbers in proportion, by largest remainder. */
#ifndef CORE_PROPORTION_H
#define CORE_PROPORTION_H

#include <stddef.h>
#include <stdint.h>

/* Shares `whole` (>= 0) in the proportion of the weights (>= 0) into `out`,
 * which add up to it exactly: each gets its part rounded down, and the units
 * that remain go to the largest remainders, among equals to the first. Does
 * nothing when all the weights are zero. */
void largest_remainder(const int64_t *weight, size_t n, int64_t whole,
                       int64_t *out);

/* Cuts amounts to what a sum allows: where they fit they stay; else each gets
 * its part of the sum in whole units, and never more than the amount. */
void proportion_share(const int64_t *amount, size_t n, int64_t sum,
                      int64_t unit, int64_t *out);

#endif
