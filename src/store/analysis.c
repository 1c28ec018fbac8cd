/* What stands behind a computed allocation, as temporary tables. */
#include "store/analysis.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/why/explain.h"
#include "core/why/facts.h"
#include "core/money.h"
#include "core/why/speech.h"
#include "core/wide.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

static const char TABLES[] =
    "CREATE TEMP TABLE fact_project (project_id INTEGER PRIMARY KEY, position,"
    " rule, requested_cents, award_cents, reason, score_cp, place_id,"
    " amount_cents, envelope_cents, presence, price_bp, price_cents);"
    "CREATE TEMP TABLE fact_sentence (text);"
    "CREATE TEMP TABLE agreement_panel (position, name, value_cp);"
    "CREATE TEMP TABLE agreement_block (projects, members, alpha_projects,"
    " alpha_sheets);"
    "CREATE TEMP TABLE agreement_member (member_id INTEGER PRIMARY KEY, n,"
    " mean_cp, min_cp, max_cp, sd_cp, severity_cp);"
    "CREATE TEMP TABLE agreement_project (project_id INTEGER PRIMARY KEY, n,"
    " mean_cp, median_cp, min_cp, max_cp, range_cp, sd_cp, adjusted_cp,"
    " shift_cp, discuss);"
    "CREATE TEMP TABLE agreement_reversal (position, above_id, below_id,"
    " at_the_line);"
    "CREATE TEMP TABLE agreement_sentence (position, text);"
    "CREATE TEMP TABLE robust_project (project_id INTEGER PRIMARY KEY,"
    " solidity, every_case);"
    "CREATE TEMP TABLE robust_rule (position, rule, project_id, award_cents,"
    " refusal);"
    "CREATE TEMP TABLE robust_member (member_id INTEGER PRIMARY KEY, enter,"
    " leave, tau_cp, below_quorum);"
    "CREATE TEMP TABLE robust_move (position, project_id, up, marks, enter,"
    " leave);"
    "CREATE TEMP TABLE robust_weight (criterion_id INTEGER PRIMARY KEY, weight,"
    " less, more);"
    "CREATE TEMP TABLE robust_sentence (position, text);";

void analysis_wish_of(const char *report, struct analysis_wish *wish)
{
    wish->facts |= strcasestr(report, "fact_") != NULL;
    wish->agreement |= strcasestr(report, "agreement_") != NULL;
    wish->robust |= strcasestr(report, "robust_") != NULL;
}

/* A number, or a text in its place; neither where there is nothing to say.
 * Bound as coalesce(?, ?) with "ot". */
struct shown {
    bool is_number;
    int64_t number;
    char *word;
};

static const int64_t *shown_number(const struct shown *s)
{
    return s->is_number ? &s->number : NULL;
}

static int64_t project_id(const struct plan *p, size_t project)
{
    return p->panel.project[project].id;
}

/* ---------------------------------------------------------------- the facts */

/* A score in points with so many decimals, rounded up: what is printed is
 * enough. */
static int64_t score_up(int64_t num, int64_t den, int64_t scale)
{
    return (int64_t)(((wide)num * 100 * scale + den - 1) / den);
}

/* A fact as its number, or the words for any and for none. */
static struct shown show(const struct figure_fact *f, const char *any,
                         const char *none)
{
    struct shown s = {f->answer == ANSWER_VALUE, f->value, NULL};
    if (f->answer == ANSWER_ANY)
        s.word = xstrdup(any);
    else if (f->answer == ANSWER_BEYOND || f->answer == ANSWER_NEVER)
        s.word = xstrdup(none);
    return s;
}

/* Shows a word, which it takes over, instead. */
static void reword(struct shown *s, char *word)
{
    free(s->word);
    *s = (struct shown){.word = word};
}

static struct shown show_score(const struct facts *f)
{
    struct shown s = show(&f->score, _("any score"), _("no score"));
    char text[DECIMAL_LEN];
    if (!s.is_number)
        return s;
    s.number = score_up(f->score.value, f->score_den, 100);
    if (f->above) { /* better than another's: that one, or where it has no end
                       the next decimal, which is better */
        int64_t up = score_up(f->score.value, f->score_den, 10000);
        bool exact = (wide)f->score.value * 1000000 % f->score_den == 0;
        decimal_text(up, 4, text);
        reword(&s, xasprintf(exact ? "> %s" : "%s", text));
    }
    return s;
}

static struct shown show_amount(const struct facts *f)
{
    struct shown s = show(&f->amount, _("any amount"), _("no amount"));
    char text[MONEY_LEN];
    if (s.is_number && f->exact)
        reword(&s, xasprintf(_("exactly %s"), money_text(s.number, text)));
    return s;
}

