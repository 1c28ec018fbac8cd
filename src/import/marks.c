/* Importing marks, in two shapes:
 *   long   project;member;criterion;mark      a row for each mark
 *   wide   project;member;C1;C2;...           a column for each criterion, by
 *                                             its code or its label
 * A project is meant by its number: titles are too alike. An empty cell says
 * nothing, so it changes nothing. */
#include "base/i18n.h"
#include "base/text.h"
#include "core/mark.h"
#include "import/import.h"
#include "store/find.h"
#include "store/import.h"
#include "store/mark.h"

#include <stdlib.h>
#include <string.h>

enum {
    M_PROJECT,
    M_MEMBER,
    M_CRITERION,
    M_MARK,
    M_STATE, /* of this program's own list: says what an empty mark is */
    M_FIRST_CRITERION
};

static const struct heading_field long_fields[M_FIRST_CRITERION] = {
    [M_PROJECT] = {"project",
                   "id|projet|N° projet|Numéro|N°|N° du projet|"
                   "Numéro du projet|N° dossier|N° de dossier|"
                   "Numéro de dossier|Numéro dossier|N° du dossier|"
                   "Numéro du dossier|Dossier ID|Numéro de projet",
                   "Dossier|Référence|Réf"},
    [M_MEMBER] = {"member",
                  "membre|Nom du membre|évaluateur|évaluatrice|noteur|juré|"
                  "Membre du comité|Membre du jury|Nom de l'évaluateur|"
                  "Évaluateur/évaluatrice|Notateur|Correcteur",
                  "?Nom"},
    [M_CRITERION] = {"criterion",
                     "critère|Code critère|Code du critère|"
                     "Intitulé du critère|Libellé du critère",
                     NULL},
    [M_MARK] = {"mark",
                "mark_milli|note|points|valeur|Note attribuée|"
                "Note obtenue",
                NULL},
    [M_STATE] = {"state", NULL, NULL},
};

static const char ignored[] =
    "title|Titre|Titre du projet|Intitulé|association|Structure|"
    "commentaire|commentaires|comment|observations|total|cispd_line|"
    "cispd_reason";

/* One mark of a row, ready to be written. */
struct cell_mark {
    int field; /* where it stands */
    int64_t criterion;
    enum mark_kind kind;
    int64_t milli;
};

struct run {
    const struct import_place *at;
    struct table t;
    struct heading_field *fields; /* the long ones, then the criteria */
    char **keys;                  /* folded aliases of the criteria */
    struct heading_set set;
    struct rows criteria; /* id, code, label */
    bool wide;
    /* The last names looked up: most files are sorted by them. */
    char *member_text, *project_text;
    int64_t member, project;
    struct cell_mark *marks; /* of the row at hand; room for one a criterion */
    size_t mark_count;
};

/* The fields: those of the long shape and a column for each criterion. A code
 * that is a heading of its own ("note") stays that heading. */
static void make_fields(struct run *r)
{
    size_t n = r->criteria.count;
    r->fields = xcalloc(M_FIRST_CRITERION + n, sizeof *r->fields);
    r->keys = xcalloc(n, sizeof *r->keys);
    r->marks = xcalloc(n + 1, sizeof *r->marks);
    memcpy(r->fields, long_fields, sizeof long_fields);
    for (size_t i = 0; i < n; i++) {
        const char *code = rows_at(&r->criteria, i, 1)->s;
        const char *label = rows_at(&r->criteria, i, 2)->s;
        char *code_key = text_key(code), *label_key = text_key(label);
        r->keys[i] =
            xasprintf("%s|%s|%s %s|mark %s|note %s", code_key, label_key,
                      code_key, label_key, code_key, code_key);
        r->fields[M_FIRST_CRITERION + i] =
            (struct heading_field){code, r->keys[i], NULL};
        free(code_key);
        free(label_key);
    }
    r->set = (struct heading_set){r->fields, M_FIRST_CRITERION + n, ignored};
}

