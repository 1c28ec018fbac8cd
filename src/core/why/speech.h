/* Sentences that the chair can read aloud, in the language in force: the
 * facts of statistics and robustness, never an opinion. */
#ifndef CORE_SPEECH_H
#define CORE_SPEECH_H

#include "core/why/robust.h"
#include "core/why/statistics.h"

struct speech {
    size_t count;
    char **text; /* whole sentences */
};

/* How far the panel agrees, and whether who marked what changed the order.
 * The caller releases. */
struct speech speech_statistics(const struct plan *p,
                                const struct statistics *s);

/* What the allocation hangs on. The caller releases. */
struct speech speech_robust(const struct plan *p, const struct robust *r);

void speech_release(struct speech *s);

/* The projects of an effect that enter, or those that leave, as
 * "2026-003, 2026-007", the first dozen of them; empty when there is none. The
 * caller frees. */
char *effect_text(const struct plan *p, const struct robust *r,
                  const struct effect *f, bool leaving);

/* The weight that is reached: "27.5", "> 25" (not at it, but at any beyond),
 * "never"; `more` tells which way it goes. The caller frees. */
char *reach_text(const struct reach *reach, bool more);

#endif
