/* How far the members of a panel agree (allocation.md, section 2). Floating
 * point, for display only: nothing here takes part in a decision. A figure
 * whose denominator is 0 is NaN, which is printed as "n/a". */
#ifndef CORE_AGREEMENT_H
#define CORE_AGREEMENT_H

#include "core/panel/score.h"

/* What each member gave each project in all. */
struct ratings {
    size_t projects, members;
    double *x; /* [project * members + member], NaN: no counted sheet */
};

/* The counted sheets of a call, out of 100; the caller releases. */
struct ratings ratings_of(const struct panel *p, const struct scores *s);
void ratings_release(struct ratings *r);

/* The agreement of the panel, on all projects, never on the funded ones only.
 * A member who marked no project at all is not part of it. */
struct agreement {
    /* the complete block: the projects that all those members marked */
    size_t projects, members;
    double bms, wms, jms, ems; /* mean squares of that block */
    /* intraclass correlations: one member (1), the mean of all (k) */
    double icc_1, icc_2_1, icc_3_1, icc_1_k, icc_2_k;
    double kendall_w; /* concordance of the orders, ties corrected */
    /* all projects with two marks or more */
    size_t alpha_units, alpha_marks;
    double alpha; /* Krippendorff's, interval */
};

/* Computes all of it. */
void agreement_compute(const struct ratings *r, struct agreement *out);

/* The figures of a panel's agreement in the order in which they are shown,
 * with their names in the language in force; NaN: n/a. */
#define AGREEMENT_LINES 10
struct agreement_line {
    const char *name;
    double value;
};
void agreement_list(const struct agreement *a,
                    struct agreement_line out[AGREEMENT_LINES]);

/* The reliability of the mean of k marks when that of one is `icc_1`
 * (Spearman-Brown); n/a of one that is not above 0. */
double agreement_of_mean(double icc_1, double k);

/* A figure in whole hundredths, for printing; false when it is n/a. */
bool agreement_hundredths(double figure, int64_t *out);

/* The sheets of one project, in points out of 100. */
#define HISTOGRAM_BINS 10
struct project_spread {
    size_t n;
    double mean, median, min, max, range, sd; /* sd: n - 1 */
    size_t bin[HISTOGRAM_BINS];               /* 0 to <10, ..., 90 to 100 */
    bool discuss; /* a range of 30 points, or sd in the top 10 % of the call */
};

/* Fills out[0 .. projects - 1]. */
void spread_projects(const struct panel *p, const struct scores *s,
                     struct project_spread *out);

/* The sheets of one member. */
struct member_spread {
    size_t n;
    double mean, min, max, sd;
};

/* Fills out[0 .. members - 1]. */
void spread_members(const struct ratings *r, struct member_spread *out);

#endif
