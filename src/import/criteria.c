/* Reading a marking grid from a CSV file. */
#include "import/criteria.h"
#include "base/i18n.h"
#include "base/text.h"
#include "core/heading.h"
#include "core/money.h"
#include "files/csv_in.h"
#include "store/call.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum field { CODE, LABEL, WEIGHT, SCALE, STEP, MINIMUM, INDEPENDENT, FIELDS };

/* The headings that people and `criterion list --format csv` write. */
static const struct heading_field fields[FIELDS] = {
    [CODE] = {"code", "ref|référence", NULL},
    [LABEL] = {"label", "libellé|intitulé|critère|criterion", NULL},
    [WEIGHT] = {"weight", "poids|pondération|coefficient|coef", NULL},
    [SCALE] = {"scale", "barème|échelle|note sur", NULL},
    [STEP] = {"step", "step_milli|pas", NULL},
    [MINIMUM] = {"min", "min_milli|minimum|note éliminatoire", NULL},
    [INDEPENDENT] = {"independent", "indépendant|hors note", NULL},
};
static const struct heading_set headings = {fields, FIELDS, NULL};

struct grid {
    struct db *db;
    int64_t year;
    int column[FIELDS]; /* where each field stands, or -1 */
    struct buf *faults;
    int fault_count;
};

static void fault(struct grid *g, size_t line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void fault(struct grid *g, size_t line, const char *fmt, ...)
{
    struct err e;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(e.msg, sizeof e.msg, fmt, ap);
    va_end(ap);
    buf_addf(g->faults, _("line %zu: %s"), line, e.msg);
    buf_adds(g->faults, "\n");
    g->fault_count++;
}

static bool has_columns(const struct grid *g)
{
    return g->column[CODE] >= 0 && g->column[LABEL] >= 0 &&
           g->column[WEIGHT] >= 0;
}

static void read_headings(struct grid *g, const struct csv_row *row)
{
    for (int f = CODE; f < FIELDS; f++)
        g->column[f] = -1;
    for (size_t i = 0; i < row->count; i++) {
        int f = heading_field_of(&headings, row->cells[i]);
        if (f < 0)
            fault(g, row->line,
                  _("the column \"%s\" is not one of a grid (code, label, "
                    "weight, scale, step, minimum, independent)"),
                  row->cells[i]);
        else if (g->column[f] >= 0)
            fault(g, row->line, _("two columns mean the same: \"%s\""),
                  row->cells[i]);
        else
            g->column[f] = (int)i;
    }
    if (!has_columns(g))
        fault(g, row->line, "%s",
              _("the columns code, label and weight are needed"));
}

/* The text of a field, "" where the file has no such column. */
static const char *cell(const struct grid *g, const struct csv_row *row,
                        enum field f)
{
    return g->column[f] < 0 ? "" : row->cells[g->column[f]];
}

/* "0:20", "0-20", "/20" or "20". */
static enum status read_scale(const char *s, struct criterion_in *c,
                              struct err *e)
{
    const char *cut = strpbrk(s, ":-/");
    if (*s == '\0')
        return ST_OK;
    if (cut == NULL)
        return decimal_parse(s, 0, &c->hi, e);
    char *lo = text_trim(xstrndup(s, (size_t)(cut - s)));
    enum status st = *lo == '\0' ? ST_OK : decimal_parse(lo, 0, &c->lo, e);
    if (st == ST_OK)
        st = decimal_parse(cut + 1 + strspn(cut + 1, " "), 0, &c->hi, e);
    free(lo);
    return st;
}

static enum status read_independent(const char *s, struct criterion_in *c,
                                    struct err *e)
{
    int answer = *s != '\0' ? text_answer(s) : 0;
    c->independent = answer == 1;
    return answer >= 0
               ? ST_OK
               : err_set(e, ST_BAD_DATA,
                         _("\"%s\" is no answer: is the criterion shown beside "
                           "the score only? Write yes or no"),
                         s);
}

static enum status read_row(struct grid *g, const struct csv_row *row,
                            struct err *e)
{
    int64_t min = 0;
    struct criterion_in c = {.code = cell(g, row, CODE),
                             .label = cell(g, row, LABEL),
                             .hi = 20,
                             .step_milli = 1000};
    enum status st = read_independent(cell(g, row, INDEPENDENT), &c, e);
    if (st == ST_OK && *c.label == '\0')
        st = err_set(e, ST_BAD_DATA, _("the label is empty"));
    if (st == ST_OK && *cell(g, row, WEIGHT) != '\0')
        st = decimal_parse(cell(g, row, WEIGHT), 0, &c.weight, e);
    if (st == ST_OK)
        st = read_scale(cell(g, row, SCALE), &c, e);
    if (st == ST_OK && *cell(g, row, STEP) != '\0')
        st = decimal_parse(cell(g, row, STEP), 3, &c.step_milli, e);
    if (st == ST_OK && *cell(g, row, MINIMUM) != '\0') {
        st = decimal_parse(cell(g, row, MINIMUM), 3, &min, e);
        c.min_milli = &min;
    }
    return st == ST_OK ? criterion_add(g->db, g->year, &c, e) : st;
}

/* One data row: a refusal is a fault of the file, all else ends the reading.
 */
static enum status take_row(struct grid *g, const struct csv_row *row,
                            int *added, struct err *e)
{
    if (row->fault != NULL) {
        fault(g, row->line, "%s", row->fault);
        return ST_OK;
    }
    enum status st = read_row(g, row, e);
    if (st == ST_OK)
        ++*added;
    if (st != ST_BAD_DATA && st != ST_USAGE && st != ST_REFUSED)
        return st;
    fault(g, row->line, "%s", e->msg);
    return ST_OK;
}

/* The first row that can be read is the headings; without the needed ones
 * the rest means nothing. */
static enum status read_file(struct grid *g, struct csv_in *in, int *added,
                             struct err *e)
{
    struct csv_row row;
    bool headed = false;
    enum status st = ST_OK;
    while (st == ST_OK && csv_in_next(in, &row)) {
        if (headed && has_columns(g)) {
            st = take_row(g, &row, added, e);
        } else if (!headed && row.fault == NULL) {
            read_headings(g, &row);
            csv_in_set_columns(in, row.count);
            headed = true;
        }
    }
    return st == ST_OK ? csv_in_status(in, e) : st;
}

enum status import_criteria(struct db *db, int64_t year, const char *path,
                            struct buf *faults, int *added, struct err *e)
{
    struct grid g = {.db = db, .year = year, .faults = faults};
    struct csv_in *in = NULL;
    *added = 0;
    enum status st = csv_in_open(&in, path, NULL, e);
    if (st == ST_OK)
        st = read_file(&g, in, added, e);
    csv_in_close(in);
    if (st == ST_OK && *added == 0 && g.fault_count == 0)
        st = err_set(e, ST_BAD_DATA, _("%s has no criterion"), path);
    if (st == ST_OK && g.fault_count > 0)
        st = err_set(e, ST_BAD_DATA,
                     ngettext("%s: %d fault; nothing was changed",
                              "%s: %d faults; nothing was changed",
                              (unsigned long)g.fault_count),
                     path, g.fault_count);
    return st;
}
