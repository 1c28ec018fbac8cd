/* Importing projects: applications of a call, with their associations.
 *
 * A row is known again by `source_key`, in one of two forms:
 *   id:NUMBER#DIGEST   the source numbers its rows. The digest says whether
 *                      the row is still the same: if so the project is left
 *                      alone, also where it was edited here since.
 *   row:DIGEST#N       it does not: the content, and its Nth occurrence in
 *                      the file, since honest repetitions exist.
 * In a list that this program wrote, numbers are its own ("2026-001") and name
 * the project itself; a row of such a list whose project is not here is known
 * again as own:NUMBER#DIGEST. In any other file they are the source's. */
#include "base/i18n.h"
#include "base/terms.h"
#include "base/text.h"
#include "import/aliases.h"
#include "core/money.h"
#include "import/application.h"
#include "import/owner.h"
#include "store/call.h"
#include "store/find.h"
#include "store/import.h"
#include "store/project.h"
#include "store/words.h"

#include <stdlib.h>
#include <string.h>

enum {
    DUPLICATES_AMONG = 2000, /* associations compared with each other */
    COMMUNES_GATHERED = 8192 /* bytes of text before they are written */
};

/*---------------------------------------------------------- writing a row */

static void remember_made(struct intake *r, const char *name)
{
    if (r->made_count >= DUPLICATES_AMONG)
        return;
    if (r->made == NULL)
        r->made = xcalloc(DUPLICATES_AMONG, sizeof *r->made);
    r->made[r->made_count++] = (struct made){r->t.row.line, xstrdup(name)};
}

/* What the row says of the association is taken, unless it calls it by quite
 * another name: its e-mail may be that of the other. An address that somebody
 * calls confidential is so in any case. */
static enum status learn(struct intake *r, struct application *a, int64_t id,
                         struct err *e)
{
    bool unlike = false;
    const struct association only = {.confidential = a->who.is.confidential};
    enum status st =
        applicant_check_name(&a->who, &r->t, r->at->db, id, &unlike, e);
    return st != ST_OK ? st
                       : association_fill(r->at->db, id,
                                          unlike ? &only : &a->who.is, e);
}

/* Finds or makes the association. */
static enum status put_association(struct intake *r, struct application *a,
                                   struct err *e)
{
    struct db *db = r->at->db;
    int64_t id = matched_find(r->matched, &a->who.is);
    a->is.association_id = id;
    if (id != 0)
        return ST_OK;
    enum status st = association_match(db, &a->who.is, &id, e);
    if (st == ST_OK && id != 0)
        st = learn(r, a, id, e);
    else if (st == ST_OK) {
        st = association_insert(db, &a->who.is, &id, e);
        remember_made(r, a->who.is.name);
    }
    if (st == ST_OK)
        matched_keep(r->matched, id);
    a->is.association_id = id;
    return st;
}

/* Writes the communes that were gathered: one statement for many rows costs a
 * third of one for each. */
static enum status write_communes(struct intake *r, struct err *e)
{
    if (r->new_communes.len == 0)
        return ST_OK;
    buf_adds(&r->new_communes, "]");
    enum status st =
        import_add_communes(r->at->db, buf_str(&r->new_communes), e);
    buf_reset(&r->new_communes);
    return st;
}

/* Gathers the communes of a new project. They are written with its row where
 * that may be undone alone. */
static enum status add_communes(struct intake *r, const struct application *a,
                                int64_t id, struct err *e)
{
    for (size_t i = 0; i < a->code_count; i++)
        buf_addf(&r->new_communes, "%s\"%.5s:%lld\"",
                 r->new_communes.len > 0 ? "," : "[", a->codes[i],
                 (long long)id);
    if (r->t.options->rejects == NULL &&
        r->new_communes.len < COMMUNES_GATHERED)
        return ST_OK;
    return write_communes(r, e);
}

/* A row without a number that was corrected at its source comes in as new:
 * the clerk must see the project that it was. */
