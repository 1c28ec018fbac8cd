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

/* Adds a row (and its contact when there is an e-mail or a phone). */
enum status association_insert(struct db *db, const struct association *a,
                               int64_t *id, struct err *e);

/* Writes what is said in `a` over the row; NULL fields stay. `*changed` says
 * whether anything moved. */
enum status association_update(struct db *db, int64_t id,
                               const struct association *a, bool *changed,
                               struct err *e);

/* The association that an applicant's row means: the one with the same SIRET,
 * else the same RNA, else the only one of the same folded name whose SIRET
 * does not differ. *id is 0 when there is none. ST_REFUSED when several have
 * the name and nothing tells them apart (the message lists them). */
enum status association_match(struct db *db, const struct association *a,
                              int64_t *id, struct err *e);

/* Those whose name is much like this one's (text_likeness, word order and
 * "association" set aside), for pointing at likely duplicates: columns
 * association, siret, likeness. `id` 0 compares only the name. */
enum status association_alike(struct db *db, int64_t id, const char *name,
                              struct rows *rows, struct err *e);

/* Joins `other` into `kept`: projects and contacts move, what `kept` does not
 * know is taken over, `other` goes. */
enum status association_merge(struct db *db, int64_t kept, int64_t other,
                              struct err *e);

enum status association_list(struct db *db, struct rows *rows, struct err *e);
/* With the address only when `office` (a screen of the office, no export). */
enum status association_show(struct db *db, int64_t id, bool office,
                             struct rows *rows, struct err *e);

#endif
