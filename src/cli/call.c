/* cispd call and envelope: the call's own rules and its money. */
#include "base/mem.h"
#include "base/text.h"
#include "cli/comparison.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "cli/terms.h"
#include "core/money.h"
#include "store/budget.h"
#include "store/call.h"
#include "store/terms.h"

#include <stdlib.h>
#include <string.h>

static char *title, *envelope, *reference, *opens, *closes, *min_award,
    *max_award, *max_rate, *quorum, *threshold, *rule, *unit, *missing,
    *floor_share, *seed, *archived, *date;
static char **require, **unrequire;

/* The amounts that the options say, and where the struct call points. */
struct values {
    char opens[DAY_LEN], closes[MINUTE_LEN];
    int64_t min_award, max_award, max_rate, quorum, threshold, unit,
        floor_share, archived;
};

static enum status money_or_none(struct ctx *ctx, const char *option,
                                 const char *text, int64_t *out,
                                 const int64_t **at)
{
    if (!opt_is_said(text, out, at))
        return ctx->err->code;
    opt_money(ctx, option, text, out);
    return *out > 0 ? ctx->err->code
                    : usage_error(ctx, _("%s: an amount above zero is needed"),
                                  option);
}

static enum status decimal_or_none(struct ctx *ctx, const char *option,
                                   const char *text, int64_t lo, int64_t hi,
                                   int64_t *out, const int64_t **at)
{
    if (!opt_is_said(text, out, at))
        return ctx->err->code;
    char *plain = xstrndup(text, strcspn(text, " %"));
    enum status st = opt_decimal(ctx, option, plain, 2, lo, hi, out);
    free(plain);
    return st;
}

static enum status read_dates(struct ctx *ctx, struct call *c, struct values *v)
{
    opt_day_or_none(ctx, "--opens", opens, v->opens, &c->opens);
    if (closes != NULL)
        c->closes = opt_is_none(closes) ? "" : v->closes;
    if (c->closes == v->closes)
        opt_minute(ctx, "--closes", closes, "23:59", v->closes);
    return ctx->err->code;
}

static enum status read_amounts(struct ctx *ctx, struct call *c,
                                struct values *v)
{
    money_or_none(ctx, "--min-award", min_award, &v->min_award,
                  &c->min_award_cents);
    money_or_none(ctx, "--max-award", max_award, &v->max_award,
                  &c->max_award_cents);
    money_or_none(ctx, "--unit", unit, &v->unit, &c->unit_cents);
    if (unit != NULL && (v->unit < 1 || v->unit > 10000000))
        usage_error(ctx, _("--unit is between 0.01 and 100,000 euros"));
    decimal_or_none(ctx, "--max-rate", max_rate, 1, 10000, &v->max_rate,
                    &c->max_rate_bp);
    decimal_or_none(ctx, "--threshold", threshold, 0, 10000, &v->threshold,
                    &c->threshold);
    return decimal_or_none(ctx, "--floor-share", floor_share, 1, 10000,
                           &v->floor_share, &c->floor_share_bp);
}

/* Reads all options into `c`, whose pointers lead into `v`. */
static enum status read_call(struct ctx *ctx, struct call *c, struct values *v)
{
    const struct rule *known = NULL;
    if (rule_read(ctx, rule, &known) != ST_OK)
        return ctx->err->code;
    c->title = title;
    c->rule = rule;
    c->missing = missing;
    c->seed = opt_text(seed);
    if (missing != NULL && strcmp(missing, "block") != 0 &&
        strcmp(missing, "exclude") != 0 && strcmp(missing, "renormalise") != 0)
        return usage_error(
            ctx, _("--missing is block, exclude or renormalise, not \"%s\""),
            missing);
    if (quorum != NULL)
        c->quorum = &v->quorum;
    if (archived != NULL) {
        c->archived = &v->archived;
        v->archived = text_answer(archived);
        if (v->archived < 0)
            return usage_error(ctx, _("--archived is yes or no, not \"%s\""),
                               archived);
    }
    read_dates(ctx, c, v);
    read_amounts(ctx, c, v);
    return opt_int(ctx, "--quorum", quorum, 1, 50, &v->quorum);
}

