/* Sealing the journal.
 *
 * The chain is made of these texts, in which every value is written as a
 * netstring (its length in bytes, ":", the value, ","), integers in decimal,
 * and a NULL as "-,":
 *
 *   an entry  id, tab, action, old, new
 *   a seal    the digest of the seal before (64 zeros for the first), the
 *             digests of its entries in their order, then its own columns id,
 *             first_entry, last_entry, sealed_at, actor, acting_as, command,
 *             entry_checks
 *
 * A digest is the SHA-256 of such a text as 64 lower-case hexadecimal digits.
 * The same is made again by journal_verify (verify.c) from what it reads. */
#include "store/journal.h"
#include "base/embedded.h"
#include "base/mem.h"
#include "store/chain.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

/* Entries under one seal at most: a long import takes several, so that neither
 * sealing nor verifying holds more in memory than this many need. */
enum { SEALED_AT_ONCE = 16384 };

/* printf would take a third of the time of sealing. */
static void add_length(struct buf *text, size_t len)
{
    char digits[24], *p = digits + sizeof digits;
    *--p = ':';
    do
        *--p = (char)('0' + len % 10);
    while ((len /= 10) > 0);
    buf_add(text, p, (size_t)(digits + sizeof digits - p));
}

void chain_field(struct buf *text, const char *value, size_t len)
{
    if (value == NULL) {
        buf_add(text, "-,", 2);
        return;
    }
    add_length(text, len);
    buf_add(text, value, len);
    buf_add(text, ",", 1);
}

void chain_columns(struct buf *text, const struct query *q, int from, int to)
{
    for (int c = from; c <= to; c++) {
        const char *value = query_text(q, c);
        chain_field(text, value, (size_t)sqlite3_column_bytes(q->stmt, c));
    }
}

/* Digests what is waiting in `piece`, which is empty then. */
static void seal_flush(struct seal_text *seal)
{
    digest_add(seal->sum, buf_str(&seal->piece), seal->piece.len);
    buf_reset(&seal->piece);
}

void seal_start(struct seal_text *seal, const char *digest_before)
{
    *seal = (struct seal_text){.sum = digest_start()};
    chain_field(&seal->piece, digest_before, DIGEST_HEX_LEN - 1);
}

void seal_add_entry(struct seal_text *seal, struct buf *checks,
                    const struct query *q)
{
    unsigned char digest[DIGEST_LEN];
    char hex[DIGEST_HEX_LEN];
    seal_flush(seal);
    chain_columns(&seal->piece, q, 0, 4);
    digest_of(buf_str(&seal->piece), seal->piece.len, digest);
    buf_reset(&seal->piece);
    chain_field(&seal->piece, digest_hex(digest, hex), DIGEST_HEX_LEN - 1);
    buf_add(checks, hex, CHAIN_CHECK_LEN);
}

const char *seal_end(struct seal_text *seal, char hex[DIGEST_HEX_LEN])
{
    unsigned char digest[DIGEST_LEN];
    seal_flush(seal);
    digest_end(seal->sum, digest);
    buf_release(&seal->piece);
    return digest_hex(digest, hex);
}

enum status journal_begin(struct db *db, int64_t *newest, struct err *e)
{
    *newest = 0;
    return sql_int(
        db, e, newest, NULL,
        "SELECT max(coalesce((SELECT max(id) FROM journal), 0),"
        "           coalesce((SELECT max(last_entry) FROM seal), 0))",
        "");
}

/* Begins the text of a new seal with the newest seal's digest; `*id` is the
 * one that the new seal takes (AUTOINCREMENT: never a number used before). */
static enum status begin_seal(struct db *db, struct seal_text *text,
                              int64_t *id, struct err *e)
{
    char *before = NULL;
    int64_t used = 0;
    enum status st = sql_text(
        db, e, &before, "SELECT digest FROM seal ORDER BY id DESC LIMIT 1", "");
    if (st == ST_OK)
        st = sql_int(db, e, &used, NULL,
                     "SELECT max(coalesce((SELECT seq FROM sqlite_sequence"
                     "                      WHERE name = 'seal'), 0),"
                     "           coalesce((SELECT max(id) FROM seal), 0))",
                     "");
    seal_start(text, before != NULL ? before : CHAIN_START);
    *id = used + 1;
    free(before);
    return st;
}

/* Adds the digests of the entries from `first` on, as many as one seal holds;
 * `*last` is the last of them, 0 when there is none. */
static enum status add_entries(struct db *db, int64_t first, int64_t *last,
                               struct seal_text *text, struct buf *checks,
                               struct err *e)
{
    struct query q = query_start(db, e,
                                 "SELECT id, tab, action, old, new FROM journal"
                                 " WHERE id >= ? ORDER BY id LIMIT ?",
                                 "ii", first, (int64_t)SEALED_AT_ONCE);
    while (query_next(&q)) {
        *last = query_int(&q, 0);
        seal_add_entry(text, checks, &q);
    }
    return query_end(&q);
}

