/* The facts under the rules that go down the ranking (allocation.md, 5.2).
 *
 * What is left at each place does not depend on who stands there, as long as
 * no money is reserved for themes: one run without the project tells what it
 * would find everywhere. Else it is tried, place by place. All the candidates
 * of a plan have their scores over one denominator. */
#include "base/mem.h"
#include "core/why/facts.h"
#include "core/money.h"
#include "core/rules/purse.h"
#include "core/rules/rules.h"
#include "core/rules/tiers.h"

#include <stdlib.h>
#include <string.h>

/* A candidate and the others, without it, in rank order. */
struct stand {
    const struct plan *plan;
    size_t self, n;
    struct candidate me;
    struct candidate *other;
    int64_t *left; /* [k]: for it, standing before the k-th of the others;
                      [n]: behind all; -1: the rule has stopped */
    bool must_try; /* `left` does not tell */
};

static bool is_rule(const struct plan *p, run_rule *run)
{
    return p->terms.rule->run == run;
}

/* proportional: what the floors of those before leave of whole units. */
static void left_by_floors(struct stand *s)
{
    const struct terms *t = &s->plan->terms;
    int64_t left = round_to_unit(
        t->envelope - purse_forced(s->plan->candidate, s->plan->count),
        t->unit);
    for (size_t k = 0; k <= s->n; k++) {
        s->left[k] = left;
        if (k == s->n || !is_open(&s->other[k]) || left < 0 ||
            s->other[k].score_num == 0)
            continue;
        left = s->other[k].floor <= left ? left - s->other[k].floor : -1;
    }
}

/* The shares of the others without it; it was not there for them when it was
 * refused, unless it stopped the rule. */
static void share_without(struct stand *s, struct share *share)
{
    const struct plan *p = s->plan;
    const struct share *own = &p->share[s->self];
    if (own->award > 0 || own->reason == REASON_STRICT_LINE) {
        if (allocate(s->other, s->n, &p->terms, share, NULL) != ST_OK)
            s->must_try = true;
        return;
    }
    memcpy(share, p->share, s->self * sizeof *share);
    memcpy(share + s->self, own + 1, (s->n - s->self) * sizeof *share);
}

static void left_by_turns(struct stand *s)
{
    struct share *share = xcalloc(s->n, sizeof *share);
    int64_t left = s->plan->terms.envelope;
    bool stopped = false;
    share_without(s, share);
    for (size_t k = 0; k < s->n; k++) {
        left -= share[k].award;
        stopped = stopped || share[k].reason == REASON_STRICT_LINE;
    }
    s->left[s->n] = stopped ? -1 : left;
    for (size_t k = s->n; k-- > 0;)
        s->left[k] =
            is_open(&s->other[k]) ? share[k].rest_before : s->left[k + 1];
    free(share);
}

static void stand_init(struct stand *s, const struct plan *p, size_t i)
{
    *s = (struct stand){.plan = p, .self = i, .n = p->count - 1};
    s->me = p->candidate[i];
    s->other = xcalloc(s->n, sizeof *s->other);
    s->left = xcalloc(s->n + 1, sizeof *s->left);
    memcpy(s->other, p->candidate, i * sizeof *s->other);
    memcpy(s->other + i, p->candidate + i + 1, (s->n - i) * sizeof *s->other);
    s->must_try = p->terms.reserves > 0 || is_rule(p, run_tiers_cut);
    if (is_rule(p, run_proportional))
        left_by_floors(s);
    else if (!s->must_try)
        left_by_turns(s);
}

static void stand_release(struct stand *s)
{
    free(s->other);
    free(s->left);
}

/* ------------------------------------------- at another score, another place
 */

/* The award of `me`, standing before the k-th of the others. */
static int64_t try_at(const struct stand *s, const struct candidate *me,
                      size_t k)
{
    struct candidate *c = xcalloc(s->n + 1, sizeof *c);
    struct share *share = xcalloc(s->n + 1, sizeof *share);
    memcpy(c, s->other, k * sizeof *c);
    c[k] = *me;
    memcpy(c + k + 1, s->other + k, (s->n - k) * sizeof *c);
    int64_t award = 0;
    if (allocate(c, s->n + 1, &s->plan->terms, share, NULL) == ST_OK)
        award = share[k].award;
    free(c);
    free(share);
    return award;
}

