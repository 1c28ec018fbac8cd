/* Importing associations: the register itself, so what a row says replaces
 * what was known, except that the same association further down in the file
 * only adds to it. */
#include "base/i18n.h"
#include "core/aliases.h"
#include "import/cells.h"
#include "import/import.h"
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

/* Writes one association; *made and *changed say what came of it. */
static enum status put(struct table *t, const struct import_place *at,
                       const struct association *a, bool *made, bool *changed,
                       struct err *e)
{
    int64_t id = 0, times = 0, first = 0;
    enum status st = association_match(at->db, a, &id, e);
    *made = st == ST_OK && id == 0;
    if (*made)
        st = association_insert(at->db, a, &id, e);
    char *key = xasprintf("association:%lld", (long long)id);
    if (st == ST_OK)
        st = import_count(at->db, key, (int64_t)t->row.line, &times, &first, e);
    free(key);
    if (st != ST_OK || *made)
        return st;
    if (times == 1)
        return association_update(at->db, id, a, changed, e);
    warn_again(t, first);
    return import_fill(at->db, id, a, changed, e);
}

static enum status write_row(struct table *t, const struct import_place *at,
                             const struct association *a, struct err *e)
{
    struct err why = {0};
    bool made = false, changed = false;
    bool alone = t->options->rejects != NULL;
    enum status st = alone ? import_row_begin(at->db, e) : ST_OK;
    if (st != ST_OK)
        return st;
    st = put(t, at, a, &made, &changed, &why);
    if (st != ST_OK && !import_is_row_error(st))
        return err_set(e, st, "%s", why.msg);
    if (st != ST_OK) {
        table_error(t, NULL, NULL, why.msg);
    } else {
        t->report->imported += made;
        t->report->updated += !made && changed;
        t->report->unchanged += !made && !changed;
    }
    if (!alone)
        return ST_OK;
    return t->bad ? import_row_undo(at->db, e) : import_row_keep(at->db, e);
}

static enum status take_row(struct table *t, const struct import_place *at,
                            struct err *e)
{
    struct applicant who = {.siret = ""};
    enum status st = ST_OK;
    if (!t->bad) {
        applicant_read(&who, t);
        if (who.is.name != NULL && is_total_word(who.is.name)) {
            t->report->skipped++;
            applicant_release(&who);
            return ST_OK;
        }
    }
    if (!t->bad)
        st = write_row(t, at, &who.is, e);
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
