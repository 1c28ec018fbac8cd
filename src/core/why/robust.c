/* The whole of the robustness report: members, median, rules, envelopes, and
 * what they say together of each project. */
#include "core/why/robust.h"
#include "base/mem.h"
#include "core/rules/terms.h"
#include "core/wide.h"

#include <stdlib.h>

/* No more envelopes than that are tried on each side; under optimal, where each
 * takes longer, no more to the cent. */
#define MOST_ENVELOPES 200000
#define MOST_OPTIMA 1000

/* What the functions below share. */
struct work {
    struct replay replay;
    struct robust *out;
    struct err *e;
    robust_progress *progress;
    void *arg;
    size_t done, total;
};

static void step_done(struct work *w)
{
    w->done++;
    if (w->progress != NULL)
        w->progress(w->arg, w->done, w->total);
}

/* ---------------------------------------------------- without one member */

/* Kendall's tau of the base's order and the view's. */
static void compare_orders(const struct replay *r, struct without *out)
{
    const struct plan *base = r->base;
    size_t n = r->projects;
    int64_t *rank = xcalloc(n, sizeof *rank);
    for (size_t k = 0; k < n; k++)
        rank[r->candidate[k].project] = r->candidate[k].rank;
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++) {
            int64_t x = rank[base->place[a].project];
            int64_t y = rank[base->place[b].project];
            if (base->place[b].rank == 0 || x == 0 || y == 0)
                continue;
            out->tau_num += x < y ? 1 : -1;
            out->tau_den++;
        }
    free(rank);
}

static size_t count_below_quorum(const struct plan *base,
                                 const struct scores *s)
{
    size_t count = 0;
    for (size_t i = 0; i < base->panel.projects; i++)
        count += score_rankable(&base->scores.project[i]) &&
                 s->project[i].counted < base->panel.quorum;
    return count;
}

static bool has_sheet(const struct plan *base, size_t member)
{
    const struct panel *p = &base->panel;
    for (size_t i = 0; i < p->projects; i++)
        if (base->scores.sheet[i * p->members + member].state == SHEET_COUNTED)
            return true;
    return false;
}

static enum status leave_out(struct work *w, size_t member)
{
    struct replay *r = &w->replay;
    const struct plan *base = r->base;
    struct without *out = &w->out->without[member];
    struct scores scores;
    out->marked = has_sheet(base, member);
    if (!out->marked)
        return ST_OK;
    enum status st = whatif_without_member(&base->panel, &base->scores, member,
                                           &scores, w->e);
    if (st != ST_OK)
        return st;
    replay_reset(r);
    r->view.scores = scores;
    replay_rank(r);
    st = replay_run(r, w->e);
    if (st == ST_OK) {
        out->effect = replay_effect(r);
        out->below_quorum = count_below_quorum(base, &scores);
        compare_orders(r, out);
    }
    scores_release(&scores);
    return st;
}

static enum status leave_each_out(struct work *w)
{
    enum status st = ST_OK;
    for (size_t m = 0; st == ST_OK && m < w->out->members; m++)
        st = leave_out(w, m);
    step_done(w);
    return st;
}

/* ------------------------------------------------------ median and rules */

static enum status take_median(struct work *w)
{
    struct replay *r = &w->replay;
    struct scores scores;
    whatif_median(&r->base->panel, &r->base->scores, &scores);
    replay_reset(r);
    r->view.scores = scores;
    replay_rank(r);
    enum status st = replay_run(r, w->e);
    if (st == ST_OK)
        w->out->median = replay_effect(r);
    scores_release(&scores);
    return st;
}

/* A rule may refuse a call that lacks its parameters: that is an answer. */
static void try_rules(struct work *w)
{
    struct replay *r = &w->replay;
    replay_reset(r);
    for (size_t i = 0; i < w->out->rules; i++) {
        struct rule_try *t = &w->out->rule[i];
        struct err e = {0};
        t->rule = r->view.terms.rule = rule_at(i);
        t->status = replay_run(r, &e);
        if (t->status != ST_OK) {
            t->refusal = xstrdup(e.msg);
            continue;
        }
        t->effect = replay_effect(r);
        t->award = xcalloc(r->projects, sizeof *t->award);
        for (size_t k = 0; k < r->projects; k++)
            t->award[k] = r->award[k];
    }
    step_done(w);
}

