/* What `cispd allocate` prints as JSON. */
#include "cli/shares.h"
#include "cli/candidates.h"
#include "core/why/explain.h"
#include "core/why/facts.h"
#include "core/why/hinge.h"
#include "core/money.h"
#include "core/rules/terms.h"
#include "core/wide.h"

#include <stdlib.h>
#include <string.h>

static bool is_of_file(const struct plan *p)
{
    return p->panel.projects == 0;
}

/* A score for programs: of a file as it was written, else out of 100 with
 * two decimals; `up`: never less than it is. */
static json_t *score_json(const struct plan *p, wide num, int64_t den, bool up)
{
    char text[DECIMAL_LEN];
    if (is_of_file(p))
        return json_string(
            decimal_plain((int64_t)num, CANDIDATE_DECIMALS, text));
    wide cp = up ? (num * 10000 + den - 1) / den
                 : (num * 20000 + den) / ((wide)den * 2);
    return json_sprintf("%lld.%02lld", (long long)(cp / 100),
                        (long long)(cp % 100));
}

/* ------------------------------------------------------------------ facts */

static const char *answer_name(enum answer a)
{
    static const char *const names[] = {[ANSWER_NONE] = "none",
                                        [ANSWER_VALUE] = "value",
                                        [ANSWER_ANY] = "any",
                                        [ANSWER_BEYOND] = "beyond",
                                        [ANSWER_NEVER] = "never"};
    return names[a];
}

/* {"answer", "cents"}: cents where there is a figure, else null. */
static json_t *amount_json(struct figure_fact f)
{
    bool known = f.answer == ANSWER_VALUE || f.answer == ANSWER_BEYOND;
    return json_pack("{s:s, s:o}", "answer", answer_name(f.answer), "cents",
                     known ? json_integer((json_int_t)f.value) : json_null());
}

/* "above": that score is not quite enough, any better one is. That of another
 * project reads as it does there, any other is never less than it is. */
static json_t *needed_json(const struct plan *p, const struct facts *f)
{
    bool known = f->score.answer == ANSWER_VALUE;
    json_t *one = json_pack("{s:s, s:o, s:b}", "answer",
                            answer_name(f->score.answer), "score",
                            known ? score_json(p, f->score.value, f->score_den,
                                               f->place == FACTS_NOBODY)
                                  : json_null(),
                            "above", (int)f->above);
    if (known) {
        json_object_set_new(one, "num",
                            json_integer((json_int_t)f->score.value));
        json_object_set_new(one, "den", json_integer((json_int_t)f->score_den));
    }
    return one;
}

static void add_optimum(json_t *one, const struct facts *f)
{
    static const char *const presences[] = {
        [IN_NONE] = "none", [IN_SOME] = "some", [IN_ALL] = "all"};
    bool known = f->price.answer == ANSWER_VALUE;
    json_object_set_new(one, "in_optima", json_string(presences[f->presence]));
    json_object_set_new(one, "price",
                        json_pack("{s:s, s:o, s:I, s:I}", "answer",
                                  answer_name(f->price.answer), "value",
                                  known
                                      ? json_integer((json_int_t)f->price.value)
                                      : json_null(),
                                  "den", (json_int_t)f->score_den,
                                  "award_cents", (json_int_t)f->price_award));
}

static json_t *facts_json(const struct plan *p, size_t i)
{
    struct facts f = plan_facts_of(p, i);
    json_t *amount = amount_json(f.amount);
    json_object_set_new(amount, "exactly", json_boolean(f.exact));
    json_t *place = f.place == FACTS_NOBODY
                        ? json_null()
                        : json_string(p->candidate[f.place].id);
    json_t *one = json_pack("{s:o, s:o, s:o, s:o}", "score_needed",
                            needed_json(p, &f), "in_place_of", place, "amount",
                            amount, "envelope", amount_json(f.envelope));
    if (rule_has_optimum(p->terms.rule) &&
        p->candidate[i].closed == REASON_OPEN && !p->candidate[i].forced)
        add_optimum(one, &f);
    return one;
}

