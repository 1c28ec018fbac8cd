/* From marks to scores, in exact integers (allocation.md, 1.1 to 1.4). */
#ifndef CORE_SCORE_H
#define CORE_SCORE_H

#include "base/err.h"
#include "core/panel/panel.h"

/* What became of one member's sheet on one project. */
enum sheet_state {
    SHEET_MISSING,    /* no mark at all: the member was absent here */
    SHEET_INCOMPLETE, /* begun, with holes that the policy does not accept */
    SHEET_ABSTAINED,  /* out of the mean by an abstention */
    SHEET_RECUSED,
    SHEET_COUNTED
};

struct sheet {
    enum sheet_state state;
    bool renormalised; /* counted on the weight that was marked */
    int64_t total;     /* of SHEET_COUNTED: out of scores.sheet_max */
};

/* The panel's mean of one criterion: sum / count, count 0 when nobody. */
struct mean {
    int64_t sum_milli, count;
};

/* Whether a project can be ranked, and passes the minima. */
enum standing {
    STANDING_OK,
    STANDING_BELOW_MIN, /* the score is under the threshold */
    STANDING_KO,        /* a criterion's mean is under its minimum */
    STANDING_QUORUM,    /* too few sheets */
    STANDING_INCOMPLETE /* half-filled sheets, under MISSING_BLOCK */
};

struct score {
    enum standing standing;
    size_t ko;   /* the criterion of STANDING_KO */
    int64_t num; /* the score: num / scores.den, from 0 to 1 */
    /* these four add up to the panel */
    int64_t counted, abstained, recused, missing;
    /* of the counted sheets, out of sheet_max; 0 when there is none */
    int64_t worst, best;
    int64_t twice_median; /* out of 2 * sheet_max */
};

struct scores {
    int64_t den;       /* common denominator of the scores */
    int64_t sheet_max; /* what a sheet of best marks totals */
    struct score *project;
    struct sheet *sheet; /* [project * members + member] */
    struct mean *mean;   /* [project * criteria + criterion] */
};

/* Scores every project of the panel; the caller releases `out`. ST_BAD_DATA
 * when a mark is off its scale; ST_REFUSED when the denominators are too
 * large to be exact in 64 bits. `out` is empty then. */
enum status score_panel(const struct panel *p, struct scores *out,
                        struct err *e);

/* Frees what score_panel made; an empty one is fine. */
void scores_release(struct scores *s);

/* Whether the project takes part in the ranking (it may yet fail a minimum).
 */
bool score_rankable(const struct score *s);

/* Whether its score is under the threshold of the call. */
bool score_below(const struct panel *p, const struct scores *s, size_t project);

/* Whether this mark is a hole that keeps its project from being ranked. */
bool score_is_hole(const struct panel *p, const struct scores *s,
                   size_t project, size_t member, size_t criterion);

/* num / den in hundredths of a point out of 100, rounded half up. */
int64_t score_hundredths(int64_t num, int64_t den);

#endif
