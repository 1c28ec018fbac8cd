/* cispd allocate: shares the envelope down the ranking, and says why. */
#include "base/mem.h"
#include "base/terms.h"
#include "base/whole_file.h"
#include "cli/candidates.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "cli/shares.h"
#include "cli/terms.h"
#include "core/rules/audit.h"
#include "core/why/explain.h"
#include "core/why/facts.h"
#include "core/rules/lp.h"
#include "core/money.h"
#include "store/budget.h"
#include "store/find.h"
#include "store/panel.h"
#include "store/project.h"
#include "store/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *rule, *envelope, *unit, *threshold, *save, *csv, *lp;
static char **force;
static int explain, verify;

/* --------------------------------------------------------------- the terms */

static enum status read_amounts(struct ctx *ctx, struct terms *t)
{
    /* a score of a file may have another scale than 100 */
    const int64_t most = csv != NULL ? MONEY_MAX : 10000;
    opt_money(ctx, "--envelope", envelope, &t->envelope);
    opt_money(ctx, "--unit", unit, &t->unit);
    opt_decimal(ctx, "--threshold", threshold, 2, 0, most, &t->threshold);
    if (t->envelope < 0)
        usage_error(ctx, _("--envelope is not negative"));
    if (t->unit < 1)
        usage_error(ctx, _("--unit is above zero"));
    return ctx->err->code;
}

/* Lays the options over the terms of the call, whose themes the plan has. A
 * rule that was only named takes no reserves over that it does not know. */
static enum status read_terms(struct ctx *ctx, const struct plan *p,
                              struct terms *t)
{
    if (rule_read(ctx, rule, &t->rule) != ST_OK)
        return ctx->err->code;
    if (csv != NULL && term_options_reserve_given())
        return usage_error(ctx, _("--reserve goes with the themes of a call, "
                                  "not with --csv"));
    if (!rule_has_reserves(t->rule))
        t->reserves = 0;
    enum status st = read_amounts(ctx, t);
    if (st == ST_OK)
        st = term_options_read(ctx, t);
    if (st == ST_OK)
        st = term_options_check(ctx, t->rule);
    if (st == ST_OK && lp != NULL && !rule_has_optimum(t->rule))
        st = usage_error(ctx, _("%s says nothing to the rule %s"), "--lp",
                         term_text(rule_name(t->rule)));
    if (st == ST_OK)
        st = term_options_reserves(ctx, &p->panel, t, NULL);
    return st;
}

/* The candidate's id of a project of the call as it was typed; one that takes
 * no part is refused. */
static enum status candidate_id(struct ctx *ctx, const struct plan *p,
                                const char *typed, const char **id)
{
    int64_t project = 0;
    *id = typed;
    if (csv != NULL)
        return ST_OK;
    enum status st =
        find_project(ctx->db, p->panel.call, typed, &project, ctx->err);
    for (size_t i = 0; i < p->count && st == ST_OK; i++)
        if (p->panel.project[p->candidate[i].project].id == project) {
            *id = p->candidate[i].id;
            return ST_OK;
        }
    return st == ST_OK ? project_refuse_part(ctx->db, project, ctx->err) : st;
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
        st = candidate_id(ctx, p, text, &id);
    for (size_t i = 0; i < p->count && st == ST_OK; i++)
        if (p->candidate[i].forced && strcmp(p->candidate[i].id, id) == 0)
            st = usage_error(ctx, _("--force names %s twice"), id);
    return st == ST_OK ? plan_force(p, id, cents, ctx->err) : st;
}

/* ------------------------------------------------------- table, sentences */

