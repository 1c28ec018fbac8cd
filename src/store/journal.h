/* The journal: every change by trigger, sealed at the commit in a chain of
 * SHA-256 digests, and the proof that nothing was changed behind its back. */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include "base/digest.h"
#include "base/err.h"
#include "store/db.h"

#include <stddef.h>
#include <stdint.h>

/* Sets `*newest` to the id of the newest entry, 0 when there is none: what is
 * there when a transaction begins is not for that transaction to seal. */
enum status journal_begin(struct db *db, int64_t *newest, struct err *e);

/* Seals the entries `first` to the newest as the work of `who`, in the open
 * transaction; does nothing when there are none. */
enum status journal_seal(struct db *db, int64_t first, const struct actor *who,
                         struct err *e);

/* Enters into the journal every row that differs from what the journal says
 * of it: for what a migration puts in or alters while there are no triggers.
 * The caller seals. */
enum status journal_adopt(struct db *db, struct err *e);

enum { FAULTS_KEPT = 20 };

/* What journal_verify finds. The caller releases. */
struct verdict {
    int64_t entries, seals;
    char head[DIGEST_HEX_LEN]; /* the newest seal's digest, "" without one */
    char *faults[FAULTS_KEPT]; /* the first of them, in words, translated */
    size_t kept, count;        /* how many are in `faults`, how many in all */
    /* Seals that say an earlier time than the one before, no fault: a clock is
     * set back each autumn. The first of them, in words, or NULL. */
    int64_t backwards;
    char *first_backwards;
};

/* Walks the chain (each entry and each seal there, unchanged and sealed) and
 * compares every row of every table with the journal. ST_OK also when there
 * are faults: see `v->count`. */
enum status journal_verify(struct db *db, struct verdict *v, struct err *e);
void verdict_release(struct verdict *v);

/* The time of the newest seal, NULL without one; the caller frees. */
enum status journal_last_time(struct db *db, char **at, struct err *e);

/* Sets `*entry` to the last entry that the seal with this digest covers, or
 * to 0 when no seal has it: for a digest noted on paper earlier, of which the
 * first digits are enough. */
enum status journal_find_seal(struct db *db, const char *digest, int64_t *entry,
                              struct err *e);

#endif
