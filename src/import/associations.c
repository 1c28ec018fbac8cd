/* Importing associations: the register itself, so what a row says replaces
 * what was known, except that the same association further down in the file
 * only adds to it. */
#include "base/i18n.h"
#include "core/aliases.h"
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

/* Writes one association; *made says whether it is new. */
static enum status put(struct table *t, const struct import_place *at,
                       const struct applicant *who, bool *made, struct err *e)
{
    const struct association *a = &who->is;
    int64_t id = 0, times = 0, first = 0;
    bool unlike = false;
    enum status st = association_match(at->db, a, &id, e);
    *made = st == ST_OK && id == 0;
    if (*made)
        st = association_insert(at->db, a, &id, e);
    else if (st == ST_OK)
        st = applicant_check_name(who, t, at->db, id, &unlike, e);
    if (st == ST_OK && unlike)
        st = refuse_name_of_other(t, at->db, a, id, e);
    char *key = xasprintf("association:%lld", (long long)id);
    if (st == ST_OK)
        st = import_count(at->db, key, (int64_t)t->row.line, &times, &first, e);
    free(key);
    if (st != ST_OK || *made)
        return st;
    if (times == 1)
        return association_update(at->db, id, a, e);
    warn_again(t, first);
    return association_fill(at->db, id, a, e);
}

static enum status write_row(struct table *t, const struct import_place *at,
                             const struct applicant *who, struct err *e)
{
    struct err why = {0};
    bool made = false;
    int64_t before = db_changes(at->db);
    bool alone = t->options->rejects != NULL;
    enum status st = alone ? import_row_begin(at->db, e) : ST_OK;
    if (st != ST_OK)
        return st;
    st = put(t, at, who, &made, &why);
    if (st != ST_OK && !import_is_row_error(st))
        return err_set(e, st, "%s", why.msg);
    if (st != ST_OK) {
        table_rule_error(t, &why);
    } else if (!t->bad) {
        bool changed = db_changes(at->db) != before;
        t->report->imported += made;
        t->report->updated += !made && changed;
        t->report->unchanged += !made && !changed;
    }
    if (!alone)
        return ST_OK;
    return t->bad ? import_row_undo(at->db, e) : import_row_keep(at->db, e);
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

static enum status take_row(struct table *t, const struct import_place *at,
                            struct err *e)
{
    struct applicant who = {.siret = ""};
    enum status st = ST_OK;
    if (!t->bad) {
        applicant_read(&who, t);
        if (is_total(t)) {
            t->report->skipped++;
            table_field_warn(t, F_ASSOCIATION,
                             _("a row that says nothing but this was taken "
                               "for a total row: an association called so "
                               "needs another cell, such as its commune"));
            applicant_release(&who);
            return ST_OK;
        }
    }
    if (who.is.name != NULL) /* also of a bad row: to tell all its faults */
        st = write_row(t, at, &who, e);
    if (st == ST_OK)
        st = applicant_hide(&who, t, at->db, e);
    if (st == ST_OK && t->bad)
        st = table_reject(t, e);
    applicant_release(&who);
    return st;
}

enum status import_associations(const struct import_place *at, const char *path,
                                const struct import_options *options,
                                struct import_report *report, struct err *e)
{
    static const int required[] = {F_ASSOCIATION, -1};
    struct table t;
    enum status st = table_open(&t, path, &association_headings, required,
                                options, report, e);
    if (st == ST_OK)
        st = import_start(at->db, e);
    while (st == ST_OK && table_next(&t))
        st = take_row(&t, at, e);
    if (t.in != NULL)
        st = import_end(&t, at, st, e);
    table_close(&t);
    return st;
}
