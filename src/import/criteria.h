/* Reading a marking grid (the criteria of a call) from a CSV file. */
#ifndef IMPORT_CRITERIA_H
#define IMPORT_CRITERIA_H

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"

#include <stddef.h>
#include <stdint.h>

/* Adds each row of `path` as a criterion of the call: columns code, label and
 * weight, and where they are there scale, step, minimum and independent, under
 * their English or French headings. Every fault of the file is added to
 * `faults`, one line each ("line 3: ..."); any makes the whole ST_BAD_DATA,
 * and the caller undoes the transaction. `*added` counts. */
enum status import_criteria(struct db *db, int64_t year, const char *path,
                            struct buf *faults, int *added, struct err *e);

#endif