/* Wide when criteria have columns, long when "criterion" and "mark" do. */
static enum status find_shape(struct run *r, struct err *e)
{
    const int *column = r->t.headings.column;
    for (size_t f = M_FIRST_CRITERION; f < r->set.count; f++)
        r->wide |= column[f] >= 0;
    bool is_long = column[M_MARK] >= 0 && (column[M_CRITERION] >= 0 ||
                                           r->t.fixed[M_CRITERION] != NULL);
    if (r->wide && is_long)
        return err_set(e, ST_BAD_DATA,
                       _("the file has both a column \"mark\" and columns of "
                         "criteria: keep one or the other"));
    if (r->wide || is_long)
        return ST_OK;
    struct buf codes = BUF_INIT;
    for (size_t i = 0; i < r->criteria.count; i++)
        buf_addf(&codes, "%s%s", i > 0 ? ", " : "",
                 rows_at(&r->criteria, i, 1)->s);
    err_set(e, ST_BAD_DATA,
            _("no marks in the file: it needs the columns \"criterion\" and "
              "\"mark\", or one column for each criterion (%s)"),
            codes.len > 0 ? buf_str(&codes) : _("this call has none yet"));
    buf_release(&codes);
    return ST_BAD_DATA;
}

/*---------------------------------------------------------- reading a row */

/* Looks a name up unless it is the one of the row before; *id is 0, with an
 * error on the row, when nothing fits. */
static void find_cached(struct run *r, int field, char **last, int64_t *id,
                        enum status (*find)(struct db *, int64_t, const char *,
                                            int64_t *, struct err *))
{
    struct err why;
    const char *text = table_get(&r->t, field);
    if (text != NULL && *last != NULL && strcmp(*last, text) == 0)
        return;
    free(*last);
    *last = NULL;
    *id = 0;
    if (text == NULL)
        table_field_error(&r->t, field,
                          field == M_PROJECT
                              ? _("the project's number is missing")
                              : _("the member's name is missing"));
    else if (find(r->at->db, r->at->call, text, id, &why) != ST_OK)
        table_field_error(&r->t, field, why.msg);
    else
        *last = xstrdup(text);
}

/* The criterion of a long row, by code or label. */
static int64_t find_criterion_of(struct run *r)
{
    const char *text = table_get(&r->t, M_CRITERION);
    for (size_t i = 0; i < r->criteria.count && text != NULL; i++)
        if (strcmp(rows_at(&r->criteria, i, 1)->s, text) == 0)
            return rows_at(&r->criteria, i, 0)->i; /* as it is written here */
    int field = text != NULL ? heading_field_of(&r->set, text) : -1;
    if (field >= M_FIRST_CRITERION)
        return rows_at(&r->criteria, (size_t)(field - M_FIRST_CRITERION), 0)->i;
    struct err why;
    if (text == NULL)
        err_set(&why, ST_BAD_DATA, _("the criterion is missing"));
    else
        err_set(&why, ST_BAD_DATA,
                _("there is no criterion \"%s\" in this call"), text);
    table_field_error(&r->t, M_CRITERION, why.msg);
    return 0;
}

/* Reads the mark in a field's cell into the row's list, unless missing or on
 * no criterion (0). */
static void read_mark(struct run *r, int field, int64_t criterion)
{
    struct err why;
    struct cell_mark m = {.field = field, .criterion = criterion};
    const char *text = table_get(&r->t, field);
    if (text == NULL && field == M_MARK)
        text = table_get(&r->t, M_STATE);
    if (text == NULL)
        return;
    if (mark_read(text, &m.kind, &m.milli, &why) != ST_OK)
        table_field_error(&r->t, field, why.msg);
    else if (m.kind != TYPED_MISSING && criterion != 0)
        r->marks[r->mark_count++] = m;
}

static void read_row(struct run *r)
{
    r->mark_count = 0;
    find_cached(r, M_PROJECT, &r->project_text, &r->project,
                import_find_project);
    find_cached(r, M_MEMBER, &r->member_text, &r->member, find_member);
    if (!r->wide) {
        read_mark(r, M_MARK, find_criterion_of(r));
        return;
    }
    for (size_t i = 0; i < r->criteria.count; i++)
        read_mark(r, (int)(M_FIRST_CRITERION + i),
                  rows_at(&r->criteria, i, 0)->i);
}

/*---------------------------------------------------------- writing a row */

