/* Everything a ranking is computed from: the criteria, the members, the
 * projects and the marks of one call. Loaded by store/panel.c. */
#ifndef CORE_PANEL_H
#define CORE_PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct criterion {
    int64_t id;
    char *code, *label;
    int64_t weight;             /* 0 when independent */
    int64_t scale_lo, scale_hi; /* whole points, hi > lo */
    int64_t step_milli;         /* thousandths of a point */
    int64_t min_milli;          /* least panel mean; -1: none */
    bool independent;           /* shown, in no score */
};

struct theme {
    int64_t id;
    char *label;
};

struct member {
    int64_t id;
    char *name;
};

/* Missing is not zero, and an abstention is neither. */
enum mark_state { MARK_MISSING, MARK_VALUE, MARK_ABSTAINED };

struct mark {
    enum mark_state state;
    int64_t value_milli; /* on the criterion's scale, where MARK_VALUE */
};

/* Why a project cannot be paid whatever its score. */
enum bar {
    BAR_NONE,
    BAR_UNDECIDED, /* eligibility not decided yet */
    BAR_NO_COST,   /* a maximum rate applies and the cost is not known */
    BAR_RATE_USED, /* other public money already reaches the maximum rate */
    BAR_MIN_AWARD  /* it may receive less than the least award of the call */
};

/* What of the call holds a request down. */
enum cap { CAP_NONE, CAP_AWARD, CAP_RATE };

/* Where a floor comes from, when it is no share of the request. */
#define FLOOR_DECLARED 0
#define FLOOR_LEAST_AWARD (-1)

struct entry {
    int64_t id;
    int64_t number; /* in its call */
    char *ref;      /* "2026-001" */
    char *association, *title;
    int64_t theme;         /* 0: none */
    int64_t asked_cents;   /* as applied for */
    int64_t request_cents; /* after the caps of the call, >= 0 */
    int64_t floor_cents;   /* least useful award, 0 < floor <= request */
    int64_t floor_bp;      /* which share of the request that is, in hundredths
                              of a percent; or FLOOR_... */
    int64_t cost_cents;    /* -1: not known */
    int64_t other_cents;   /* other public money */
    enum cap cap;
    enum bar bar;
};

/* What to do with a sheet that lacks marks (allocation.md, 1.2). */
enum missing_policy { MISSING_BLOCK, MISSING_EXCLUDE, MISSING_RENORMALISE };

struct panel {
    int64_t call;
    int64_t quorum;      /* least sheets for a project to be ranked, >= 1 */
    int64_t threshold;   /* hundredths of a point out of 100; -1: none */
    int64_t max_rate_bp; /* public money / cost, hundredths of %; -1: none */
    enum missing_policy missing;
    char *seed; /* of the lot; NULL: none was published */
    size_t themes, criteria, members, projects;
    struct theme *theme;
    struct criterion *criterion;
    struct member *member;
    struct entry *project;
    struct mark *mark; /* see panel_mark */
    bool *recused;     /* [project * members + member] */
};

/* Makes room for the marks and recusals of the counts already set: all
 * missing, nobody recused. */
void panel_alloc(struct panel *p);

/* Frees the arrays and texts; NULL and a zeroed panel are fine. */
void panel_release(struct panel *p);

/* The mark of a member on a criterion of a project, to read or to write. */
struct mark *panel_mark(const struct panel *p, size_t project, size_t member,
                        size_t criterion);

#endif
