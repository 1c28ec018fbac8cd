/* Importing a marking grid: the criteria of a call, known again by their code.
 * What a row says replaces what was known; a criterion that the file does not
 * name stays. */
#include "base/i18n.h"
#include "base/text.h"
#include "core/money.h"
#include "import/import.h"
#include "import/totals.h"
#include "store/call.h"
#include "store/find.h"
#include "store/import.h"

#include <stdlib.h>
#include <string.h>

enum { CODE, LABEL, WEIGHT, SCALE, STEP, MINIMUM, INDEPENDENT, FIELDS };

/* The headings that people and `criterion list --format csv` write. */
static const struct heading_field fields[FIELDS] = {
    [CODE] = {"code", "Code critère|Code du critère|ref|référence", "N°"},
    [LABEL] = {"label", "libellé|intitulé|Nom du critère",
               "critère|criterion|?Nom"},
    [WEIGHT] = {"weight", "poids|pondération|coefficient|coef|coeff", NULL},
    [SCALE] = {"scale", "barème|échelle|note sur|noté sur", NULL},
    [STEP] = {"step", "step_milli|pas", NULL},
    [MINIMUM] = {"min", "min_milli|minimum|note éliminatoire|note minimale",
                 NULL},
    [INDEPENDENT] = {"independent", "indépendant|hors note", NULL},
};
static const struct heading_set headings = {
    fields, FIELDS, "call|cispd_line|cispd_reason|commentaire|observations",
    .lends = LABEL, .borrows = CODE}; /* "Critère;Libellé" */

/* A criterion as its row says it; NULL fields are not said. */
struct row {
    const char *code, *label;
    int64_t weight, lo, hi, step, min;
    bool weighed, scaled, stepped, bounded, independent;
};

static bool read_decimal(struct table *t, int field, int decimals, int64_t *out)
{
    struct err why;
    const char *text = table_get(t, field);
    if (text == NULL)
        return false;
    if (decimal_parse(text, decimals, out, &why) == ST_OK)
        return true;
    table_field_error(t, field, why.msg);
    return false;
}

/* "0:20", "0-20", "/20" or "20". */
static void read_scale(struct table *t, struct row *r)
{
    struct err why;
    const char *text = table_get(t, SCALE);
    if (text == NULL)
        return;
    const char *cut = strpbrk(text, ":-/");
    const char *hi = cut != NULL ? cut + 1 + strspn(cut + 1, " ") : text;
    size_t n = cut != NULL ? (size_t)(cut - text) : 0;
    char *lo = text_trim(xstrndup(text, n));
    r->lo = 0;
    r->scaled = (*lo == '\0' || decimal_parse(lo, 0, &r->lo, &why) == ST_OK) &&
                decimal_parse(hi, 0, &r->hi, &why) == ST_OK;
    if (!r->scaled)
        table_field_error(t, SCALE, why.msg);
    free(lo);
}

static void read_independent(struct table *t, struct row *r)
{
    const char *text = table_get(t, INDEPENDENT);
    int answer = text != NULL ? text_answer(text) : 0;
    r->independent = answer == 1;
    if (answer < 0)
        table_field_error(t, INDEPENDENT,
                          _("is the criterion shown beside the score only? "
                            "Write yes or no"));
}

/* A criterion without a weight would count for nothing: nobody means that,
 * unless it stands beside the score. */
static void read_row(struct table *t, struct row *r)
{
    *r = (struct row){.code = table_get(t, CODE),
                      .label = table_get(t, LABEL),
                      .hi = 20,
                      .step = 1000};
    if (r->code == NULL)
        table_field_error(t, CODE, _("the code is missing"));
    if (r->label == NULL)
        table_field_error(t, LABEL, _("the label is missing"));
    read_independent(t, r);
    r->weighed = read_decimal(t, WEIGHT, 0, &r->weight);
    if (!r->weighed && !r->independent)
        table_field_error(t, WEIGHT, _("the weight is missing"));
    read_scale(t, r);
    r->stepped = read_decimal(t, STEP, 3, &r->step);
    r->bounded = read_decimal(t, MINIMUM, 3, &r->min);
}

/* An import of a grid, and the row at hand. */
struct grid_run {
    const struct import_place *at;
    struct table t;
    struct row row;
};

static enum status write_criterion(const struct grid_run *g, int64_t id,
                                   struct err *e)
{
    const struct row *r = &g->row;
    if (id == 0) {
        struct criterion_in c = {.code = r->code,
                                 .label = r->label,
                                 .weight = r->weight,
                                 .lo = r->lo,
                                 .hi = r->hi,
                                 .step_milli = r->step,
                                 .min_milli = r->bounded ? &r->min : NULL,
                                 .independent = r->independent};
        return criterion_add(g->at->db, g->at->call, &c, e);
    }
    struct criterion_change c = {.label = r->label,
                                 .weight = &r->weight,
                                 .lo = r->scaled ? &r->lo : NULL,
                                 .hi = r->scaled ? &r->hi : NULL,
                                 .step_milli = r->stepped ? &r->step : NULL,
                                 .min_milli = r->bounded ? &r->min : NULL};
    return criterion_edit(g->at->db, id, &c, e);
}

/* What a rule says of none of the figures is said at the code. */
static enum status put(void *run, bool *made, struct err *e)
{
    struct grid_run *g = run;
    int64_t id = 0, times = 0, first = 0;
    char *key = text_key(g->row.code);
    enum status st = import_criterion(g->at->db, g->at->call, key, &id, e);
    if (st == ST_OK)
        st = import_count(g->at->db, key, (int64_t)g->t.row.line, &times,
                          &first, e);
    free(key);
    if (st == ST_OK && times > 1)
        st = err_set(e, ST_BAD_DATA, _("the same criterion as on line %lld"),
                     (long long)first);
    else if (st == ST_OK)
        st = write_criterion(g, id, e);
    if (st == ST_USAGE) /* of the command line that adds one */
        st = ST_BAD_DATA;
    if (e->column == NULL || heading_field_of(&headings, e->column) < 0)
        e->column = "code";
    *made = id == 0;
    return st;
}

/* "TOTAL", with or without the sum of the weights. */
static bool is_total(const struct table *t)
{
    const char *code = table_own(t, CODE), *label = table_own(t, LABEL);
    const char *word = label != NULL ? label : code;
    return word != NULL && is_total_label(word) &&
           (code == NULL || label == NULL) && table_own(t, SCALE) == NULL;
}

static enum status take_row(void *run, struct err *e)
{
    struct grid_run *g = run;
    if (is_total(&g->t)) {
        g->t.report->skipped++;
        return ST_OK;
    }
    table_refuse_errors(&g->t, NULL);
    read_row(&g->t, &g->row);
    return g->t.bad ? ST_OK : import_write(&g->t, g->at, put, g, e);
}

enum status import_criteria(const struct import_place *at, const char *path,
                            const struct import_options *options,
                            struct import_report *report, struct err *e)
{
    static const int required[] = {CODE, LABEL, WEIGHT, -1};
    struct grid_run g = {.at = at};
    enum status st =
        table_open(&g.t, path, &headings, required, options, report, e);
    if (st == ST_OK)
        st = import_rows(&g.t, at, take_row, &g, e);
    st = import_end(&g.t, at, st, e);
    table_close(&g.t);
    return st;
}
