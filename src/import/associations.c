/* Importing associations: the register itself, so what a row says replaces
 * what was known, except that the same association further down in the file
 * only adds to it. */
#include "base/i18n.h"
#include "import/aliases.h"
#include "import/cells.h"
#include "import/import.h"
#include "import/totals.h"
#include "store/import.h"

#include <stdlib.h>

static void warn_again(struct table *t, int64_t first)
{
    char *message = xasprintf(_("the same association as on line %lld: only "
                                "what was not known yet is added"),
                              (long long)first);
    table_field_warn(t, F_ASSOCIATION, message);
    free(message);
}

/* The number of one and the name of another: neither is written over. */
static enum status refuse_name_of_other(struct table *t, struct db *db,
                                        const struct association *a, int64_t id,
                                        struct err *e)
{
    const struct association words = {
        .name = a->name, .commune = a->commune, .postcode = a->postcode};
    int64_t other = 0;
    enum status st = association_match(db, &words, &other, e);
    if (st == ST_OK && other != 0 && other != id)
        table_field_error(t, F_ASSOCIATION,
                          _("another association has this name here: correct "
                            "the number of the row or its name"));
    return st;
}

/* An import of associations, and the row at hand. */
struct register_run {
    const struct import_place *at;
    struct table t;
    struct applicant who;
};

static enum status put(void *run, bool *made, struct err *e)
{
    struct register_run *r = run;
    struct db *db = r->at->db;
    const struct association *a = &r->who.is;
    int64_t id = 0, times = 0, first = 0;
    bool unlike = false;
    enum status st = association_match(db, a, &id, e);
    *made = st == ST_OK && id == 0;
    if (*made)
        st = association_insert(db, a, &id, e);
    else if (st == ST_OK)
        st = applicant_check_name(&r->who, &r->t, db, id, &unlike, e);
    if (st == ST_OK && unlike)
        st = refuse_name_of_other(&r->t, db, a, id, e);
    char *key = xasprintf("association:%lld", (long long)id);
    if (st == ST_OK)
        st = import_count(db, key, (int64_t)r->t.row.line, &times, &first, e);
    free(key);
    if (st != ST_OK || *made)
        return st;
    if (times == 1)
        return association_update(db, id, a, e);
    warn_again(&r->t, first);
    return association_fill(db, id, a, e);
}

/* "TOTAL", and nothing that an association has. */
static bool is_total(const struct table *t)
{
    const char *name = table_own(t, F_ASSOCIATION);
    if (name == NULL || !is_total_label(name))
        return false;
    for (int f = F_ASSOCIATION + 1; f < ASSOCIATION_FIELDS; f++)
        if (table_own(t, f) != NULL)
            return false;
    return true;
}

static enum status take_row(void *run, struct err *e)
{
    struct register_run *r = run;
    struct table *t = &r->t;
    enum status st = ST_OK;
    table_refuse_errors(t, applicant_spared);
    applicant_read(&r->who, t);
    if (is_total(t)) {
        t->report->skipped++;
        table_field_warn(t, F_ASSOCIATION,
                         _("a row that says nothing but this was taken "
                           "for a total row: an association called so "
                           "needs another cell, such as its commune"));
    } else {
        if (r->who.is.name != NULL) /* also of a bad row: to tell all faults */
            st = import_write(t, r->at, put, r, e);
        if (st == ST_OK)
            st = applicant_hide(&r->who, t, r->at->db, e);
    }
    applicant_release(&r->who);
    return st;
}

enum status import_associations(const struct import_place *at, const char *path,
                                const struct import_options *options,
                                struct import_report *report, struct err *e)
{
    static const int required[] = {F_ASSOCIATION, -1};
    struct register_run r = {.at = at};
    enum status st = table_open(&r.t, path, &association_headings, required,
                                options, report, e);
    if (st == ST_OK)
        st = import_rows(&r.t, at, take_row, &r, e);
    st = import_end(&r.t, at, st, e);
    table_close(&r.t);
    return st;
}
