/* Sharing an envelope between ranked projects (ALLOCATION.md, 3.1, 3.2). */
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
    int64_t rank;   /* 1 is best; 0: not ranked */
    int64_t score_num, score_den;
    int64_t asked;          /* before the caps of the call */
    int64_t request, floor; /* 0 < floor <= request where it takes part */
    enum reason closed;     /* REASON_OPEN, or why it takes no part */
    bool forced;            /* by the committee, to `forced_award` */
    int64_t forced_award;
};

/* What a project gets, and what was left when its turn came (-1: it had no
 * turn). */
struct share {
    int64_t award, rest_before;
    enum reason reason;
};

struct rule;

/* The terms of an allocation; `threshold` and `min_award` are what the
 * sentences quote: the candidates already obey them. */
struct terms {
    const struct rule *rule;
    int64_t envelope, unit; /* cents; unit >= 1 */
    int64_t threshold;      /* hundredths of a point; -1: none */
    int64_t min_award;      /* cents; 0: none */
};

/* The rule of that name; NULL when there is none. */
const struct rule *rule_find(const char *name);
const char *rule_name(const struct rule *rule);
/* The rules by index, NULL behind the last: for lists and messages. */
const struct rule *rule_at(size_t i);

/* Shares the envelope between the n candidates, given in rank order: the
 * forced ones are paid first, then the rule runs over the others. ST_REFUSED
 * when the forced amounts alone exceed the envelope. */
enum status allocate(const struct candidate *c, size_t n, const struct terms *t,
                     struct share *out, struct err *e);

/* `cents` rounded down to a multiple of the unit, and the least award rounded
 * up to one but never past the request. */
int64_t round_to_unit(int64_t cents, int64_t unit);
int64_t floor_to_unit(int64_t floor, int64_t request, int64_t unit);

/* The contracted word of a share: "funded", "partial", "does-not-fit",
 * "after-stop", "below-threshold", "not-rankable", "not-selected". */
const char *reason_name(const struct share *s, const struct candidate *c);

#endif
