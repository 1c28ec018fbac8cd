/* A second look at an allocation before anyone decides on it (`allocate
 * --verify`): what must hold whatever the rule, and the greatest value by
 * another engine where the rule claims it. */
#ifndef CORE_AUDIT_H
#define CORE_AUDIT_H

#include "core/rules/plan.h"

/* ST_BUG when an allocated plan spends more than its envelope, gives a project
 * less than its floor, more than its request or a broken unit, pays one that
 * takes no part or another amount than was forced, or when the two engines
 * disagree on the greatest value; ST_REFUSED when there are too many amounts
 * for the second engine. */
enum status plan_audit(const struct plan *p, struct err *e);

#endif
