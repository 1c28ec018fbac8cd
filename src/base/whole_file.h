/* Output files that are there whole or not at all: written under another
 * name beside their place, synced, then moved into it. */
#ifndef BASE_WHOLE_FILE_H
#define BASE_WHOLE_FILE_H

#include "base/err.h"

#include <stdbool.h>

struct whole_file {
    char *path; /* where it will stand */
    char *tmp;  /* where it is written meanwhile; NULL: not begun */
    bool replace;
};

/* How a file is made: over an existing one, for its owner's eyes alone. */
enum { WHOLE_REPLACE = 1, WHOLE_PRIVATE = 2 };

/* Makes the empty temporary file (with the ending `suffix`, such as ".xlsx")
 * for `path`, with the rights that a new file has here (unless private).
 * ST_CANT_CREATE when the file is there (unless it may be replaced), is not a
 * plain file, or its folder cannot be written. */
enum status whole_file_begin(struct whole_file *f, const char *path,
                             const char *suffix, unsigned flags, struct err *e);

/* Syncs what was written at f->tmp and moves it into its place. ST_IO;
 * ST_CANT_CREATE when a file came there meanwhile. */
enum status whole_file_place(struct whole_file *f, struct err *e);

/* A whole file of that text, never over another. ST_CANT_CREATE, ST_IO. */
enum status whole_file_write(const char *path, const char *text, struct err *e);

/* Frees, and removes a temporary file that was not moved. */
void whole_file_release(struct whole_file *f);

#endif
