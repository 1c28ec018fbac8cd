/* What an import has to say: counts, warnings and errors with their place. */
#ifndef IMPORT_REPORT_H
#define IMPORT_REPORT_H

#include "import/rejects.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct note {
    size_t line;   /* physical line where the row begins; 0: the whole file */
    char *column;  /* the heading as in the file; NULL: the row as a whole */
    char *value;   /* the cell as in the file; NULL: none to show */
    char *message; /* translated */
    bool of_file;  /* about the file, not one of many rows: always shown */
};

struct notes {
    struct note *list;
    size_t count, cap;
};

/* imported + updated + unchanged + skipped + rejected = rows, once the file was
 * read to its end. */
struct import_report {
    bool complete; /* it was: else the counts mean nothing */
    int64_t rows, imported, updated, unchanged, skipped, rejected;
    int64_t held; /* of the rejected: good ones of a file that is refused */
    struct notes warnings, errors;
    struct rejects *rejects; /* ready to be kept; owned, NULL: there are none */
    struct notes notices;    /* what is as it should be: totals that agree */
};

/* Adds a note; the texts are copied, a long value is cut. */
void notes_add(struct notes *n, size_t line, const char *column,
               const char *value, const char *message);

/* The same for a note about the file as a whole. */
void notes_add_file(struct notes *n, size_t line, const char *message);

/* Puts the notes in the order of their lines. */
void notes_sort(struct notes *n);

/* Whether one of the notes from `from` on is about that column. */
bool notes_mention(const struct notes *n, size_t from, const char *column);

/* Makes the notes from `from` on about that column repeat nothing of the cell.
 */
void notes_hide(struct notes *n, size_t from, const char *column);

void report_release(struct import_report *r);

#endif
