/* The scores of a call with one thing changed, exactly as if it had been
 * typed: a member left out, other marks on a project, a criterion of another
 * weight, the median in the place of the mean. */
#ifndef CORE_WHATIF_H
#define CORE_WHATIF_H

#include "core/panel/score.h"
#include "core/wide.h"

/* Scores without a member's sheets. The quorum is not applied again: only the
 * projects that miss it with all members stay out. The caller releases.
 * Errors: see score_panel. */
enum status whatif_without_member(const struct panel *p,
                                  const struct scores *base, size_t member,
                                  struct scores *out, struct err *e);

/* The median of the counted sheets in the place of their mean. The caller
 * releases. */
void whatif_median(const struct panel *p, const struct scores *base,
                   struct scores *out);

/* A copy of the scores and means, without the sheets; the caller releases. */
struct scores whatif_copy(const struct panel *p, const struct scores *base);

/* Scores one project anew with other marks: `marks` are its members *
 * criteria, with the same holes and abstentions as in the panel. Writes its
 * score and its means into `out`, a whatif_copy. Errors: see score_panel. */
enum status whatif_marks(const struct panel *p, const struct scores *base,
                         size_t project, struct mark *marks, struct scores *out,
                         struct err *e);

/* How the scores move with the weight of one criterion: a project's score is
 * (score + d * slope) / (den + d * den_slope) when the criterion weighs d
 * more, and its sheets likewise. All divided by their common factor. */
struct slopes {
    size_t criterion;
    int64_t weight, other_weights; /* of the criterion; of all others */
    int64_t den, den_slope;
    int64_t *score, *score_slope; /* [project] */
    int64_t *sheet, *sheet_slope; /* [project * members + member], counted */
};

/* Computes them; the caller releases. False, and nothing to release, when a
 * sheet was renormalised: its weights are its own. */
bool whatif_slopes(const struct panel *p, const struct scores *base,
                   size_t criterion, struct slopes *out);
void slopes_release(struct slopes *s);

/* The scores with d added to the weight: writes `out`, a whatif_copy, and the
 * weights of `panel`, a copy of the panel with criteria of its own, on the
 * denominator of d. ST_REFUSED when they are too fine for 64 bits. */
enum status whatif_weight(const struct panel *p, const struct scores *base,
                          const struct slopes *s, struct frac d,
                          struct panel *panel, struct scores *out);

#endif
