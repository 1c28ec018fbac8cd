/* cispd mark: the marks of the members, one project at a time. */
#include "base/mem.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "core/mark.h"
#include "store/call.h"
#include "store/find.h"
#include "store/mark.h"
#include "store/panel.h"
#include "store/results.h"

#include <stdlib.h>
#include <string.h>

static int abstain;
static char *project, *member;

/* Writes one "CODE=VALUE"; *marks counts what changed. */
static enum status set_one(struct ctx *ctx, int64_t call, struct mark_place at,
                           const char *arg, int *changes)
{
    const char *sign = strchr(arg, '=');
    enum mark_kind kind;
    enum mark_change change = MARK_SAME;
    int64_t milli = 0;
    if (sign == NULL)
        return usage_error(ctx, _("\"%s\": write CODE=MARK, such as P1=12"),
                           arg);
    char *code = xstrndup(arg, (size_t)(sign - arg));
    enum status st = find_thing(ctx->db, THING_CRITERION, call, code,
                                &at.criterion, ctx->err);
    free(code);
    if (st == ST_OK)
        st = mark_read(sign + 1, &kind, &milli, ctx->err);
    if (st == ST_OK && kind == TYPED_RECUSAL)
        st = usage_error(ctx, _("a recusal is declared with \"cispd recusal "
                                "add\", with its reason"));
    if (st != ST_OK)
        return st;
    if (kind == TYPED_MISSING)
        st = mark_clear(ctx->db, at, &change, ctx->err);
    else if (kind == TYPED_ABSTENTION)
        st = mark_abstain(ctx->db, at, &change, ctx->err);
    else
        st = mark_set(ctx->db, at, milli, &change, ctx->err);
    *changes += st == ST_OK && change != MARK_SAME;
    return st;
}

/* Abstains on every criterion of the call. */
static enum status abstain_all(struct ctx *ctx, int64_t call,
                               struct mark_place at, int *changes)
{
    struct rows criteria = {0};
    enum status st = criterion_list(ctx->db, call, &criteria, ctx->err);
    for (size_t i = 0; i < criteria.count && st == ST_OK; i++) {
        const char *code = rows_get(&criteria, i, "code")->s;
        char *arg = xasprintf("%s=A", code);
        st = set_one(ctx, call, at, arg, changes);
        free(arg);
    }
    rows_release(&criteria);
    return st;
}

/* Of two marks on one criterion nobody knows which was meant. */
static enum status check_once(struct ctx *ctx, char *const *args, int n)
{
    for (int i = 1; i < n; i++)
        for (int k = 0; k < i; k++) {
            size_t len = strcspn(args[i], "=") + 1;
            if (strncasecmp(args[i], args[k], len) == 0)
                return usage_error(ctx,
                                   _("%s and %s: one criterion, two marks"),
                                   args[k], args[i]);
        }
    return ST_OK;
}

/* How many marks of a sheet count in the score, and how many abstentions. */
static void count_sheet(const struct panel *p, size_t i, size_t m, int *values,
                        int *abstentions)
{
    *values = *abstentions = 0;
    for (size_t c = 0; c < p->criteria; c++) {
        enum mark_state state = panel_mark(p, i, m, c)->state;
        if (p->criterion[c].independent)
            continue;
        *values += state == MARK_VALUE;
        *abstentions += state == MARK_ABSTAINED;
    }
}

/* One abstention takes the marks beside it out of the score, but where the
 * call renormalises: who types it is told. */
static enum status note_left_out(struct ctx *ctx, const struct found *project_,
                                 const struct found *who)
{
    struct plan plan = {0};
    const struct panel *p = &plan.panel;
    size_t i = 0, m = 0;
    int values = 0, abstentions = 0;
    enum status st = plan_load(ctx->db, project_->call, &plan, ctx->err);
    while (i < p->projects && p->project[i].id != project_->id)
        i++;
    while (m < p->members && p->member[m].id != who->id)
        m++;
    if (i < p->projects && m < p->members)
        count_sheet(p, i, m, &values, &abstentions);
    if (abstentions > 0 && values > 0 && p->missing != MISSING_RENORMALISE)
        out_note(ctx,
                 ngettext("The sheet does not count in the score, nor does the "
                          "%d mark that it holds: an abstention leaves the "
                          "whole sheet out.",
                          "The sheet does not count in the score, nor do the "
                          "%d marks that it holds: an abstention leaves the "
                          "whole sheet out.",
                          (unsigned long)values),
                 values);
    plan_release(&plan);
    return st;
}

static enum status mark_set_(struct ctx *ctx)
{
    struct found p, who;
    struct mark_place at = {0};
    int changes = 0;
    if ((ctx->argc == 2) != (abstain != 0))
        return usage_error(ctx, _("say the marks, such as P1=12 P2=A, or "
                                  "--abstain for the whole project"));
    enum status st = ctx_find(ctx, THING_PROJECT, ctx->argv[0], &p);
    if (st == ST_OK)
        st = ctx_find(ctx, THING_MEMBER, ctx->argv[1], &who);
    if (st != ST_OK)
        return st;
    at.project = p.id;
    at.member = who.id;
    st = check_once(ctx, ctx->argv + 2, ctx->argc - 2);
    if (st != ST_OK)
        return st;
    if (abstain)
        st = abstain_all(ctx, p.call, at, &changes);
    for (int i = 2; i < ctx->argc && st == ST_OK; i++)
        st = set_one(ctx, p.call, at, ctx->argv[i], &changes);
    out_done(ctx, st,
             ngettext("%s, %s: %d mark changed.", "%s, %s: %d marks changed.",
                      (unsigned long)changes),
             p.name, who.name, changes);
    return st == ST_OK ? note_left_out(ctx, &p, &who) : st;
}

static enum status mark_list_(struct ctx *ctx)
{
    struct rows rows = {0};
    struct plan p = {0};
    int64_t call = 0, of_project = 0, of_member = 0;
    enum status st = ctx_call(ctx, &call);
    if (st == ST_OK && project != NULL)
        st = find_project(ctx->db, call, project, &of_project, ctx->err);
    if (st == ST_OK && member != NULL)
        st = find_member(ctx->db, call, member, &of_member, ctx->err);
    if (st == ST_OK)
        st = plan_load(ctx->db, call, &p, ctx->err);
    if (st == ST_OK)
        st = plan_rank(&p, ctx->err);
    if (st == ST_OK)
        st = results_put_ranking(ctx->db, &p, ctx->err);
    if (st == ST_OK)
        st = mark_list(ctx->db, call, of_project, of_member, &rows, ctx->err);
    if (st == ST_OK)
        out_rows(ctx, &rows);
    plan_release(&p);
    rows_release(&rows);
    return st;
}

static const struct poptOption set_options[] = {
    OPTION_FLAG("abstain", abstain,
                N_("the member abstains on every criterion")),
    POPT_TABLEEND};

static const struct poptOption list_options[] = {
    OPTION("project", project, N_("of this project only"), N_("PROJECT")),
    OPTION("member", member, N_("of this member only"), N_("NAME")),
    POPT_TABLEEND};

const struct command mark_commands[] = {
    {"mark set", mark_set_, NEEDS_WRITE, GROUP_MARKING,
     N_("PROJECT MEMBER [CODE=MARK...]"),
     N_("record marks (A: abstention, nothing behind =: none)"), set_options},
    {"mark list", mark_list_, NEEDS_READ, GROUP_MARKING, "",
     N_("list the marks"), list_options},
    {NULL}};