/* A file that contradicts itself is not decided by the order of its lines. */
static enum status check_twice(struct run *r, const struct cell_mark *m,
                               enum mark_change change, struct err *e)
{
    int64_t times = 0, first = 0;
    char *key = xasprintf("mark:%lld:%lld:%lld", (long long)r->project,
                          (long long)r->member, (long long)m->criterion);
    enum status st =
        import_count(r->at->db, key, (int64_t)r->t.row.line, &times, &first, e);
    free(key);
    if (st == ST_OK && times > 1 && change != MARK_SAME) {
        char *message = xasprintf(_("line %lld has another mark of this "
                                    "member for this project and criterion"),
                                  (long long)first);
        table_field_error(&r->t, m->field, message);
        free(message);
    }
    return st;
}

/* "R" agrees with a recusal that was declared, and declares none. */
static enum status check_recusal(struct run *r, const struct cell_mark *m,
                                 struct err *e)
{
    bool recused = false;
    enum status st =
        mark_is_recused(r->at->db, r->project, r->member, &recused, e);
    if (st == ST_OK && !recused)
        table_field_error(&r->t, m->field,
                          _("no recusal of this member is declared on this "
                            "project: see \"cispd recusal add\""));
    return st;
}

static enum status put_mark(struct run *r, const struct cell_mark *m,
                            enum mark_change *change, struct err *e)
{
    struct err why = {0};
    struct mark_place at = {r->project, r->member, m->criterion};
    bool placed = at.project != 0 && at.member != 0;
    enum status st = ST_OK;
    *change = MARK_SAME;
    if (m->kind == TYPED_RECUSAL)
        return placed ? check_recusal(r, m, e) : ST_OK;
    if (!placed && m->kind == TYPED_VALUE)
        st = mark_check_value(r->at->db, m->criterion, m->milli, &why);
    else if (placed)
        st = m->kind == TYPED_ABSTENTION
                 ? mark_abstain(r->at->db, at, change, &why)
                 : mark_set(r->at->db, at, m->milli, change, &why);
    if (st == ST_OK)
        return placed ? check_twice(r, m, *change, e) : ST_OK;
    if (!import_is_row_error(st))
        return err_set(e, st, "%s", why.msg);
    /* What is about no mark alone (a recusal) is told once a row. */
    bool project = why.column != NULL && strcmp(why.column, "project") == 0;
    table_field_error(&r->t,
                      project              ? M_PROJECT
                      : why.column == NULL ? M_MEMBER
                                           : m->field,
                      why.msg);
    return ST_OK;
}

/* Writes the marks of the row: all of them or, with an error, none. Those of
 * a row that is bad already are tried too, so that all its faults are told;
 * what they leave goes with the row, or with the whole file. */
static enum status put(void *run, bool *made, struct err *e)
{
    struct run *r = run;
    bool added = false, moved = false;
    enum status st = ST_OK;
    for (size_t i = 0; i < r->mark_count && st == ST_OK; i++) {
        enum mark_change change;
        st = put_mark(r, &r->marks[i], &change, e);
        added |= change == MARK_ADDED;
        moved |= change == MARK_CHANGED;
    }
    *made = added && !moved;
    return st;
}

static enum status take_row(void *run, struct err *e)
{
    struct run *r = run;
    table_refuse_errors(&r->t, NULL);
    read_row(r);
    return import_write(&r->t, r->at, put, r, e);
}

static void run_release(struct run *r)
{
    table_close(&r->t);
    for (size_t i = 0; i < r->criteria.count && r->keys != NULL; i++)
        free(r->keys[i]);
    free(r->keys);
    free(r->fields);
    free(r->marks);
    free(r->member_text);
    free(r->project_text);
    rows_release(&r->criteria);
}

enum status import_marks(const struct import_place *at, const char *path,
                         const struct import_options *options,
                         struct import_report *report, struct err *e)
{
    static const int required[] = {M_PROJECT, M_MEMBER, -1};
    struct run r = {.at = at};
    enum status st = import_criterion_list(at->db, at->call, &r.criteria, e);
    if (st == ST_OK) {
        make_fields(&r);
        st = table_open(&r.t, path, &r.set, required, options, report, e);
    }
    if (st == ST_OK)
        st = find_shape(&r, e);
    if (st == ST_OK)
        st = import_rows(&r.t, at, take_row, &r, e);
    if (r.t.in != NULL)
        st = import_end(&r.t, at, st, e);
    run_release(&r);
    return st;
}
