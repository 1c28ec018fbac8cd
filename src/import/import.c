/* What the importers share: how an import ends. */
#include "import/import.h"
#include "base/i18n.h"

bool import_is_row_error(enum status st)
{
    return st == ST_REFUSED || st == ST_BAD_DATA || st == ST_NO_INPUT;
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
