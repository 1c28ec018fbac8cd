/* How far the sheets of a project lie apart: for display only, never for a
 * decision. */
#ifndef CORE_SPREAD_H
#define CORE_SPREAD_H

#include "core/panel/score.h"

/* The standard deviation (n - 1) of the counted sheets, out of 100; NaN with
 * fewer than two. allocation.md, section 2. */
double spread_sd(const struct panel *p, const struct scores *s, size_t project);

#endif
