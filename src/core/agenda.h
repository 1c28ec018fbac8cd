/* What is missing or due in a call, in the order of its year. Pure: the facts
 * come from store/facts.c, the sentences go to cli/status.c.
 *
 * A new stage of the year (payments, final reports) is a function of
 * agenda.c's table and the facts that it looks at. */
#ifndef CORE_AGENDA_H
#define CORE_AGENDA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A member's marks on the weighted criteria of the projects in the running. */
struct agenda_member {
    char *name;
    int64_t given, expected;
};

/* Texts are owned; times are "YYYY-MM-DD HH:MM"; amounts in cents. */
struct agenda_facts {
    int64_t year;
    char *now;
    char *closes; /* the last moment for projects; NULL: no deadline */
    bool archived, has_seed;
    int64_t quorum;
    int64_t envelope_cents, available_cents;
    int64_t criteria, weight_sum; /* weighted criteria only */
    int64_t members_count, recusals;
    struct agenda_member *members; /* members_count of them */
    int64_t received;       /* projects that came in, whatever became of them */
    int64_t late;           /* of these, after the deadline */
    int64_t incomplete;     /* eligibility undecided, something missing */
    char *incomplete_first; /* their first numbers, or NULL */
    int64_t complete;       /* eligibility undecided, nothing missing */
    int64_t eligible;
    int64_t eligible_incomplete; /* declared, but something is missing now */
    char *eligible_incomplete_first; /* their first numbers, or NULL */
    int64_t ties_by_number;          /* equal projects that a lot would part */
    int64_t scenarios;               /* saved ones */
    char *adopted;                   /* the adopted scenario's name, or NULL */
    char *adopted_fault; /* why it no longer holds, while it is followed */
    int64_t owed_cents;  /* what it gives to projects that are undecided */
    int64_t decided, undecided; /* eligible projects */
    int64_t fitting;            /* reserve projects that the rest could pay */
    char *fitting_first;        /* the first of them: "2026-004", or NULL */
    int64_t fitting_asked;      /* what that one may receive at most, */
    int64_t fitting_cents;      /* and what it can be given of the rest */
};
void agenda_facts_release(struct agenda_facts *f);

enum agenda_state {
    AGENDA_MISSING, /* the call cannot go on without it */
    AGENDA_DUE,     /* to be done now */
    AGENDA_NOTE     /* good to know; nothing to do */
};

struct agenda_item {
    const char *code; /* "criteria", "marks", ...: for machines */
    enum agenda_state state;
    char *text;    /* one or two whole sentences, translated */
    char *command; /* what to type, or NULL */
};

#define AGENDA_MAX 32
struct agenda {
    size_t count;
    struct agenda_item items[AGENDA_MAX];
};

/* Writes what `f` calls for, in the order of the year. The caller releases. */
void agenda_make(const struct agenda_facts *f, struct agenda *a);
void agenda_release(struct agenda *a);

/* "missing", "due" or "note". */
const char *agenda_state_name(enum agenda_state state);
/* The first command of what is missing or due; NULL when nothing is. */
const char *agenda_next(const struct agenda *a);

#endif
