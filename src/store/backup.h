/* Copies of the database file. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "base/err.h"
#include "store/db.h"

#include <stdbool.h>

/* Copies the open database into `path`, in one consistent state whatever
 * others write meanwhile: written beside, compared (integrity and the head of
 * the journal), synced, renamed. ST_CANT_CREATE when `path` exists (unless
 * `replace`) or is the database itself, ST_IO when the copy cannot be written
 * or is not sound; nothing is left behind then. */
enum status db_backup(struct db *db, const char *path, bool replace,
                      struct err *e);

#endif
