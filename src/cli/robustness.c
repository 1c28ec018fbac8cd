/* `cispd rank --robust`: what the allocation hangs on. */
#include "base/mem.h"
#include "base/terms.h"
#include "cli/ranking.h"
#include "core/money.h"
#include "core/why/speech.h"
#include "core/wide.h"

#include <stdio.h>
#include <stdlib.h>

/* ------------------------------------------------------------- for people */

/* Fills two cells: the projects that enter, and those that leave. */
static void cell_effect(struct cell *c, const struct plan *p,
                        const struct robust *r, const struct effect *f)
{
    char *in = effect_text(p, r, f, false), *out = effect_text(p, r, f, true);
    cell_text(&c[0], in);
    cell_text(&c[1], out);
    free(in);
    free(out);
}

/* A title and the list under it; nothing when the list is empty. */
static void print_part(struct ctx *ctx, const char *title, struct rows *rows)
{
    if (rows->count > 0) {
        printf("\n%s\n", title);
        out_rows(ctx, rows);
    }
    rows_release(rows);
}

/* Awards under every rule that runs on this call, the plan's first. */
static void print_projects(struct ctx *ctx, const struct plan *p,
                           const struct robust *r)
{
    const char **names = xcalloc(r->rules + 4, sizeof *names);
    char **columns = xcalloc(r->rules, sizeof *columns);
    size_t n = 0;
    names[n++] = "id";
    names[n++] = "solidity";
    names[n++] = "every_case";
    names[n++] = "award_cents";
    for (size_t k = 0; k < r->rules; k++)
        if (r->rule[k].status == ST_OK && r->rule[k].rule != p->terms.rule)
            names[n++] = columns[k] =
                xasprintf("%s_cents", rule_name(r->rule[k].rule));
    struct rows rows;
    rows_start(&rows, n, names);
    for (size_t place = 0; place < r->projects; place++) {
        size_t i = p->place[place].project;
        struct cell *c = rows_add(&rows);
        cell_text(&c[0], p->panel.project[i].ref);
        cell_text(&c[1], solidity_name(r->solidity[i]));
        cell_text(&c[2], r->core[i] ? term_text("yes") : NULL);
        cell_int(&c[3], r->award[i]);
        n = 4;
        for (size_t k = 0; k < r->rules; k++)
            if (columns[k] != NULL)
                cell_int(&c[n++], r->rule[k].award[i]);
    }
    for (size_t k = 0; k < r->rules; k++)
        free(columns[k]);
    free(columns);
    free(names);
    print_part(ctx, _("What each project would receive under every rule"),
               &rows);
    for (size_t k = 0; k < r->rules; k++)
        if (r->rule[k].refusal != NULL)
            out_note(ctx, _("The rule \"%s\" is left out: %s."),
                     term_text(rule_name(r->rule[k].rule)), r->rule[k].refusal);
}

static void print_members(struct ctx *ctx, const struct plan *p,
                          const struct robust *r)
{
    static const char *const names[] = {"member", "enter", "leave", "tau",
                                        "below_quorum"};
    struct rows rows;
    rows_start(&rows, 5, names);
    for (size_t m = 0; m < r->members; m++) {
        const struct without *w = &r->without[m];
        if (!w->marked)
            continue;
        struct cell *c = rows_add(&rows);
        cell_text(&c[0], p->panel.member[m].name);
        cell_effect(&c[1], p, r, &w->effect);
        if (w->tau_den > 0)
            cell_int(&c[3], w->tau_num >= 0
                                ? round_share(w->tau_num, 100, w->tau_den)
                                : -round_share(-w->tau_num, 100, w->tau_den));
        cell_int(&c[4], (int64_t)w->below_quorum);
    }
    print_part(ctx, _("Without one member (the quorum is not applied again)"),
               &rows);
}

static void print_moves(struct ctx *ctx, const struct plan *p,
                        const struct robust *r)
{
    static const char *const names[] = {"project", "one_step", "marks", "enter",
                                        "leave"};
    const struct moves *m = &r->moves;
    struct rows rows;
    rows_start(&rows, 5, names);
    for (size_t k = 0; k < m->with_awards; k++) {
        const struct move *move = &m->move[k];
        size_t alike = move->effect.count > 0 ? moves_alike(m, k) : 0;
        if (alike == 0)
            continue;
        struct cell *c = rows_add(&rows);
        cell_text(&c[0], p->panel.project[move->project].ref);
        cell_text(&c[1],
                  move->to_milli > move->from_milli ? _("up") : _("down"));
        cell_int(&c[2], (int64_t)alike);
        cell_effect(&c[3], p, r, &move->effect);
    }
    print_part(ctx,
               _("One mark of a project moved by one step, where that "
                 "changes which projects are funded"),
               &rows);
}