/* --require CODE=LABEL and --unrequire CODE, as often as given. */
static enum status change_documents(struct ctx *ctx, int64_t year)
{
    enum status st = ST_OK;
    for (char **p = require; p != NULL && *p != NULL && st == ST_OK; p++) {
        char *label = strchr(*p, '=');
        if (label == NULL || label[1] == '\0')
            return usage_error(ctx, _("--require: type CODE=LABEL, not \"%s\""),
                               *p);
        char *code = xstrndup(*p, (size_t)(label - *p));
        st = document_require(ctx->db, year, code, label + 1, ctx->err);
        free(code);
    }
    for (char **p = unrequire; p != NULL && *p != NULL && st == ST_OK; p++)
        st = document_unrequire(ctx->db, year, *p, ctx->err);
    return st;
}

static enum status year_operand(struct ctx *ctx, int64_t *year)
{
    if (ctx->argc == 0)
        return ctx_call(ctx, year);
    return opt_int(ctx, _("year"), ctx->argv[0], 1990, 2200, year);
}

/* Says the deadline in words, so that midnight is not mistaken. */
static void echo_deadline(struct ctx *ctx, const char *at)
{
    char text[MINUTE_LEN];
    if (at != NULL && *at != '\0')
        out_note(ctx, _("Applications are on time until %s included."),
                 minute_text(at, text));
}

static enum status check_envelope_covers(struct ctx *ctx, const struct call *c,
                                         int64_t cents)
{
    if (c->max_award_cents != NULL && *c->max_award_cents > cents)
        return err_set(ctx->err, ST_REFUSED,
                       _("the maximum award is above the envelope"));
    if (c->min_award_cents != NULL && *c->min_award_cents > cents)
        return err_set(ctx->err, ST_REFUSED,
                       _("the minimum award is above the envelope"));
    return ST_OK;
}

/* ------------------------------------------------------------- the terms */

static enum status keep_reserve(struct ctx *ctx, int64_t call,
                                const struct reserve *r)
{
    return reserve_set(ctx->db, call, r, ctx->err);
}

/* Writes the parameters of the rule, and checks that it can run with them. */
static enum status change_terms(struct ctx *ctx, int64_t year)
{
    struct panel p = {.call = year};
    struct terms t = {0};
    enum status st = themes_load(ctx->db, &p, ctx->err);
    if (st == ST_OK)
        st = terms_of_call(ctx->db, &p, &t, ctx->err);
    if (st == ST_OK)
        st = term_options_read(ctx, &t);
    if (st == ST_OK)
        st = term_options_check(ctx, t.rule);
    if (st == ST_OK)
        st = term_options_reserves(ctx, &p, &t, keep_reserve);
    if (st == ST_OK && term_options_given())
        st = terms_store(ctx->db, year, &t, ctx->err);
    if (st == ST_OK && (rule != NULL || unit != NULL || term_options_given()))
        st = terms_check(&t, ctx->err);
    panel_release(&p);
    return st;
}

/* All that decides who is funded, as `call show` has it. */
static enum status load_rules(struct ctx *ctx, int64_t year, json_t **rules)
{
    static const char *const others[] = {"title", "opens", "closes",
                                         "documents"};
    struct rows rows = {0};
    enum status st = call_show(ctx->db, year, &rows, ctx->err);
    for (size_t i = 0; st == ST_OK && i < sizeof others / sizeof *others; i++)
        rows_drop(&rows, others[i]);
    *rules = st == ST_OK ? out_row_json(&rows, 0) : NULL;
    rows_release(&rows);
    return st;
}

/* Warns where the rules are not what they were `before`. */
static enum status warn_if_late(struct ctx *ctx, int64_t year,
                                const json_t *before)
{
    json_t *now = NULL;
    enum status st = load_rules(ctx, year, &now);
    if (st == ST_OK && !json_equal(before, now))
        st = late_rules_warn(ctx, year);
    json_decref(now);
    return st;
}

