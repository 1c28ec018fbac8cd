/* Candidates for an allocation from a CSV file, without a database. */
#include "cli/candidates.h"
#include "base/mem.h"
#include "cli/out.h"
#include "import/heading.h"
#include "core/money.h"
#include "files/csv_in.h"

#include <stdlib.h>
#include <string.h>

enum field { ID, SCORE, REQUESTED, FLOOR, FIELDS };
static const struct heading_field field[FIELDS] = {
    {"id", NULL, NULL},
    {"score", NULL, NULL},
    {"requested", NULL, NULL},
    {"floor", NULL, NULL},
};
static const struct heading_set headings = {field, FIELDS, NULL};

/* A score of 100 points over the denominator of a candidate. */
#define SCORE_DEN INT64_C(100000000)

/* A file on its way in. */
struct reading {
    struct ctx *ctx;
    struct csv_in *in;
    struct plan *plan;
    struct csv_row row; /* the one being read */
    int column[FIELDS]; /* where each field stands; -1: nowhere */
    size_t *lines;      /* of each candidate */
    struct buf faults;
};

static void fault(struct reading *r, enum field f, const char *what)
{
    buf_addf(&r->faults, "\n  ");
    buf_addf(&r->faults, _("line %zu, column \"%s\": %s"), r->row.line,
             field[f].name, what);
}

static const char *cell(const struct reading *r, enum field f)
{
    return r->column[f] < 0 ? "" : r->row.cells[r->column[f]];
}

/* --------------------------------------------------------------- headings */

static enum status no_column(struct reading *r, enum field f)
{
    return err_set(r->ctx->err, ST_BAD_DATA,
                   _("%s has no column \"%s\": the first line names the "
                     "columns id, score, requested and, if there is one, "
                     "floor"),
                   csv_in_name(r->in), field[f].name);
}

static enum status read_headings(struct reading *r)
{
    for (int f = 0; f < FIELDS; f++)
        r->column[f] = -1;
    for (size_t c = 0; c < r->row.count; c++) {
        int f = heading_field_of(&headings, r->row.cells[c]);
        if (f < 0)
            out_warn(r->ctx, _("column \"%s\" is not used"), r->row.cells[c]);
        else if (r->column[f] >= 0)
            return err_set(r->ctx->err, ST_BAD_DATA,
                           _("%s has two columns \"%s\""), csv_in_name(r->in),
                           field[f].name);
        else
            r->column[f] = (int)c;
    }
    for (int f = 0; f < FLOOR; f++)
        if (r->column[f] < 0)
            return no_column(r, (enum field)f);
    csv_in_set_columns(r->in, r->row.count);
    return ST_OK;
}

/* ------------------------------------------------------------------- rows */

static void read_score(struct reading *r, struct candidate *c)
{
    struct err e;
    if (decimal_parse(cell(r, SCORE), CANDIDATE_DECIMALS, &c->score_num, &e) !=
        ST_OK)
        fault(r, SCORE, e.msg);
    else if (c->score_num < 0)
        fault(r, SCORE, _("a score is not negative"));
}

static void read_amounts(struct reading *r, struct candidate *c)
{
    struct err e;
    if (money_parse(cell(r, REQUESTED), &c->request, &e) != ST_OK)
        fault(r, REQUESTED, e.msg);
    else if (c->request <= 0)
        fault(r, REQUESTED, _("a request is above zero"));
    c->asked = c->floor = c->request;
    c->floor_bp = 10000;
    if (*cell(r, FLOOR) == '\0')
        return;
    c->floor_bp = FLOOR_DECLARED;
    if (money_parse(cell(r, FLOOR), &c->floor, &e) != ST_OK)
        fault(r, FLOOR, e.msg);
    else if (c->floor <= 0 || c->floor > c->request)
        fault(r, FLOOR, _("a floor is above zero and at most the request"));
}