/* Whether it is funded with that score, before the k-th of the others. */
static bool funded_at(const struct stand *s, int64_t score, size_t k)
{
    const struct terms *t = &s->plan->terms;
    struct candidate me = s->me;
    me.score_num = score;
    if (s->must_try)
        return try_at(s, &me, k) > 0;
    if (is_rule(s->plan, run_proportional))
        return score > 0 && me.floor <= s->left[k];
    if (is_rule(s->plan, run_tiers)) {
        const struct tier *tier = tier_of(t, score, me.score_den);
        int64_t v = tier == NULL ? 0 : tier_amount(t, tier, me.request);
        return v > 0 && v >= me.floor && v <= s->left[k];
    }
    return me.request <= s->left[k] ||
           (is_rule(s->plan, run_partial) &&
            me.floor <= round_to_unit(s->left[k], t->unit));
}

/* Whether it comes before another of equal score for certain: among rows of a
 * file the smaller request, then the id. In a panel that depends on which
 * marks would make the score: then it is taken to come behind. */
static bool wins_tie(const struct stand *s, const struct candidate *other)
{
    if (s->plan->panel.projects > 0)
        return false;
    if (s->me.request != other->request)
        return s->me.request < other->request;
    return strcmp(s->me.id, other->id) < 0;
}

static bool comes_before(const struct stand *s, int64_t score,
                         const struct candidate *other)
{
    return score > other->score_num ||
           (score == other->score_num && wins_tie(s, other));
}

/* A score at which something begins: it passes another, or reaches a tier. */
struct event {
    int64_t score;
    size_t k;     /* the place that it has with that score */
    size_t other; /* whom it passes; FACTS_NOBODY */
    bool above;   /* the score of that one is not enough: `score` is the next */
};

/* The place of a score, looking up from the k-th of the others. */
static size_t place_of(const struct stand *s, int64_t score, size_t k)
{
    while (k > 0 && (!is_open(&s->other[k - 1]) ||
                     comes_before(s, score, &s->other[k - 1])))
        k--;
    return k;
}

/* The least score that passes the minimum of the call, or weighs anything. */
static int64_t lowest_score(const struct stand *s)
{
    int64_t threshold = s->plan->terms.threshold;
    if (threshold > 0)
        return plan_least_score(threshold, s->me.score_den);
    return is_rule(s->plan, run_proportional) ? 1 : 0;
}

static void turn_round(struct event *e, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        struct event x = e[i];
        e[i] = e[n - 1 - i];
        e[n - 1 - i] = x;
    }
}

/* Adds the events at which it passes another. Going up the ranking their
 * scores never fall; at one score they come in rank order. */
static size_t add_passes(const struct stand *s, struct event *e, size_t n)
{
    size_t run = n, place = e[0].k;
    for (size_t k = s->n; k-- > 0;) {
        bool above = !wins_tie(s, &s->other[k]);
        int64_t score = s->other[k].score_num + above;
        if (!is_open(&s->other[k]) || score <= e[0].score)
            continue;
        if (n > run && e[run].score != score) {
            turn_round(e + run, n - run);
            run = n;
        }
        place = place_of(s, score, place < k ? place : k);
        e[n++] = (struct event){score, place, k < s->self ? k : k + 1, above};
    }
    turn_round(e + run, n - run);
    return n;
}

/* Adds the score of a tier, behind other events of that score. */
static size_t add_tier(const struct stand *s, const struct tier *tier,
                       struct event *e, size_t n)
{
    int64_t score = plan_least_score(tier->threshold, s->me.score_den);
    size_t at = n;
    if (score <= e[0].score)
        return n;
    for (; e[at - 1].score > score; at--)
        e[at] = e[at - 1];
    e[at] =
        (struct event){score, place_of(s, score, s->n), FACTS_NOBODY, false};
    return n + 1;
}