/* -------------------------------------------------------------- envelopes */

/* Behind this envelope every project that takes part has its whole request. */
static int64_t largest_envelope(const struct plan *base)
{
    int64_t sum = 0;
    for (size_t k = 0; k < base->count; k++)
        if (base->candidate[k].closed == REASON_OPEN)
            sum += base->candidate[k].request;
    return sum;
}

/* The greatest amount of which the unit and all amounts that a rule compares
 * are multiples: of envelopes, only such multiples change the list. */
static int64_t grain_of(const struct plan *base)
{
    const struct terms *t = &base->terms;
    int64_t grain = gcd(t->unit, t->step);
    for (size_t k = 0; k < base->count; k++) {
        const struct candidate *c = &base->candidate[k];
        grain = gcd(gcd(c->request, c->floor), grain);
        grain = c->forced ? gcd(c->forced_award, grain) : grain;
    }
    for (size_t r = 0; r < t->reserves; r++) {
        grain = gcd(t->reserve[r].least, grain);
        grain = t->reserve[r].most > 0 ? gcd(t->reserve[r].most, grain) : grain;
    }
    return grain;
}

/* From grain to grain one way, downwards a cent under each, until the list of
 * funded projects is another; where that takes too many, on by units, euros at
 * least. An envelope that the rule refuses, as one under its reserves, ends the
 * search. */
static void scan(struct work *w, int64_t way, int64_t last, struct border *out)
{
    struct replay *r = &w->replay;
    int64_t *cents = &r->view.terms.envelope;
    const struct terms *t = &r->base->terms;
    int64_t step = grain_of(r->base), coarse = t->unit > 100 ? t->unit : 100;
    int64_t fine = rule_has_optimum(t->rule) ? MOST_OPTIMA : MOST_ENVELOPES;
    replay_reset(r);
    int64_t next = *cents - *cents % step + (way > 0 ? step : -1);
    for (int64_t tries = 0; !out->found && !out->gave_up; tries++) {
        out->cents = *cents;
        if ((last - *cents) * way <= 0)
            break;
        if (tries == fine && step < coarse) {
            step = out->apart = coarse;
            tries = 0;
        }
        *cents = next > 0 ? next : 0;
        next += way * step;
        out->gave_up = tries == MOST_ENVELOPES || replay_run(r, NULL) != ST_OK;
        if (out->gave_up)
            break;
        effect_release(&out->effect);
        out->effect = replay_effect(r);
        out->found = out->effect.count > 0;
        out->cents = *cents;
    }
}

static void scan_envelopes(struct work *w)
{
    scan(w, -1, 0, &w->out->below);
    scan(w, 1, largest_envelope(w->replay.base), &w->out->above);
    step_done(w);
}

/* ----------------------------------------------------------- the projects */

/* Marks as `state` the projects that enter or leave. */
static void mark_changed(struct robust *r, const struct effect *f,
                         enum solidity state)
{
    for (size_t k = 0; k < f->count; k++)
        r->solidity[f->project[k]] = state;
}

static void judge_projects(struct robust *r)
{
    for (size_t m = 0; m < r->members; m++)
        mark_changed(r, &r->without[m].effect, SENSITIVE);
    for (size_t i = 0; i < r->projects; i++)
        r->sensitive[i] = r->solidity[i] == SENSITIVE;
    for (size_t k = 0; k < r->moves.with_awards; k++)
        mark_changed(r, &r->moves.move[k].effect, ONE_MARK);
    for (size_t i = 0; i < r->projects; i++) {
        r->core[i] = r->award[i] > 0 && r->solidity[i] == SOLID;
        for (size_t k = 0; k < r->rules; k++)
            if (r->rule[k].status == ST_OK && r->rule[k].award[i] == 0)
                r->core[i] = false;
    }
    for (size_t k = 0; k < r->median.count; k++)
        r->core[r->median.project[k]] = false;
}

