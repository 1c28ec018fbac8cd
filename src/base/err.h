/* Errors: a status that becomes the exit code, and one message made at the
 * place that knows the file, line, column, value and what to do. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/bug.h"

#include <stdbool.h>
#include <stddef.h>

/* The values are the exit codes of PRODUCT's contract (sysexits where it has
 * them). Every function that can fail returns one. */
enum status {
    ST_OK = 0,
    ST_REFUSED = 1,      /* a rule of the call or of the database says no */
    ST_USAGE = 2,        /* the command line does not make sense */
    ST_BAD_DATA = 65,    /* a value or a file cannot be read as what it is */
    ST_NO_INPUT = 66,    /* a file or a named thing does not exist */
    ST_BUG = 70,         /* cannot happen, or out of memory */
    ST_CANT_CREATE = 73, /* an output cannot be made */
    ST_IO = 74,          /* reading or writing failed */
    ST_BUSY = 75         /* another process holds the database: try again */
};

struct err {
    enum status code;
    char msg[1500];
    /* The database's column whose value is at fault; NULL: none alone. */
    const char *column;
    size_t line; /* of the file that cannot be read; 0: none alone */
};

/* err_set(e, code, fmt, ...) fills `e` (which may be NULL) and returns `code`,
 * so that a failing function ends with `return err_set(...)`. The text is
 * translated where it stands, by `_("...")`: before that the language becomes
 * the screen's, also while a document in another one is made. A message that
 * is too long is cut between characters. */
#define err_set(e, ...) (err_begin(e), err_fill((e), __VA_ARGS__))
void err_begin(const struct err *e);
/* Back to the language that err_begin left: where a text was asked for that
 * may not be needed. */
void err_end(void);
/* From here on, or no longer: a document quotes what is refused, so that the
 * language stays that of the document. */
void err_quoted(bool on);
enum status err_fill(struct err *e, enum status code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Names the column (text that stays) that the failure `code`, just set in
 * `e`, is about; returns `code`. */
enum status err_column(enum status code, struct err *e, const char *column);

/* Puts "prefix: " before the message of a failed call and returns its code. */
enum status err_prefix(struct err *e, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