static void print_weights(struct ctx *ctx, const struct plan *p,
                          const struct robust *r)
{
    static const char *const names[] = {"criterion", "weight", "less", "more"};
    bool list_only = false;
    struct rows rows;
    rows_start(&rows, 4, names);
    for (size_t k = 0; k < r->criteria; k++) {
        const struct weight_reach *w = &r->weight[k];
        if (!w->defined)
            continue;
        list_only = w->list_only;
        struct cell *c = rows_add(&rows);
        char *less = reach_text(&w->less, false);
        char *more = reach_text(&w->more, true);
        cell_text(&c[0], p->panel.criterion[k].code);
        cell_int(&c[1], p->panel.criterion[k].weight);
        cell_text(&c[2], less);
        cell_text(&c[3], more);
        free(less);
        free(more);
    }
    print_part(ctx,
               list_only ? _("The weight at which the list of funded projects "
                             "first changes, the others staying as they are")
                         : _("The weight at which an award first changes, the "
                             "others staying as they are"),
               &rows);
}

void robust_print(struct ctx *ctx, const struct plan *p, const struct robust *r)
{
    struct speech speech = speech_robust(p, r);
    print_projects(ctx, p, r);
    print_members(ctx, p, r);
    print_moves(ctx, p, r);
    print_weights(ctx, p, r);
    speech_print(&speech);
    speech_release(&speech);
}

/* ----------------------------------------------------------- for machines */

/* Adds to the object what the change does. */
static json_t *with_effect(json_t *object, const struct plan *p,
                           const struct robust *r, const struct effect *f)
{
    json_t *in = json_array(), *out = json_array();
    for (size_t k = 0; k < f->count; k++)
        json_array_append_new(r->award[f->project[k]] > 0 ? out : in,
                              project_ref_json(p, f->project[k]));
    json_object_set_new(object, "awards_change", json_boolean(f->awards));
    json_object_set_new(object, "enter", in);
    json_object_set_new(object, "leave", out);
    return object;
}

static json_t *members_json(const struct plan *p, const struct robust *r)
{
    json_t *list = json_array();
    for (size_t m = 0; m < r->members; m++) {
        const struct without *w = &r->without[m];
        json_t *tau = w->tau_den > 0
                          ? json_real((double)w->tau_num / (double)w->tau_den)
                          : json_null();
        json_t *one =
            json_pack("{s:s, s:b, s:o, s:I}", "member", p->panel.member[m].name,
                      "marked", (int)w->marked, "tau", tau, "below_quorum",
                      (json_int_t)w->below_quorum);
        json_array_append_new(list, with_effect(one, p, r, &w->effect));
    }
    return list;
}

static json_t *moves_json(const struct plan *p, const struct robust *r)
{
    json_t *list = json_array();
    for (size_t k = 0; k < r->moves.with_awards; k++) {
        const struct move *m = &r->moves.move[k];
        json_t *one = json_pack("{s:o, s:s, s:s, s:I, s:I}", "project",
                                project_ref_json(p, m->project), "member",
                                p->panel.member[m->member].name, "criterion",
                                p->panel.criterion[m->criterion].code,
                                "from_milli", (json_int_t)m->from_milli,
                                "to_milli", (json_int_t)m->to_milli);
        json_array_append_new(list, with_effect(one, p, r, &m->effect));
    }
    return json_pack("{s:I, s:I, s:I, s:o}", "tried",
                     (json_int_t)r->moves.tried, "change_awards",
                     (json_int_t)r->moves.with_awards, "change_list",
                     (json_int_t)r->moves.with_list, "moves", list);
}

