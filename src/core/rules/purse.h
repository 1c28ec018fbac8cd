/* What is left for whom, while a rule goes down the ranking.
 *
 * A reserve of a theme is money that only the projects of the theme may use
 * until each of them has had its turn. At each turn the purse keeps back, for
 * every other theme with a reserve, what that theme has not yet received of
 * it, and never more than its projects still to come request. So nothing is
 * kept for a theme whose last project has had its turn: it serves those who
 * come after, and nobody who came before is looked at again. A theme may use
 * the unreserved money as well, up to its ceiling where it has one.
 *
 * What the committee set by hand counts for its theme.
 *
 * Under strict, the first project that does not fit stops the allocation of
 * the unreserved money; a theme goes on with what is left of its own reserve,
 * until one of its projects does not fit. A project that the ceiling of its
 * theme stops, whatever is left besides, stops its theme alone. */
#ifndef CORE_PURSE_H
#define CORE_PURSE_H

#include "core/rules/allocate.h"

struct purse {
    const struct terms *terms;
    int64_t rest; /* of the envelope, for all */
    /* of each reserve's theme: received; requests of those still to come */
    int64_t spent[RESERVES_MAX], coming[RESERVES_MAX];
};

/* What the forced decisions take out of the envelope. */
int64_t purse_forced(const struct candidate *c, size_t n);

/* Begins a pass over the candidates with what the forced ones left. */
struct purse purse_open(const struct candidate *c, size_t n,
                        const struct terms *t, int64_t rest);

/* The reserve of the candidate's theme, or -1. */
int purse_theme(const struct purse *p, const struct candidate *c);

/* What is left of the reserve of a theme. */
int64_t purse_reserved(const struct purse *p, int theme);

/* Fills in what the candidate may take now: rest_before, kept, and capped: the
 * ceiling of its theme leaves less than the envelope does, or less than the
 * `need` without which it gets nothing. */
void purse_look(const struct purse *p, const struct candidate *c, int64_t need,
                struct share *s);

/* Its turn is over, with this award and reason. */
void purse_pay(struct purse *p, const struct candidate *c, struct share *s,
               int64_t award, enum reason reason);

#endif