/* All events, by rising score, the first being the lowest score there is. The
 * caller frees. */
static struct event *events_of(const struct stand *s, size_t *count)
{
    const struct terms *t = &s->plan->terms;
    int64_t lowest = lowest_score(s);
    struct event *e = xcalloc(s->n + t->tiers + 1, sizeof *e);
    e[0] = (struct event){lowest, place_of(s, lowest, s->n), FACTS_NOBODY,
                          t->threshold <= 0 && lowest > 0};
    *count = add_passes(s, e, 1);
    for (size_t k = 0; k < t->tiers; k++)
        *count = add_tier(s, &t->tier[k], e, *count);
    return e;
}

/* Of the events at one score, from e[at] on, the lowest place that is enough.
 */
static const struct event *
lowest_place(const struct stand *s, const struct event *e, size_t n, size_t at)
{
    size_t last = at;
    while (last + 1 < n && e[last + 1].score == e[at].score)
        last++;
    for (; last > at; last--) {
        size_t k = e[last].other - (e[last].other > s->self);
        if (e[last].other != FACTS_NOBODY && funded_at(s, e[at].score, k))
            break;
    }
    return &e[last];
}

static void set_score(const struct event *e, struct facts *f)
{
    f->score = (struct figure_fact){ANSWER_VALUE, e->score - e->above};
    f->above = e->above;
    f->place = e->other;
}

/* Down from its score, the last event to which a funded project still is. At
 * its own score a tie may be what puts it where it is. */
static void find_margin(const struct stand *s, const struct event *e, size_t n,
                        size_t at, struct facts *f)
{
    const struct event own = {s->me.score_num, s->self, FACTS_NOBODY, false};
    bool holds = funded_at(s, e[at].score, e[at].k);
    while (holds && at > 0 && funded_at(s, e[at - 1].score, e[at - 1].k))
        at--;
    set_score(holds ? lowest_place(s, e, n, at) : &own, f);
    if (holds && at == 0 && e[0].score == 0)
        f->score.answer = ANSWER_ANY;
}

static void find_score(const struct stand *s, bool funded, struct facts *f)
{
    size_t n, at = 0;
    struct event *e = events_of(s, &n);
    while (at < n && e[at].score <= s->me.score_num)
        at++;
    if (funded) {
        find_margin(s, e, n, at - 1, f);
    } else {
        while (at < n && !funded_at(s, e[at].score, e[at].k))
            at++;
        if (at < n)
            set_score(lowest_place(s, e, n, at), f);
        else
            f->score.answer = ANSWER_NEVER;
    }
    free(e);
}

/* ------------------------------------------------------------ the envelope */

/* What a refused project needed to be left. */
static int64_t need_of(const struct plan *p, const struct candidate *c,
                       const struct share *s)
{
    if (s->reason == REASON_BELOW_FLOOR)
        return c->floor;
    if (s->reason == REASON_TIER_NO_FIT || s->reason == REASON_TIER_FLOOR)
        return tier_amount(&p->terms,
                           tier_of(&p->terms, c->score_num, c->score_den),
                           c->request);
    return c->request;
}

/* Whether more money at its turn may change what it gets. */
static bool waits(const struct share *s)
{
    return s->reason == REASON_STRICT_LINE || s->reason == REASON_NO_FIT ||
           s->reason == REASON_BELOW_FLOOR || s->reason == REASON_PARTIAL ||
           s->reason == REASON_TIER_NO_FIT;
}

static bool has_ceilings(const struct terms *t)
{
    for (size_t r = 0; r < t->reserves; r++)
        if (t->reserve[r].most >= 0)
            return true;
    return false;
}

/* How much more the envelope must hold before anything changes for one of
 * the candidates from `first` to `last`; INT64_MAX: nothing would. A partial
 * award takes what is added, until it is full: less than a unit stays for
 * those behind it. */
