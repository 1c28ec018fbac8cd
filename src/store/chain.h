/* What sealing (journal.c) and proving (verify.c) share: the text of the
 * chain, described at the top of journal.c, and the replay of the rows. */
#ifndef STORE_CHAIN_H
#define STORE_CHAIN_H

#include "base/digest.h"
#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/rows.h"
#include "store/sql.h"

/* The digest before the first seal's. */
#define CHAIN_START \
    "0000000000000000000000000000000000000000000000000000000000000000"
/* Digits of an entry's digest that its seal keeps. */
#define CHAIN_CHECK_LEN 8

/* Adds a value, or the columns `from` to `to` of the row, to a text. */
void chain_field(struct buf *text, const char *value, size_t len);
void chain_columns(struct buf *text, const struct query *q, int from, int to);

/* The text of a seal. It is digested as it grows, never held whole: a seal may
 * cover a million entries. What is in `piece` is digested with the next step;
 * every seal_start needs its seal_end. */
struct seal_text {
    struct buf piece;
    struct digest *sum;
};
void seal_start(struct seal_text *seal, const char *digest_before);
/* Adds the entry in columns 0 to 4 (id, tab, action, old, new) to the text of
 * its seal and to the checks of the seal. */
void seal_add_entry(struct seal_text *seal, struct buf *checks,
                    const struct query *q);
/* The digest, in `hex`, which is returned; frees. */
const char *seal_end(struct seal_text *seal, char hex[DIGEST_HEX_LEN]);

/* The columns of the queries that schema/replay.sql writes. */
enum replay_column {
    REPLAY_FAULT,
    REPLAY_ENTRY,
    REPLAY_TAB,
    REPLAY_KEY,
    REPLAY_SAID,
    REPLAY_IS_NOW
};

/* Hands each row of each query of schema/replay.sql to `use`, until it does
 * not return ST_OK. */
typedef enum status replay_use(void *arg, const struct rows *rows, size_t row,
                               struct err *e);
enum status chain_replay(struct db *db, replay_use *use, void *arg,
                         struct err *e);

#endif
