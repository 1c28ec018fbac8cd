/* Saved allocations side by side. */
#include "cli/comparison.h"
#include "base/mem.h"
#include "cli/out.h"
#include "core/money.h"
#include "store/find.h"
#include "store/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A project of any of them; what each gives, 0 where it does not know it. */
struct line {
    const char *project, *association;
    int64_t requested, *award;
};

struct comparison {
    size_t scenarios, count;
    struct rows heads;  /* a row each, see scenario_list */
    struct rows *lines; /* of each */
    struct line *line;  /* in the order of the first, then as they come */
};

/* ---------------------------------------------------------------- gathering */

static struct line *line_of(struct comparison *c, const struct rows *from,
                            size_t r)
{
    const char *project = rows_get(from, r, "id")->s;
    for (size_t i = 0; i < c->count; i++)
        if (strcmp(c->line[i].project, project) == 0)
            return &c->line[i];
    c->line = xrealloc(c->line, c->count + 1, sizeof *c->line);
    c->line[c->count] =
        (struct line){.project = project,
                      .association = rows_get(from, r, "association")->s,
                      .award = xcalloc(c->scenarios, sizeof(int64_t))};
    return &c->line[c->count++];
}

static void take_lines(struct comparison *c, size_t k)
{
    const struct rows *from = &c->lines[k];
    for (size_t r = 0; r < from->count; r++) {
        struct line *line = line_of(c, from, r);
        line->requested = rows_get(from, r, "request_counted_cents")->i;
        line->award[k] = rows_get(from, r, "award_cents")->i;
    }
}

static enum status take_scenario(struct ctx *ctx, int64_t year, size_t k,
                                 struct comparison *c)
{
    struct rows head = {0};
    int64_t id;
    enum status st =
        find_thing(ctx->db, THING_SCENARIO, year, ctx->argv[k], &id, ctx->err);
    if (st == ST_OK)
        st = scenario_head(ctx->db, year, id, &head, ctx->err);
    if (st == ST_OK)
        st = scenario_show(ctx->db, id, &c->lines[k], ctx->err);
    for (size_t r = 0; st == ST_OK && r < c->heads.count; r++)
        if (strcmp(rows_at(&c->heads, r, 0)->s, rows_at(&head, 0, 0)->s) == 0)
            st = usage_error(ctx, _("the scenario \"%s\" is named twice"),
                             rows_at(&head, 0, 0)->s);
    if (st == ST_OK) {
        rows_join(&c->heads, &head);
        take_lines(c, k);
    }
    rows_release(&head);
    return st;
}

static void comparison_release(struct comparison *c)
{
    for (size_t i = 0; i < c->count; i++)
        free(c->line[i].award);
    for (size_t k = 0; k < c->scenarios; k++)
        rows_release(&c->lines[k]);
    rows_release(&c->heads);
    free(c->line);
    free(c->lines);
}

/* ------------------------------------------------------------- what changes */

/* What a scenario does to a project against the first. */
enum change { SAME, ENTERS, LEAVES, RAISED, LOWERED, CHANGES };

static enum change change_of(const struct line *line, size_t k)
{
    int64_t before = line->award[0], after = line->award[k];
    if (before == after)
        return SAME;
    if (before == 0)
        return ENTERS;
    if (after == 0)
        return LEAVES;
    return after > before ? RAISED : LOWERED;
}

static bool differs(const struct comparison *c, const struct line *line)
{
    for (size_t k = 1; k < c->scenarios; k++)
        if (change_of(line, k) != SAME)
            return true;
    return false;
}

static const char *name_of(const struct comparison *c, size_t k)
{
    return rows_at(&c->heads, k, 0)->s;
}

/* "2026-003, 2026-007"; the caller frees. */
static char *list_of(const struct comparison *c, size_t k, enum change what)
{
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < c->count; i++)
        if (change_of(&c->line[i], k) == what)
            buf_addf(&b, "%s%s", b.len > 0 ? ", " : "", c->line[i].project);
    return buf_take(&b);
}

static const char *const change_names[CHANGES] = {NULL, "enter", "leave",
                                                  "raised", "lowered"};

/* --------------------------------------------------------------- for people */

static void list_projects(struct ctx *ctx, const struct comparison *c)
{
    size_t n = c->scenarios + 4;
    const char **names = xcalloc(n, sizeof *names);
    char **headings = xcalloc(c->scenarios, sizeof *headings);
    struct rows rows;
    names[0] = "id";
    names[1] = "association";
    names[2] = "request_counted_cents";
    for (size_t k = 0; k < c->scenarios; k++)
        names[k + 3] = headings[k] =
            xasprintf("%c%s", ROWS_AMOUNT, name_of(c, k));
    names[n - 1] = "differs";
    rows_start(&rows, n, names);
    for (size_t i = 0; i < c->count; i++) {
        struct cell *cells = rows_add(&rows);
        cell_text(&cells[0], c->line[i].project);
        cell_text(&cells[1], c->line[i].association);
        cell_int(&cells[2], c->line[i].requested);
        for (size_t k = 0; k < c->scenarios; k++)
            cell_int(&cells[k + 3], c->line[i].award[k]);
        cell_text(&cells[n - 1], differs(c, &c->line[i]) ? "yes" : NULL);
    }
    out_rows(ctx, &rows);
    rows_release(&rows);
    for (size_t k = 0; k < c->scenarios; k++)
        free(headings[k]);
    free(headings);
    free(names);
}

