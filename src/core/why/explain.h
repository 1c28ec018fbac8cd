/* Sentences that say why, in the language in force: computed, never typed, so
 * that they are exact (allocation.md, 3.5 and 5.2). */
#ifndef CORE_EXPLAIN_H
#define CORE_EXPLAIN_H

#include "core/why/hinge.h"

/* Why the i-th candidate of an allocated plan gets what it gets, and where it
 * is refused: the place, the envelope and the amount that would have been
 * enough, as far as there is one. Whole sentences; the caller frees. */
char *explain_share(const struct plan *p, size_t i);

/* What can be said of the allocation as a whole, beyond its projects: the next
 * project that more money would fund, and what the next 100 euros change;
 * under proportional its coefficient; under optimal the greatest total, the
 * second best and what the next euros are worth. May be empty. The caller
 * frees. */
char *explain_outlook(const struct plan *p);

/* One page on the i-th candidate, for the committee: a sentence or a list a
 * line. Whose it is; what it gets and why; how much it has to spare; who gains
 * and who loses when the committee decides otherwise; which single marks would
 * change the decision or its amount. The caller frees. */
char *explain_page(const struct plan *whole, size_t i, const struct hinge *h,
                   size_t hinges);

/* Why a project of the panel cannot be ranked or fails a minimum, for those
 * who run the call: half-filled sheets with the names of their members; an
 * empty text when it passes. The caller frees. */
char *explain_standing(const struct plan *p, size_t project);

/* "69.08/100" in the language in force, without the "/100" for a score that
 * was read from a file. `out` has at least SCORE_LEN bytes. */
#define SCORE_LEN 48
const char *score_text(const struct plan *p, const struct candidate *c,
                       char out[SCORE_LEN]);

#endif