/* What 100 euros more would give. */
static json_t *hundred_json(const struct plan *p)
{
    int64_t sum = 0;
    json_t *changes = json_array();
    for (size_t i = 0; i < p->count; i++) {
        int64_t change = p->hundred[i].award - p->share[i].award;
        sum += p->hundred[i].award;
        if (change != 0)
            json_array_append_new(
                changes, json_pack("{s:s, s:I}", "id", p->candidate[i].id,
                                   "change_cents", (json_int_t)change));
    }
    json_t *one = json_pack("{s:I, s:o}", "total_cents", (json_int_t)sum,
                            "changes", changes);
    if (rule_has_optimum(p->terms.rule))
        json_object_set_new(
            one, "value", json_integer((json_int_t)p->outlook->hundred_value));
    return one;
}

/* The part of the request that 100 points pay, and what a point does in
 * percent, rounded down; null where there is none. */
static json_t *coefficient_json(struct frac f)
{
    if (f.den == 0)
        return json_null();
    wide percent = (wide)f.num * 10000 / f.den;
    return json_pack("{s:I, s:I, s:o}", "num", (json_int_t)f.num, "den",
                     (json_int_t)f.den, "percent_of_a_point",
                     json_sprintf("%lld.%04lld", (long long)(percent / 10000),
                                  (long long)(percent % 10000)));
}

/* The figures of the greatest total, in scores or scores x cents over "den".
 */
static void add_totals(json_t *one, const struct outlook *o)
{
    json_object_set_new(one, "value", json_integer((json_int_t)o->best));
    json_object_set_new(one, "second_value",
                        o->second >= 0 ? json_integer((json_int_t)o->second)
                                       : json_null());
    json_object_set_new(one, "tie", json_boolean(o->second == o->best));
    json_object_set_new(one, "den", json_integer((json_int_t)o->den));
    if (o->more_cents > 0) {
        json_object_set_new(one, "more_cents",
                            json_integer((json_int_t)o->more_cents));
        json_object_set_new(one, "more_value",
                            json_integer((json_int_t)o->more_value));
    }
    json_object_set_new(one, "price_of_a_cent",
                        json_pack("{s:I, s:I}", "num",
                                  (json_int_t)o->price.value, "den",
                                  (json_int_t)o->price.weight));
}

/* The allocation as a whole: sentences, and what is behind them. */
static json_t *outlook_json(const struct plan *p)
{
    char *text = explain_outlook(p);
    json_t *one = json_pack("{s:s}", "explain", text);
    const struct outlook *o = p->outlook;
    free(text);
    if (p->hundred != NULL)
        json_object_set_new(one, "hundred_euros_more", hundred_json(p));
    if (rule_has_rounding(p->terms.rule))
        json_object_set_new(one, "coefficient",
                            coefficient_json(o->coefficient));
    if (o->known)
        add_totals(one, o);
    return one;
}

/* --------------------------------------------------------------- the whole */

static json_t *project_json(const struct plan *p, size_t i)
{
    const struct candidate *c = &p->candidate[i];
    const struct share *s = &p->share[i];
    bool ranked = c->rank > 0;
    char *why = explain_share(p, i);
    json_t *object = json_pack(
        "{s:s, s:o, s:o, s:I, s:I, s:I, s:s, s:s, s:o}", "id", c->id, "rank",
        ranked ? json_integer(c->rank) : json_null(), "score",
        ranked ? score_json(p, c->score_num, c->score_den, false) : json_null(),
        "requested_cents", (json_int_t)c->request, "floor_cents",
        (json_int_t)c->floor, "award_cents", (json_int_t)s->award, "reason",
        reason_name(s, c), "explain", why, "facts", facts_json(p, i));
    free(why);
    return object;
}