static int64_t next_event(const struct plan *p, const struct terms *t,
                          const struct share *s, size_t first, size_t last)
{
    int64_t least = INT64_MAX;
    bool taken = false;
    if (is_rule(p, run_tiers_cut)) {
        int64_t rest = t->envelope - purse_forced(p->candidate, p->count);
        least = tiers_cut_next(p->candidate, p->count, t, rest);
        return least < INT64_MAX ? least - rest : least;
    }
    for (size_t k = first; k <= last; k++) {
        if (!waits(&s[k]) || s[k].capped)
            continue;
        int64_t need = need_of(p, &p->candidate[k], &s[k]);
        if (taken && p->terms.reserves == 0 && need >= p->terms.unit)
            continue;
        if (need - s[k].rest_before < least)
            least = need - s[k].rest_before;
        taken = taken || s[k].reason == REASON_PARTIAL;
    }
    if (least < INT64_MAX && least > p->terms.unit && has_ceilings(&p->terms))
        return p->terms.unit; /* a ceiling can be met at any amount */
    return least;
}

/* Candidates that may be looked at: a second or so. */
#define ENVELOPE_WORK 100000000

/* How many of them one envelope takes: to cut is to begin again and again. */
static size_t work_of(const struct plan *p, size_t count)
{
    return is_rule(p, run_tiers_cut) ? count * count : count;
}

/* Whether no envelope helps: the score or the floor says no. */
static bool is_hopeless(const struct plan *p, size_t i)
{
    const struct share *s = &p->share[i];
    return s->reason == REASON_NO_SCORE || s->reason == REASON_TIER_ZERO ||
           (s->reason == REASON_TIER_FLOOR &&
            need_of(p, &p->candidate[i], s) < p->candidate[i].floor);
}

/* strict, proportional: all that comes before must fit, and the project. */
static int64_t sum_down_to(const struct plan *p, size_t i)
{
    bool floors = is_rule(p, run_proportional);
    int64_t sum = purse_forced(p->candidate, p->count);
    for (size_t k = 0; k <= i; k++) {
        const struct candidate *c = &p->candidate[k];
        if (is_open(c) && (!floors || c->score_num > 0))
            sum += floors ? c->floor : c->request;
    }
    return sum;
}

/* The envelope of the refused candidates of [lo, hi], where one look tells;
 * how many are left to search for. */
static size_t envelopes_at_once(const struct plan *p, size_t lo, size_t hi,
                                struct facts *out)
{
    bool sums = is_rule(p, run_proportional) ||
                (is_rule(p, run_strict) && p->terms.reserves == 0);
    size_t left = 0;
    for (size_t i = lo; i <= hi; i++) {
        struct figure_fact *f = &out[i - lo].envelope;
        if (!is_open(&p->candidate[i]) || p->share[i].award > 0)
            continue;
        if (is_hopeless(p, i))
            f->answer = ANSWER_NEVER;
        else if (sums)
            *f = (struct figure_fact){ANSWER_VALUE, sum_down_to(p, i)};
        else
            left++;
    }
    return left;
}

/* Gives this answer to those that wait for one and are funded, or to all that
 * wait; how many. */
static size_t answer(const struct plan *p, size_t lo, size_t hi,
                     struct facts *out, const struct share *funded,
                     struct figure_fact f)
{
    size_t count = 0;
    for (size_t i = lo; i <= hi; i++) {
        if (!is_open(&p->candidate[i]) || p->share[i].award > 0 ||
            out[i - lo].envelope.answer != ANSWER_NONE ||
            (funded != NULL && funded[i].award == 0))
            continue;
        out[i - lo].envelope = f;
        count++;
    }
    return count;
}

/* The first envelope of each refused candidate of [lo, hi] into out[0 .. hi -
 * lo], raising it from event to event; where the work ends before, the last
 * one looked at. Without reserves and cuts, nobody depends on those behind,
 * and more money changes nothing for those before the first who waits. */
