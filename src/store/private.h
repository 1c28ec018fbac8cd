/* What db.c and sql.c share of an open database. */
#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H

#include "base/err.h"
#include "store/db.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#define STATEMENTS 1024 /* places in the cache; the program has some 200 */

struct prepared {
    const char *sql; /* told apart by address */
    sqlite3_stmt *stmt;
};

struct db {
    sqlite3 *handle;
    char *path;
    const char *now;     /* db_open's; read while it runs */
    bool created;        /* by this process, nothing committed to it yet */
    bool committing;     /* the one moment when COMMIT is allowed */
    bool sealed;         /* ready for it */
    int64_t begun_after; /* newest journal entry when the transaction began */
    int64_t entries;     /* made in the journal since the file was opened */
    struct prepared statements[STATEMENTS];
};

/* A new database in memory with the schema as this program makes it, to
 * compare with; the caller closes it. */
enum status db_pristine(struct db **db, struct err *e);

#endif