static enum status call_add(struct ctx *ctx)
{
    struct values v;
    struct call c = {0};
    char voted_on[DAY_LEN];
    int64_t cents = 0;
    year_operand(ctx, &c.year);
    if (opt_money(ctx, "--envelope", envelope, &cents) == ST_OK && cents <= 0)
        usage_error(ctx, _("%s: an amount above zero is needed"), "--envelope");
    opt_past(ctx, "--date", date, voted_on);
    enum status st = read_call(ctx, &c, &v);
    if (st == ST_OK)
        st = check_envelope_covers(ctx, &c, cents);
    if (st == ST_OK)
        st = call_insert(ctx->db, &c, ctx->err);
    if (st == ST_OK && reference == NULL) {
        st = agency_speak(ctx->db, ctx->err); /* it is kept, and printed */
        reference = _("Initial vote");
        i18n_screen();
    }
    if (st == ST_OK)
        st = envelope_add(ctx->db, c.year, cents, reference,
                          date ? voted_on : NULL, ctx->err);
    if (st == ST_OK)
        st = term_options_themes(ctx, c.year);
    if (st == ST_OK)
        st = change_terms(ctx, c.year);
    if (st == ST_OK)
        st = change_documents(ctx, c.year);
    if (st == ST_OK) {
        char money[MONEY_LEN];
        out_note(ctx, _("Call %d created with an envelope of %s."), (int)c.year,
                 money_text(cents, money));
        echo_deadline(ctx, c.closes);
    }
    return st;
}

static enum status call_edit(struct ctx *ctx)
{
    struct values v;
    struct call c = {0};
    json_t *before = NULL;
    enum status st = year_operand(ctx, &c.year);
    if (st == ST_OK)
        st = read_call(ctx, &c, &v);
    if (st == ST_OK)
        st = call_find(ctx->db, c.year, ctx->err);
    if (st == ST_OK)
        st = load_rules(ctx, c.year, &before);
    if (st == ST_OK)
        st = call_update(ctx->db, &c, ctx->err);
    if (st == ST_OK)
        st = change_terms(ctx, c.year);
    if (st == ST_OK)
        st = warn_if_late(ctx, c.year, before);
    if (st == ST_OK)
        st = change_documents(ctx, c.year);
    json_decref(before);
    out_done(ctx, st, _("Call %d changed."), (int)c.year);
    if (st == ST_OK)
        echo_deadline(ctx, c.closes);
    return st;
}

/* A call whose deadline has passed is closed, whether somebody said so or
 * not. */
static void mark_over(const struct ctx *ctx, struct rows *rows)
{
    size_t status = rows_column(rows, "status");
    size_t deadline = rows_column(rows, "closes");
    for (size_t r = 0; r < rows->count; r++) {
        struct cell *row = &rows->cells[r * rows->columns];
        if (strcmp(row[status].s, "open") == 0 && row[deadline].s != NULL &&
            strcmp(row[deadline].s, ctx->now) < 0)
            cell_text(&row[status], "closed");
    }
}

static enum status call_list_(struct ctx *ctx)
{
    struct rows rows = {0};
    enum status st = call_list(ctx->db, &rows, ctx->err);
    if (st == ST_OK) {
        mark_over(ctx, &rows);
        out_rows(ctx, &rows);
    }
    rows_release(&rows);
    return st;
}

static enum status call_show_(struct ctx *ctx)
{
    struct rows rows = {0};
    int64_t year;
    enum status st = year_operand(ctx, &year);
    if (st == ST_OK)
        st = call_find(ctx->db, year, ctx->err);
    if (st == ST_OK)
        st = call_show(ctx->db, year, &rows, ctx->err);
    if (st == ST_OK)
        out_record(ctx, &rows);
    rows_release(&rows);
    return st;
}

