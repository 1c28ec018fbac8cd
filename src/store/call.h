/* Calls and what stands with them: envelope lines, themes, criteria, required
 * documents, members, recusals, and the agency. */
#ifndef STORE_CALL_H
#define STORE_CALL_H

#include "base/err.h"
#include "store/db.h"
#include "store/find.h"
#include "store/rows.h"

#include <stdbool.h>
#include <stdint.h>

/* The agency's name, SIRET (cleaned, or NULL) and workbook language. */
enum status agency_set(struct db *db, const char *name, const char *siret,
                       const char *doc_lang, struct err *e);

/* Speaks the language of the documents, until i18n_screen: what is worded to
 * be kept is kept in it, whatever the screen of the one who types. */
enum status agency_speak(struct db *db, struct err *e);

/* What a call's rules say; NULL: not said. Units as in the schema. */
struct call {
    int64_t year;
    const char *title, *opens, *closes;
    const int64_t *min_award_cents, *max_award_cents, *max_rate_bp, *quorum,
        *threshold, *unit_cents, *floor_share_bp, *archived;
    const char *rule, *missing, *seed;
};

/* Adds the call with the usual required documents (RIB, CER, BUDGET). */
enum status call_insert(struct db *db, const struct call *c, struct err *e);
/* Writes what is said over the row; NULL fields stay. */
enum status call_update(struct db *db, const struct call *c, struct err *e);
/* ST_OK when there is a call of that year, else ST_NO_INPUT. */
enum status call_find(struct db *db, int64_t year, struct err *e);
/* ST_REFUSED for a call that was set aside: it is read, not written. */
enum status call_not_archived(struct db *db, int64_t year, struct err *e);
/* The only call that is not archived; ST_USAGE when there are several (the
 * message lists them), ST_NO_INPUT when there is none. */
enum status call_only(struct db *db, int64_t *year, struct err *e);
/* The last moment at which a project is on time, NULL when there is none; the
 * caller frees. */
enum status call_deadline(struct db *db, int64_t year, char **closes,
                          struct err *e);
enum status call_list(struct db *db, struct rows *rows, struct err *e);
enum status call_show(struct db *db, int64_t year, struct rows *rows,
                      struct err *e);
/* Closes at the minute `at`, or reopens: until `closes`, or as it was. */
enum status call_close(struct db *db, int64_t year, const char *at,
                       struct err *e);
enum status call_reopen(struct db *db, int64_t year, const char *closes,
                        struct err *e);

/* Required documents: a code in capitals and what it is called. */
enum status document_require(struct db *db, int64_t year, const char *code,
                             const char *label, struct err *e);
enum status document_unrequire(struct db *db, int64_t year, const char *code,
                               struct err *e);

/* Envelope lines: votes (positive) and cuts (negative), in cents. ST_REFUSED
 * when a cut would leave less than is awarded (the message says how much may
 * be cut). */
enum status envelope_add(struct db *db, int64_t year, int64_t amount_cents,
                         const char *reference, const char *voted_on,
                         struct err *e);
/* Corrects the reference or the day ("" forgets it) of the line `line`; NULL
 * stays. ST_NO_INPUT when there is no such line: the message lists them. */
enum status envelope_edit(struct db *db, int64_t year, const char *line,
                          const char *reference, const char *voted_on,
                          struct err *e);
enum status envelope_list(struct db *db, int64_t year, struct rows *rows,
                          struct err *e);

/* Removes a theme that no project has, a criterion that nobody has marked yet,
 * a member who has neither marks nor recusals. */
enum status thing_drop(struct db *db, enum thing what, int64_t id,
                       struct err *e);

/* Adds a theme to the call (id 0), or corrects the label of one of its. */
enum status theme_put(struct db *db, int64_t year, int64_t id,
                      const char *label, struct err *e);
enum status theme_list(struct db *db, int64_t year, struct rows *rows,
                       struct err *e);

struct criterion_in {
    const char *code, *label;
    int64_t weight, lo, hi, step_milli;
    const int64_t *min_milli; /* NULL: no minimum */
    bool independent;
};
enum status criterion_add(struct db *db, int64_t year,
                          const struct criterion_in *c, struct err *e);
/* Adds the grid to start from: seven criteria that add up to 100. Refused
 * when the call has criteria already. */
enum status criterion_add_defaults(struct db *db, int64_t year, struct err *e);
/* Changes the label, the weight or the minimum of a criterion (NULL: stays);
 * its scale and step only while nothing is marked on it. INT64_MIN takes the
 * minimum away. */
struct criterion_change {
    const char *label;
    const int64_t *weight, *lo, *hi, *step_milli, *min_milli;
};
enum status criterion_edit(struct db *db, int64_t id,
                           const struct criterion_change *c, struct err *e);
enum status criterion_list(struct db *db, int64_t year, struct rows *rows,
                           struct err *e);

/* Adds a member to the call (id 0), or corrects the name or the e-mail of one
 * of its: NULL stays, "" forgets. */
enum status member_put(struct db *db, int64_t year, int64_t id,
                       const char *name, const char *email, struct err *e);
enum status member_list(struct db *db, int64_t year, struct rows *rows,
                        struct err *e);

/* Declares a recusal: the member's marks on the project go (`*voided` of
 * them), and none can be given again until it is lifted. */
enum status recusal_add(struct db *db, int64_t project, int64_t member,
                        const char *reason, const char *declared_on,
                        int64_t *voided, struct err *e);
enum status recusal_lift(struct db *db, int64_t project, int64_t member,
                         const char *reason, const char *lifted_on,
                         struct err *e);
enum status recusal_list(struct db *db, int64_t year, struct rows *rows,
                         struct err *e);

#endif