static enum status warn_twin(struct intake *r, int64_t id, struct err *e)
{
    char *twin = NULL;
    enum status st = project_twin(r->at->db, id, r->newest, &twin, e);
    if (twin != NULL) {
        char *message = xasprintf(
            _("%s has the same title, and an association of the same "
              "name: if this row corrects it, change it with \"cispd project "
              "edit\" and withdraw the new one"),
            twin);
        table_warn(&r->t, NULL, NULL, message);
        free(message);
    }
    free(twin);
    return st;
}

/* ST_REFUSED when the project cannot have that status, as its row says it. */
static enum status check_status(struct intake *r, const struct application *a,
                                int64_t id, const char *reason, struct err *e)
{
    struct rows holes = {0};
    enum status st = ST_OK;
    if (strcmp(a->status, "eligible") == 0)
        st = project_holes(r->at->db, r->at->call, id, &holes, e);
    if (st == ST_OK && holes.count > 0)
        st = err_set(e, ST_REFUSED,
                     _("something is missing, see \"cispd project check\""));
    else if (st == ST_OK && strcmp(a->status, "eligible") != 0 &&
             reason == NULL)
        st = err_set(e, ST_REFUSED,
                     _("its reason is missing (a column \"status_reason\", or "
                       "--set status_reason=REASON)"));
    rows_release(&holes);
    return st;
}

/* A project that the file says is no longer just received is so here too,
 * where the call lets it; else the clerk is told, line by line. */
static enum status put_status(struct intake *r, const struct application *a,
                              int64_t id, struct err *e)
{
    struct err why = {0};
    const char *reason = table_get(&r->t, F_STATUS_REASON);
    if (r->decision >= 0 && *r->t.row.cells[r->decision] != '\0')
        table_warn(&r->t, r->t.texts[r->decision], r->t.row.cells[r->decision],
                   _("a decision is not imported: see \"cispd award set\""));
    if (a->status == NULL || strcmp(a->status, "received") == 0)
        return ST_OK;
    enum status st = check_status(r, a, id, reason, &why);
    if (st == ST_OK)
        st = project_set_status(r->at->db, id, a->status, reason, &why);
    if (st != ST_OK && !import_is_row_error(st))
        return err_set(e, st, "%s", why.msg);
    if (st != ST_OK) {
        char *message = xasprintf(_("imported as received: %s"), why.msg);
        table_field_warn(&r->t, F_STATUS, message);
        free(message);
    }
    return ST_OK;
}

/* What became of a project that is here was decided here. */
static void warn_status(struct intake *r, const struct application *a,
                        const struct import_target *target)
{
    if (a->status == NULL || strcmp(a->status, "received") == 0 ||
        strcmp(a->status, target->status) == 0)
        return;
    char *message = xasprintf(
        _("project %s is %s here and stays so: see \"cispd project check\", "
          "\"reject\", \"withdraw\" and \"reinstate\""),
        target->ref, term_text(target->status));
    table_field_warn(&r->t, F_STATUS, message);
    free(message);
}

static enum status insert(struct intake *r, struct application *a,
                          struct err *e)
{
    int64_t id = 0;
    if (a->is.received_at == NULL)
        a->is.received_at = r->at->now;
    application_check_deadline(r, a);
    if (r->t.bad)
        return ST_OK;
    a->is.source_key = a->key;
    enum status st = put_association(r, a, e);
    if (st == ST_OK)
        st = project_insert(r->at->db, &a->is, &id, e);
    if (st == ST_OK)
        st = add_communes(r, a, id, e);
    if (st == ST_OK)
        st = put_status(r, a, id, e);
    if (st == ST_OK && r->newest > 0)
        st = warn_twin(r, id, e);
    return st;
}