static enum status call_close_(struct ctx *ctx)
{
    int64_t year;
    enum status st = year_operand(ctx, &year);
    if (st == ST_OK)
        st = call_find(ctx->db, year, ctx->err);
    if (st == ST_OK)
        st = call_close(ctx->db, year, ctx->now, ctx->err);
    if (st == ST_OK) {
        char text[MINUTE_LEN];
        out_note(ctx, _("Call %d closed at %s; later files need --late."),
                 (int)year, minute_text(ctx->now, text));
    }
    return st;
}

/* A deadline that has passed would keep the call closed all the same. */
static enum status call_reopen_(struct ctx *ctx)
{
    int64_t year;
    char until[MINUTE_LEN];
    char *open_until = NULL;
    enum status st = year_operand(ctx, &year);
    if (st == ST_OK)
        st = call_find(ctx->db, year, ctx->err);
    if (st == ST_OK)
        st = opt_minute(ctx, "--closes", closes, "23:59", until);
    if (st == ST_OK)
        st = call_reopen(ctx->db, year, closes ? until : NULL, ctx->err);
    if (st == ST_OK)
        st = call_deadline(ctx->db, year, &open_until, ctx->err);
    if (st == ST_OK && open_until != NULL && strcmp(open_until, ctx->now) < 0)
        st = err_set(ctx->err, ST_REFUSED,
                     _("the deadline passed on %s: say the new one, --closes "
                       "\"D HH:MM\""),
                     minute_text(open_until, until));
    if (open_until == NULL)
        return out_done(ctx, st, _("Call %d is open again."), (int)year);
    out_done(ctx, st, _("Call %d is open again until %s included."), (int)year,
             minute_text(open_until, until));
    free(open_until);
    return st;
}

static const struct poptOption rules[] = {
    OPTION("title", title, N_("what the call is named"), N_("TEXT")),
    OPTION("opens", opens, N_("first day"), N_("D")),
    OPTION("closes", closes,
           N_("deadline, 23:59 unless said; \"none\" for no deadline"),
           N_("\"D HH:MM\"")),
    OPTION("min-award", min_award, N_("smallest award, or none"), N_("EUR")),
    OPTION("max-award", max_award, N_("largest award, or none"), N_("EUR")),
    OPTION("max-rate", max_rate,
           N_("largest share of the cost that public money may pay, or none"),
           N_("PCT")),
    OPTION("quorum", quorum,
           N_("members who must have marked a project (3 unless said)"),
           N_("N")),
    OPTION("threshold", threshold,
           N_("score out of 100 under which nothing is awarded, or none"),
           N_("S")),
    OPTION("rule", rule,
           N_("how the envelope is allocated: strict, skip, partial (unless "
              "said), proportional, tiers, tiers:cut or optimal"),
           N_("RULE")),
    OPTION_TABLE(term_options),
    OPTION("unit", unit,
           N_("partial awards are multiples of this (1 euro unless said)"),
           N_("EUR")),
    OPTION("missing", missing,
           N_("what a half-filled marking sheet does: block (unless said), "
              "exclude or renormalise"),
           N_("POLICY")),
    OPTION("floor-share", floor_share,
           N_("smallest useful award, as a share of the request, where the "
              "applicant gave no minimum"),
           N_("PCT")),
    OPTION("seed", seed,
           N_("published text that draws lots between equal projects"),
           N_("TEXT")),
    OPTION_LIST("require", require, N_("demand a document, as often as needed"),
                N_("CODE=LABEL")),
    OPTION_LIST("unrequire", unrequire, N_("stop demanding a document"),
                N_("CODE")),
    POPT_TABLEEND};

static const struct poptOption add_options[] = {
    OPTION_TABLE(rules),
    OPTION("envelope", envelope, N_("amount voted"), N_("EUR")),
    OPTION("reference", reference, N_("reference of the vote"), N_("TEXT")),
    OPTION("date", date, N_("day of the vote"), N_("D")), POPT_TABLEEND};

