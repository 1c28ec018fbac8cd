/* cispd allocate: shares the envelope down the ranking, and says why. */
#include "base/mem.h"
#include "cli/candidates.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "core/explain.h"
#include "core/money.h"
#include "core/wide.h"
#include "store/find.h"
#include "store/panel.h"
#include "store/scenario.h"

#include <stdlib.h>
#include <string.h>

static char *rule, *envelope, *unit, *threshold, *save, *csv;
static char **force;
static int explain;

/* --------------------------------------------------------------- the terms */

static enum status no_rule(struct ctx *ctx)
{
    struct buf names = BUF_INIT;
    for (size_t i = 0; rule_at(i) != NULL; i++)
        buf_addf(&names, "%s%s", i > 0 ? ", " : "", rule_name(rule_at(i)));
    enum status st = usage_error(ctx, _("--rule is one of %s, not \"%s\""),
                                 buf_str(&names), rule);
    buf_release(&names);
    return st;
}

/* Lays the options over the terms of the call. A score of a file may have
 * another scale than 100. */
static enum status read_terms(struct ctx *ctx, struct terms *t)
{
    const int64_t most = csv != NULL ? MONEY_MAX : 10000;
    if (rule != NULL && (t->rule = rule_find(rule)) == NULL)
        return no_rule(ctx);
    enum status st = opt_money(ctx, "--envelope", envelope, &t->envelope);
    if (st == ST_OK)
        st = opt_money(ctx, "--unit", unit, &t->unit);
    if (st == ST_OK)
        st = opt_decimal(ctx, "--threshold", threshold, 2, 0, most,
                         &t->threshold);
    if (st == ST_OK && t->envelope < 0)
        return usage_error(ctx, _("--envelope is not negative"));
    if (st == ST_OK && t->unit < 1)
        return usage_error(ctx, _("--unit is above zero"));
    return st;
}

/* The candidate's id of a project as it was typed. */
static enum status force_id(struct ctx *ctx, const struct plan *p,
                            const char *typed, const char **id)
{
    int64_t project = 0;
    *id = typed;
    if (csv != NULL)
        return ST_OK;
    enum status st =
        find_project(ctx->db, p->panel.call, typed, &project, ctx->err);
    for (size_t i = 0; i < p->count && st == ST_OK; i++)
        if (p->panel.project[p->candidate[i].project].id == project)
            *id = p->candidate[i].id;
    return st;
}

/* One --force PROJECT=EUR. */
static enum status force_one(struct ctx *ctx, struct plan *p, char *text)
{
    int64_t cents = 0;
    const char *id;
    char *equals = strrchr(text, '=');
    if (equals == NULL)
        return usage_error(ctx, _("--force is PROJECT=EUR, not \"%s\""), text);
    *equals = '\0';
    enum status st = opt_money(ctx, "--force", equals + 1, &cents);
    if (st == ST_OK && cents < 0)
        return usage_error(ctx, _("--force: an award is not negative"));
    if (st == ST_OK)
        st = force_id(ctx, p, text, &id);
    return st == ST_OK ? plan_force(p, id, cents, ctx->err) : st;
}

/* ------------------------------------------------------------- the figures */

/* The sum of the scores of the funded, over the scores' denominator. */
static wide total_score(const struct plan *p)
{
    wide sum = 0;
    for (size_t i = 0; i < p->count; i++)
        if (p->share[i].award > 0 && p->candidate[i].rank > 0)
            sum += p->candidate[i].score_num;
    return sum;
}

/* A score for programs: of a file as it was written, else out of 100 with
 * two decimals. */
static json_t *score_json(wide num, int64_t den)
{
    char text[DECIMAL_LEN];
    if (csv != NULL)
        return json_string(
            decimal_plain((int64_t)num, CANDIDATE_DECIMALS, text));
    int64_t cp = (int64_t)((num * 20000 + den) / ((wide)den * 2));
    return json_sprintf("%lld.%02lld", (long long)(cp / 100),
                        (long long)(cp % 100));
}