static enum status update_target(struct intake *r, struct application *a,
                                 int64_t id, const struct import_target *target,
                                 struct err *e)
{
    warn_status(r, a, target);
    enum status st = owner_check(&r->t, r->at->db, &a->who.is, target, e);
    if (st != ST_OK || r->t.bad)
        return st;
    a->is.association_id = target->association_id;
    st = learn(r, a, target->association_id, e);
    if (st == ST_OK)
        st = project_update(r->at->db, id, &a->is, e);
    if (st == ST_OK && a->code_count > 0)
        st = project_set_communes(r->at->db, id, a->codes, a->code_count, e);
    return st;
}

/* A list of this program brings its own numbers back. One from another
 * database may give a number to another project: nothing is overwritten. */
static enum status update_own(struct intake *r, struct application *a,
                              int64_t id, struct err *e)
{
    struct import_target target;
    enum status st = import_target(r->at->db, id, &target, e);
    if (st == ST_OK && (text_same(target.title, a->is.title) ||
                        target.requested == a->requested)) {
        st = update_target(r, a, id, &target, e);
    } else if (st == ST_OK) {
        char *message = xasprintf(
            _("project %s is another one here, \"%s\" of \"%s\": neither its "
              "title nor its amount is that of the row"),
            target.ref, target.title, target.association);
        table_field_error(&r->t, F_NUMBER, message);
        free(message);
    }
    import_target_release(&target);
    return st;
}

/* "2026-001": the number of a project of this program. */
static bool is_own_number(const char *number)
{
    size_t year = strspn(number, "0123456789");
    size_t rest =
        number[year] == '-' ? strspn(number + year + 1, "0123456789") : 0;
    return year == 4 && rest >= 3 && number[year + 1 + rest] == '\0';
}

static void say_number_twice(struct intake *r)
{
    table_field_error(&r->t, F_NUMBER,
                      _("this number stands on an earlier line already, "
                        "with other values"));
}

/* Counts the number of a row, once one did not go in: of that the database
 * cannot tell. `id`: the project that has the number, or 0. */
static enum status count_number(struct intake *r, const struct application *a,
                                int64_t id, struct err *e)
{
    int64_t line = (int64_t)r->t.row.line, rows = 0, numbers = 0, first = line;
    enum status st = import_count(r->at->db, a->key, line, &rows, &first, e);
    if (st == ST_OK && rows == 1) /* else it is the very same row again */
        st = import_count(r->at->db, a->prefix, line, &numbers, &first, e);
    if (id > r->newest || (numbers > 1 && first != line))
        say_number_twice(r);
    return st;
}

/* A row whose number an earlier import or an earlier line has brought. */
static enum status put_known(struct intake *r, struct application *a,
                             int64_t id, struct err *e)
{
    int64_t times = 1, first = 0;
    enum status st = ST_OK;
    if (id <= r->newest)
        st = import_count(r->at->db, a->prefix, (int64_t)r->t.row.line, &times,
                          &first, e);
    if (st == ST_OK && (id > r->newest || times > 1)) {
        say_number_twice(r);
        return ST_OK;
    }
    struct import_target target = {0};
    a->is.source_key = a->key;
    if (st == ST_OK)
        st = import_target(r->at->db, id, &target, e);
    if (st == ST_OK)
        st = update_target(r, a, id, &target, e);
    import_target_release(&target);
    return st;
}

/* A number like this program's in a file that it did not write is the
 * source's, which somebody who copied our numbers must learn. */
static enum status warn_foreign(struct intake *r, struct err *e)
{
    int64_t id = 0;
    const char *number = table_get(&r->t, F_NUMBER);
    if (r->own_list || !is_own_number(number))
        return ST_OK;
    enum status st = import_by_ref(r->at->db, r->at->call, number, &id, e);
    if (st == ST_OK && id != 0 && id <= r->newest)
        table_field_warn(
            &r->t, F_NUMBER,
            _("taken as the number of the file's source, not as the project "
              "that has it here: to change projects, import the list that "
              "\"cispd project list --format csv\" writes"));
    return st;
}