static void read_row(struct reading *r)
{
    struct plan *p = r->plan;
    if ((p->count & (p->count - 1)) == 0) {
        size_t room = p->count == 0 ? 1 : p->count * 2;
        p->candidate = xrealloc(p->candidate, room, sizeof *p->candidate);
        r->lines = xrealloc(r->lines, room, sizeof *r->lines);
    }
    struct candidate *c = &p->candidate[p->count];
    *c = (struct candidate){.id = xstrdup(cell(r, ID)), .score_den = SCORE_DEN};
    r->lines[p->count++] = r->row.line;
    if (*c->id == '\0')
        fault(r, ID, _("the project has no id"));
    read_score(r, c);
    read_amounts(r, c);
    if (c->request > 0 && c->floor > 0)
        c->floor = floor_to_unit(c->floor, c->request, p->terms.unit);
    /* the threshold is in hundredths of a point */
    if (c->score_num < p->terms.threshold * 10000)
        c->closed = REASON_BELOW_MIN;
}

static int by_id(const void *x, const void *y)
{
    const struct candidate *a = *(const struct candidate *const *)x;
    const struct candidate *b = *(const struct candidate *const *)y;
    int cmp = strcmp(a->id, b->id);
    return cmp != 0 ? cmp : (a > b) - (a < b);
}

/* An id names one project. */
static void find_duplicates(struct reading *r)
{
    const struct plan *p = r->plan;
    const struct candidate **sorted = xcalloc(p->count, sizeof *sorted);
    for (size_t i = 0; i < p->count; i++)
        sorted[i] = &p->candidate[i];
    qsort(sorted, p->count, sizeof *sorted, by_id);
    for (size_t i = 1; i < p->count; i++) {
        size_t a = r->lines[sorted[i - 1] - p->candidate];
        size_t b = r->lines[sorted[i] - p->candidate];
        if (*sorted[i]->id == '\0' ||
            strcmp(sorted[i - 1]->id, sorted[i]->id) != 0)
            continue;
        buf_adds(&r->faults, "\n  ");
        buf_addf(&r->faults,
                 _("line %zu, column \"id\": \"%s\" stands on line %zu "
                   "already"),
                 b, sorted[i]->id, a);
    }
    free(sorted);
}

static enum status read_rows(struct reading *r)
{
    enum status st = ST_OK;
    bool headed = false;
    while (st == ST_OK && csv_in_next(r->in, &r->row)) {
        if (r->row.fault != NULL) {
            buf_adds(&r->faults, "\n  ");
            buf_addf(&r->faults, _("line %zu: %s"), r->row.line, r->row.fault);
        } else if (!headed) {
            headed = true;
            st = read_headings(r);
        } else {
            read_row(r);
        }
    }
    if (st == ST_OK)
        st = csv_in_status(r->in, r->ctx->err);
    if (st == ST_OK && !headed && r->faults.len == 0)
        st = err_set(r->ctx->err, ST_BAD_DATA, _("%s is empty"),
                     csv_in_name(r->in));
    return st;
}

enum status candidates_read(struct ctx *ctx, const char *path, struct plan *p)
{
    struct reading r = {.ctx = ctx, .plan = p, .faults = BUF_INIT};
    enum status st = csv_in_open(&r.in, path, NULL, ctx->err);
    if (st == ST_OK)
        st = read_rows(&r);
    if (st == ST_OK)
        find_duplicates(&r);
    if (st == ST_OK && r.faults.len > 0)
        st = err_set(ctx->err, ST_BAD_DATA,
                     _("%s cannot be used; nothing was computed:%s"),
                     csv_in_name(r.in), buf_str(&r.faults));
    if (st == ST_OK)
        plan_sort(p);
    csv_in_close(r.in);
    free(r.lines);
    buf_release(&r.faults);
    return st;
}

void candidates_release(struct plan *p)
{
    for (size_t i = 0; i < p->count; i++)
        free((void *)(uintptr_t)p->candidate[i].id);
}
