/* The file of rejected rows: for each the line it had and what is wrong with
 * it, then the row as it was, under the headings of its source, so that it
 * can be corrected there and imported again. */
#ifndef IMPORT_REJECTS_H
#define IMPORT_REJECTS_H

#include "base/err.h"

#include <stddef.h>

struct rejects;

/* Headings of the two columns in front; an import does not read them. */
#define REJECTS_HEADINGS \
    { \
        "cispd_line", "cispd_reason" \
    }

/* Prepares `path`; nothing is written before the first row. `heading` is the
 * source's, as it stands; `above` the line over it that belongs to it, "" when
 * there is none. */
struct rejects *rejects_new(const char *path, char delimiter, const char *above,
                            const char *heading);

/* Adds a row as it stands in the source. ST_CANT_CREATE, also when a file of
 * that name is there. */
enum status rejects_add(struct rejects *r, size_t line, const char *reason,
                        const char *raw, struct err *e);

/* No more rows: brings the draft to the disk, so that little can fail later. */
enum status rejects_ready(struct rejects *r, struct err *e);

/* Puts the file in its place, once the other rows are in for good; does
 * nothing when no row was added. When that fails the draft stays, and the
 * message says where. */
enum status rejects_keep(struct rejects *r, struct err *e);

/* Frees; what was not kept is removed. NULL is fine. */
void rejects_close(struct rejects *r);

#endif
