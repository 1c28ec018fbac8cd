/* Queries that come from report files, also from a user's own: they can only
 * read, and what must not leave the office reads as NULL.
 *
 * Hidden: addresses, e-mails, phones, the journal's texts, and where the
 * projects of a confidential association take place. The view
 * association_public and the table project_commune show what may be shown.
 * Queries may also use
 *   tr(text)     the text, or the word of a stored value, in the language
 *   euros(cents) "3 000,50 €"      day(text) "15/03/2026" or with its time
 *   score(n)     hundredths as "78,25" */
#ifndef STORE_READER_H
#define STORE_READER_H

#include "base/err.h"
#include "store/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT };

struct value {
    enum value_kind kind;
    union {
        int64_t i;
        double d;
        const char *s; /* valid UTF-8 or not: as the database has it */
    } as;
};

/* The whole result of a query, in memory. */
struct grid {
    size_t columns, rows;
    char **names;
    struct value *values; /* rows * columns, row by row */
    struct grid_text *texts;
    bool part; /* of another grid, which owns everything */
};

void grid_release(struct grid *g);
/* The column of that name; -1 when there is none. */
int grid_column(const struct grid *g, const char *name);

/* Some rows of a grid, as a grid that lives no longer than the whole. */
struct grid grid_part(const struct grid *whole, size_t first, size_t rows);

/* A query and where it stands, for messages. `:call` is bound to the year. */
struct reader_query {
    const char *file;
    int line; /* of the text's first line */
    const char *sql;
    int64_t call;
};

/* Prepares the connection (opened for reading) for report queries: tables
 * beside the database hide what is confidential. From here to reader_end
 * nothing else can be run on it. */
enum status reader_begin(struct db *db, struct err *e);
void reader_end(struct db *db);

/* Runs one query and keeps its rows; `out` is empty on failure. ST_BAD_DATA
 * names file and line of a mistake; ST_REFUSED when the query would change
 * something. */
enum status reader_run(struct db *db, const struct reader_query *q,
                       struct grid *out, struct err *e);

/* What every sheet of a workbook says of its call. */
struct call_facts {
    char *agency, *title, *lang; /* lang: "fr" or "en" */
    char *changed_at;            /* of the last change, or NULL */
};

/* Reads the facts; before reader_begin. The caller releases. */
enum status call_facts_read(struct db *db, int64_t call, struct call_facts *f,
                            struct err *e);
void call_facts_release(struct call_facts *f);

#endif