static void find_envelopes(const struct plan *p, size_t lo, size_t hi,
                           struct facts *out)
{
    bool all = p->terms.reserves > 0 || is_rule(p, run_tiers_cut);
    size_t count = all ? p->count : hi + 1, settled = 0, work = 0;
    size_t left = envelopes_at_once(p, lo, hi, out);
    struct figure_fact end = {ANSWER_BEYOND, 0};
    struct terms t = p->terms;
    struct share *s = xcalloc(p->count, sizeof *s);
    int64_t apart = 0, more = 0; /* paid to those not looked at */
    for (size_t k = count; k < p->count; k++)
        apart += p->candidate[k].forced ? p->candidate[k].forced_award : 0;
    t.envelope -= apart;
    while (left > 0 && work < ENVELOPE_WORK && more < INT64_MAX) {
        t.envelope += more;
        work += work_of(p, count - settled);
        if (allocate(p->candidate + settled, count - settled, &t, s + settled,
                     NULL) != ST_OK)
            break;
        end.value = t.envelope + apart;
        left -= answer(p, lo, hi, out, s,
                       (struct figure_fact){ANSWER_VALUE, end.value});
        more = left > 0 ? next_event(p, &t, s, settled, count - 1) : 0;
        for (; !all && settled < count && !waits(&s[settled]); settled++) {
            t.envelope -= s[settled].award;
            apart += s[settled].award;
        }
    }
    if (more == INT64_MAX)
        end = (struct figure_fact){ANSWER_NEVER, 0};
    answer(p, lo, hi, out, NULL, end);
    free(s);
}

/* -------------------------------------------------------------- the amount */

/* proportional: whether one before it was refused already. */
static bool is_first_refused(const struct plan *p, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (p->share[k].reason == REASON_FLOORS)
            return false;
    return true;
}

/* Whether nothing but the request, or what comes after it in the tie chain,
 * put the k-th of the others before it. */
static bool tied_until_request(const struct stand *s, size_t k)
{
    const struct plan *p = s->plan;
    if (p->panel.projects == 0)
        return s->other[k].score_num == s->me.score_num;
    for (size_t i = k; i < s->self; i++)
        if (p->place[i].below < TIE_REQUEST)
            return false;
    return true;
}

/* Whether that request would put it before one that is tied with it. Behind
 * equal requests comes the lot, or the number; in a file the id. */
static bool asks_less(const struct stand *s, int64_t request,
                      const struct candidate *other)
{
    if (request != other->request)
        return request < other->request;
    if (s->plan->panel.projects == 0)
        return strcmp(s->me.id, other->id) < 0;
    return rank_by_lot(&s->plan->panel, s->me.project, other->project);
}

/* The largest request that what is left can pay. */
static int64_t request_for(const struct stand *s, int64_t left)
{
    const struct terms *t = &s->plan->terms;
    if (!is_rule(s->plan, run_tiers) || left < 0)
        return left;
    return tier_request(t, tier_of(t, s->me.score_num, s->me.score_den), left);
}

/* The largest request that fits at its turn, or that would have put it before
 * others of the same standing, where more was left. */
static int64_t request_left(const struct stand *s)
{
    int64_t best = request_for(s, s->left[s->self]);
    for (size_t k = s->self; k-- > 0 && tied_until_request(s, k);) {
        int64_t most = s->other[k].request;
        int64_t fits = request_for(s, s->left[k]);
        most -= !asks_less(s, most, &s->other[k]);
        most = most < fits ? most : fits;
        best = most > best ? most : best;
    }
    return best;
}

/* tiers: what its tier gives for a request. */
static int64_t given_for(const struct stand *s, int64_t request)
{
    const struct terms *t = &s->plan->terms;
    return tier_amount(t, tier_of(t, s->me.score_num, s->me.score_den),
                       request);
}

/* tiers: the floor with which it would have been funded: what its tier gives;
 * where the amounts are cut, it is looked for by halving. */
