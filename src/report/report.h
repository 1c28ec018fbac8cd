/* Workbooks made of reports. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/err.h"
#include "store/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One report: what messages call it, and its text. */
struct report_source {
    const char *file, *text;
};

/* A workbook to write: a sheet for each source, in their order. */
struct report_job {
    struct db *db; /* opened for reading */
    int64_t call;
    const struct report_source *sources;
    size_t count;
    const char *path; /* where the workbook will stand */
    bool force;       /* over an existing file */
    bool dry_run;     /* do all but put the workbook there */
    /* Called before each step; NULL: not. */
    void (*progress)(void *arg, size_t step, size_t steps);
    void *arg;
};

/* Computes the call's results, runs the reports and writes the workbook, all
 * of it or nothing, in the language of the agency's documents. */
enum status report_write(const struct report_job *job, struct err *e);

/* The sources of a workbook that travels with the program, by its name
 * ("committee"): the array is the caller's to free, the texts are not.
 * ST_NO_INPUT lists those that there are. */
enum status report_builtin(const char *name, struct report_source **out,
                           size_t *count, struct err *e);

#endif