/* A seal as it will stand, but for its digest. */
struct seal {
    int64_t id, first, last;
    const struct actor *who;
    struct buf checks;
};

/* Adds the seal's own columns to its text, as SQLite writes them. */
static enum status add_seal(struct db *db, const struct seal *s,
                            struct seal_text *text, struct err *e)
{
    static const char values[] = "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8";
    struct query q = query_start(
        db, e, values, "iiittttt", s->id, s->first, s->last, s->who->now,
        s->who->name, s->who->acting_as, s->who->command, buf_str(&s->checks));
    if (query_next(&q))
        chain_columns(&text->piece, &q, 0, 7);
    return query_end(&q);
}

static enum status write_seal(struct db *db, const struct seal *s,
                              const char *digest, struct err *e)
{
    return sql_run(db, e,
                   "INSERT INTO seal (id, first_entry, last_entry, sealed_at,"
                   " actor, acting_as, command, entry_checks, digest)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   "iiitttttt", s->id, s->first, s->last, s->who->now,
                   s->who->name, s->who->acting_as, s->who->command,
                   buf_str(&s->checks), digest);
}

/* Makes one seal; `*last` is the last entry under it, 0 when none is left. */
static enum status seal_some(struct db *db, int64_t first,
                             const struct actor *who, int64_t *last,
                             struct err *e)
{
    struct seal s = {.first = first, .who = who, .checks = BUF_INIT};
    struct seal_text text;
    char digest[DIGEST_HEX_LEN];
    enum status st = begin_seal(db, &text, &s.id, e);
    if (st == ST_OK)
        st = add_entries(db, first, &s.last, &text, &s.checks, e);
    if (st == ST_OK && s.last > 0)
        st = add_seal(db, &s, &text, e);
    seal_end(&text, digest);
    if (st == ST_OK && s.last > 0)
        st = write_seal(db, &s, digest, e);
    *last = s.last;
    buf_release(&s.checks);
    return st;
}

enum status journal_seal(struct db *db, int64_t first, const struct actor *who,
                         struct err *e)
{
    int64_t last;
    enum status st = seal_some(db, first, who, &last, e);
    while (st == ST_OK && last - first + 1 >= SEALED_AT_ONCE) {
        first = last + 1;
        st = seal_some(db, first, who, &last, e);
    }
    return st;
}

enum status chain_replay(struct db *db, replay_use *use, void *arg,
                         struct err *e)
{
    struct rows queries;
    enum status st =
        sql_rows(db, &queries, e, embedded_text("schema/replay.sql"), "");
    for (size_t i = 0; i < queries.count && st == ST_OK; i++) {
        struct rows found;
        st = sql_rows_once(db, &found, e, rows_at(&queries, i, 0)->s);
        for (size_t k = 0; k < found.count && st == ST_OK; k++)
            st = use(arg, &found, k, e);
        rows_release(&found);
    }
    rows_release(&queries);
    return st;
}

/* Enters one disagreement as a change: what came has no old row, what went no
 * new one. A skipped change lies in the past: nothing to enter. */
static enum status adopt(void *arg, const struct rows *rows, size_t row,
                         struct err *e)
{
    const char *said = rows_at(rows, row, REPLAY_SAID)->s;
    const char *is_now = rows_at(rows, row, REPLAY_IS_NOW)->s;
    const char *action = said == NULL     ? "insert"
                         : is_now == NULL ? "delete"
                                          : "update";
    if (strcmp(rows_at(rows, row, REPLAY_FAULT)->s, "skipped") == 0)
        return ST_OK;
    return sql_run(arg, e,
                   "INSERT INTO journal (tab, action, old, new)"
                   " VALUES (?, ?, ?, ?)",
                   "tttt", rows_at(rows, row, REPLAY_TAB)->s, action, said,
                   is_now);
}

enum status journal_adopt(struct db *db, struct err *e)
{
    return chain_replay(db, adopt, db, e);
}

enum status journal_last_time(struct db *db, char **at, struct err *e)
{
    return sql_text(db, e, at,
                    "SELECT sealed_at FROM seal ORDER BY id DESC LIMIT 1", "");
}

enum status journal_find_seal(struct db *db, const char *digest, int64_t *entry,
                              struct err *e)
{
    *entry = 0;
    return sql_int(db, e, entry, NULL,
                   "SELECT last_entry FROM seal"
                   " WHERE substr(digest, 1, length(?1)) = lower(?1)",
                   "t", digest);
}