static json_t *project_json(const struct plan *p, size_t i)
{
    const struct candidate *c = &p->candidate[i];
    const struct share *s = &p->share[i];
    bool ranked = c->rank > 0;
    char *why = explain_share(p, i);
    json_t *object =
        json_pack("{s:s, s:o, s:o, s:I, s:I, s:I, s:s, s:s}", "id", c->id,
                  "rank", ranked ? json_integer(c->rank) : json_null(), "score",
                  ranked ? score_json(c->score_num, c->score_den) : json_null(),
                  "requested_cents", (json_int_t)c->request, "floor_cents",
                  (json_int_t)c->floor, "award_cents", (json_int_t)s->award,
                  "reason", reason_name(s, c), "explain", why);
    free(why);
    return object;
}

static void print_json(struct ctx *ctx, const struct plan *p)
{
    int64_t total = plan_total(p);
    int64_t den = p->count > 0 ? p->candidate[0].score_den : 1;
    json_t *list = json_array();
    for (size_t i = 0; i < p->count; i++)
        json_array_append_new(list, project_json(p, i));
    out_json(ctx,
             json_pack("{s:s, s:I, s:I, s:I, s:o, s:o}", "rule",
                       rule_name(p->terms.rule), "envelope_cents",
                       (json_int_t)p->terms.envelope, "allocated_cents",
                       (json_int_t)total, "rest_cents",
                       (json_int_t)(p->terms.envelope - total), "total_score",
                       score_json(total_score(p), den), "projects", list));
}

/* ------------------------------------------------------- table, sentences */

static void fill_line(const struct plan *p, size_t i, struct cell *cells)
{
    char score[SCORE_LEN];
    const struct candidate *c = &p->candidate[i];
    const struct share *s = &p->share[i];
    if (c->rank > 0) {
        cell_int(&cells[0], c->rank);
        cell_text(&cells[3], score_text(p, c, score));
    }
    cell_text(&cells[1], c->id);
    if (p->panel.projects > 0)
        cell_text(&cells[2], p->panel.project[c->project].association);
    cell_int(&cells[4], c->request);
    cell_int(&cells[5], c->floor);
    cell_int(&cells[6], s->award);
    cell_text(&cells[7], reason_name(s, c));
}

static void print_lines(struct ctx *ctx, const struct plan *p)
{
    static const char *const names[] = {"rank",
                                        "id",
                                        "association",
                                        "score",
                                        "requested_cents",
                                        "floor_cents",
                                        "award_cents",
                                        "reason_code",
                                        "explain"};
    struct rows rows;
    rows_start(&rows, sizeof names / sizeof *names, names);
    for (size_t i = 0; i < p->count; i++) {
        struct cell *cells = rows_add(&rows);
        fill_line(p, i, cells);
        char *why = explain_share(p, i);
        cell_text(&cells[8], why);
        free(why);
    }
    if (p->panel.projects == 0)
        rows_drop(&rows, "association");
    if (ctx->format == FORMAT_TABLE)
        rows_drop(&rows, "explain");
    out_rows(ctx, &rows);
    rows_release(&rows);
}

/* Why, for all the projects or for one; `only` NULL: all. */
static enum status print_sentences(struct ctx *ctx, const struct plan *p,
                                   const char *only)
{
    struct rows rows;
    rows_start(&rows, 2, (const char *const[]){"id", "explain"});
    for (size_t i = 0; i < p->count; i++) {
        if (only != NULL && strcmp(only, p->candidate[i].id) != 0)
            continue;
        struct cell *cells = rows_add(&rows);
        char *why = explain_share(p, i);
        cell_text(&cells[0], p->candidate[i].id);
        cell_text(&cells[1], why);
        free(why);
    }
    bool found = rows.count > 0;
    if (ctx->format == FORMAT_TABLE)
        out_sentences(ctx, &rows);
    else if (only != NULL)
        out_rows(ctx, &rows);
    rows_release(&rows);
    if (only == NULL || found)
        return ST_OK;
    return err_set(ctx->err, ST_NO_INPUT,
                   _("%s takes no part in this allocation"), only);
}

static void print_totals(struct ctx *ctx, const struct plan *p)
{
    char whole[MONEY_LEN], shared[MONEY_LEN], rest[MONEY_LEN];
    int64_t total = plan_total(p);
    out_note(ctx, _("Rule %s: %s shared out of an envelope of %s, %s left."),
             out_term(rule_name(p->terms.rule)), money_text(total, shared),
             money_text(p->terms.envelope, whole),
             money_text(p->terms.envelope - total, rest));
}

/* `allocate` prints the table and all sentences; --explain the sentences
 * alone, of one project where one is named. */
