/* The facts in words. What a project lacked is rounded up and what it had to
 * spare down, so that a figure holds as it is printed; a clause that is
 * impossible on the scale is left out. */
#include "core/why/explain_facts.h"
#include "base/i18n.h"
#include "core/rules/rules.h"
#include "core/wide.h"

#include <string.h>

static bool is_optimal(const struct plan *p)
{
    return p->terms.rule->run == run_optimal;
}

int facts_decimals(const struct plan *p, size_t i, const struct facts *f)
{
    const struct candidate *c = &p->candidate[i];
    if (p->share[i].award > 0 || f->score.answer != ANSWER_VALUE ||
        compare_products(c->score_num, f->score_den, f->score.value,
                         c->score_den) == 0)
        return 2;
    return decimals_to_tell(score_figure(c->score_num, c->score_den),
                            score_figure(f->score.value, f->score_den));
}

/* The place in the ranking that would have been enough, or the score. */
void say_score(struct buf *b, const struct plan *p, size_t i,
               const struct facts *f)
{
    char score[SCORE_LEN];
    int decimals = facts_decimals(p, i, f);
    if (f->score.answer == ANSWER_NONE)
        say(b, _("There are too many projects to say of each which score "
                 "would have been enough: \"cispd allocate --explain\" with "
                 "its number says it of one."));
    if (f->score.answer == ANSWER_NEVER)
        say(b, _("No better score would have been enough in this envelope."));
    if (f->score.answer != ANSWER_VALUE)
        return;
    struct figure needed = score_figure(f->score.value, f->score_den);
    if (f->place != FACTS_NOBODY)
        say(b,
            f->above ? _("It would have been funded with a score above that "
                         "of rank %lld (%s).")
                     : _("It would have been funded with a score no lower "
                         "than that of rank %lld (%s)."),
            (long long)p->candidate[f->place].rank,
            score_with(p, needed, decimals, NEAREST, score));
    else
        say(b,
            f->above ? _("With any score above %s it would have been funded.")
                     : _("With a score of %s it would have been funded."),
            score_with(p, needed, decimals, UPWARD, score));
}

static void say_envelope(struct buf *b, const struct plan *p,
                         const struct facts *f)
{
    char envelope[MONEY_LEN];
    money_text(f->envelope.value, envelope);
    if (f->envelope.answer == ANSWER_VALUE && is_optimal(p))
        say(b,
            _("With an envelope of %s such an allocation would reach the "
              "greatest total."),
            envelope);
    else if (f->envelope.answer == ANSWER_VALUE)
        say(b, _("It would have been funded with an envelope of %s."),
            envelope);
    else if (f->envelope.answer == ANSWER_BEYOND)
        say(b, _("It would have been funded with no envelope up to %s."),
            envelope);
}

static void say_amount(struct buf *b, const struct plan *p, size_t i,
                       const struct facts *f)
{
    char text[MONEY_LEN], floor[MONEY_LEN];
    const struct candidate *c = &p->candidate[i];
    enum reason r = p->share[i].reason;
    if (f->amount.answer != ANSWER_VALUE)
        return;
    money_text(f->amount.value, text);
    if (r == REASON_BELOW_FLOOR || r == REASON_FLOORS ||
        r == REASON_TIER_FLOOR ||
        (r == REASON_CEILING && p->terms.rule->run == run_partial)) {
        say(b,
            _("With a smallest useful amount of %s or less it would have "
              "received a part."),
            text);
        return;
    }
    if (p->terms.rule->run == run_optimal)
        say(b,
            f->exact ? _("With a request of %s such an allocation would have "
                         "reached it, and perhaps not with a smaller one.")
                     : _("With a request of %s or less such an allocation "
                         "would have reached it."),
            text);
    else if (f->exact)
        say(b,
            _("A request of %s would have passed, and perhaps not a smaller "
              "one."),
            text);
    else
        say(b, _("A request of %s or less would have passed."), text);
    if (c->floor_bp == FLOOR_DECLARED && f->amount.value < c->floor)
        say(b,
            _("That is less than the smallest useful amount that it declared "
              "(%s)."),
            money_text(c->floor, floor));
}

/* ------------------------------------------------------------ under optimal */

/* Of score x euros the value is in points x cents. */
static struct figure worth_figure(const struct plan *p, int64_t value,
                                  int64_t den)
{
    return (struct figure){value, den,
                           p->terms.objective == OBJECTIVE_SCORE ? 100 : 1};
}

