/* Sharing an envelope between ranked projects (allocation.md, section 3). */
#ifndef CORE_ALLOCATE_H
#define CORE_ALLOCATE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Why a project gets what it gets; reason_name gives the word of the JSON. */
enum reason {
    REASON_OPEN,        /* takes part: what the rules start from */
    REASON_FULL,        /* the whole request */
    REASON_PARTIAL,     /* what was left, not under the floor */
    REASON_STRICT_LINE, /* the first that did not fit: the rule stops */
    REASON_AFTER_LINE,  /* behind that one */
    REASON_NO_FIT,      /* more than was left */
    REASON_BELOW_FLOOR, /* what was left is under the floor */
    REASON_CEILING,     /* its theme has reached its ceiling */
    REASON_REDUCED,     /* part of the request, as the rule shares */
    REASON_TIER,        /* the share of the request that its tier gives */
    REASON_TIER_ZERO,   /* score under the lowest tier */
    REASON_TIER_FLOOR,  /* what its tier gives is under the floor */
    REASON_TIER_NO_FIT, /* what its tier gives is more than was left */
    REASON_FLOORS,      /* the floors down to here exceed the envelope */
    REASON_NO_SCORE,    /* a score of zero, which weighs nothing */
    REASON_NOT_CHOSEN,  /* not in the allocation of greatest value */
    REASON_BELOW_MIN,   /* score under the threshold */
    REASON_KO,          /* a criterion's mean under its minimum */
    REASON_QUORUM,      /* too few sheets */
    REASON_INCOMPLETE,  /* half-filled sheets */
    REASON_UNDECIDED,   /* eligibility not decided */
    REASON_NO_COST,     /* a rate applies and the cost is not known */
    REASON_RATE_USED,   /* other public money reaches the rate */
    REASON_MIN_AWARD,   /* may receive less than the least award */
    REASON_FORCED_IN,   /* an amount set by the committee */
    REASON_FORCED_OUT   /* set aside by the committee */
};

/* A project as the rules see it. Amounts in cents. */
struct candidate {
    const char *id;
    size_t project; /* index in the panel, where there is one */
    int64_t theme;  /* 0: none */
    int64_t rank;   /* 1 is best; 0: not ranked */
    int64_t score_num, score_den;
    int64_t asked;          /* before the caps of the call */
    int64_t request, floor; /* 0 < floor <= request where it takes part */
    int64_t floor_bp;       /* see core/panel/panel.h */
    enum reason closed;     /* REASON_OPEN, or why it takes no part */
    bool forced;            /* by the committee, to `forced_award` */
    bool decided;           /* that was the decision, already recorded */
    int64_t forced_award;
};

/* What a project gets, and what was left for it when its turn came (-1: it had
 * no turn); `kept` of the envelope was reserved for others then, and `capped`
 * says that the ceiling of its theme was what limited it. tiers:cut: `sum` is
 * what the amounts of all came to when its own was cut; 0: it was not. */
struct share {
    int64_t award, rest_before;
    enum reason reason;
    int64_t kept, sum;
    bool capped;
};

struct rule;

/* tiers: from this score up, in hundredths of a point, this share of the
 * request, in hundredths of a percent. */
struct tier {
    int64_t threshold, share_bp;
};
#define TIERS_MAX 20

/* strict, skip, partial: money for the projects of a theme, and the most that
 * they may receive together (-1: no ceiling). See core/rules/purse.h. */
struct reserve {
    int64_t theme;
    const char *label; /* not owned */
    int64_t least, most;
};
#define RESERVES_MAX 20

/* optimal: what is made as great as can be, and how a part of a request is
 * valued: linear, or concave, where the first euros count for more. */
enum objective { OBJECTIVE_SCORE, OBJECTIVE_SCORE_EURO };
enum curve { CURVE_LINEAR, CURVE_CONCAVE };

/* proportional: who gets the last units. */
enum rounding { ROUNDING_REMAINDER, ROUNDING_DIVISOR };

/* The terms of an allocation; `threshold` and `min_award` are what the
 * sentences quote: the candidates already obey them. Beyond these, zeroes are
 * what a rule does when nothing else was said. */
struct terms {
    const struct rule *rule;
    int64_t envelope, unit; /* cents; unit >= 1 */
    int64_t threshold;      /* hundredths of a point; -1: none */
    int64_t min_award;      /* cents; 0: none */
    enum rounding rounding;
    enum objective objective;
    enum curve curve;
    int64_t step; /* cents between two amounts; 0: all or nothing */
    size_t tiers, reserves;
    struct tier tier[TIERS_MAX]; /* the highest first */
    struct reserve reserve[RESERVES_MAX];
};

/* The rule of that name; NULL when there is none. */
const struct rule *rule_find(const char *name);
const char *rule_name(const struct rule *rule);
/* Whether it gives each its turn, at what those before it left. */
bool rule_has_turns(const struct rule *rule);
/* The rules by index, NULL behind the last: for lists and messages. */
const struct rule *rule_at(size_t i);

/* Shares the envelope between the n candidates, given in rank order: the
 * forced ones are paid first, then the rule runs over the others. ST_REFUSED
 * when the forced amounts alone, or the reserves, exceed the envelope, when
 * the rule lacks terms or has some that do not go with it, and when an exact
 * answer would take more memory or time than there is; the shares are then
 * not to be used. */
enum status allocate(const struct candidate *c, size_t n, const struct terms *t,
                     struct share *out, struct err *e);

/* The contracted word of a share: "funded", "partial", "does-not-fit",
 * "after-stop", "below-threshold", "not-rankable", "not-selected". */
const char *reason_name(const struct share *s, const struct candidate *c);

#endif