static const struct poptOption edit_options[] = {
    OPTION_TABLE(rules),
    OPTION("archived", archived,
           N_("yes sets the call aside, no takes it back"), N_("yes|no")),
    POPT_TABLEEND};

static const struct poptOption reopen_options[] = {
    OPTION("closes", closes, N_("new deadline"), N_("\"D HH:MM\"")),
    POPT_TABLEEND};

const struct command call_commands[] = {
    {"call add", call_add, NEEDS_WRITE, GROUP_SETUP, N_("YEAR"),
     N_("create the call of a year with its envelope and rules"), add_options,
     "title envelope"},
    {"call list", call_list_, NEEDS_READ, GROUP_SETUP, "",
     N_("list the calls")},
    {"call show", call_show_, NEEDS_READ, GROUP_SETUP, N_("[YEAR]"),
     N_("show a call and its rules")},
    {"call edit", call_edit, NEEDS_WRITE, GROUP_SETUP, N_("[YEAR]"),
     N_("change a call's rules"), edit_options, ANY_OPTION},
    {"call close", call_close_, NEEDS_WRITE, GROUP_SETUP, N_("[YEAR]"),
     N_("close a call now")},
    {"call reopen", call_reopen_, NEEDS_WRITE, GROUP_SETUP, N_("[YEAR]"),
     N_("open a closed call again"), reopen_options},
    {NULL}};

/* ------------------------------------------------------------- envelope */

static char *amount;

static enum status envelope_add_(struct ctx *ctx)
{
    int64_t year, cents = 0, left = 0;
    char voted_on[DAY_LEN], money[MONEY_LEN], rest[MONEY_LEN];
    ctx_call(ctx, &year);
    opt_money(ctx, "--amount", amount, &cents);
    enum status st = opt_past(ctx, "--date", date, voted_on);
    if (st == ST_OK)
        st = envelope_add(ctx->db, year, cents, reference,
                          date ? voted_on : ctx->today, ctx->err);
    if (st == ST_OK)
        st = budget_available(ctx->db, year, &left, ctx->err);
    if (st == ST_OK)
        st = scenario_warn_adopted(ctx, year);
    return out_done(ctx, st, _("Envelope line added: %s. Left to award: %s"),
                    money_text(cents, money), money_text(left, rest));
}

/* The amount of a line stays: another vote, or a cut, corrects it. */
static enum status envelope_edit_(struct ctx *ctx)
{
    int64_t year;
    char day[DAY_LEN] = "";
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK && date != NULL && !opt_is_none(date))
        st = opt_past(ctx, "--date", date, day);
    if (st == ST_OK)
        st = envelope_edit(ctx->db, year, ctx->argv[0], reference,
                           date ? day : NULL, ctx->err);
    return out_done(ctx, st, _("Envelope line changed: %s"),
                    reference ? reference : ctx->argv[0]);
}

static const struct poptOption envelope_edit_options[] = {
    OPTION("reference", reference, N_("the corrected reference"), N_("TEXT")),
    OPTION("date", date, N_("day of the vote; none forgets it"), N_("D")),
    POPT_TABLEEND};

static const struct poptOption envelope_options[] = {
    OPTION("amount", amount, N_("amount voted; negative: a cut"), N_("EUR")),
    OPTION("reference", reference, N_("reference of the vote"), N_("TEXT")),
    OPTION("date", date, N_("day of the vote (today unless said)"), N_("D")),
    POPT_TABLEEND};

const struct command envelope_commands[] = {
    {"envelope add", envelope_add_, NEEDS_WRITE, GROUP_SETUP, "",
     N_("add a line to the envelope, or cut it"), envelope_options,
     "amount reference"},
    LISTS("envelope list", GROUP_SETUP, N_("list the envelope's lines"),
          envelope_list),
    {"envelope edit", envelope_edit_, NEEDS_WRITE, GROUP_SETUP, N_("REFERENCE"),
     N_("correct the reference or the day of a line"), envelope_edit_options,
     ANY_OPTION},
    {NULL}};
