/* Why a project is outside the ranking, or fails a minimum. */
#include "base/i18n.h"
#include "core/why/explain_facts.h"
#include "core/why/sentence.h"

#include <stdlib.h>

/* "Alice (C1, C3); Bob (C2)", for those who see to it that they are filled. */
static char *list_holes(const struct plan *p, size_t project)
{
    struct buf b = BUF_INIT;
    for (size_t m = 0; m < p->panel.members; m++) {
        const char *before = b.len > 0 ? _("; ") : "";
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

static void say_holes(struct buf *b, const char *sheets)
{
    say(b,
        _("Half-filled sheets: %s. It cannot be ranked until they are filled "
          "in."),
        sheets);
}

void say_incomplete(struct buf *b, const struct plan *p, size_t project)
{
    char count[DECIMAL_LEN];
    int64_t n = 0;
    for (size_t m = 0; m < p->panel.members; m++)
        n += p->scores.sheet[project * p->panel.members + m].state ==
             SHEET_INCOMPLETE;
    say_holes(b, decimal_text(n, 0, count));
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
        figure_text(mean, decimals, NEAREST, x), (long long)c->scale_hi,
        c->label, figure_text(minimum, 2, NEAREST, least),
        (long long)c->scale_hi);
}

void say_below_min(struct buf *b, const struct plan *p, struct figure score,
                   int64_t threshold)
{
    char s[SCORE_LEN], least[SCORE_LEN];
    struct figure minimum = {threshold, 10000, 100};
    int decimals = decimals_to_tell(score, minimum);
    say(b, _("Score of %s, under the minimum of %s."),
        score_with(p, score, decimals, NEAREST, s),
        score_with(p, minimum, 2, NEAREST, least));
}

char *explain_standing(const struct plan *p, size_t project)
{
    struct buf b = BUF_INIT;
    const struct score *s = &p->scores.project[project];
    char *holes = NULL;
    switch (s->standing) {
    case STANDING_OK:
        break;
    case STANDING_INCOMPLETE:
        holes = list_holes(p, project);
        say_holes(&b, holes);
        free(holes);
        break;
    case STANDING_QUORUM:
        say_quorum(&b, p, project);
        break;
    case STANDING_KO:
        say_knocked_out(&b, p, project);
        if (score_below(&p->panel, &p->scores, project))
            say_below_min(&b, p, score_figure(s->num, p->scores.den),
                          p->panel.threshold);
        break;
    case STANDING_BELOW_MIN:
        say_below_min(&b, p, score_figure(s->num, p->scores.den),
                      p->panel.threshold);
        break;
    }
    return buf_take(&b);
}
