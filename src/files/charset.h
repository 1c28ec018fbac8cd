/* Encodings of text files, one line at a time: valid UTF-8, else the
 * single-byte encoding that the user named or Windows-1252. */
#ifndef FILES_CHARSET_H
#define FILES_CHARSET_H

#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>

struct charset {
    bool may_be_utf8;  /* valid UTF-8 is believed */
    bool may_be_bytes; /* the rest is read through `high` */
    char high[128][5]; /* UTF-8 of the bytes 0x80 to 0xFF, "" if none */
};

/* Prepares for the encoding `name` ("utf-8", "windows-1252", "cp850", ...);
 * NULL: each line is UTF-8 or, where it cannot be, Windows-1252. ST_USAGE when
 * the name is unknown or not a superset of ASCII with one byte a character. */
enum status charset_init(struct charset *cs, const char *name, struct err *e);

/* How a line was read. */
enum charset_line { LINE_AS_IS, LINE_CONVERTED, LINE_UNREADABLE };

/* Reads a line. LINE_AS_IS: it is UTF-8 as it stands and `out` is untouched;
 * otherwise its text was added to `out`; LINE_UNREADABLE when it has a NUL or a
 * byte that is no letter in the encoding, which are U+FFFD there. */
enum charset_line charset_line(const struct charset *cs, const char *s,
                               size_t len, struct buf *out);

#endif
