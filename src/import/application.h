/* One application of a file: its row, read. What comes of it is written by
 * projects.c. */
#ifndef IMPORT_APPLICATION_H
#define IMPORT_APPLICATION_H

#include "import/cells.h"
#include "import/import.h"
#include "import/matched.h"
#include "import/scdl_rows.h"
#include "import/totals.h"
#include "store/project.h"

/* An association that this import has made. */
struct made {
    size_t line;
    char *name;
};

/* What an import of projects has at hand. */
struct intake {
    const struct import_place *at;
    struct table t;
    struct scdl_table scdl;
    struct rows themes, communes;
    char *deadline; /* NULL: none */
    struct totals totals;
    bool theme_noted; /* the call has no themes: said once */
    bool bad_numbers; /* a row that did not go in has a number */
    bool own_list;    /* the file was written by this program */
    int decision;     /* its column of decisions; -1: none */
    int64_t newest;   /* project before this import */
    int64_t largest;  /* award that the call gives, in cents */
    struct matched *matched;
    struct buf new_communes; /* of new projects, see import_add_communes */
    struct made *made;       /* the first of them */
    size_t made_count;
};

/* One application as read; `is` points into the rest. */
struct application {
    struct project is;
    struct applicant who;
    int64_t theme, requested, minimum, cost, other, beneficiaries;
    char starts_on[DAY_LEN], ends_on[DAY_LEN], received_at[MINUTE_LEN];
    const char **codes; /* INSEE codes, each once */
    size_t code_count;
    struct buf places; /* those that are not of the territory */
    char digest[65];
    const char *status;  /* a word of ours; NULL: not said, or none */
    char *key, *prefix;  /* source_key; what stands before its #, or NULL */
    int64_t times, twin; /* occurrence in the file; project of the first */
};

/* Reads the row at hand into `a`, which is empty; what is wrong with it is
 * noted on the row. To be released. */
void application_read(struct intake *r, struct application *a);
void application_release(struct application *a);

/* Notes an application that came after the deadline without a reason. */
void application_check_deadline(struct intake *r, const struct application *a);

#endif
