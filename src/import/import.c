/* What the importers share: how rows are taken and written, and how an import
 * ends. */
#include "import/import.h"
#include "base/i18n.h"
#include "store/import.h"

bool import_is_row_error(enum status st)
{
    return st == ST_REFUSED || st == ST_BAD_DATA || st == ST_NO_INPUT;
}

enum status import_rows(struct table *t, const struct import_place *at,
                        enum status (*take)(void *run, struct err *e),
                        void *run, struct err *e)
{
    enum status st = import_start(at->db, e);
    while (st == ST_OK && table_next(t)) {
        if (t->row.fault == NULL)
            st = take(run, e);
        if (st == ST_OK && t->bad)
            st = table_reject(t, e);
    }
    return st;
}

enum status import_write(struct table *t, const struct import_place *at,
                         enum status (*put)(void *run, bool *made,
                                            struct err *why),
                         void *run, struct err *e)
{
    struct err why = {0};
    bool made = false;
    int64_t before = db_changes(at->db);
    bool alone = t->options->rejects != NULL;
    enum status st = alone ? import_row_begin(at->db, e) : ST_OK;
    if (st != ST_OK)
        return st;
    st = put(run, &made, &why);
    if (st != ST_OK && !import_is_row_error(st))
        return err_set(e, st, "%s", why.msg);
    if (st != ST_OK)
        table_rule_error(t, &why);
    bool changed = db_changes(at->db) != before;
    t->report->imported += !t->bad && made;
    t->report->updated += !t->bad && !made && changed;
    t->report->unchanged += !t->bad && !made && !changed;
    if (!alone)
        return ST_OK;
    return t->bad ? import_row_undo(at->db, e) : import_row_keep(at->db, e);
}

/* Nothing is kept: what would have gone in is rejected with the rest. */
static void refuse_all(struct import_report *r)
{
    r->held = r->imported + r->updated;
    r->rejected += r->held;
    r->imported = r->updated = 0;
}

enum status import_end(struct table *t, const struct import_place *at,
                       enum status st, struct err *e)
{
    struct import_report *r = t->report;
    bool keep = !at->dry_run && t->options->rejects != NULL;
    if (st == ST_OK)
        st = table_finish(t, keep, e);
    r->complete = st == ST_OK;
    if (st == ST_OK && t->options->rejects == NULL && r->errors.count > 0)
        st = err_set(e, ST_BAD_DATA,
                     _("%s: nothing was imported. Correct the rows named "
                       "above, or let the others in with --rejects FILE"),
                     csv_in_name(t->in));
    if (r->complete && st != ST_OK)
        refuse_all(r);
    notes_sort(&r->warnings);
    notes_sort(&r->errors);
    return st;
}
