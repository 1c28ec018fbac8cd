/* Whether who marked what changed the order: a severe member recused on one
 * project only helps that project. Additive model, mark = project + severity
 * of the member, by least squares (allocation.md, section 2). Floating point:
 * it informs, it never decides. */
#ifndef CORE_BIAS_H
#define CORE_BIAS_H

#include "core/panel/agreement.h"

/* Two projects whose order by adjusted score is not that by score. */
struct reversal {
    size_t above, below; /* by score; the model has them the other way */
    bool at_the_line;    /* exactly one of them is funded */
};

struct bias {
    /* Two projects can be compared when a chain of members links them; else
     * there is no adjusted score at all, and every figure is NaN. */
    bool connected;
    size_t members, projects;
    double *severity; /* of each member, points: below 0 is severe; NaN where
                         he marked nothing */
    double *adjusted; /* score of each project, points; NaN where no mark */
    size_t reversals;
    struct reversal *reversal; /* those at the line first */
};

/* Fits the model; the caller releases. */
struct bias bias_fit(const struct ratings *r);

/* Lists the pairs that the model reverses among the projects that can be
 * ranked, by index; `funded` tells of each project whether it receives
 * an award. */
void bias_compare(struct bias *b, const struct scores *s, const bool *funded);

void bias_release(struct bias *b);

#endif