static enum status print(struct ctx *ctx, const struct plan *p)
{
    const char *only = NULL;
    if (ctx->argc > 0) {
        enum status st = force_id(ctx, p, ctx->argv[0], &only);
        return st == ST_OK ? print_sentences(ctx, p, only) : st;
    }
    if (ctx->format == FORMAT_JSON) {
        print_json(ctx, p);
        return ST_OK;
    }
    if (!explain || ctx->format == FORMAT_CSV)
        print_lines(ctx, p);
    if (!explain)
        print_totals(ctx, p);
    return print_sentences(ctx, p, NULL);
}

/* -------------------------------------------------------------- the command */

/* The candidates of the file, under the terms of the options alone. */
static enum status plan_of_file(struct ctx *ctx, struct plan *p)
{
    p->terms = (struct terms){
        .rule = rule_find("partial"), .unit = 100, .threshold = -1};
    if (envelope == NULL)
        return usage_error(ctx, _("--csv needs --envelope EUR"));
    if (save != NULL)
        return usage_error(ctx, _("--save goes with the projects of a call, "
                                  "not with --csv"));
    enum status st = read_terms(ctx, &p->terms);
    return st == ST_OK ? candidates_read(ctx, csv, p) : st;
}

/* The projects of the call, under its rules and the options over them. */
static enum status plan_of_call(struct ctx *ctx, struct plan *p)
{
    int64_t year;
    enum status st = ctx_open(ctx, save != NULL ? NEEDS_WRITE : NEEDS_READ);
    if (st == ST_OK)
        st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = plan_load(ctx->db, year, p, ctx->err);
    if (st == ST_OK)
        st = read_terms(ctx, &p->terms);
    p->panel.threshold = p->terms.threshold;
    if (st == ST_OK)
        st = plan_rank(p, ctx->err);
    if (st == ST_OK)
        plan_open(p);
    return st;
}

static enum status allocate_(struct ctx *ctx)
{
    struct plan p = {0};
    enum status st =
        csv != NULL ? plan_of_file(ctx, &p) : plan_of_call(ctx, &p);
    for (char **f = force; f != NULL && *f != NULL && st == ST_OK; f++)
        st = force_one(ctx, &p, *f);
    if (st == ST_OK)
        st = plan_allocate(&p, ctx->err);
    if (st == ST_OK && save != NULL)
        st = scenario_save(ctx->db, &p, save, ctx->now, ctx->err);
    if (st == ST_OK)
        st = print(ctx, &p);
    if (st == ST_OK && save != NULL && !ctx->dry_run)
        out_note(ctx,
                 _("\nSaved as \"%s\". To take it as the committee's "
                   "proposal: cispd scenario adopt \"%s\""),
                 save, save);
    if (csv != NULL)
        candidates_release(&p);
    plan_release(&p);
    return st;
}

static const struct poptOption allocate_options[] = {
    {"rule", 0, POPT_ARG_STRING, &rule, 0,
     N_("strict, skip or partial (the call's rule unless said)"), N_("RULE")},
    {"envelope", 0, POPT_ARG_STRING, &envelope, 0,
     N_("share this amount instead of the call's envelope"), N_("EUR")},
    {"unit", 0, POPT_ARG_STRING, &unit, 0,
     N_("partial awards are multiples of this amount"), N_("EUR")},
    {"threshold", 0, POPT_ARG_STRING, &threshold, 0,
     N_("least score out of 100 to be funded"), N_("S")},
    {"force", 0, POPT_ARG_ARGV, &force, 0,
     N_("pay this project first, whatever the rule says (0: leave it out)"),
     N_("PROJECT=EUR")},
    {"save", 0, POPT_ARG_STRING, &save, 0,
     N_("keep the result as a scenario of this name"), N_("NAME")},
    {"explain", 0, POPT_ARG_NONE, &explain, 0,
     N_("only say why, for all projects or for the one named"), NULL},
    {"csv", 0, POPT_ARG_STRING, &csv, 0,
     N_("share between the rows of a file (id, score, requested, floor); no "
        "database is opened"),
     N_("FILE")},
    POPT_TABLEEND};

const struct command allocate_commands[] = {
    {"allocate", allocate_, NEEDS_LATER, GROUP_DECISION, N_("[PROJECT]"),
     N_("share the envelope between the ranked projects and say why"),
     allocate_options, 0, 1},
    {NULL}};
