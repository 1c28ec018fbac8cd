/* cispd mark: the marks of the members, one project at a time. */
#include "base/mem.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "core/mark.h"
#include "store/call.h"
#include "store/find.h"
#include "store/mark.h"

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
    enum status st =
        find_thing(ctx->db, THING_CRITERION, call, code, &at.criterion,
                   ctx->err);
    free(code);
    if (st == ST_OK)
        st = mark_read(sign + 1, &kind, &milli, ctx->err);
    if (st == ST_OK && kind == MARK_RECUSAL)
        st = usage_error(ctx, _("a recusal is declared with \"cispd recusal "
                                "add\", with its reason"));
    if (st != ST_OK)
        return st;
    if (kind == MARK_MISSING)
        st = mark_clear(ctx->db, at, &change, ctx->err);
    else if (kind == MARK_ABSTENTION)
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
        const char *code =
            rows_at(&criteria, i, rows_column(&criteria, "code"))->s;
        char *arg = xasprintf("%s=A", code);
        st = set_one(ctx, call, at, arg, changes);
        free(arg);
    }
    rows_release(&criteria);
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
    if (abstain)
        st = abstain_all(ctx, p.call, at, &changes);
    for (int i = 2; i < ctx->argc && st == ST_OK; i++)
        st = set_one(ctx, p.call, at, ctx->argv[i], &changes);
    return out_done(ctx, st,
                    ngettext("%s, %s: %d mark changed.",
                             "%s, %s: %d marks changed.",
                             (unsigned long)changes),
                    p.name, who.name, changes);
}

static enum status mark_list_(struct ctx *ctx)
{
    struct rows rows = {0};
    int64_t call = 0, of_project = 0, of_member = 0;
    enum status st = ctx_call(ctx, &call);
    if (st == ST_OK && project != NULL)
        st = find_project(ctx->db, call, project, &of_project, ctx->err);
    if (st == ST_OK && member != NULL)
        st = find_member(ctx->db, call, member, &of_member, ctx->err);
    if (st == ST_OK)
        st = mark_list(ctx->db, call, of_project, of_member, &rows, ctx->err);
    if (st == ST_OK)
        out_rows(ctx, &rows);
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
