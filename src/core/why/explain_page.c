/* One page on a project, and what can be said of the whole. */
#include "base/i18n.h"
#include "core/why/explain_facts.h"
#include "core/why/hinge.h"
#include "core/rules/rules.h"
#include "core/wide.h"

#include <stdlib.h>

/* Begins a new line of the page. */
static void new_line(struct buf *b)
{
    if (b->len > 0)
        buf_adds(b, "\n");
}

/* --------------------------------------------------------------- whose page */

/* "C1 14.67/20; C2 13/20", the panel's means, told from their minima; "-" where
 * nobody marked. */
static char *list_means(const struct plan *p, size_t project)
{
    char x[DECIMAL_LEN];
    struct buf b = BUF_INIT;
    for (size_t k = 0; k < p->panel.criteria; k++) {
        const struct criterion *c = &p->panel.criterion[k];
        const struct mean *m = &p->scores.mean[project * p->panel.criteria + k];
        struct figure mean = {m->sum_milli, m->count * 1000, 1};
        struct figure minimum = {c->min_milli, 1000, 1};
        bool told = m->count > 0 && c->min_milli >= 0;
        int decimals = told ? decimals_to_tell(mean, minimum) : 2;
        buf_addf(&b, "%s%s %s/%lld", k > 0 ? _("; ") : "", c->code,
                 m->count > 0 ? figure_text(mean, decimals, NEAREST, x) : "-",
                 (long long)c->scale_hi);
    }
    return buf_take(&b);
}

/* Number, association, title; what it asked for; its marks. */
static void add_head(struct buf *b, const struct plan *p, size_t i)
{
    char asked[MONEY_LEN], floor[MONEY_LEN];
    const struct candidate *c = &p->candidate[i];
    if (p->panel.projects == 0)
        return;
    const struct entry *entry = &p->panel.project[c->project];
    char *means = list_means(p, c->project);
    buf_addf(b, _("%s, %s: %s"), entry->ref, entry->association, entry->title);
    new_line(b);
    money_text(entry->asked_cents, asked);
    if (entry->floor_bp == FLOOR_DECLARED)
        buf_addf(b, _("Requested: %s; smallest useful amount: %s."), asked,
                 money_text(entry->floor_cents, floor));
    else
        buf_addf(b, _("Requested: %s."), asked);
    new_line(b);
    buf_addf(b, _("Means of the marks: %s."), means);
    new_line(b);
    free(means);
}

/* ----------------------------------------------------------- what it has to
 * spare */

static void add_margin(struct buf *b, const struct plan *p, size_t i)
{
    char score[SCORE_LEN];
    struct buf line = BUF_INIT;
    struct facts f = plan_facts_of(p, i);
    if (f.score.answer == ANSWER_ANY)
        say(&line, _("It stays funded however low its score falls, as long as "
                     "no minimum forbids it."));
    if (f.score.answer == ANSWER_VALUE) {
        bool by_rank = f.place != FACTS_NOBODY;
        score_with(p, score_figure(f.score.value, f.score_den), 2,
                   by_rank ? NEAREST : UPWARD, score);
        if (by_rank)
            say(&line,
                f.above ? _("It stays funded as long as its score stays above "
                            "that of rank %lld (%s).")
                        : _("It stays funded as long as its score is no lower "
                            "than that of rank %lld (%s)."),
                (long long)p->candidate[f.place].rank, score);
        else
            say(&line,
                f.above ? _("It stays funded if its score falls, as long as it "
                            "stays above %s.")
                        : _("It stays funded if its score falls, down to %s."),
                score);
    }
    if (line.len > 0) {
        new_line(b);
        buf_adds(b, buf_str(&line));
    }
    buf_release(&line);
}

/* ------------------------------------------------------------ another decision
 */

/* "2026-004 (-3 000,00 €)", parted by semicolons: those whose award is
 * another in `now`, but the i-th; at most so many. */
static char *list_changes(const struct plan *p, const struct share *now,
                          size_t i, size_t most)
{
    char text[MONEY_LEN];
    struct buf b = BUF_INIT;
    for (size_t k = 0; k < p->count; k++) {
        int64_t more = now[k].award - p->share[k].award;
        if (k == i || more == 0)
            continue;
        if (most-- == 0) {
            buf_addf(&b, "%s…", _("; "));
            break;
        }
        buf_addf(&b, "%s%s (%s%s)", b.len > 0 ? _("; ") : "",
                 p->candidate[k].id, more > 0 ? "+" : "",
                 money_text(more, text));
    }
    return buf_take(&b);
}

static bool may_be_set(const struct candidate *c)
{
    return c->closed == REASON_OPEN && !c->forced && c->request > 0;
}