static void fill_line(const struct plan *p, size_t i, struct cell *cells)
{
    char score[SCORE_LEN];
    const struct candidate *c = &p->candidate[i];
    const struct share *s = &p->share[i];
    if (c->rank > 0) {
        cell_int(&cells[0], c->rank);
        if (p->panel.projects > 0)
            cell_int(&cells[3], score_hundredths(c->score_num, c->score_den));
        else
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
                                        "request_counted_cents",
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
    if (ctx->format == FORMAT_TABLE) { /* what a screen holds */
        rows_drop(&rows, "floor_cents");
        rows_drop(&rows, "explain");
    }
    out_rows(ctx, &rows);
    rows_release(&rows);
}

/* Why, of all projects, or of those that take no part and can be mended. */
static void print_sentences(struct ctx *ctx, const struct plan *p, bool all)
{
    struct rows rows;
    rows_start(&rows, 2, (const char *const[]){"id", "explain"});
    for (size_t i = 0; i < p->count; i++) {
        const char *reason = reason_name(&p->share[i], &p->candidate[i]);
        if (!all && strcmp(reason, "not-rankable") != 0)
            continue;
        struct cell *cells = rows_add(&rows);
        char *why = explain_share(p, i);
        cell_text(&cells[0], p->candidate[i].id);
        cell_text(&cells[1], why);
        free(why);
    }
    out_sentences(ctx, &rows);
    rows_release(&rows);
}

/* All that is known of one project: a sentence a line. */
static void print_page(struct ctx *ctx, const struct plan *p, size_t i)
{
    size_t hinges;
    struct hinge *h = hinges_of(p, i, &hinges);
    char *page = explain_page(p, i, h, hinges), *rest = page, *line;
    struct rows rows;
    if (ctx->format == FORMAT_JSON)
        out_json(ctx, share_page_json(p, i, page, h, hinges));
    if (ctx->format == FORMAT_CSV) {
        rows_start(&rows, 2, (const char *const[]){"id", "explain"});
        struct cell *cells = rows_add(&rows);
        cell_text(&cells[0], p->candidate[i].id);
        cell_text(&cells[1], page);
        out_rows(ctx, &rows);
        rows_release(&rows);
    }
    while (ctx->format == FORMAT_TABLE && (line = strsep(&rest, "\n")) != NULL)
        table_wrapped(line, 0);
    free(page);
    free(h);
}

/* The candidate that is named on the command line. */
static enum status find_one(struct ctx *ctx, const struct plan *p, size_t *one)
{
    const char *only = NULL;
    enum status st = candidate_id(ctx, p, ctx->argv[0], &only);
    for (*one = 0; *one < p->count && st == ST_OK; ++*one)
        if (strcmp(only, p->candidate[*one].id) == 0)
            return ST_OK;
    if (st != ST_OK)
        return st;
    return err_set(ctx->err, ST_NO_INPUT,
                   _("%s takes no part in this allocation"), only);
}

/* What can be said of the whole. */
static void print_outlook(const struct plan *p)
{
    char *outlook = explain_outlook(p);
    if (*outlook != '\0')
        table_wrapped(outlook, 0);
    free(outlook);
}

static void print_totals(const struct plan *p)
{
    char whole[MONEY_LEN], shared[MONEY_LEN], rest[MONEY_LEN];
    int64_t total = plan_total(p);
    char *line = xasprintf(
        _("Rule \"%s\": %s shared out of an envelope of %s, %s left."),
        term_text(rule_name(p->terms.rule)), money_text(total, shared),
        money_text(p->terms.envelope, whole),
        money_text(p->terms.envelope - total, rest));
    puts("");
    table_wrapped(line, 0);
    free(line);
    print_outlook(p);
}

/* Which amounts are not by the rule. */
static void note_forced(struct ctx *ctx, const struct plan *p)
{
    char text[MONEY_LEN];
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < p->count; i++)
        if (p->candidate[i].forced)
            buf_addf(&b, "%s%s (%s)", b.len > 0 ? _("; ") : "",
                     p->candidate[i].id,
                     money_text(p->candidate[i].forced_award, text));
    if (b.len > 0)
        out_caution(ctx, _("Set by hand, not by the rule: %s."), buf_str(&b));
    buf_release(&b);
}

/* What is tried, where it is not what the call says: `own`, NULL of a file. */
static void note_what_if(struct ctx *ctx, const struct plan *p,
                         const struct terms *own)
{
    char a[MONEY_LEN], b[MONEY_LEN];
    note_forced(ctx, p);
    if (own == NULL)
        return;
    if (p->terms.rule != own->rule)
        out_caution(ctx,
                    _("This is a try: the rule of the call is %s, not %s."),
                    term_text(rule_name(own->rule)),
                    term_text(rule_name(p->terms.rule)));
    else if (!terms_same(own, &p->terms))
        out_caution(ctx, _("This is a try: the call has other parameters for "
                           "this rule."));
    if (p->terms.envelope != own->envelope)
        out_caution(
            ctx, _("This is a try: the envelope of the call is %s, not %s."),
            money_text(own->envelope, a), money_text(p->terms.envelope, b));
}

/* A try on a call that is decided in part is no plan for what is left. */
static enum status note_decided(struct ctx *ctx, const struct plan *p)
{
    int64_t decided = 0;
    enum status st = budget_decided(ctx->db, p->panel.call, &decided, ctx->err);
    if (st == ST_OK && decided > 0)
        out_caution(
            ctx,
            ngettext("%lld project is decided already: the whole envelope "
                     "is shared here as if it were not.",
                     "%lld projects are decided already: the whole "
                     "envelope is shared here as if they were not.",
                     (unsigned long)decided),
            (long long)decided);
    return st;
}

/* `allocate` prints the table and the totals, which are its result and no
 * confirmation: -q keeps them; --explain the sentences alone, a page on `one`,
 * the project that is named. `own`: see shares_json. */
