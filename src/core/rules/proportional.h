/* What the rule proportional says of itself. */
#ifndef CORE_PROPORTIONAL_H
#define CORE_PROPORTIONAL_H

#include "core/rules/allocate.h"
#include "core/wide.h"

/* The coefficient, when the rule shares `rest` (>= 0) between them: the part
 * of its request that a score of 100 points out of 100 pays, before rounding
 * to units; a lower score pays in proportion, not under the floor nor over the
 * request. False when there is none: every request is paid whole, or nobody
 * has more than the floor and less than the request; or when it is too fine
 * for 64 bits. */
bool proportional_coefficient(const struct candidate *c, size_t n,
                              const struct terms *t, int64_t rest,
                              struct frac *out);

#endif