/* ------------------------------------------------------------- the whole */

static size_t count_rules(void)
{
    size_t n = 0;
    while (rule_at(n) != NULL)
        n++;
    return n;
}

static void robust_init(struct robust *r, const struct plan *base)
{
    const struct panel *p = &base->panel;
    *r = (struct robust){.projects = p->projects,
                         .members = p->members,
                         .criteria = p->criteria,
                         .rules = count_rules()};
    r->award = xcalloc(r->projects, sizeof *r->award);
    r->without = xcalloc(r->members, sizeof *r->without);
    r->weight = xcalloc(r->criteria, sizeof *r->weight);
    r->rule = xcalloc(r->rules, sizeof *r->rule);
    r->solidity = xcalloc(r->projects, sizeof *r->solidity);
    r->sensitive = xcalloc(r->projects, sizeof *r->sensitive);
    r->core = xcalloc(r->projects, sizeof *r->core);
    for (size_t k = 0; k < base->count; k++)
        r->award[base->candidate[k].project] = base->share[k].award;
}

/* The marks are the bulk of the work, and tell so project by project. */
static void moves_done(void *arg, size_t done, size_t total)
{
    struct work *w = arg;
    (void)done;
    (void)total;
    step_done(w);
}

static enum status move_weights(struct work *w)
{
    const struct plan *base = w->replay.base;
    bool order_matters = robust_order_matters(base);
    enum status st = ST_OK;
    for (size_t c = 0; st == ST_OK && c < base->panel.criteria; c++) {
        st = robust_weight(base, c, order_matters, &w->out->weight[c], w->e);
        step_done(w);
    }
    return st;
}

static enum status compute(struct work *w)
{
    const struct plan *base = w->replay.base;
    enum status st = leave_each_out(w);
    if (st == ST_OK)
        st = take_median(w);
    if (st == ST_OK)
        st = robust_moves(base, moves_done, w, &w->out->moves, w->e);
    if (st == ST_OK)
        st = move_weights(w);
    if (st == ST_OK) {
        scan_envelopes(w);
        try_rules(w);
        judge_projects(w->out);
    }
    return st;
}

enum status robust_compute(const struct plan *base, robust_progress *progress,
                           void *arg, struct robust *out, struct err *e)
{
    struct work w = {.out = out, .e = e, .progress = progress, .arg = arg};
    w.total = base->panel.projects + base->panel.criteria + 3;
    robust_init(out, base);
    replay_init(&w.replay, base);
    enum status st = compute(&w);
    replay_release(&w.replay);
    return st;
}

static void release_weight(struct weight_reach *w)
{
    effect_release(&w->less.effect);
    effect_release(&w->more.effect);
}

void robust_release(struct robust *r)
{
    for (size_t m = 0; m < r->members; m++)
        effect_release(&r->without[m].effect);
    for (size_t k = 0; k < r->moves.with_awards; k++)
        effect_release(&r->moves.move[k].effect);
    for (size_t c = 0; c < r->criteria; c++)
        release_weight(&r->weight[c]);
    for (size_t k = 0; k < r->rules; k++) {
        effect_release(&r->rule[k].effect);
        free(r->rule[k].award);
        free(r->rule[k].refusal);
    }
    effect_release(&r->median);
    effect_release(&r->below.effect);
    effect_release(&r->above.effect);
    free(r->award);
    free(r->without);
    free(r->moves.move);
    free(r->weight);
    free(r->rule);
    free(r->solidity);
    free(r->sensitive);
    free(r->core);
    *r = (struct robust){0};
}

const char *solidity_name(enum solidity s)
{
    static const char *const names[] = {
        [SOLID] = "solid", [SENSITIVE] = "sensitive", [ONE_MARK] = "one-mark"};
    return names[s];
}
