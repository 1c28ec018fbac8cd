/* The facts in words, for the sentences of core/why/explain.h. */
#ifndef CORE_EXPLAIN_FACTS_H
#define CORE_EXPLAIN_FACTS_H

#include "core/why/facts.h"
#include "core/why/sentence.h"

/* What would have been enough for a refused project. */
void say_what_was_needed(struct buf *b, const struct plan *p, size_t i,
                         const struct facts *f);

/* The score that was needed. */
void say_score(struct buf *b, const struct plan *p, size_t i,
               const struct facts *f);

/* Under optimal, of a funded project: whether it is in every optimum. */
void say_presence(struct buf *b, const struct plan *p, size_t i,
                  const struct facts *f);

/* How many decimals tell the score of a project from the one it needed. */
int facts_decimals(const struct plan *p, size_t i, const struct facts *f);

/* A value of optimal, over `den`, in points or in points x euros. */
const char *worth_text(const struct plan *p, int64_t value, int64_t den,
                       enum rounding_mode mode, char out[DECIMAL_LEN]);

/* Two of them, with as many decimals as tell them apart. */
void worths_text(const struct plan *p, int64_t a, int64_t b, int64_t den,
                 char x[DECIMAL_LEN], char y[DECIMAL_LEN]);

/* How many of its sheets are half-filled; whose they are is not for an
 * applicant. */
void say_incomplete(struct buf *b, const struct plan *p, size_t project);

/* Under the minimum score, in hundredths of a point. */
void say_below_min(struct buf *b, const struct plan *p, struct figure score,
                   int64_t threshold);

#endif