static void list_changes(struct ctx *ctx, const struct comparison *c)
{
    struct rows rows;
    rows_start(&rows, CHANGES,
               (const char *const[]){"scenario", "enter", "leave", "raised",
                                     "lowered"});
    for (size_t k = 1; k < c->scenarios; k++) {
        struct cell *cells = rows_add(&rows);
        cell_text(&cells[0], name_of(c, k));
        for (int what = ENTERS; what < CHANGES; what++) {
            char *list = list_of(c, k, (enum change)what);
            cell_text(&cells[what], *list != '\0' ? list : "-");
            free(list);
        }
    }
    out_rows(ctx, &rows);
    rows_release(&rows);
}

void scenario_warn(struct ctx *ctx, const struct rows *heads, size_t r)
{
    const char *name = rows_at(heads, r, 0)->s;
    const char *state = rows_get(heads, r, "state")->s;
    int64_t by_hand = rows_get(heads, r, "by_hand")->i;
    char money[MONEY_LEN];
    if (strcmp(state, "outdated") == 0)
        out_warn(ctx,
                 _("the marks, the projects or the rules of the call have "
                   "changed since \"%s\" was saved"),
                 name);
    if (strcmp(state, "overspent") == 0)
        out_warn(ctx,
                 _("what \"%s\" gives to projects still undecided is more than "
                   "is left in the envelope"),
                 name);
    if (by_hand > 0)
        out_note(ctx,
                 ngettext("\"%s\" holds %lld amount that was set by hand.",
                          "\"%s\" holds %lld amounts that were set by hand.",
                          (unsigned long)by_hand),
                 name, (long long)by_hand);
    if (strcmp(state, "other-envelope") == 0)
        out_warn(
            ctx, _("\"%s\" shares %s: the envelope of the call is another"),
            name, money_text(rows_get(heads, r, "envelope_cents")->i, money));
    else if (by_hand == 0 && rows_get(heads, r, "call_rule")->i == 0)
        out_caution(ctx,
                    _("\"%s\" is a try: it is not computed by the rule of "
                      "the call, its parameters and its envelope."),
                    name);
}

enum status scenario_warn_adopted(struct ctx *ctx, int64_t year)
{
    struct rows heads;
    enum status st = scenario_list(ctx->db, year, &heads, ctx->err);
    size_t adopted = st == ST_OK ? rows_column(&heads, "adopted_at") : 0;
    for (size_t r = 0; st == ST_OK && r < heads.count; r++)
        if (rows_at(&heads, r, adopted)->s != NULL)
            scenario_warn(ctx, &heads, r);
    rows_release(&heads);
    return st;
}

static void print_tables(struct ctx *ctx, const struct comparison *c)
{
    if (ctx->format == FORMAT_TABLE) {
        out_rows(ctx, &c->heads);
        puts("");
    }
    list_projects(ctx, c);
    if (ctx->format != FORMAT_TABLE)
        return;
    printf("\n%s\n", _("What changes against the first of these scenarios"));
    list_changes(ctx, c);
}

/* ------------------------------------------------------------- for programs */

static json_t *projects_json(const struct comparison *c)
{
    json_t *list = json_array();
    for (size_t i = 0; i < c->count; i++) {
        const struct line *line = &c->line[i];
        json_t *awards = json_object();
        for (size_t k = 0; k < c->scenarios; k++)
            json_object_set_new(awards, name_of(c, k),
                                json_integer((json_int_t)line->award[k]));
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:I, s:o, s:b}", "id", line->project,
                            "association", line->association, "requested_cents",
                            (json_int_t)line->requested, "award_cents", awards,
                            "differs", (int)differs(c, line)));
    }
    return list;
}

static json_t *changes_json(const struct comparison *c)
{
    json_t *list = json_array();
    for (size_t k = 1; k < c->scenarios; k++) {
        json_t *one =
            json_pack("{s:s, s:s}", "from", name_of(c, 0), "to", name_of(c, k));
        for (int what = ENTERS; what < CHANGES; what++) {
            json_t *ids = json_array();
            for (size_t i = 0; i < c->count; i++)
                if (change_of(&c->line[i], k) == (enum change)what)
                    json_array_append_new(ids, json_string(c->line[i].project));
            json_object_set_new(one, change_names[what], ids);
        }
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *comparison_json(const struct comparison *c)
{
    json_t *heads = json_array();
    for (size_t k = 0; k < c->scenarios; k++)
        json_array_append_new(heads, out_row_json(&c->heads, k));
    return json_pack("{s:o, s:o, s:o}", "scenarios", heads, "projects",
                     projects_json(c), "changes", changes_json(c));
}

enum status scenario_compare_(struct ctx *ctx)
{
    struct comparison c = {.scenarios = (size_t)ctx->argc};
    int64_t year;
    c.lines = xcalloc(c.scenarios, sizeof *c.lines);
    enum status st = ctx_call(ctx, &year);
    for (size_t k = 0; k < c.scenarios && st == ST_OK; k++)
        st = take_scenario(ctx, year, k, &c);
    if (st == ST_OK)
        for (size_t k = 0; k < c.scenarios; k++)
            scenario_warn(ctx, &c.heads, k);
    if (st == ST_OK && ctx->format == FORMAT_JSON)
        out_json(ctx, comparison_json(&c));
    else if (st == ST_OK)
        print_tables(ctx, &c);
    comparison_release(&c);
    return st;
}