static struct shown show_envelope(const struct facts *f)
{
    struct shown s = show(&f->envelope, _("any envelope"), _("no envelope"));
    char text[MONEY_LEN];
    if (f->envelope.answer == ANSWER_BEYOND)
        reword(&s, xasprintf(_("more than %s"),
                             money_text(f->envelope.value, text)));
    return s;
}

/* The part of the greatest value, in hundredths of a percent. */
static int64_t share_of_best(int64_t value, const struct outlook *o)
{
    return o->best > 0 ? round_share(value, 10000, o->best) : 0;
}

static enum status put_fact(struct db *db, const struct plan *p, size_t i,
                            const struct facts *f, const struct outlook *o,
                            struct err *e)
{
    static const char *const presences[] = {
        [IN_NONE] = "in-none", [IN_SOME] = "in-some", [IN_ALL] = "in-all"};
    const struct candidate *c = &p->candidate[i];
    struct shown score = show_score(f), amount = show_amount(f);
    struct shown envelope = show_envelope(f);
    bool priced = o->known && f->price.answer == ANSWER_VALUE;
    int64_t place = f->place != FACTS_NOBODY
                        ? project_id(p, p->candidate[f->place].project)
                        : 0;
    int64_t price = priced ? share_of_best(f->price.value, o) : 0;
    bool open = o->known && c->closed == REASON_OPEN && !c->forced;
    enum status st =
        sql_run(db, e,
                "INSERT INTO temp.fact_project VALUES (?, ?, ?, ?, ?, ?,"
                " coalesce(?, ?), ?, coalesce(?, ?), coalesce(?, ?), ?, ?, ?)",
                "iitiit"
                "oto"
                "otot"
                "too",
                project_id(p, c->project), (int64_t)i + 1,
                rule_name(p->terms.rule), c->request, p->share[i].award,
                reason_name(&p->share[i], c), shown_number(&score), score.word,
                f->place != FACTS_NOBODY ? &place : NULL, shown_number(&amount),
                amount.word, shown_number(&envelope), envelope.word,
                open ? presences[f->presence] : NULL, priced ? &price : NULL,
                priced ? &f->price_award : NULL);
    free(score.word);
    free(amount.word);
    free(envelope.word);
    return st;
}

/* What "allocate --explain" says of the whole. */
static enum status put_outlook(struct db *db, const struct plan *p,
                               struct err *e)
{
    char *text = explain_outlook(p);
    enum status st = ST_OK;
    if (*text != '\0')
        st = sql_run(db, e, "INSERT INTO temp.fact_sentence VALUES (?)", "t",
                     text);
    free(text);
    return st;
}

static enum status put_facts(struct db *db, const struct plan *p, struct err *e)
{
    enum status st = put_outlook(db, p, e);
    for (size_t i = 0; i < p->count && st == ST_OK; i++)
        st = put_fact(db, p, i, &p->facts[i], p->outlook, e);
    return st;
}

/* ------------------------------------------------------------ the agreement */

/* A display figure in hundredths; NULL where it is n/a. */
struct hundredths {
    bool known;
    int64_t value;
};

static struct hundredths hundredths_of(double x)
{
    struct hundredths h = {0};
    h.known = agreement_hundredths(x, &h.value);
    return h;
}

static const int64_t *known(const struct hundredths *h)
{
    return h->known ? &h->value : NULL;
}

static enum status put_panel(struct db *db, const struct agreement *a,
                             struct err *e)
{
    struct agreement_line line[AGREEMENT_LINES];
    agreement_list(a, line);
    enum status st =
        sql_run(db, e, "INSERT INTO temp.agreement_block VALUES (?, ?, ?, ?)",
                "iiii", (int64_t)a->projects, (int64_t)a->members,
                (int64_t)a->alpha_units, (int64_t)a->alpha_marks);
    for (int64_t i = 0; i < AGREEMENT_LINES && st == ST_OK; i++) {
        struct hundredths value = hundredths_of(line[i].value);
        st = sql_run(db, e, "INSERT INTO temp.agreement_panel VALUES (?, ?, ?)",
                     "ito", i, line[i].name, known(&value));
    }
    return st;
}

static enum status put_member(struct db *db, const struct plan *p,
                              const struct statistics *s, size_t m,
                              struct err *e)
{
    const struct member_spread *x = &s->member[m];
    const struct hundredths mean = hundredths_of(x->mean),
                            min = hundredths_of(x->min),
                            max = hundredths_of(x->max),
                            sd = hundredths_of(x->sd),
                            severity = hundredths_of(s->bias.severity[m]);
    return sql_run(db, e,
                   "INSERT INTO temp.agreement_member VALUES"
                   " (?, ?, ?, ?, ?, ?, ?)",
                   "iiooooo", p->panel.member[m].id, (int64_t)x->n,
                   known(&mean), known(&min), known(&max), known(&sd),
                   known(&severity));
}

