/* How much an allocation hangs on each thing that went into it: a member, one
 * mark, a weight, the mean, the rule, the envelope (allocation.md, 5.3 and 6).
 * Each fact is found by playing the plan again with that change made, in exact
 * integers. */
#ifndef CORE_ROBUST_H
#define CORE_ROBUST_H

#include "core/rules/replay.h"
#include "core/panel/whatif.h"

/* Without one member. */
struct without {
    bool marked; /* he has a counted sheet: else nothing was tried */
    struct effect effect;
    /* Kendall's tau of the two orders: (concordant - discordant pairs) /
     * pairs of the projects ranked in both */
    int64_t tau_num, tau_den;
    size_t below_quorum; /* ranked projects that would miss the quorum */
};

/* One mark one step up or down that changes an award. */
struct move {
    size_t project, member, criterion;
    int64_t from_milli, to_milli;
    struct effect effect;
};

struct moves {
    size_t tried, with_awards, with_list; /* how many change what */
    struct move *move;                    /* those with_awards */
};

/* How far a weight can go one way before the awards change. */
enum reach_kind {
    REACH_NEVER,   /* as far as a weight can go, nothing changes */
    REACH_AT,      /* they change at that weight */
    REACH_BEYOND,  /* not at that weight, but at any beyond it */
    REACH_TOO_FINE /* the numbers do not fit 64 bits */
};

struct reach {
    enum reach_kind kind;
    struct frac weight; /* the weight itself, not the difference */
    struct effect effect;
};

struct weight_reach {
    /* not for an independent criterion, nor where a sheet was renormalised,
     * nor under "optimal" with amounts in steps whose values are rounded:
     * all but those of score x euro on the linear curve */
    bool defined;
    /* every change of weight moves some award a little: this is where the
     * list of funded projects changes */
    bool list_only;
    struct reach less, more;
};

/* The nearest envelope at which the list of funded projects is another. */
struct border {
    bool found;
    int64_t cents; /* that envelope; else the last one tried */
    bool gave_up;  /* there were more to try, or the rule refused the next */
    int64_t apart; /* cents between those tried, where one between them may
                      change the list as well; 0: none does */
    struct effect effect;
};

/* One rule of the table on the same marks and envelope. */
struct rule_try {
    const struct rule *rule;
    enum status status;
    char *refusal;  /* why it cannot run on this call; NULL */
    int64_t *award; /* by project index */
    struct effect effect;
};

enum solidity {
    SOLID,     /* funded or refused whoever leaves, whichever mark moves */
    SENSITIVE, /* not without some member */
    ONE_MARK   /* not when some single mark moves by one step */
};

struct robust {
    size_t projects, members, criteria, rules;
    int64_t *award; /* of the plan, by project index */
    struct without *without;
    struct moves moves;
    struct weight_reach *weight; /* of each criterion */
    struct effect median;
    struct border below, above;
    struct rule_try *rule;
    enum solidity *solidity; /* of each project */
    bool *sensitive;         /* changes without some member, whatever else */
    bool *core; /* funded throughout: no member, no mark, no rule and no
                   median undoes it */
};

/* Is told how much of the work is done. */
typedef void robust_progress(void *arg, size_t done, size_t total);

/* Computes all of it for an allocated plan; `progress` may be NULL. The
 * caller releases, also on failure. Errors: see score_panel and allocate. */
enum status robust_compute(const struct plan *base, robust_progress *progress,
                           void *arg, struct robust *out, struct err *e);

void robust_release(struct robust *r);

/* The parts, for their own tests and for each other. */
enum status robust_moves(const struct plan *base, robust_progress *progress,
                         void *arg, struct moves *out, struct err *e);
enum status robust_weight(const struct plan *base, size_t criterion,
                          bool order_matters, struct weight_reach *out,
                          struct err *e);

/* Whether the order of the projects has a part in the awards, to be told to
 * robust_weight: not under "optimal" where one allocation alone has the
 * greatest value. */
bool robust_order_matters(const struct plan *base);

/* How many moves from the k-th on are of the same project, the same way and to
 * the same effect on the list; 0 when one before it is: it counts this one. */
size_t moves_alike(const struct moves *m, size_t k);

/* "solid", "sensitive", "one-mark": the machine name. */
const char *solidity_name(enum solidity s);

#endif