const char *worth_text(const struct plan *p, int64_t value, int64_t den,
                       enum rounding_mode mode, char out[DECIMAL_LEN])
{
    struct figure f = worth_figure(p, value, den);
    return p->terms.objective == OBJECTIVE_SCORE ? figure_text(f, 2, mode, out)
                                                 : figure_grouped(f, mode, out);
}

void worths_text(const struct plan *p, int64_t a, int64_t b, int64_t den,
                 char x[DECIMAL_LEN], char y[DECIMAL_LEN])
{
    struct figure f = worth_figure(p, a, den), g = worth_figure(p, b, den);
    int decimals = decimals_to_tell(f, g);
    worth_text(p, a, den, NEAREST, x);
    worth_text(p, b, den, NEAREST, y);
    if (decimals > 2) {
        figure_text(f, decimals, NEAREST, x);
        figure_text(g, decimals, NEAREST, y);
    }
}

static void say_price(struct buf *b, const struct plan *p,
                      const struct facts *f)
{
    char worth[DECIMAL_LEN], award[MONEY_LEN];
    if (f->price.answer == ANSWER_NEVER) {
        say(b, _("The envelope does not hold the smallest amount that it can "
                 "receive."));
        return;
    }
    worth_text(p, f->price.value, f->score_den, UPWARD, worth);
    money_text(f->price_award, award);
    if (p->terms.objective == OBJECTIVE_SCORE)
        say(b,
            ngettext(
                "To grant it %s all the same would take %s point from "
                "the total of the scores.",
                "To grant it %s all the same would take %s points from "
                "the total of the scores.",
                plural_of((struct figure){f->price.value, f->score_den, 100},
                          UPWARD)),
            award, worth);
    else
        say(b,
            _("To grant it %s all the same would take %s from the total of "
              "score x euros."),
            award, worth);
}

static void say_points(struct buf *b, const struct plan *p, size_t i,
                       const struct facts *f)
{
    char points[DECIMAL_LEN];
    const struct candidate *c = &p->candidate[i];
    if (f->score.answer != ANSWER_VALUE)
        return;
    wide own = (wide)c->score_num * (f->score_den / c->score_den);
    struct figure lacking =
        score_figure(f->score.value - (int64_t)own, f->score_den);
    say(b,
        ngettext("With %s point more such an allocation would have reached "
                 "it.",
                 "With %s points more such an allocation would have reached "
                 "it.",
                 plural_of(lacking, UPWARD)),
        figure_text(lacking, 2, UPWARD, points));
}

static void say_not_chosen(struct buf *b, const struct plan *p, size_t i,
                           const struct facts *f)
{
    char envelope[MONEY_LEN];
    if (f->score.answer == ANSWER_NONE) {
        say(b, _("It is not in the allocation of greatest value. The amounts "
                 "make too many combinations to say what would have been "
                 "enough."));
        return;
    }
    if (f->presence == IN_SOME) {
        say(b, _("Another allocation of the same total includes it; the rules "
                 "take the one that serves the best-ranked project."));
        return;
    }
    say(b,
        _("No allocation of %s that includes it reaches the total of the one "
          "chosen."),
        money_text(p->terms.envelope, envelope));
    say_points(b, p, i, f);
    say_amount(b, p, i, f);
    say_envelope(b, p, f);
    say_price(b, p, f);
}

void say_presence(struct buf *b, const struct plan *p, size_t i,
                  const struct facts *f)
{
    char points[DECIMAL_LEN];
    const struct candidate *c = &p->candidate[i];
    if (!is_optimal(p) || f->score.answer == ANSWER_NONE)
        return;
    if (f->presence == IN_SOME) {
        say(b, _("Another allocation of the same total leaves it out; the "
                 "rules take the one that serves the best-ranked project."));
        return;
    }
    wide own = (wide)c->score_num * (f->score_den / c->score_den);
    struct figure spare =
        score_figure((int64_t)own - f->score.value, f->score_den);
    say(b, _("Every allocation that reaches the greatest total includes it."));
    if (strcmp(figure_text(spare, 2, DOWNWARD, points), "0") != 0)
        say(b,
            ngettext("With up to %s point less, one of them still would.",
                     "With up to %s points less, one of them still would.",
                     plural_of(spare, DOWNWARD)),
            points);
}

void say_what_was_needed(struct buf *b, const struct plan *p, size_t i,
                         const struct facts *f)
{
    if (is_optimal(p)) {
        say_not_chosen(b, p, i, f);
        return;
    }
    say_score(b, p, i, f);
    say_envelope(b, p, f);
    say_amount(b, p, i, f);
}
