/* The kinds of columns of a list, and how their values are written. */
#ifndef STORE_KIND_H
#define STORE_KIND_H

#include "store/rows.h"

enum kind_name {
    KIND_TEXT,
    KIND_NUMBER,
    KIND_MONEY,
    KIND_DECIMAL,
    KIND_SCORE, /* hundredths, always with both decimals */
    KIND_DATE,
    KIND_RECEIPT, /* a minute; 00:00 stands for a day alone */
    KIND_CODE,    /* a text that means nothing when it is cut */
    KIND_TERM,    /* a stored word that has a translation */
    KIND_TRUTH    /* 1 or 0 */
};

struct kind {
    enum kind_name name;
    int decimals; /* of KIND_DECIMAL */
    const char *unit;
};

/* The kind of a column by its machine name (store/rows.h says how). */
struct kind kind_of(const char *name);
/* A cell for people, "" where there is nothing; the caller frees. */
char *kind_text(const struct kind *kind, const struct cell *c);

/* A cell as French Excel reads it: decimal comma, ISO days, plain digits;
 * *text: no number. The caller frees. */
char *kind_csv(const struct kind *kind, const struct cell *c, bool *text);
/* The name of the value in JSON: the machine name, "reason" for
 * "reason_code", "requested_cents" for what a share counts of a request. The
 * caller frees. */
char *kind_json_name(const char *name);
/* The heading of a column of CSV: its machine name, the unit as the cells have
 * it: euros and percents, marks as they are given. The caller frees. */
char *kind_csv_heading(const char *name);

#endif
