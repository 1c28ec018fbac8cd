/* The terms of an allocation as words and texts, and whether two are the
 * same. */
#ifndef CORE_TERMS_H
#define CORE_TERMS_H

#include "core/rules/allocate.h"

/* The words that are typed and stored. */
const char *objective_name(enum objective o); /* "score", "score-euro" */
const char *curve_name(enum curve c);         /* "linear", "concave" */
const char *rounding_name(enum rounding r);   /* "remainder", "divisor" */

/* Reads such a word; false, and *out as it was, when there is none such. */
bool objective_find(const char *name, enum objective *out);
bool curve_find(const char *name, enum curve *out);
bool rounding_find(const char *name, enum rounding *out);

/* The tiers as tiers_parse reads them, whatever the language: "75:100,60:75";
 * NULL when there are none. The caller frees. */
char *tiers_text(const struct terms *t);

/* Whether the rule does anything with tiers, with the objective, curve and
 * step, with the rounding, with reserves. */
bool rule_has_tiers(const struct rule *rule);
bool rule_has_optimum(const struct rule *rule);
bool rule_has_rounding(const struct rule *rule);
bool rule_has_reserves(const struct rule *rule);

/* The reserve of a theme; NULL when there is none. */
struct reserve *terms_reserve(struct terms *t, int64_t theme);

/* Whether an allocation under `b` is one under `a`, the envelope apart: what
 * the rule does not look at does not count. */
bool terms_same(const struct terms *a, const struct terms *b);

/* Whether the rule can run under its terms: ST_REFUSED says what it lacks. */
enum status terms_check(const struct terms *t, struct err *e);

#endif