static enum status put_numbered(struct intake *r, struct application *a,
                                bool *made, struct err *e)
{
    int64_t id = 0, own = 0;
    bool same = false;
    struct db *db = r->at->db;
    const char *number = table_get(&r->t, F_NUMBER);
    enum status st =
        import_known_number(db, r->at->call, a->prefix, a->key, &id, &same, e);
    if (st == ST_OK && !same && r->own_list && is_own_number(number))
        st = import_by_ref(db, r->at->call, number, &own, e);
    if (st != ST_OK || same)
        return st;
    if (own != 0 && own <= r->newest)
        return update_own(r, a, own, e);
    if (id != 0)
        return put_known(r, a, id, e);
    *made = true;
    st = warn_foreign(r, e);
    if (st == ST_OK && r->bad_numbers)
        st = count_number(r, a, id, e);
    return st == ST_OK && !r->t.bad ? insert(r, a, e) : st;
}

/* Occurrences are counted from the second on, or where an earlier import
 * knew the row: most rows need no counting. */
static enum status put_unnumbered(struct intake *r, struct application *a,
                                  bool *made, struct err *e)
{
    int64_t id = 0, counted = 0, first = 0;
    struct db *db = r->at->db;
    enum status st = import_known(db, r->at->call, a->key, &id, e);
    if (st == ST_OK && id != 0) {
        st = import_count(db, a->digest, (int64_t)r->t.row.line, &counted,
                          &first, e);
        a->twin = id;
        a->times = counted + (id > r->newest);
    }
    if (st == ST_OK && a->times > 1) {
        free(a->key);
        a->key = xasprintf("row:%s#%lld", a->digest, (long long)a->times);
        st = import_known(db, r->at->call, a->key, &id, e);
    }
    if (st != ST_OK || id != 0)
        return st;
    *made = true;
    return insert(r, a, e);
}

static void on_fault(void *run, const struct err *why)
{
    table_rule_error(&((struct intake *)run)->t, why);
}

/* What a row that is not written would still meet: its first fault must not
 * hide the others. */
static enum status tell_rest(struct intake *r, struct application *a,
                             struct err *e)
{
    struct db *db = r->at->db;
    struct err why = {0};
    int64_t id = 0;
    bool same;
    enum status st = ST_OK;
    project_faults(&a->is, on_fault, r);
    if (a->who.is.name != NULL)
        st = association_check_name(a->who.is.name, &why);
    if (st == ST_OK && a->who.is.name != NULL)
        st = association_match(db, &a->who.is, &id, &why);
    if (st != ST_OK && import_is_row_error(st))
        table_rule_error(&r->t, &why);
    else if (st != ST_OK)
        return err_set(e, st, "%s", why.msg);
    id = 0;
    st = a->prefix != NULL ? import_known_number(db, r->at->call, a->prefix,
                                                 a->key, &id, &same, e)
                           : import_known(db, r->at->call, a->key, &id, e);
    if (st == ST_OK && id == 0) {
        if (a->is.received_at == NULL)
            a->is.received_at = r->at->now;
        application_check_deadline(r, a);
    }
    r->bad_numbers |= a->prefix != NULL;
    return st == ST_OK && a->prefix != NULL ? count_number(r, a, id, e) : st;
}

static enum status warn_repetition(struct intake *r,
                                   const struct application *a, struct err *e)
{
    char *ref = NULL;
    if (a->times < 2)
        return ST_OK;
    enum status st = find_name(r->at->db, THING_PROJECT, a->twin, &ref, e);
    char *message =
        xasprintf(_("the row repeats an earlier one exactly (project %s); it "
                    "counts as a project of its own"),
                  ref);
    table_warn(&r->t, NULL, NULL, message);
    free(message);
    free(ref);
    return st;
}

/* No fault: the committee may still award less. */
static void warn_above(struct intake *r, const struct application *a)
{
    char money[MONEY_LEN];
    if (a->requested <= r->largest)
        return;
    char *message = xasprintf(_("more than the call's maximum award, %s"),
                              money_text(r->largest, money));
    table_field_warn(&r->t, F_REQUESTED, message);
    free(message);
}

