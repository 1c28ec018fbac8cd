/* The database file: open, migrate, transact. Nothing above src/store sees
 * SQLite. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

enum db_mode { DB_READ, DB_WRITE, DB_CREATE };

/* Opens the database file `path`. DB_CREATE makes a new one and refuses an
 * existing file; DB_READ and DB_WRITE refuse a missing file (ST_NO_INPUT), a
 * file of another program or of a newer version (ST_BAD_DATA), and migrate an
 * older one after a backup beside it, which the journal dates `now`, a minute.
 * The caller closes. */
enum status db_open(struct db **db, const char *path, enum db_mode mode,
                    const char *now, struct err *e);
void db_close(struct db *db); /* NULL is fine; undoes an open transaction */

/* Who changes what, for the journal; the texts are copied. */
struct actor {
    const char *name;      /* who typed: the login */
    const char *acting_as; /* --as, or NULL */
    const char *command;   /* "award set" */
    const char *now;       /* "YYYY-MM-DD HH:MM" */
};

/* Begins a writing transaction (BEGIN IMMEDIATE, waits 5 s: ST_BUSY). */
enum status db_begin(struct db *db, struct err *e);
/* Seals the new journal entries with `who` and writes everything to the disk
 * but the mark that makes it valid: what can fail (a reader in the way, a full
 * disk) fails here. On failure nothing is changed. */
enum status db_seal(struct db *db, const struct actor *who, struct err *e);
/* Commits what is sealed. On failure nothing is changed. */
enum status db_commit(struct db *db, struct err *e);
/* Undoes the open transaction, if any. */
void db_rollback(struct db *db);

/* How many changes the journal has taken through this connection: writing what
 * is there already is none. It never goes back, also where a row is undone. */
int64_t db_changes(const struct db *db);

/* The path the database was opened with. */
const char *db_path(const struct db *db);

#endif
