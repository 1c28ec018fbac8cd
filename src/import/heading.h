/* Recognising the headings of other people's tables: which column holds which
 * field, by name and never by position. Pure: the fields and their aliases
 * are given, see import/aliases.h. */
#ifndef IMPORT_HEADING_H
#define IMPORT_HEADING_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* A field that a table may hold. Aliases are headings separated by '|'; case,
 * accents, spaces and punctuation do not matter; `name` is one of them. */
struct heading_field {
    const char *name; /* machine name: --set, --map and --format csv */
    const char *aliases;
    /* Headings that are read where no alias is there. One behind a "?" is so
     * bare that it may be a person's: it is read where there is no other, and
     * no column tells of persons (a first name, a civility). */
    const char *second;
};

struct heading_set {
    const struct heading_field *fields;
    size_t count;
    const char *ignored; /* headings that are known and not read */
    /* A second choice of the one field that a first leaves free serves the
     * other where nothing else does; both 0: none. */
    int lends, borrows;
};

enum heading_fate {
    HEADING_READ,     /* a field's column */
    HEADING_KNOWN,    /* known, not needed */
    HEADING_PERSONAL, /* about a person: never read */
    HEADING_UNKNOWN,
    HEADING_BLANK
};

/* What was recognised; owned arrays, see headings_release. */
struct headings {
    size_t columns;
    enum heading_fate *fate; /* of each column */
    int *column;             /* of each field; -1: the table has none */
    int *second;             /* a second choice beside it; -1: none */
};

/* Recognises `texts`. `over` (or NULL) holds for each column the heading
 * above it in a table with two heading rows: "Association" over "Nom" is
 * tried as "Association Nom" first. `forced` (or NULL) holds for each field the
 * column that the user named, or -1. A heading is looked up whole, then
 * without what it has in parentheses and behind the words that name it ("en
 * euros", a year). ST_BAD_DATA when two columns claim a
 * field: the message names them. `out` is to be released in any case. */
enum status headings_match(const struct heading_set *set,
                           const char *const *texts, const char *const *over,
                           size_t columns, const int *forced,
                           struct headings *out, struct err *e);

void headings_release(struct headings *h);

/* The field called `name` by its machine name or an alias; -1: none. */
int heading_field_of(const struct heading_set *set, const char *name);

/* The only column with that heading, spelled the same or folded the same; -1:
 * none, -2: several. */
int heading_column_of(const char *const *texts, size_t columns,
                      const char *heading);

#endif