static void say_changes(struct buf *b, bool was_funded, int64_t cents,
                        const char *others)
{
    char text[MONEY_LEN];
    money_text(cents, text);
    if (was_funded && *others == '\0')
        buf_adds(b, _("If the committee leaves it out, nothing changes for "
                      "the others."));
    else if (was_funded)
        buf_addf(b, _("If the committee leaves it out, this changes: %s."),
                 others);
    else if (*others == '\0')
        buf_addf(b,
                 _("If the committee grants it %s all the same, nothing "
                   "changes for the others."),
                 text);
    else
        buf_addf(b,
                 _("If the committee grants it %s all the same, this "
                   "changes: %s."),
                 text, others);
}

/* What happens to the others when the committee pays a refused project its
 * request, or leaves a funded one out. */
static void add_other_decision(struct buf *b, const struct plan *p, size_t i)
{
    const struct candidate *c = &p->candidate[i];
    bool was_funded = p->share[i].award > 0;
    int64_t cents = was_funded ? 0 : c->request;
    struct share *now = xcalloc(p->count, sizeof *now);
    if (!c->forced && c->request > 0 && may_be_forced(c) &&
        impose(p, i, cents, now, NULL) == ST_OK) {
        char *others = list_changes(p, now, i, p->count);
        new_line(b);
        say_changes(b, was_funded, cents, others);
        free(others);
    }
    free(now);
}

/* -------------------------------------------------------------------- marks */

/* At most this many are listed; of those that decide, all within a point. */
#define HINGES_SHOWN 5

static void add_marks(struct buf *b, const struct plan *p,
                      const struct hinge *h, size_t count, int64_t award)
{
    char from[DECIMAL_LEN], to[DECIMAL_LEN], cents[MONEY_LEN];
    for (size_t k = 0; k < count; k++, h++) {
        if (k >= HINGES_SHOWN && llabs(h->to_milli - h->from_milli) > 1000) {
            new_line(b);
            buf_addf(b,
                     ngettext("  and %zu mark more (all with --format json)",
                              "  and %zu marks more (all with --format json)",
                              count - k),
                     count - k);
            break;
        }
        new_line(b);
        buf_addf(b, _("  %s, criterion %s: %s instead of %s"),
                 p->panel.member[h->member].name,
                 p->panel.criterion[h->criterion].code,
                 decimal_text(h->to_milli, 3, to),
                 decimal_text(h->from_milli, 3, from));
        if (award > 0 && h->award > 0)
            buf_addf(b, " (%s)", money_text(h->award, cents));
    }
}

/* The marks that decide alone whether it is funded. */
static void add_hinges(struct buf *b, const struct plan *p, size_t i,
                       const struct hinge *h, size_t count)
{
    if (count > 0) {
        bool near = llabs(h[0].to_milli - h[0].from_milli) <= 1000;
        new_line(b);
        buf_adds(b, near ? _("Whether it is funded hangs on one point of one "
                             "member. Any of these marks alone would change "
                             "it:")
                         : _("Any of these marks alone would change whether "
                             "it is funded:"));
        add_marks(b, p, h, count, 0);
    } else if (p->panel.projects > 0 && may_be_set(&p->candidate[i])) {
        new_line(b);
        buf_adds(b, _("No single mark decides whether it is funded."));
    }
}

/* The marks that move its amount; under some rules any mark does. */
static void add_shifts(struct buf *b, const struct plan *p, size_t i)
{
    size_t count;
    struct hinge *h = shifts_of(p, i, &count);
    if (count > 0) {
        new_line(b);
        buf_adds(b, count > HINGES_SHOWN
                        ? _("Its amount changes with single marks, moved by a "
                            "point or less, such as these:")
                        : _("Its amount changes with any of these marks "
                            "alone:"));
        add_marks(b, p, h, count < HINGES_SHOWN ? count : HINGES_SHOWN,
                  p->share[i].award);
    }
    free(h);
}

char *explain_page(const struct plan *whole, size_t i, const struct hinge *h,
                   size_t hinges)
{
    struct buf b = BUF_INIT;
    struct plan alone = *whole; /* for one, more can be gone through */
    const struct plan *p = &alone;
    if (alone.outlook != NULL && !alone.outlook->known)
        alone.facts = NULL;
    char *why = explain_share(p, i);
    add_head(&b, p, i);
    if (why != NULL)
        buf_adds(&b, why);
    free(why);
    if (p->share[i].award > 0 && !p->candidate[i].forced &&
        p->terms.rule->run != run_optimal)
        add_margin(&b, p, i);
    add_other_decision(&b, p, i);
    add_hinges(&b, p, i, h, hinges);
    add_shifts(&b, p, i);
    return buf_take(&b);
}

/* ---------------------------------------------------------------- the whole */

/* Longer lists are not read aloud. */
#define MOST_NAMED 12

/* Whose award is another with an envelope that funds `next`; NULL where another
 * of the same total is taken after all. The caller frees. */