/* The row at hand, to be written. */
struct row_put {
    struct intake *intake;
    struct application *application;
};

static enum status put(void *run, bool *made, struct err *e)
{
    struct intake *r = ((struct row_put *)run)->intake;
    struct application *a = ((struct row_put *)run)->application;
    return a->prefix != NULL ? put_numbered(r, a, made, e)
                             : put_unnumbered(r, a, made, e);
}

/* Writes a row that could be read. */
static enum status write_row(struct intake *r, struct application *a,
                             struct err *e)
{
    struct row_put row = {r, a};
    int64_t before = db_changes(r->at->db);
    enum status st = import_write(&r->t, r->at, put, &row, e);
    if (st == ST_OK && r->t.bad) { /* undone, perhaps with its association */
        matched_forget(r->matched);
        return ST_OK;
    }
    if (st == ST_OK)
        st = warn_repetition(r, a, e);
    if (db_changes(r->at->db) != before)
        warn_above(r, a);
    return st;
}

static enum status take_row(void *run, struct err *e)
{
    struct intake *r = run;
    struct application a = {.places = BUF_INIT};
    enum status st = ST_OK;
    if (totals_take(&r->totals, &r->t))
        return ST_OK;
    table_refuse_errors(&r->t, applicant_spared);
    application_read(r, &a);
    if (!r->t.bad)
        st = write_row(r, &a, e);
    if (st == ST_OK && r->t.bad)
        st = tell_rest(r, &a, e);
    if (st == ST_OK)
        st = applicant_hide(&a.who, &r->t, r->at->db, e);
    application_release(&a);
    return st;
}

/* Points at associations that were made although one much alike was there, or
 * came with the same file. Each pair is compared once: not for registers that
 * would keep the clerk waiting. */
static enum status warn_duplicates(struct intake *r, struct err *e)
{
    struct rows pairs = {0};
    int64_t count = 0;
    enum status st = import_association_count(r->at->db, &count, e);
    if (st != ST_OK || r->made_count == 0 || count > DUPLICATES_AMONG)
        return st;
    st = association_duplicates(r->at->db, &pairs, e);
    for (size_t p = 0; p < pairs.count; p++) {
        const char *one = rows_at(&pairs, p, 0)->s;
        const char *other = rows_at(&pairs, p, 2)->s;
        const struct made *last = NULL;
        for (size_t i = 0; i < r->made_count; i++)
            if (strcmp(r->made[i].name, one) == 0 ||
                strcmp(r->made[i].name, other) == 0)
                last = &r->made[i];
        if (last == NULL)
            continue;
        bool first = strcmp(last->name, one) == 0;
        char *message =
            text_same(one, other)
                ? xasprintf(_("there is another association \"%s\", with "
                              "another number or in another commune: if they "
                              "are one, see \"cispd association merge\""),
                            one)
                : xasprintf(_("the new association \"%s\" looks like \"%s\": "
                              "if they are one, see \"cispd association "
                              "merge\""),
                            first ? one : other, first ? other : one);
        notes_add(&r->t.report->warnings, last->line,
                  table_heading(&r->t, F_ASSOCIATION), last->name, message);
        free(message);
    }
    rows_release(&pairs);
    return st;
}

