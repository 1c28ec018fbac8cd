/* What `cispd rank` adds to the ranking with --stats and --robust. */
#ifndef CLI_RANKING_H
#define CLI_RANKING_H

#include "cli/out.h"
#include "core/why/robust.h"
#include "core/why/speech.h"
#include "core/why/statistics.h"

/* Tables and sentences for people. */
void statistics_print(struct ctx *ctx, const struct plan *p,
                      const struct statistics *s);
void robust_print(struct ctx *ctx, const struct plan *p,
                  const struct robust *r);

/* "statistics" and "robustness" of `rank --format json`: projects by number
 * ("2026-001"), amounts in cents, points out of 100, null where a figure has
 * no sense. */
json_t *statistics_json(const struct plan *p, const struct statistics *s);
json_t *robust_json(const struct plan *p, const struct robust *r);

/* The sentences as a list of points, and as an array. */
void speech_print(const struct speech *s);
json_t *speech_json(const struct speech *s);

/* The number of a project of the panel. */
json_t *project_ref_json(const struct plan *p, size_t project);

#endif
