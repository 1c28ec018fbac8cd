/* The envelope that would have been enough for each project that was refused
 * (ALLOCATION.md, 5.2). */
#ifndef CORE_ENOUGH_H
#define CORE_ENOUGH_H

#include "core/plan.h"

/* Sets `enough` of a plan that was just allocated: for each candidate that
 * took part and got nothing, the smallest envelope in cents at which the same
 * rule funds it, in part at least; 0 for the others, and where finding it
 * takes too many steps. */
void enough_find(struct plan *p);

#endif