/* The sum of the scores of the funded, over the scores' denominator. */
static wide total_score(const struct plan *p)
{
    wide sum = 0;
    for (size_t i = 0; i < p->count; i++)
        if (p->share[i].award > 0 && p->candidate[i].rank > 0)
            sum += p->candidate[i].score_num;
    return sum;
}

static json_t *reserves_json(const struct terms *t)
{
    json_t *list = json_array();
    for (size_t r = 0; r < t->reserves; r++) {
        const struct reserve *x = &t->reserve[r];
        json_t *most =
            x->most >= 0 ? json_integer((json_int_t)x->most) : json_null();
        json_array_append_new(
            list, json_pack("{s:s, s:I, s:o}", "theme", x->label, "least_cents",
                            (json_int_t)x->least, "most_cents", most));
    }
    return list;
}

/* The parameters that the rule looks at. */
static json_t *terms_json(const struct terms *t)
{
    char *tiers = tiers_text(t);
    json_t *one = json_pack(
        "{s:I, s:o}", "unit_cents", (json_int_t)t->unit, "threshold",
        t->threshold >= 0
            ? json_sprintf("%lld.%02lld", (long long)(t->threshold / 100),
                           (long long)(t->threshold % 100))
            : json_null());
    if (rule_has_tiers(t->rule))
        json_object_set_new(one, "tiers", json_string(tiers));
    if (rule_has_optimum(t->rule)) {
        json_object_set_new(one, "objective",
                            json_string(objective_name(t->objective)));
        json_object_set_new(one, "step_cents",
                            json_integer((json_int_t)t->step));
        json_object_set_new(one, "curve", json_string(curve_name(t->curve)));
    }
    if (rule_has_rounding(t->rule))
        json_object_set_new(one, "rounding",
                            json_string(rounding_name(t->rounding)));
    if (rule_has_reserves(t->rule))
        json_object_set_new(one, "reserves", reserves_json(t));
    free(tiers);
    return one;
}

json_t *shares_json(const struct plan *p, const struct terms *own)
{
    int64_t total = plan_total(p);
    int64_t den = p->count > 0 ? p->candidate[0].score_den : 1;
    json_t *list = json_array();
    for (size_t i = 0; i < p->count; i++)
        json_array_append_new(list, project_json(p, i));
    json_t *all = json_pack(
        "{s:s, s:I, s:I, s:I, s:o, s:o}", "rule", rule_name(p->terms.rule),
        "envelope_cents", (json_int_t)p->terms.envelope, "allocated_cents",
        (json_int_t)total, "rest_cents",
        (json_int_t)(p->terms.envelope - total), "total_score",
        score_json(p, total_score(p), den, false), "terms",
        terms_json(&p->terms));
    if (own != NULL) {
        json_object_set_new(all, "call_rule",
                            json_string(rule_name(own->rule)));
        json_object_set_new(all, "as_the_call_says",
                            json_boolean(terms_same(own, &p->terms) &&
                                         own->envelope == p->terms.envelope));
    }
    json_object_set_new(all, "outlook", outlook_json(p));
    json_object_set_new(all, "projects", list);
    return all;
}

/* The single marks that decide, the nearest first. */
static json_t *hinges_json(const struct plan *p, const struct hinge *h,
                           size_t count)
{
    json_t *list = json_array();
    for (size_t k = 0; k < count; k++)
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:I, s:I}", "member",
                            p->panel.member[h[k].member].name, "criterion",
                            p->panel.criterion[h[k].criterion].code,
                            "from_milli", (json_int_t)h[k].from_milli,
                            "to_milli", (json_int_t)h[k].to_milli));
    return list;
}

json_t *share_page_json(const struct plan *p, size_t i, const char *page,
                        const struct hinge *h, size_t hinges)
{
    json_t *one = project_json(p, i);
    json_object_set_new(one, "marks", hinges_json(p, h, hinges));
    json_object_set_new(one, "page", json_string(page));
    return one;
}
