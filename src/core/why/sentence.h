/* The making of sentences: whole ones, with figures that are true as they are
 * printed. */
#ifndef CORE_SENTENCE_H
#define CORE_SENTENCE_H

#include "base/mem.h"
#include "core/money.h"
#include "core/why/explain.h"

/* Adds one sentence, parted from the one before by a space. */
void say(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* A number as it is printed: num / den on a scale. */
struct figure {
    int64_t num, den, scale;
};

/* A score is printed out of 100. */
struct figure score_figure(int64_t num, int64_t den);

/* How a number that is not a round one is printed. */
enum rounding_mode { NEAREST, UPWARD, DOWNWARD };

const char *figure_text(struct figure f, int decimals, enum rounding_mode mode,
                        char out[DECIMAL_LEN]);

/* A large number: two decimals, and its thousands set apart. */
const char *figure_grouped(struct figure f, enum rounding_mode mode,
                           char out[MONEY_LEN]);

/* For ngettext, of a number printed with two decimals: one and a half takes
 * the plural in English and the singular in French. */
unsigned long plural_of(struct figure f, enum rounding_mode mode);

/* Two decimals, or as many more as two different numbers need in order not
 * to print alike. */
int decimals_to_tell(struct figure a, struct figure b);

/* A score with "/100" behind it, and two decimals as in tables; without both
 * for one that was read from a file.
 * `out` has at least SCORE_LEN bytes. */
const char *score_with(const struct plan *p, struct figure f, int decimals,
                       enum rounding_mode mode, char out[SCORE_LEN]);

#endif