static char *changes_at(const struct plan *p, int64_t envelope, size_t next)
{
    char *changes = NULL;
    struct terms t = p->terms;
    struct share *now = xcalloc(p->count, sizeof *now);
    t.envelope = envelope;
    if (allocate(p->candidate, p->count, &t, now, NULL) == ST_OK &&
        now[next].award > 0)
        changes = list_changes(p, now, next, MOST_NAMED);
    free(now);
    return changes;
}

/* The refused project that the least more money would fund, and what that
 * changes for the others. */
static void say_next(struct buf *b, const struct plan *p)
{
    char more[MONEY_LEN];
    size_t next = FACTS_NOBODY;
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < p->count; i++) {
        if (!may_be_set(&p->candidate[i]) || p->share[i].award > 0)
            continue;
        struct facts f = plan_facts_of(p, i);
        if (f.envelope.answer == ANSWER_VALUE && f.envelope.value < least) {
            least = f.envelope.value;
            next = i;
        }
    }
    if (next == FACTS_NOBODY || least <= p->terms.envelope)
        return;
    char *others = changes_at(p, least, next);
    money_text(least - p->terms.envelope, more);
    if (others == NULL)
        return;
    if (*others != '\0')
        say(b,
            _("With %s more in the envelope, %s would be funded, and this "
              "changes for others: %s."),
            more, p->candidate[next].id, others);
    else
        say(b, _("With %s more in the envelope, %s would be funded."), more,
            p->candidate[next].id);
    free(others);
}

/* The greatest total, and what a total adds up. */
static void say_totals(struct buf *b, const struct plan *p,
                       const struct outlook *o)
{
    char best[DECIMAL_LEN], second[DECIMAL_LEN];
    if (!o->known || o->second < 0)
        return;
    worths_text(p, o->best, o->second, o->den, best, second);
    if (o->second == o->best)
        say(b,
            _("The greatest total is %s, and more than one allocation "
              "reaches it: this one serves the best-ranked project."),
            best);
    else
        say(b,
            _("The greatest total is %s; the best of all other allocations "
              "has %s."),
            best, second);
    if (p->terms.objective == OBJECTIVE_SCORE_EURO)
        say(b, _("In the total, each euro counts with the score of its "
                 "project."));
    else
        say(b, _("The total adds up the scores of the funded projects."));
    if (p->terms.step > 0)
        say(b, p->terms.curve == CURVE_CONCAVE
                   ? _("The first euros of a project count for more than its "
                       "last.")
                   : _("A part of a request counts in proportion."));
}

/* The total with so much more in the envelope. */
static void say_total_with(struct buf *b, const struct plan *p, int64_t cents,
                           int64_t total)
{
    char more[MONEY_LEN], best[DECIMAL_LEN], value[DECIMAL_LEN];
    const struct outlook *o = p->outlook;
    worths_text(p, o->best, total, o->den, best, value);
    say(b, _("With %s more, the total would be %s."), money_text(cents, more),
        value);
}

/* What the next 100 euros bring: what the rule gives with them. */
static void say_hundred(struct buf *b, const struct plan *p)
{
    char more[MONEY_LEN];
    size_t changes = 0;
    if (p->hundred == NULL)
        return;
    money_text(HUNDRED_EUROS, more);
    for (size_t i = 0; i < p->count; i++)
        changes += p->hundred[i].award != p->share[i].award;
    char *list = list_changes(p, p->hundred, FACTS_NOBODY, MOST_NAMED);
    if (changes == 0)
        say(b, _("With %s more in the envelope, no award would change."), more);
    else
        say(b,
            ngettext("With %s more in the envelope, %zu award would change: "
                     "%s.",
                     "With %s more in the envelope, %zu awards would change: "
                     "%s.",
                     changes),
            more, changes, list);
    free(list);
}

/* proportional: what a score pays. */
static void say_coefficient(struct buf *b, const struct outlook *o)
{
    char percent[DECIMAL_LEN];
    struct figure f = {o->coefficient.num, o->coefficient.den, 1};
    if (f.den > 0)
        say(b,
            _("Each point of a score pays %s %% of the request (rounded "
              "down), never less than the smallest useful amount nor more "
              "than the request."),
            figure_text(f, 4, DOWNWARD, percent));
}

char *explain_outlook(const struct plan *p)
{
    struct buf b = BUF_INIT;
    const struct outlook *o = p->outlook;
    bool valued = o != NULL && p->terms.rule->run == run_optimal;
    if (valued)
        say_totals(&b, p, o);
    if (o != NULL)
        say_coefficient(&b, o);
    say_hundred(&b, p);
    if (valued && o->more_cents > 0)
        say_total_with(&b, p, o->more_cents, o->more_value);
    if (valued && o->hundred_value > o->best && o->more_cents != HUNDRED_EUROS)
        say_total_with(&b, p, HUNDRED_EUROS, o->hundred_value);
    say_next(&b, p);
    return buf_take(&b);
}
