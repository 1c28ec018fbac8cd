/* Sentences that the chair can read aloud. Each is whole, so that it can be
 * translated, and is left out where its figure would mean nothing. */
#include "core/why/speech.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/terms.h"
#include "core/money.h"
#include "core/rules/terms.h"
#include "core/wide.h"

#include <stdlib.h>

/* Longer lists of projects are not read aloud. */
#define MOST_NAMED 12

static void say(struct speech *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void say(struct speech *s, const char *fmt, ...)
{
    struct buf b = BUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    buf_addv(&b, fmt, ap);
    va_end(ap);
    s->text = xrealloc(s->text, s->count + 1, sizeof *s->text);
    s->text[s->count++] = buf_take(&b);
}

void speech_release(struct speech *s)
{
    for (size_t i = 0; i < s->count; i++)
        free(s->text[i]);
    free(s->text);
    *s = (struct speech){0};
}

/* ------------------------------------------------------------- statistics */

static void say_reliability(struct speech *s, const struct agreement *a)
{
    int64_t one, all;
    char x[DECIMAL_LEN], y[DECIMAL_LEN];
    if (!agreement_hundredths(a->icc_1, &one) ||
        !agreement_hundredths(a->icc_1_k, &all)) {
        say(s, _("How reliable the marks are cannot be computed: it takes two "
                 "projects with different scores that all members marked."));
        return;
    }
    say(s,
        _("On a scale that ends at 1, the reliability of the mean of the %zu "
          "members is %s and that of a single member %s (projects that all "
          "of them marked: %zu)."),
        a->members, decimal_text(all, 2, x), decimal_text(one, 2, y),
        a->projects);
    say(s, _("That is how closely the marks of as many other members would "
             "follow these."));
    if (all < 50)
        say(s, _("Under one half: more of what parts the scores comes from "
                 "the marking than from the projects."));
}

static void say_discuss(struct speech *s, const struct plan *p,
                        const struct statistics *st)
{
    struct buf b = BUF_INIT;
    size_t n = 0;
    for (size_t k = 0; k < p->panel.projects; k++) {
        size_t i = p->place[k].project;
        if (st->project[i].discuss && ++n <= MOST_NAMED)
            buf_addf(&b, "%s%s", n > 1 ? ", " : "", p->panel.project[i].ref);
    }
    if (n > 0 && n <= MOST_NAMED)
        say(s, _("To discuss, where the marks lie farthest apart: %s."),
            buf_str(&b));
    buf_release(&b);
}

static void say_reversal(struct speech *s, const struct plan *p,
                         const struct reversal *r)
{
    const struct entry *entry = p->panel.project;
    say(s,
        _("Attention: %s is before %s by its score, but behind it once the "
          "severity of the members who marked each is taken out, and only "
          "one of the two is funded."),
        entry[r->above].ref, entry[r->below].ref);
}

static void say_bias(struct speech *s, const struct plan *p,
                     const struct bias *b)
{
    size_t at_line = 0;
    if (!b->connected) {
        say(s, _("Whether severe members weighed on some projects only cannot "
                 "be told: no chain of common projects links all members."));
        return;
    }
    while (at_line < b->reversals && b->reversal[at_line].at_the_line)
        at_line++;
    for (size_t k = 0; k < at_line && k < MOST_NAMED; k++)
        say_reversal(s, p, &b->reversal[k]);
    if (at_line > 0)
        return;
    if (b->reversals > 0)
        say(s,
            ngettext("Who marked what changed the order of %zu pair of "
                     "projects, none of them across the funding line.",
                     "Who marked what changed the order of %zu pairs of "
                     "projects, none of them across the funding line.",
                     b->reversals),
            b->reversals);
    else
        say(s, _("Who marked what changed nothing in the order."));
}

struct speech speech_statistics(const struct plan *p,
                                const struct statistics *st)
{
    struct speech s = {0};
    say_reliability(&s, &st->agreement);
    say_bias(&s, p, &st->bias);
    say_discuss(&s, p, st);
    return s;
}

/* ------------------------------------------------------------- robustness */

char *effect_text(const struct plan *p, const struct robust *r,
                  const struct effect *f, bool leaving)
{
    struct buf b = BUF_INIT;
    size_t named = 0;
    for (size_t k = 0; k < f->count && named <= MOST_NAMED; k++) {
        if ((r->award[f->project[k]] > 0) != leaving)
            continue;
        named++;
        buf_addf(&b, "%s%s", b.len > 0 ? ", " : "",
                 named > MOST_NAMED ? "…"
                                    : p->panel.project[f->project[k]].ref);
    }
    buf_adds(&b, "");
    return buf_take(&b);
}

/* "2026-001, 2026-004": the projects for which `is` holds, in rank order;
 * NULL when there are too many to be read. The caller frees. */
static char *list_where(const struct plan *p, const struct robust *r,
                        bool (*is)(const struct robust *r, size_t i),
                        size_t *count)
{
    struct buf b = BUF_INIT;
    *count = 0;
    for (size_t k = 0; k < r->projects; k++) {
        size_t i = p->place[k].project;
        if (!is(r, i))
            continue;
        ++*count;
        buf_addf(&b, "%s%s", b.len > 0 ? ", " : "", p->panel.project[i].ref);
    }
    if (*count > 0 && *count <= MOST_NAMED)
        return buf_take(&b);
    buf_release(&b);
    return NULL;
}

static bool is_funded(const struct robust *r, size_t i)
{
    return r->award[i] > 0;
}

static bool is_core(const struct robust *r, size_t i)
{
    return r->core[i];
}

static bool is_one_mark(const struct robust *r, size_t i)
{
    return r->solidity[i] == ONE_MARK;
}

static void say_funded(struct speech *s, const struct plan *p,
                       const struct robust *r, size_t funded)
{
    char sum[MONEY_LEN], envelope[MONEY_LEN];
    say(s,
        ngettext("Under the rule \"%s\", %zu of %zu projects is funded, for "
                 "%s of the envelope of %s.",
                 "Under the rule \"%s\", %zu of %zu projects are funded, for "
                 "%s of the envelope of %s.",
                 funded),
        term_text(rule_name(p->terms.rule)), funded, r->projects,
        money_text(plan_total(p), sum),
        money_text(p->terms.envelope, envelope));
}

static void say_core(struct speech *s, const struct plan *p,
                     const struct robust *r)
{
    size_t funded, core;
    free(list_where(p, r, is_funded, &funded));
    say_funded(s, p, r, funded);
    char *list = list_where(p, r, is_core, &core);
    if (funded == 0)
        return;
    if (core == 0)
        say(s, _("None of them would be funded in every case."));
    else if (core == funded)
        say(s, ngettext("It would be funded in every case.",
                        "All of them would be funded in every case.", funded));
    else if (list != NULL)
        say(s,
            ngettext("Funded in every case: %s.", "Funded in every case: %s.",
                     core),
            list);
    else
        say(s, _("%zu of them would be funded in every case."), core);
    say(s, _("\"In every case\" means: whichever member is left out, whichever "
             "mark moves by one step, whichever rule is tried, and with the "
             "median of the sheets as with their mean."));
    free(list);
}

/* The sentences of one kind of change, by what it does. Each takes `who` where
 * there is one, then the projects that enter, then those that leave. */
struct words {
    const char *both, *enter, *leave;
};

static void say_change(struct speech *s, const struct plan *p,
                       const struct robust *r, const struct effect *f,
                       const struct words *w, const char *who)
{
    char *in = effect_text(p, r, f, false), *out = effect_text(p, r, f, true);
    const char *fmt = w->both, *first = in;
    if (*in == '\0') {
        fmt = w->leave;
        first = out;
    } else if (*out == '\0') {
        fmt = w->enter;
    }
    if (f->count > 0 && who != NULL)
        say(s, gettext(fmt), who, first, out);
    else if (f->count > 0)
        say(s, gettext(fmt), first, out);
    free(in);
    free(out);
}

static void say_members(struct speech *s, const struct plan *p,
                        const struct robust *r)
{
    static const struct words words = {
        N_("Without the marks of %s, %s would be funded and %s would not."),
        N_("Without the marks of %s, %s would be funded as well."),
        N_("Without the marks of %s, %s would not be funded.")};
    size_t changing = 0, marked = 0;
    for (size_t m = 0; m < r->members; m++) {
        marked += r->without[m].marked;
        changing += r->without[m].effect.count > 0;
        say_change(s, p, r, &r->without[m].effect, &words,
                   p->panel.member[m].name);
    }
    if (marked > 0 && changing == 0)
        say(s, _("Whichever member is left out, the same projects are "
                 "funded."));
}

static void say_moves(struct speech *s, const struct plan *p,
                      const struct robust *r)
{
    const struct moves *m = &r->moves;
    size_t count;
    if (m->tried == 0)
        return;
    if (m->with_list == 0)
        say(s, _("No single mark, moved by one step, changes which projects "
                 "are funded."));
    else
        say(s,
            ngettext("%zu of the %zu ways to move one mark by one step changes "
                     "which projects are funded.",
                     "%zu of the %zu ways to move one mark by one step change "
                     "which projects are funded.",
                     m->with_list),
            m->with_list, m->tried);
    char *list = list_where(p, r, is_one_mark, &count);
    if (list != NULL)
        say(s,
            ngettext("Hanging on one step of a single mark: %s.",
                     "Hanging on one step of a single mark: %s.", count),
            list);
    free(list);
}

/* |weight reached - weight| as a fraction of the weight; less is closer. */
static struct frac relative(const struct reach *r, int64_t weight)
{
    int64_t gap = r->weight.num - weight * r->weight.den;
    return (struct frac){gap < 0 ? -gap : gap, r->weight.den * weight};
}

static bool has_limit(const struct reach *r)
{
    return r->kind == REACH_AT || r->kind == REACH_BEYOND;
}

/* The criterion whose weight needs the least relative change, and which way;
 * NULL when none changes anything. */
static const struct reach *closest_weight(const struct plan *p,
                                          const struct robust *r, size_t *which)
{
    const struct reach *best = NULL;
    struct frac least = {0, 1};
    for (size_t c = 0; c < r->criteria; c++)
        for (int way = 0; r->weight[c].defined && way < 2; way++) {
            const struct weight_reach *w = &r->weight[c];
            const struct reach *reach = way == 0 ? &w->more : &w->less;
            if (!has_limit(reach))
                continue;
            struct frac gap = relative(reach, p->panel.criterion[c].weight);
            if (best == NULL ||
                compare_products(gap.num, least.den, least.num, gap.den) < 0) {
                best = reach;
                least = gap;
                *which = c;
            }
        }
    return best;
}

/* A weight with two decimals, or as many more as tell it from `from`. */
static const char *weight_text(struct frac w, int64_t from,
                               char out[DECIMAL_LEN])
{
    int64_t ten = 100;
    int decimals = 2;
    for (; decimals < 8 && round_share(w.num, ten, w.den) == from * ten;
         decimals++)
        ten *= 10;
    return decimal_text(round_share(w.num, ten, w.den), decimals, out);
}

/* One sentence for the most delicate weight; under "proportional" it is the
 * list that is watched. */
static void say_closest(struct speech *s, const struct criterion *k,
                        const struct reach *best, bool list_only)
{
    char from[DECIMAL_LEN], to[DECIMAL_LEN];
    decimal_text(k->weight, 0, from);
    weight_text(best->weight, k->weight, to);
    if (best->weight.num == k->weight * best->weight.den)
        say(s,
            _("Two projects are so equal that the slightest change to the "
              "weight of the criterion \"%s\" changes an award."),
            k->label);
    else if (list_only)
        say(s,
            _("The weight that needs to change least, in proportion, is that "
              "of the criterion \"%s\": other projects are funded when it "
              "goes from %s to about %s."),
            k->label, from, to);
    else
        say(s,
            _("The weight that needs to change least, in proportion, is that "
              "of the criterion \"%s\": an award changes when it goes from "
              "%s to about %s."),
            k->label, from, to);
}

static bool has_steps(const struct plan *p)
{
    return rule_has_optimum(p->terms.rule) && p->terms.step > 0;
}

static void say_weights(struct speech *s, const struct plan *p,
                        const struct robust *r)
{
    size_t c = 0, weighted = 0, known = 0, defined = 0;
    for (size_t k = 0; k < r->criteria; k++) {
        const struct weight_reach *w = &r->weight[k];
        weighted += !p->panel.criterion[k].independent;
        defined += w->defined;
        known += w->defined && w->more.kind != REACH_TOO_FINE &&
                 w->less.kind != REACH_TOO_FINE;
    }
    const struct reach *best = closest_weight(p, r, &c);
    if (best != NULL)
        say_closest(s, &p->panel.criterion[c], best, r->weight[c].list_only);
    else if (weighted > 0 && known == weighted)
        say(s, _("No change to one weight alone changes which projects are "
                 "funded."));
    else if (weighted > 0 && defined == 0)
        say(s, has_steps(p)
                   ? _("How far a weight could move is not told: what an "
                       "amount between the smallest and the whole request is "
                       "worth is rounded, so that no weight is exactly the "
                       "one at which the awards change.")
                   : _("How far a weight could move is not told: some sheets "
                       "have holes and count on the weights of the criteria "
                       "that were marked."));
}

static void say_median(struct speech *s, const struct plan *p,
                       const struct robust *r)
{
    static const struct words words = {
        N_("With the median of the sheets in the place of their mean, %s "
           "would be funded and %s would not."),
        N_("With the median of the sheets in the place of their mean, %s "
           "would be funded as well."),
        N_("With the median of the sheets in the place of their mean, %s "
           "would not be funded.")};
    if (r->median.count == 0 && r->projects > 0)
        say(s, _("With the median of the sheets in the place of their mean, "
                 "the same projects are funded."));
    say_change(s, p, r, &r->median, &words, NULL);
}

static void say_envelopes(struct speech *s, const struct plan *p,
                          const struct robust *r)
{
    static const struct words more = {
        N_("The nearest larger envelope that changes the list is %s: %s would "
           "be funded and %s would not."),
        N_("The nearest larger envelope that changes the list is %s: %s would "
           "be funded as well."),
        N_("The nearest larger envelope that changes the list is %s: %s would "
           "not be funded.")};
    static const struct words less = {
        N_("The nearest smaller envelope that changes the list is %s: %s "
           "would be funded and %s would not."),
        N_("The nearest smaller envelope that changes the list is %s: %s "
           "would be funded as well."),
        N_("The nearest smaller envelope that changes the list is %s: %s "
           "would not be funded.")};
    char text[MONEY_LEN];
    if (r->above.found)
        say_change(s, p, r, &r->above.effect, &more,
                   money_text(r->above.cents, text));
    if (r->below.found)
        say_change(s, p, r, &r->below.effect, &less,
                   money_text(r->below.cents, text));
    int64_t apart = r->above.found ? r->above.apart : 0;
    if (r->below.found && r->below.apart > apart)
        apart = r->below.apart;
    if (apart > 0)
        say(s,
            _("Envelopes were tried in steps of %s: one between them may "
              "change the list as well."),
            money_text(apart, text));
}

static void say_ties(struct speech *s, const struct plan *p)
{
    size_t ties = 0, lots = 0;
    for (size_t k = 0; k + 1 < p->panel.projects; k++) {
        if (p->place[k].rank == 0 || p->place[k].below <= TIE_SCORE)
            continue;
        ties++;
        lots += p->place[k].below >= TIE_LOT;
    }
    if (ties > 0)
        say(s,
            ngettext("%zu place was decided between equal scores, %zu of them "
                     "by lot or by number.",
                     "%zu places were decided between equal scores, %zu of "
                     "them by lot or by number.",
                     ties),
            ties, lots);
}

char *reach_text(const struct reach *reach, bool more)
{
    char text[DECIMAL_LEN];
    if (reach->kind == REACH_NEVER)
        return xstrdup(_("never"));
    if (reach->kind == REACH_TOO_FINE)
        return xstrdup(_("not computed"));
    decimal_text(round_share(reach->weight.num, 10000, reach->weight.den), 4,
                 text);
    if (reach->kind == REACH_AT)
        return xstrdup(text);
    return xasprintf("%s %s", more ? ">" : "<", text);
}

struct speech speech_robust(const struct plan *p, const struct robust *r)
{
    struct speech s = {0};
    say_core(&s, p, r);
    say_members(&s, p, r);
    say_moves(&s, p, r);
    say_weights(&s, p, r);
    say_median(&s, p, r);
    say_envelopes(&s, p, r);
    say_ties(&s, p);
    return s;
}
