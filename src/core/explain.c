/* Sentences that say why. A sentence is added whole or left out: a clause
 * whose figure would be impossible is not printed. */
#include "core/explain.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "core/money.h"
#include "core/wide.h"

#include <stdlib.h>
#include <string.h>

/* Adds one sentence, parted from the one before by a space. */
static void say(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void say(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    if (b->len > 0)
        buf_adds(b, " ");
    va_start(ap, fmt);
    buf_addv(b, fmt, ap);
    va_end(ap);
}

/* A number as it is printed: num / den on a scale. */
struct figure {
    int64_t num, den, scale;
};

static int64_t figure_round(struct figure f, int decimals)
{
    int64_t ten = 1;
    for (int d = 0; d < decimals; d++)
        ten *= 10;
    return round_share(f.num, f.scale * ten, f.den);
}

/* Two decimals, or as many more as two different numbers need in order not
 * to print alike. */
static int decimals_to_tell(struct figure a, struct figure b)
{
    int d = 2;
    while (d < 8 && figure_round(a, d) == figure_round(b, d))
        d++;
    return d < 8 ? d : 2;
}

static const char *figure_text(struct figure f, int decimals,
                               char out[DECIMAL_LEN])
{
    return decimal_text(figure_round(f, decimals), decimals, out);
}

static struct figure score_figure(const struct candidate *c)
{
    return (struct figure){c->score_num, c->score_den, 100};
}

static const char *score_with(const struct plan *p, struct figure f,
                              int decimals, char out[SCORE_LEN])
{
    figure_text(f, decimals, out);
    if (p->panel.projects > 0)
        memcpy(out + strlen(out), "/100", sizeof "/100");
    return out;
}

const char *score_text(const struct plan *p, const struct candidate *c,
                       char out[SCORE_LEN])
{
    return score_with(p, score_figure(c), 2, out);
}

static void say_rank(struct buf *b, const struct plan *p,
                     const struct candidate *c, int decimals)
{
    char score[SCORE_LEN];
    score_with(p, score_figure(c), decimals, score);
    if (c->rank > 0)
        say(b, _("Ranked %lld (score %s)."), (long long)c->rank, score);
}

/* A lot is told to those it parted. */
static void say_lot(struct buf *b, const struct plan *p, size_t i)
{
    if (p->panel.projects == 0 || p->panel.seed == NULL)
        return;
    if (p->place[i].below == TIE_LOT ||
        (i > 0 && p->place[i - 1].below == TIE_LOT))
        say(b,
            _("It equals another project down to the amount requested; the "
              "lot drawn from the published seed \"%s\" parted them."),
            p->panel.seed);
}

static void say_cap(struct buf *b, const struct candidate *c)
{
    char asked[MONEY_LEN], request[MONEY_LEN];
    if (c->asked > c->request && c->request > 0)
        say(b,
            _("It asked for %s; the rules of the call allow at most %s, and "
              "that counts as its request."),
            money_text(c->asked, asked), money_text(c->request, request));
}

/* ------------------------------------------ projects outside the ranking */

/* "Alice (C1, C3); Bob (C2)" */
static char *list_holes(const struct plan *p, size_t project)
{
    struct buf b = BUF_INIT;
    for (size_t m = 0; m < p->panel.members; m++) {
        const char *before = b.len > 0 ? "; " : "";
        bool first = true;
        for (size_t c = 0; c < p->panel.criteria; c++) {
            if (!score_is_hole(&p->panel, &p->scores, project, m, c))
                continue;
            if (first)
                buf_addf(&b, "%s%s (", before, p->panel.member[m].name);
            buf_addf(&b, "%s%s", first ? "" : ", ", p->panel.criterion[c].code);
            first = false;
        }
        if (!first)
            buf_adds(&b, ")");
    }
    return buf_take(&b);
}

static void say_incomplete(struct buf *b, const struct plan *p, size_t project)
{
    char *holes = list_holes(p, project);
    say(b,
        _("Half-filled sheets: %s. It cannot be ranked until they are filled "
          "in."),
        holes);
    free(holes);
}

static void say_quorum(struct buf *b, const struct plan *p, size_t project)
{
    say(b,
        _("Usable sheets: %lld; needed: %lld. It cannot be ranked and goes "
          "back to the committee."),
        (long long)p->scores.project[project].counted,
        (long long)p->panel.quorum);
}

static void say_knocked_out(struct buf *b, const struct plan *p, size_t project)
{
    char x[DECIMAL_LEN], least[DECIMAL_LEN];
    size_t ko = p->scores.project[project].ko;
    const struct criterion *c = &p->panel.criterion[ko];
    const struct mean *m = &p->scores.mean[project * p->panel.criteria + ko];
    struct figure mean = {m->sum_milli, m->count * 1000, 1};
    struct figure minimum = {c->min_milli, 1000, 1};
    int decimals = decimals_to_tell(mean, minimum);
    say(b,
        _("Mean of %s/%lld on the criterion \"%s\", under its minimum of "
          "%s/%lld."),
        figure_text(mean, decimals, x), (long long)c->scale_hi, c->label,
        figure_text(minimum, 2, least), (long long)c->scale_hi);
}

static void say_below_min(struct buf *b, const struct plan *p,
                          struct figure score, int64_t threshold)
{
    char s[SCORE_LEN], least[SCORE_LEN];
    struct figure minimum = {threshold, 10000, 100};
    int decimals = decimals_to_tell(score, minimum);
    say(b, _("Score of %s, under the minimum of %s."),
        score_with(p, score, decimals, s), score_with(p, minimum, 2, least));
}

char *explain_standing(const struct plan *p, size_t project)
{
    struct buf b = BUF_INIT;
    const struct score *s = &p->scores.project[project];
    switch (s->standing) {
    case STANDING_OK:
        break;
    case STANDING_INCOMPLETE:
        say_incomplete(&b, p, project);
        break;
    case STANDING_QUORUM:
        say_quorum(&b, p, project);
        break;
    case STANDING_KO:
        say_knocked_out(&b, p, project);
        break;
    case STANDING_BELOW_MIN:
        say_below_min(&b, p, (struct figure){s->num, p->scores.den, 100},
                      p->panel.threshold);
        break;
    }
    return buf_take(&b);
}

static void say_barred(struct buf *b, const struct plan *p,
                       const struct candidate *c)
{
    char most[MONEY_LEN], least[MONEY_LEN];
    switch (c->closed) {
    case REASON_UNDECIDED:
        say(b,
            _("Its eligibility is not decided yet: run \"cispd project check "
              "%s\"."),
            c->id);
        break;
    case REASON_NO_COST:
        say(b,
            _("The call has a maximum rate of public funding and the cost of "
              "this project is not known: enter it with \"cispd project edit "
              "%s --cost EUR\"."),
            c->id);
        break;
    case REASON_RATE_USED:
        say(b, _("The other public funding of the project already reaches "
                 "the maximum rate of the call."));
        break;
    default:
        say(b,
            _("It may receive at most %s, less than the smallest award of "
              "the call (%s)."),
            money_text(c->request, most),
            money_text(p->terms.min_award, least));
        break;
    }
}

/* -------------------------------------------- what would have been enough */

/* What had to be left for the project to be funded, in part at least. */
static int64_t needed(const struct plan *p, size_t i)
{
    return p->share[i].reason == REASON_BELOW_FLOOR ? p->candidate[i].floor
                                                    : p->candidate[i].request;
}

/* The last place above at which enough was left: the candidate that holds it
 * now, or NULL. A refused project takes nothing, so that the others' turns
 * would be the same without it; and what is left never grows down the list,
 * so that no place below would do. */
static const struct candidate *place_needed(const struct plan *p, size_t i)
{
    int64_t need = needed(p, i);
    for (size_t k = i; k-- > 0;)
        if (p->share[k].rest_before >= need)
            return &p->candidate[k];
    return NULL;
}

static void say_what_was_needed(struct buf *b, const struct plan *p, size_t i,
                                const struct candidate *place, int decimals)
{
    char score[SCORE_LEN], envelope[MONEY_LEN];
    int64_t cents = p->enough[i];
    if (place != NULL)
        say(b,
            _("In the place of rank %lld (score %s) it would have been "
              "funded."),
            (long long)place->rank,
            score_with(p, score_figure(place), decimals, score));
    if (cents > 0)
        say(b, _("It would have been funded with an envelope of %s."),
            money_text(cents, envelope));
}

static void say_amount_that_fits(struct buf *b, const struct plan *p, size_t i)
{
    char text[MONEY_LEN];
    const struct share *s = &p->share[i];
    int64_t most = s->reason == REASON_BELOW_FLOOR
                       ? round_to_unit(s->rest_before, p->terms.unit)
                       : s->rest_before;
    if (most <= 0 || most < p->terms.min_award)
        return;
    money_text(most, text);
    if (s->reason == REASON_BELOW_FLOOR)
        say(b,
            _("With a smallest useful amount of %s or less it would have "
              "received a part."),
            text);
    else
        say(b, _("A request of %s or less would have passed."), text);
}

/* ------------------------------------------------------------- the shares */

static void say_funded(struct buf *b, const struct plan *p, size_t i)
{
    char award[MONEY_LEN], other[MONEY_LEN], floor[MONEY_LEN];
    const struct candidate *c = &p->candidate[i];
    const struct share *s = &p->share[i];
    money_text(s->award, award);
    if (s->reason == REASON_FULL)
        say(b, _("Funded in full: %s out of the %s left at its turn."), award,
            money_text(s->rest_before, other));
    else
        say(b,
            _("Funded in part: %s out of the %s requested. That is what was "
              "left of the envelope, and no less than its smallest useful "
              "amount (%s)."),
            award, money_text(c->request, other), money_text(c->floor, floor));
}

static void say_refused(struct buf *b, const struct plan *p, size_t i)
{
    char left[MONEY_LEN], other[MONEY_LEN], lacking[MONEY_LEN];
    const struct candidate *c = &p->candidate[i];
    const struct share *s = &p->share[i];
    money_text(s->rest_before, left);
    if (s->reason == REASON_AFTER_LINE)
        say(b, _("The allocation stopped before its turn."));
    else if (s->rest_before == 0)
        say(b, _("Nothing was left at its turn."));
    else if (s->reason == REASON_BELOW_FLOOR)
        say(b,
            _("%s were left at its turn, less than its smallest useful "
              "amount (%s)."),
            left, money_text(c->floor, other));
    else
        say(b, _("%s were left at its turn for a request of %s: %s short."),
            left, money_text(c->request, other),
            money_text(c->request - s->rest_before, lacking));
    if (s->reason == REASON_STRICT_LINE)
        say(b, _("The rule of the call stops the allocation here."));
}

static void say_forced(struct buf *b, const struct plan *p, size_t i)
{
    char award[MONEY_LEN], request[MONEY_LEN];
    if (p->share[i].reason == REASON_FORCED_OUT)
        say(b, _("Set aside by the committee before the rule was applied."));
    else
        say(b,
            _("Amount set by the committee: %s out of the %s requested; the "
              "rule was applied to the others."),
            money_text(p->share[i].award, award),
            money_text(p->candidate[i].request, request));
}

/* A project that had its turn, or would have had it. */
static void explain_turn(struct buf *b, const struct plan *p, size_t i)
{
    const struct candidate *c = &p->candidate[i], *place = NULL;
    enum reason r = p->share[i].reason;
    int decimals = 2;
    bool refused = r != REASON_FULL && r != REASON_PARTIAL;
    if (refused)
        place = place_needed(p, i);
    if (place != NULL && compare_products(place->score_num, c->score_den,
                                          c->score_num, place->score_den) != 0)
        decimals = decimals_to_tell(score_figure(c), score_figure(place));
    say_rank(b, p, c, decimals);
    say_lot(b, p, i);
    say_cap(b, c);
    if (!refused) {
        say_funded(b, p, i);
        return;
    }
    say_refused(b, p, i);
    say_what_was_needed(b, p, i, place, decimals);
    if (r != REASON_AFTER_LINE)
        say_amount_that_fits(b, p, i);
}

char *explain_share(const struct plan *p, size_t i)
{
    struct buf b = BUF_INIT;
    const struct candidate *c = &p->candidate[i];
    switch (p->share[i].reason) {
    case REASON_FORCED_IN:
    case REASON_FORCED_OUT:
        say_rank(&b, p, c, 2);
        say_forced(&b, p, i);
        break;
    case REASON_UNDECIDED:
    case REASON_NO_COST:
    case REASON_RATE_USED:
    case REASON_MIN_AWARD:
        say_barred(&b, p, c);
        break;
    case REASON_BELOW_MIN:
        say_below_min(&b, p, score_figure(c), p->terms.threshold);
        break;
    case REASON_KO:
    case REASON_QUORUM:
    case REASON_INCOMPLETE:
        return explain_standing(p, c->project);
    default:
        explain_turn(&b, p, i);
        break;
    }
    return buf_take(&b);
}