static int64_t floor_of_tier(const struct stand *s)
{
    int64_t unit = s->plan->terms.unit, gives = given_for(s, s->me.request);
    if (is_rule(s->plan, run_tiers))
        return gives <= s->left[s->self] ? gives : 0;
    struct candidate me = s->me;
    int64_t lo = 0, hi = (me.floor + unit - 1) / unit;
    while (hi - lo > 1) {
        int64_t mid = lo + (hi - lo) / 2;
        me.floor = mid * unit;
        if (try_at(s, &me, s->self) > 0)
            lo = mid;
        else
            hi = mid;
    }
    return lo * unit;
}

/* The request, or the floor, with which it would have been funded. */
static int64_t amount_left(const struct stand *s)
{
    const struct terms *t = &s->plan->terms;
    const struct share *own = &s->plan->share[s->self];
    switch (own->reason) {
    case REASON_STRICT_LINE:
    case REASON_AFTER_LINE:
    case REASON_NO_FIT:
        return s->must_try ? own->rest_before : request_left(s);
    case REASON_CEILING:
        return is_rule(s->plan, run_partial)
                   ? round_to_unit(own->rest_before, t->unit)
                   : own->rest_before;
    case REASON_BELOW_FLOOR:
        return round_to_unit(own->rest_before, t->unit);
    case REASON_TIER_NO_FIT: {
        int64_t request = request_left(s);
        return given_for(s, request) >= s->me.floor ? request : 0;
    }
    case REASON_TIER_FLOOR:
        return floor_of_tier(s);
    case REASON_FLOORS:
        return is_first_refused(s->plan, s->self) ? own->rest_before : 0;
    default:
        return 0;
    }
}

/* With money reserved for themes, a smaller request changes what is kept: it
 * is tried. */
static bool amount_works(const struct stand *s, int64_t amount)
{
    struct candidate me = s->me;
    if (s->plan->terms.reserves == 0)
        return true;
    me.floor = amount < me.floor ? amount : me.floor;
    if (!is_rule(s->plan, run_partial))
        me.request = amount;
    size_t k = s->self;
    while (k > 0 && tied_until_request(s, k - 1) &&
           asks_less(s, me.request, &s->other[k - 1]))
        k--;
    return try_at(s, &me, k) > 0;
}

static void find_amount(const struct stand *s, struct facts *f)
{
    int64_t amount = amount_left(s);
    if (amount > 0 && amount >= s->plan->terms.min_award &&
        amount_works(s, amount))
        f->amount = (struct figure_fact){ANSWER_VALUE, amount};
    /* of less the tier may give less than the floor */
    f->exact = s->plan->share[s->self].reason == REASON_TIER_NO_FIT;
}

/* Where a score must be tried place by place, it is not among more of them;
 * among more than TOLD_MOST neither scores nor amounts are looked for. */
#define TRIED_MOST 400
#define TOLD_MOST 5000

/* All but the envelope; `with_all`: one project of all. */
static struct facts facts_at_turn(const struct plan *p, size_t i, bool with_all)
{
    struct facts f = {.score_den = p->candidate[i].score_den,
                      .place = FACTS_NOBODY};
    bool funded = p->share[i].award > 0;
    struct stand s;
    if (with_all && p->count > TOLD_MOST)
        return f;
    stand_init(&s, p, i);
    if (!s.must_try || !with_all || p->count <= TRIED_MOST)
        find_score(&s, funded, &f);
    if (!funded)
        find_amount(&s, &f);
    stand_release(&s);
    return f;
}

struct facts rank_score_of(const struct plan *p, size_t i)
{
    struct facts f = {.score_den = p->candidate[i].score_den,
                      .place = FACTS_NOBODY};
    struct stand s;
    stand_init(&s, p, i);
    find_score(&s, false, &f);
    stand_release(&s);
    return f;
}

struct facts rank_facts_of(const struct plan *p, size_t i)
{
    struct facts f = facts_at_turn(p, i, false);
    find_envelopes(p, i, i, &f);
    return f;
}

void rank_facts(const struct plan *p, struct facts *out)
{
    for (size_t i = 0; i < p->count; i++)
        if (is_open(&p->candidate[i]))
            out[i] = facts_at_turn(p, i, true);
    if (p->count > 0)
        find_envelopes(p, 0, p->count - 1, out);
}