static enum status put_spread(struct db *db, const struct plan *p,
                              const struct statistics *s, size_t i,
                              struct err *e)
{
    const struct project_spread *x = &s->project[i];
    double adjusted = s->bias.adjusted[i];
    const double figures[] = {x->mean,  x->median,         x->min,
                              x->max,   x->range,          x->sd,
                              adjusted, adjusted - x->mean};
    struct hundredths h[sizeof figures / sizeof *figures];
    for (size_t k = 0; k < sizeof figures / sizeof *figures; k++)
        h[k] = hundredths_of(figures[k]);
    return sql_run(db, e,
                   "INSERT INTO temp.agreement_project VALUES"
                   " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   "iioooooooo"
                   "i",
                   project_id(p, i), (int64_t)x->n, known(&h[0]), known(&h[1]),
                   known(&h[2]), known(&h[3]), known(&h[4]), known(&h[5]),
                   known(&h[6]), known(&h[7]), (int64_t)x->discuss);
}

static enum status put_reversals(struct db *db, const struct plan *p,
                                 const struct bias *b, struct err *e)
{
    enum status st = ST_OK;
    for (size_t k = 0; k < b->reversals && st == ST_OK; k++)
        st = sql_run(
            db, e, "INSERT INTO temp.agreement_reversal VALUES (?, ?, ?, ?)",
            "iiii", (int64_t)k + 1, project_id(p, b->reversal[k].above),
            project_id(p, b->reversal[k].below),
            (int64_t)b->reversal[k].at_the_line);
    return st;
}

static enum status put_agreement(struct db *db, const struct plan *p,
                                 struct err *e)
{
    struct statistics s;
    statistics_compute(p, &s);
    struct speech speech = speech_statistics(p, &s);
    enum status st = put_panel(db, &s.agreement, e);
    for (size_t m = 0; m < p->panel.members && st == ST_OK; m++)
        st = put_member(db, p, &s, m, e);
    for (size_t i = 0; i < p->panel.projects && st == ST_OK; i++)
        st = put_spread(db, p, &s, i, e);
    if (st == ST_OK)
        st = put_reversals(db, p, &s.bias, e);
    for (size_t k = 0; k < speech.count && st == ST_OK; k++)
        st = sql_run(db, e, "INSERT INTO temp.agreement_sentence VALUES (?, ?)",
                     "it", (int64_t)k + 1, speech.text[k]);
    speech_release(&speech);
    statistics_release(&s);
    return st;
}

/* ----------------------------------------------------------- the robustness */

static enum status put_without(struct db *db, const struct plan *p,
                               const struct robust *r, size_t m, struct err *e)
{
    const struct without *w = &r->without[m];
    char *in = effect_text(p, r, &w->effect, false);
    char *out = effect_text(p, r, &w->effect, true);
    struct hundredths tau = {.known = w->tau_den > 0};
    if (tau.known && w->tau_num >= 0)
        tau.value = round_share(w->tau_num, 100, w->tau_den);
    else if (tau.known)
        tau.value = -round_share(-w->tau_num, 100, w->tau_den);
    enum status st = sql_run(db, e,
                             "INSERT INTO temp.robust_member VALUES"
                             " (?, nullif(?, ''), nullif(?, ''), ?, ?)",
                             "ittoi", p->panel.member[m].id, in, out,
                             known(&tau), (int64_t)w->below_quorum);
    free(in);
    free(out);
    return st;
}

/* The moves that change the list, a row for those that are alike. */
static enum status put_moves(struct db *db, const struct plan *p,
                             const struct robust *r, struct err *e)
{
    enum status st = ST_OK;
    for (size_t k = 0; k < r->moves.with_awards && st == ST_OK; k++) {
        const struct move *m = &r->moves.move[k];
        size_t alike = m->effect.count > 0 ? moves_alike(&r->moves, k) : 0;
        if (alike == 0)
            continue;
        char *in = effect_text(p, r, &m->effect, false);
        char *out = effect_text(p, r, &m->effect, true);
        st = sql_run(db, e,
                     "INSERT INTO temp.robust_move VALUES"
                     " (?, ?, ?, ?, nullif(?, ''), nullif(?, ''))",
                     "iiiitt", (int64_t)k, project_id(p, m->project),
                     (int64_t)(m->to_milli > m->from_milli), (int64_t)alike, in,
                     out);
        free(in);
        free(out);
    }
    return st;
}