/* The weight exactly, as a decimal and in % of what it is. */
static json_t *reach_json(const struct plan *p, const struct robust *r,
                          const struct reach *reach, int64_t weight)
{
    static const char *const kinds[] = {[REACH_NEVER] = "never",
                                        [REACH_AT] = "at",
                                        [REACH_BEYOND] = "beyond",
                                        [REACH_TOO_FINE] = "too-fine"};
    json_t *one = json_pack("{s:s}", "kind", kinds[reach->kind]);
    if (reach->kind != REACH_AT && reach->kind != REACH_BEYOND)
        return one;
    double value = (double)reach->weight.num / (double)reach->weight.den;
    json_object_set_new(one, "weight", json_real(value));
    json_object_set_new(one, "weight_num",
                        json_integer((json_int_t)reach->weight.num));
    json_object_set_new(one, "weight_den",
                        json_integer((json_int_t)reach->weight.den));
    json_object_set_new(one, "percent",
                        json_real(100 * (value / (double)weight - 1)));
    return with_effect(one, p, r, &reach->effect);
}

static json_t *weights_json(const struct plan *p, const struct robust *r)
{
    json_t *list = json_array();
    for (size_t k = 0; k < r->criteria; k++) {
        const struct criterion *c = &p->panel.criterion[k];
        const struct weight_reach *w = &r->weight[k];
        json_t *one =
            json_pack("{s:s, s:I, s:b}", "criterion", c->code, "weight",
                      (json_int_t)c->weight, "defined", (int)w->defined);
        if (w->defined) {
            json_object_set_new(one, "less",
                                reach_json(p, r, &w->less, c->weight));
            json_object_set_new(one, "more",
                                reach_json(p, r, &w->more, c->weight));
        }
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *border_json(const struct plan *p, const struct robust *r,
                           const struct border *b)
{
    json_t *one = json_pack("{s:b, s:I, s:b}", "found", (int)b->found,
                            b->found ? "envelope_cents" : "searched_to_cents",
                            (json_int_t)b->cents, "to_the_cent",
                            (int)(b->apart == 0 && !b->gave_up));
    return b->found ? with_effect(one, p, r, &b->effect) : one;
}

static json_t *rules_json(const struct plan *p, const struct robust *r)
{
    json_t *list = json_array();
    for (size_t k = 0; k < r->rules; k++) {
        const struct rule_try *t = &r->rule[k];
        json_t *one = json_pack("{s:s, s:s?}", "rule", rule_name(t->rule),
                                "refusal", t->refusal);
        json_array_append_new(list, one);
        if (t->status != ST_OK)
            continue;
        json_t *awards = json_object();
        for (size_t i = 0; i < r->projects; i++)
            json_object_set_new(awards, p->panel.project[i].ref,
                                json_integer((json_int_t)t->award[i]));
        json_object_set_new(one, "award_cents", awards);
        with_effect(one, p, r, &t->effect);
    }
    return list;
}

static json_t *ties_json(const struct plan *p)
{
    json_t *list = json_array();
    for (size_t k = 0; k + 1 < p->panel.projects; k++)
        if (p->place[k].rank > 0 && tie_name(p->place[k].below) != NULL)
            json_array_append_new(
                list,
                json_pack("{s:o, s:o, s:s}", "before",
                          project_ref_json(p, p->place[k].project), "after",
                          project_ref_json(p, p->place[k + 1].project), "step",
                          tie_name(p->place[k].below)));
    return list;
}

static json_t *projects_json(const struct plan *p, const struct robust *r)
{
    json_t *list = json_array();
    for (size_t k = 0; k < r->projects; k++) {
        size_t i = p->place[k].project;
        json_array_append_new(
            list, json_pack("{s:o, s:I, s:s, s:b, s:b, s:b}", "id",
                            project_ref_json(p, i), "award_cents",
                            (json_int_t)r->award[i], "label",
                            solidity_name(r->solidity[i]), "sensitive",
                            (int)r->sensitive[i], "one_mark",
                            (int)(r->solidity[i] == ONE_MARK), "core",
                            (int)r->core[i]));
    }
    return list;
}

json_t *robust_json(const struct plan *p, const struct robust *r)
{
    struct speech speech = speech_robust(p, r);
    json_t *sentences = speech_json(&speech);
    speech_release(&speech);
    return json_pack(
        "{s:s, s:I, s:o, s:o, s:o, s:o, s:o, s:{s:o, s:o}, s:o, s:o, s:o}",
        "rule", rule_name(p->terms.rule), "envelope_cents",
        (json_int_t)p->terms.envelope, "projects", projects_json(p, r),
        "members", members_json(p, r), "marks", moves_json(p, r), "weights",
        weights_json(p, r), "median",
        with_effect(json_object(), p, r, &r->median), "envelopes", "below",
        border_json(p, r, &r->below), "above", border_json(p, r, &r->above),
        "rules", rules_json(p, r), "ties", ties_json(p), "sentences",
        sentences);
}
