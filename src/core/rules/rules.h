/* What the rules have in common; only the files of the rules include it. */
#ifndef CORE_RULES_H
#define CORE_RULES_H

#include "core/rules/allocate.h"

/* A rule goes over the open candidates in rank order and fills the award and
 * the reason of each; `rest` (>= 0) is what the forced decisions left. */
typedef enum status run_rule(const struct candidate *c, size_t n,
                             const struct terms *t, int64_t rest,
                             struct share *out, struct err *e);

struct rule {
    const char *name;
    run_rule *run;
    bool turns;    /* each has a turn at what those before it left */
    bool reserves; /* knows what to do with reserves for themes */
};

run_rule run_strict, run_skip, run_partial; /* allocate.c */
run_rule run_tiers, run_tiers_cut;          /* tiers.c */
run_rule run_proportional;                  /* proportional.c */
run_rule run_optimal;                       /* optimum.c */

/* Takes part, and its award is not set by hand. */
static inline bool is_open(const struct candidate *c)
{
    return c->closed == REASON_OPEN && !c->forced;
}

#endif
