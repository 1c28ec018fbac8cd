/* Cells as values. Each reader returns whether there is a value; what cannot
 * be read is noted on the row (an error, except where it says a warning). */
#ifndef IMPORT_CELLS_H
#define IMPORT_CELLS_H

#include "core/day.h"
#include "core/ident.h"
#include "import/table.h"
#include "store/association.h"

/* Euros, in cents. */
bool cell_money(struct table *t, int field, int64_t *cents);
/* A whole number from 0. */
bool cell_count(struct table *t, int field, int64_t *n);
bool cell_day(struct table *t, int field, char out[DAY_LEN]);
/* A day with a time, 00:00 where it has none. */
bool cell_minute(struct table *t, int field, char out[MINUTE_LEN]);

/* The association of a row, and where its texts live. */
struct applicant {
    struct association is;
    char siret[SIRET_LEN], rna[RNA_LEN], phone[PHONE_LEN], postcode[6];
    char *commune;
};

/* Reads the fields of an association (import/aliases.h). A damaged identifier
 * is kept as its raw text, with a warning; an address, e-mail or phone that
 * cannot be one is left out, with a warning. To be released. */
void applicant_read(struct applicant *a, struct table *t);
/* The fields that may be left out where a spreadsheet shows an error of its
 * own: see table_refuse_errors. */
extern const int applicant_spared[];
void applicant_release(struct applicant *a);

/* Warns, and sets *unlike, when the row names the association `id`, which it
 * was found to mean by its SIRET or RNA, quite otherwise than it is called
 * here. */
enum status applicant_check_name(const struct applicant *a, struct table *t,
                                 struct db *db, int64_t id, bool *unlike,
                                 struct err *e);

/* Takes addresses, places and contacts out of what was noted on the row when
 * its association is confidential, by what the row says or what is known. */
enum status applicant_hide(const struct applicant *a, struct table *t,
                           struct db *db, struct err *e);

/* Splits "Maubeuge (59600)" or "59600 Maubeuge" into the name, which the caller
 * frees, and the postcode ("" when there is none). */
char *place_name(const char *text, size_t len, char postcode[6]);

#endif
