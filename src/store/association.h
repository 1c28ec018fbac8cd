/* Associations and their contacts. */
#ifndef STORE_ASSOCIATION_H
#define STORE_ASSOCIATION_H

#include "base/err.h"
#include "store/db.h"
#include "store/rows.h"

#include <stdbool.h>
#include <stdint.h>

/* What is known of an association; NULL: not said. Identifiers are already
 * cleaned (core/ident.h); a *_raw text is an identifier that is not valid. */
struct association {
    const char *name, *acronym;
    const char *siret, *siret_raw, *rna, *rna_raw;
    const char *address, *postcode, *commune;
    bool confidential;
    const char *contact_role, *email, *phone;
};

/* ST_BAD_DATA for a name without a letter or a digit. */
enum status association_check_name(const char *name, struct err *e);

/* Adds a row (and its contact when there is an e-mail or a phone). ST_REFUSED
 * when the SIRET or the RNA is another association's: the message names it. */
enum status association_insert(struct db *db, const struct association *a,
                               int64_t *id, struct err *e);

/* Writes what is said in `a` over the row; NULL fields stay, "" forgets what
 * was known. A raw identifier never replaces a valid one. `confidential` is
 * only ever put on here, so that a list without that column cannot uncover a
 * shelter: see association_reveal. */
enum status association_update(struct db *db, int64_t id,
                               const struct association *a, struct err *e);

/* Writes what is said in `a`, but for the name, where nothing is known yet (an
 * application does not correct the register). An identifier that another one
 * has stays there; a contact comes only where there is none. */
enum status association_fill(struct db *db, int64_t id,
                             const struct association *a, struct err *e);

/* Takes the confidentiality of the address off. */
enum status association_reveal(struct db *db, int64_t id, struct err *e);

/* The association that an applicant's row means: the one with the same SIRET,
 * else the same RNA, else the only one of the same folded name whose SIRET,
 * RNA and commune do not differ. *id is 0 when there is none. ST_REFUSED when
 * several have the name and nothing tells them apart (the message lists
 * them). */
enum status association_match(struct db *db, const struct association *a,
                              int64_t *id, struct err *e);

/* Whether an association of the same SIRET, RNA or folded name is
 * confidential. */
enum status association_any_confidential(struct db *db,
                                         const struct association *a,
                                         bool *confidential, struct err *e);

/* For one that was found by its identifier: *name, the caller's to free, is
 * what it is called here when the name in `a` is quite another; else NULL. */
enum status association_unlike(struct db *db, int64_t id,
                               const struct association *a, char **name,
                               struct err *e);

/* Those that are likely the association `id`, called `name`, under another
 * spelling: columns association, siret, likeness (0 to 100), likeliest first.
 * `id` 0 compares only the name. Reads all associations: not for loops. */
enum status association_alike(struct db *db, int64_t id, const char *name,
                              struct rows *rows, struct err *e);

/* The likely duplicates among all: columns association, siret, other,
 * other_siret, likeness; likeliest first. */
enum status association_duplicates(struct db *db, struct rows *rows,
                                   struct err *e);

/* Joins `other` into `kept`: projects and contacts move, what `kept` does not
 * know is taken over, `other` goes. The joined one is confidential when one
 * of the two was. ST_REFUSED when both have a SIRET of different firms. */
enum status association_merge(struct db *db, int64_t kept, int64_t other,
                              struct err *e);

/* One line each, without what a confidential one hides. */
enum status association_list(struct db *db, struct rows *rows, struct err *e);
/* With a confidential address only when `office` (a screen of the office, no
 * export). */
enum status association_show(struct db *db, int64_t id, bool office,
                             struct rows *rows, struct err *e);
/* Columns role, email, phone; none of a confidential one unless `office`. */
enum status association_contacts(struct db *db, int64_t id, bool office,
                                 struct rows *rows, struct err *e);
/* Its projects over the years: id, title, status, requested_cents,
 * decision, awarded_cents. */
enum status association_projects(struct db *db, int64_t id, struct rows *rows,
                                 struct err *e);
/* Its name, for messages; the caller frees. */
enum status association_name(struct db *db, int64_t id, char **name,
                             struct err *e);

#endif