static enum status put_weights(struct db *db, const struct plan *p,
                               const struct robust *r, struct err *e)
{
    enum status st = ST_OK;
    for (size_t c = 0; c < r->criteria && st == ST_OK; c++) {
        const struct weight_reach *w = &r->weight[c];
        if (!w->defined)
            continue;
        char *less = reach_text(&w->less, false);
        char *more = reach_text(&w->more, true);
        st = sql_run(
            db, e, "INSERT INTO temp.robust_weight VALUES (?, ?, ?, ?)", "iitt",
            p->panel.criterion[c].id, p->panel.criterion[c].weight, less, more);
        free(less);
        free(more);
    }
    return st;
}

/* The rule of the call stands first. */
static enum status put_rule(struct db *db, const struct plan *p,
                            const struct robust *r, size_t k, struct err *e)
{
    static const char insert[] =
        "INSERT INTO temp.robust_rule VALUES (?, ?, ?, ?, ?)";
    const struct rule_try *try = &r->rule[k];
    const int64_t *nothing = NULL;
    int64_t position = try->rule == p->terms.rule ? 0 : (int64_t)k + 1;
    if (try->status != ST_OK)
        return sql_run(db, e, insert, "itoot", position, rule_name(try->rule),
                       nothing, nothing, try->refusal);
    enum status st = ST_OK;
    for (size_t i = 0; i < r->projects && st == ST_OK; i++)
        st = sql_run(db, e, insert, "itiit", position, rule_name(try->rule),
                     project_id(p, i), try->award[i], try->refusal);
    return st;
}

static enum status put_solidity(struct db *db, const struct plan *p,
                                const struct robust *r, struct err *e)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < r->projects && st == ST_OK; i++)
        st = sql_run(db, e, "INSERT INTO temp.robust_project VALUES (?, ?, ?)",
                     "iti", project_id(p, i), solidity_name(r->solidity[i]),
                     (int64_t)r->core[i]);
    return st;
}

static enum status put_robust_sentence(struct db *db, size_t k,
                                       const char *text, struct err *e)
{
    return sql_run(db, e, "INSERT INTO temp.robust_sentence VALUES (?, ?)",
                   "it", (int64_t)k, text);
}

static enum status put_robust_tables(struct db *db, const struct plan *p,
                                     const struct robust *r, struct err *e)
{
    struct speech speech = speech_robust(p, r);
    enum status st = put_solidity(db, p, r, e);
    for (size_t m = 0; m < r->members && st == ST_OK; m++)
        if (r->without[m].marked)
            st = put_without(db, p, r, m, e);
    if (st == ST_OK)
        st = put_moves(db, p, r, e);
    if (st == ST_OK)
        st = put_weights(db, p, r, e);
    for (size_t k = 0; k < r->rules && st == ST_OK; k++)
        st = put_rule(db, p, r, k, e);
    for (size_t k = 0; k < speech.count && st == ST_OK; k++)
        st = put_robust_sentence(db, k, speech.text[k], e);
    speech_release(&speech);
    return st;
}

/* A call that is too large, or whose numbers are, has a workbook all the
 * same: the sheet says what it lacks. */
static enum status put_robust(struct db *db, const struct plan *p,
                              struct err *e)
{
    struct robust r = {0};
    struct err refusal = {0};
    enum status st;
    if (p->panel.projects > ROBUST_MOST) {
        char *text =
            xasprintf(_("Robustness is not computed in a workbook of more "
                        "than %d projects: \"cispd rank --robust\" shows it "
                        "on the screen."),
                      ROBUST_MOST);
        st = put_robust_sentence(db, 0, text, e);
        free(text);
        return st;
    }
    err_quoted(true);
    st = robust_compute(p, NULL, NULL, &r, &refusal);
    err_quoted(false);
    if (st == ST_OK)
        st = put_robust_tables(db, p, &r, e);
    else if (st == ST_REFUSED)
        st = put_robust_sentence(db, 0, refusal.msg, e);
    else
        *e = refusal;
    robust_release(&r);
    return st;
}

enum status analysis_put(struct db *db, const struct plan *p,
                         const struct analysis_wish *wish, struct err *e)
{
    enum status st = sql_script(db, e, TABLES);
    if (st == ST_OK && wish->facts)
        st = put_facts(db, p, e);
    if (st == ST_OK && wish->agreement)
        st = put_agreement(db, p, e);
    if (st == ST_OK && wish->robust)
        st = put_robust(db, p, e);
    return st;
}
