/* A file as a table of known fields: headings recognised, --set and --map
 * applied, empty rows skipped, broken ones reported, rejected ones put aside.
 * The importers above ask for the cells of a field and say what is wrong with
 * them. */
#ifndef IMPORT_TABLE_H
#define IMPORT_TABLE_H

#include "base/err.h"
#include "base/mem.h"
#include "import/heading.h"
#include "files/csv_in.h"
#include "import/rejects.h"
#include "import/report.h"

#include <stdbool.h>
#include <stdint.h>

/* What the user asked for; NULL where nothing. */
struct import_options {
    const char *const *set; /* "FIELD=VALUE", ended by NULL */
    const char *const *map; /* "FIELD=HEADING", ended by NULL */
    const char *rejects;    /* file for the rows that cannot go in */
    const char *encoding;
    char delimiter; /* 0: found */
    /* Called now and then with the line reached. */
    void (*progress)(size_t line);
};

struct table {
    struct csv_in *in;
    const struct heading_set *set;
    const struct import_options *options;
    struct import_report *report;
    struct headings headings;
    size_t columns, heading_line;
    char **texts;       /* headings as in the file, trimmed */
    char **keys;        /* the same, folded: for the digest */
    size_t *order;      /* columns by their keys: for the digest */
    const char **fixed; /* of each field: the value of --set, or NULL */
    struct buf above;   /* the heading line above the headings, as it stands */
    struct rejects *rejects;
    struct csv_row row;                /* the row at hand */
    bool bad;                          /* it has an error */
    size_t first_error, first_warning; /* where its notes begin */
};

/* Opens the file and recognises its headings: the first row, or the first of
 * the ten below a title, that has all of `required` (fields, ended by -1).
 * ST_BAD_DATA when there is none: the message lists the headings found and
 * what to type. The table is to be closed in any case. */
enum status table_open(struct table *t, const char *path,
                       const struct heading_set *set, const int *required,
                       const struct import_options *options,
                       struct import_report *report, struct err *e);

/* Reads the next row that says something; false at the end. */
bool table_next(struct table *t);

/* The cell of a field, trimmed; NULL when it is empty or there is none, and
 * --set says nothing. table_own is without --set. */
const char *table_get(const struct table *t, int field);
const char *table_own(const struct table *t, int field);

/* The heading of the field's column, else the field's name. */
const char *table_heading(const struct table *t, int field);

/* Notes on the row at hand, of which at most one a column. An error makes the
 * row one that is rejected. `column` and `value` may be NULL. */
void table_error(struct table *t, const char *column, const char *value,
                 const char *message);
void table_warn(struct table *t, const char *column, const char *value,
                const char *message);
/* The same for a field, with its heading and its cell. */
void table_field_error(struct table *t, int field, const char *message);
void table_field_warn(struct table *t, int field, const char *message);

/* Fields in which a spreadsheet shows an error of its own ("#REF!") become
 * errors; those of `spared` (ended by -1; NULL: none) are left out with a
 * warning. For rows that are no total rows. */
void table_refuse_errors(struct table *t, const int *spared);

/* A failure that writing the row met: for the field it is about, if any. */
void table_rule_error(struct table *t, const struct err *why);

/* Takes the cells of a field out of what was noted on the row at hand. */
void table_hide(struct table *t, int field);

/* Puts the row at hand among the rejected; it is counted there. */
enum status table_reject(struct table *t, struct err *e);

/* The digest of what the row says (whatever the order of the columns), as
 * 64 hexadecimal digits. */
void table_digest(const struct table *t, char out[65]);

/* The end: whether the file could be read to it. `keep`: the file of the
 * rejected rows is made ready, and handed over in the report, for the caller
 * to keep once everything else is done. */
enum status table_finish(struct table *t, bool keep, struct err *e);

void table_close(struct table *t);

#endif
