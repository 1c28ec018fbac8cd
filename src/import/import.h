/* The imports: a file, row by row, into the call. All run inside the
 * transaction of their command, and leave in `report` what there is to say.
 *
 * ST_OK: done, whatever the warnings; with options->rejects also when rows
 * were rejected. ST_BAD_DATA with report->errors: the file was read to its
 * end and nothing must be kept. Any other failure: the file could not be
 * opened or read, its headings make no sense, the disk is full; `e` says. */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "import/table.h"
#include "store/db.h"

/* Where and when an import takes place. */
struct import_place {
    struct db *db;
    int64_t call;
    const char *now; /* minute: when a row that does not say was received */
    bool dry_run;    /* no file of rejected rows either */
};

enum status import_projects(const struct import_place *at, const char *path,
                            const struct import_options *options,
                            struct import_report *report, struct err *e);
enum status import_associations(const struct import_place *at, const char *path,
                                const struct import_options *options,
                                struct import_report *report, struct err *e);
enum status import_marks(const struct import_place *at, const char *path,
                         const struct import_options *options,
                         struct import_report *report, struct err *e);

enum status import_criteria(const struct import_place *at, const char *path,
                            const struct import_options *options,
                            struct import_report *report, struct err *e);

/* For the importers: whether a failure concerns the row alone (a rule or a
 * value says no) and not the database or the machine. */
bool import_is_row_error(enum status st);

/* For the importers: reads the rows of an open table to their end, hands each
 * that can be read to `take`, and puts those that are bad then among the
 * rejected. */
enum status import_rows(struct table *t, const struct import_place *at,
                        enum status (*take)(void *run, struct err *e),
                        void *run, struct err *e);

/* For the importers: writes the row at hand with `put`, whole or not at all,
 * and counts it: as imported where it is *made, as updated where it changes
 * anything else. What the rules refuse becomes an error of the row. */
enum status import_write(struct table *t, const struct import_place *at,
                         enum status (*put)(void *run, bool *made,
                                            struct err *why),
                         void *run, struct err *e);

/* For the importers: ends the import. Counts every row that is not skipped or
 * unchanged as rejected when the file as a whole is refused. */
enum status import_end(struct table *t, const struct import_place *at,
                       enum status st, struct err *e);

#endif
