/* What a decision hangs on: the marks of which one alone, being another, would
 * have funded a refused project or not funded a funded one (allocation.md,
 * 5.3). For the committee, never for a letter. */
#ifndef CORE_HINGE_H
#define CORE_HINGE_H

#include "core/why/facts.h"

/* A mark, another value of it, and what the project would receive then. */
struct hinge {
    size_t member, criterion; /* indexes in the panel */
    int64_t from_milli, to_milli;
    int64_t award;
};

/* The marks that decide whether one project of an allocated plan is funded,
 * at the nearest value that changes it, each tried by scoring, ranking and
 * allocating the whole call again: the nearest first. Their number in *count;
 * the caller frees. None for a project that does not take part, or without a
 * panel. */
struct hinge *hinges_of(const struct plan *p, size_t i, size_t *count);

/* The same of a funded project: the marks that, moved by a point at most or by
 * one step, leave it funded with another amount. */
struct hinge *shifts_of(const struct plan *p, size_t i, size_t *count);

/* Who gains and who loses when the committee sets the award of a candidate to
 * `cents` before the rule runs: the shares by candidate into out[0 .. count -
 * 1]. Errors: see allocate. */
enum status impose(const struct plan *p, size_t i, int64_t cents,
                   struct share *out, struct err *e);

#endif
