/* The order of the projects: total, each tie decided by a named step
 * (allocation.md, 1.5). */
#ifndef CORE_RANK_H
#define CORE_RANK_H

#include "core/panel/score.h"

/* What put a project before the next one, in the order of the chain. */
enum tie_step {
    TIE_STANDING,  /* the next fails a minimum, or cannot be ranked */
    TIE_SCORE,     /* a better score: no tie */
    TIE_CRITERION, /* a better mean on the heaviest criterion */
    TIE_WORST,     /* a better worst sheet */
    TIE_MEDIAN,    /* a better median sheet */
    TIE_REQUEST,   /* a smaller request */
    TIE_LOT,       /* the lot drawn from the seed of the call */
    TIE_NUMBER     /* the project number, where no seed was published */
};

struct place {
    size_t project;      /* index in the panel */
    int64_t rank;        /* 1 is best; 0: not rankable */
    enum tie_step below; /* what put it before the next place */
    /* The step that parted it from a project of equal score: the one below,
     * else the one above; TIE_SCORE when it shares its score with nobody. */
    enum tie_step tie;
};

/* Writes the panel's projects in rank order into out[0 .. projects - 1]:
 * those that pass, then those under a minimum, then, without a rank and by
 * number, those that cannot be ranked. */
void rank_projects(const struct panel *p, const struct scores *s,
                   struct place *out);

/* Whether project i comes before project j in that order. */
bool rank_before(const struct panel *p, const struct scores *s, size_t i,
                 size_t j);

/* The same of two that are equal down to the request: by the lot, else by the
 * number. */
bool rank_by_lot(const struct panel *p, size_t i, size_t j);

/* The machine name of a step: "criterion", "lot", ...; NULL for the two that
 * decide no tie. */
const char *tie_name(enum tie_step step);

#endif