/* The file has its way, but a correction must not go without a word. */
static enum status warn_overwritten(struct intake *r, struct err *e)
{
    struct rows rows = {0};
    enum status st = r->t.report->updated == 0
                         ? ST_OK
                         : import_overwritten(r->at->db, &rows, e);
    for (size_t i = 0; st == ST_OK && i < rows.count; i++) {
        const char *name = rows_at(&rows, i, 2)->s;
        int field = heading_field_of(r->t.set, name);
        char *old = words_value(name, rows_at(&rows, i, 3));
        char *new = words_value(name, rows_at(&rows, i, 4));
        char *message = xasprintf(
            _("project %s: \"%s\" had been corrected by hand to %s, and is %s "
              "now, as the file says; if the correction was right, make it "
              "again"),
            rows_at(&rows, i, 1)->s, words_heading(name),
            *old != '\0' ? old : _("(none)"), *new != '\0' ? new : _("(none)"));
        notes_add(&r->t.report->warnings, (size_t)rows_at(&rows, i, 0)->i,
                  field >= 0 ? table_heading(&r->t, field) : NULL, new,
                  message);
        free(message);
        free(new);
        free(old);
    }
    rows_release(&rows);
    return st;
}

/* The headings of "cispd project list --format csv", as it writes them. */
static bool is_own_list(const struct table *t)
{
    static const char *const headings[] = {"id", "association", "requested_eur",
                                           "status"};
    size_t found = 0;
    for (size_t c = 0; c < t->columns; c++)
        for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
            found += strcmp(t->texts[c], headings[i]) == 0;
    return found == sizeof headings / sizeof *headings;
}

/* Where such a list says what was decided; -1: not such a list. */
static int find_decision(const struct intake *r)
{
    for (size_t c = 0; r->own_list && c < r->t.columns; c++)
        if (strcmp(r->t.texts[c], "decision") == 0)
            return (int)c;
    return -1;
}

/* A bare "Commune" is where the association sits; a reader may have meant
 * where the project acts. */
static void note_commune(struct table *t)
{
    const char *heading = table_heading(t, F_COMMUNE);
    if (t->headings.column[F_COMMUNE] < 0 ||
        t->headings.column[F_COMMUNES] >= 0 ||
        strcasecmp(heading, "commune") != 0)
        return;
    char *message = xasprintf(
        _("The column \"%s\" was taken as the seat of the association. Where "
          "it is where the project acts: --map communes=\"%s\""),
        heading, heading);
    notes_add_file(&t->report->notices, t->heading_line, message);
    free(message);
}

static enum status prepare(struct intake *r, struct err *e)
{
    struct db *db = r->at->db;
    enum status st = import_themes(db, r->at->call, &r->themes, e);
    if (st == ST_OK)
        st = import_communes(db, &r->communes, e);
    if (st == ST_OK)
        st = call_deadline(db, r->at->call, &r->deadline, e);
    if (st == ST_OK)
        st = import_max_award(db, r->at->call, &r->largest, e);
    if (st == ST_OK)
        st = import_newest(db, &r->newest, e);
    r->matched = matched_new();
    r->own_list = is_own_list(&r->t);
    r->decision = find_decision(r);
    if (!r->own_list)
        note_commune(&r->t);
    return st;
}

static void run_release(struct intake *r)
{
    for (size_t i = 0; i < r->made_count; i++)
        free(r->made[i].name);
    free(r->made);
    free(r->deadline);
    matched_free(r->matched);
    buf_release(&r->new_communes);
    rows_release(&r->themes);
    rows_release(&r->communes);
    table_close(&r->t);
}

enum status import_projects(const struct import_place *at, const char *path,
                            const struct import_options *options,
                            struct import_report *report, struct err *e)
{
    static const int required[] = {F_ASSOCIATION, F_TITLE, F_REQUESTED, -1};
    struct intake r = {.at = at};
    enum status st =
        table_open(&r.t, path, &project_headings, required, options, report, e);
    if (st == ST_OK)
        st = prepare(&r, e);
    if (st == ST_OK)
        scdl_open(&r.scdl, &r.t);
    if (st == ST_OK)
        st = import_rows(&r.t, at, take_row, &r, e);
    if (st == ST_OK)
        st = write_communes(&r, e);
    if (st == ST_OK)
        st = warn_duplicates(&r, e);
    if (st == ST_OK)
        st = warn_overwritten(&r, e);
    st = import_end(&r.t, at, st, e);
    run_release(&r);
    return st;
}