static void print(struct ctx *ctx, const struct plan *p,
                  const struct terms *own, size_t one)
{
    if (ctx->argc > 0) {
        print_page(ctx, p, one);
        return;
    }
    if (ctx->format == FORMAT_JSON) {
        out_json(ctx, shares_json(p, own));
        return;
    }
    if (explain && ctx->format == FORMAT_TABLE) {
        note_what_if(ctx, p, own);
        print_sentences(ctx, p, true);
        puts("");
        print_outlook(p);
        return;
    }
    print_lines(ctx, p);
    if (ctx->format == FORMAT_TABLE)
        print_totals(p);
    note_what_if(ctx, p, own);
    if (ctx->format == FORMAT_CSV)
        return;
    print_sentences(ctx, p, false);
    out_note(ctx, "\n%s", _("Why, project by project: add --explain."));
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
    enum status st = read_terms(ctx, p, &p->terms);
    return st == ST_OK ? candidates_read(ctx, csv, p) : st;
}

/* The projects of the call, under its rules, which are `own`, and the options
 * over them. */
static enum status plan_of_call(struct ctx *ctx, struct plan *p,
                                struct terms *own)
{
    int64_t year;
    enum status st = ctx_open(ctx, save != NULL ? NEEDS_WRITE : NEEDS_READ);
    if (st == ST_OK)
        st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = plan_load(ctx->db, year, p, ctx->err);
    *own = p->terms;
    if (st == ST_OK)
        st = read_terms(ctx, p, &p->terms);
    p->panel.threshold = p->terms.threshold;
    if (st == ST_OK)
        st = plan_rank(p, ctx->err);
    if (st == ST_OK)
        plan_open(p);
    return st;
}

/* Among more, or where sums are compared, the figures behind the sentences
 * take a while. */
#define QUICK_MOST 1000

/* Shares, and looks for what would have been enough: of all, to print or keep
 * them. A line on the terminal says so meanwhile. */
static enum status compute(struct ctx *ctx, struct plan *p)
{
    bool watched = isatty(STDERR_FILENO) && !ctx->quiet &&
                   (rule_has_optimum(p->terms.rule) || p->count > QUICK_MOST);
    if (watched)
        fprintf(stderr, "%s", _("Computing ..."));
    enum status st = plan_allocate(p, ctx->err);
    if (st == ST_OK && verify)
        st = plan_audit(p, ctx->err);
    if (st == ST_OK && (ctx->argc == 0 || save != NULL))
        plan_explain(p);
    if (watched)
        fputs("\r\033[K", stderr);
    return st;
}

/* The model for another solver (--lp). */
static enum status write_lp(struct ctx *ctx, const struct plan *p)
{
    char *text = NULL;
    enum status st = lp_text(p, &text, ctx->err);
    if (st == ST_OK && !ctx->dry_run)
        st = whole_file_write(lp, text, ctx->err);
    free(text);
    return st;
}

static enum status allocate_(struct ctx *ctx)
{
    struct plan p = {0};
    struct terms own;
    size_t one = 0;
    enum status st =
        csv != NULL ? plan_of_file(ctx, &p) : plan_of_call(ctx, &p, &own);
    for (char **f = force; f != NULL && *f != NULL && st == ST_OK; f++)
        st = force_one(ctx, &p, *f);
    if (st == ST_OK)
        st = compute(ctx, &p);
    if (st == ST_OK && ctx->argc > 0)
        st = find_one(ctx, &p, &one);
    if (st == ST_OK && save != NULL)
        st = scenario_save(ctx->db, &p, save, ctx->now, ctx->err);
    if (st == ST_OK && lp != NULL) /* a file stays: when all else holds */
        st = write_lp(ctx, &p);
    if (st == ST_OK)
        print(ctx, &p, csv != NULL ? NULL : &own, one);
    if (st == ST_OK && csv == NULL)
        st = note_decided(ctx, &p);
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
    OPTION("rule", rule,
           N_("strict, skip, partial, proportional, tiers, tiers:cut or "
              "optimal (the call's rule unless said)"),
           N_("RULE")),
    OPTION_TABLE(term_options),
    OPTION("envelope", envelope,
           N_("share this amount instead of the call's envelope"), N_("EUR")),
    OPTION("unit", unit, N_("partial awards are multiples of this amount"),
           N_("EUR")),
    OPTION("threshold", threshold, N_("least score out of 100 to be funded"),
           N_("S")),
    OPTION_LIST("force", force,
                N_("pay this project first, whatever the rule says (0: leave "
                   "it out)"),
                N_("PROJECT=EUR")),
    OPTION("save", save, N_("keep the result as a scenario of this name"),
           N_("NAME")),
    OPTION_FLAG("explain", explain,
                N_("only say why; of one project that is named, all that is "
                   "known")),
    OPTION_FLAG("verify", verify,
                N_("check the result a second time, by other means, before "
                   "printing it")),
    OPTION("lp", lp,
           N_("rule optimal: write the problem in the LP format, for another "
              "solver to confirm the result"),
           N_("FILE")),
    OPTION("csv", csv,
           N_("share between the rows of a file (id, score, requested, "
              "floor); no database is opened"),
           N_("FILE")),
    POPT_TABLEEND};

const struct command allocate_commands[] = {
    {"allocate", allocate_, NEEDS_LATER, GROUP_DECISION, N_("[PROJECT]"),
     N_("share the envelope between the ranked projects and say why"),
     allocate_options},
    {NULL}};
