/* cispd theme, criterion, member and recusal: who marks on what. */
#include "base/mem.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "cli/terms.h"
#include "core/ident.h"
#include "core/money.h"
#include "store/call.h"
#include "store/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Removes the one that was named; `done` is translated, with %s for its name.
 */
static enum status drop(struct ctx *ctx, enum thing what, const char *done)
{
    struct found it;
    enum status st = ctx_find(ctx, what, ctx->argv[0], &it);
    if (st == ST_OK)
        st = thing_drop(ctx->db, what, it.id, ctx->err);
    return out_done(ctx, st, done, it.name);
}

/* --------------------------------------------------------------- themes */

static enum status theme_add_(struct ctx *ctx)
{
    int64_t year;
    enum status st = ctx_call(ctx, &year);
    for (int i = 0; i < ctx->argc && st == ST_OK; i++)
        st = theme_put(ctx->db, year, 0, ctx->argv[i], ctx->err);
    return out_done(ctx, st,
                    ngettext("%d theme added.", "%d themes added.",
                             (unsigned long)ctx->argc),
                    ctx->argc);
}

static enum status theme_edit_(struct ctx *ctx)
{
    struct found theme;
    enum status st = ctx_find(ctx, THING_THEME, ctx->argv[0], &theme);
    if (st == ST_OK)
        st = theme_put(ctx->db, theme.call, theme.id, ctx->argv[1], ctx->err);
    return out_done(ctx, st, _("The theme \"%s\" is now \"%s\"."), theme.name,
                    ctx->argv[1]);
}

static enum status theme_drop_(struct ctx *ctx)
{
    return drop(ctx, THING_THEME, _("Theme removed: %s"));
}

const struct command theme_commands[] = {
    {"theme add", theme_add_, NEEDS_WRITE, GROUP_SETUP, N_("LABEL..."),
     N_("add themes by which projects are grouped")},
    LISTS("theme list", GROUP_SETUP,
          N_("list the themes and what is asked in each"), theme_list),
    {"theme edit", theme_edit_, NEEDS_WRITE, GROUP_SETUP, N_("OLD NEW"),
     N_("correct the label of a theme")},
    {"theme drop", theme_drop_, NEEDS_WRITE, GROUP_SETUP, N_("LABEL"),
     N_("remove a theme that no project has")},
    {NULL}};

/* ------------------------------------------------------------- criteria */

static char *label, *weight, *scale, *step, *minimum;
static int independent, default_grid;

static enum status read_scale(struct ctx *ctx, struct criterion_in *c)
{
    char *lo = xstrdup(scale), *hi = strchr(lo, ':');
    enum status st;
    if (hi == NULL) {
        st = usage_error(ctx, _("--scale is LO:HI, such as 0:20, not \"%s\""),
                         scale);
    } else {
        *hi++ = '\0';
        opt_int(ctx, "--scale", lo, 0, 1000, &c->lo);
        st = opt_int(ctx, "--scale", hi, 0, 1000, &c->hi);
    }
    free(lo);
    return st;
}

static enum status add_one(struct ctx *ctx, int64_t year)
{
    struct criterion_in c = {.code = ctx->argv[0],
                             .label = label,
                             .hi = 20,
                             .step_milli = 1000,
                             .independent = independent != 0};
    int64_t min = 0;
    if (label == NULL || (weight == NULL && !independent))
        return usage_error(ctx, _("a criterion needs --label and --weight"));
    if (minimum != NULL)
        c.min_milli = &min;
    opt_int(ctx, "--weight", weight, 0, 1000, &c.weight);
    if (scale != NULL)
        read_scale(ctx, &c);
    opt_decimal(ctx, "--step", step, 3, 1, 1000000, &c.step_milli);
    enum status st = opt_decimal(ctx, "--min", minimum, 3, 0, 1000000, &min);
    if (st == ST_OK)
        st = criterion_add(ctx->db, year, &c, ctx->err);
    return out_done(ctx, st, _("Criterion added: %s"), c.code);
}

static enum status criterion_add_(struct ctx *ctx)
{
    int64_t year;
    enum status st = ctx_call(ctx, &year);
    if (st != ST_OK)
        return st;
    if (default_grid && ctx->argc == 0)
        return out_done(ctx, criterion_add_defaults(ctx->db, year, ctx->err),
                        "%s", _("Seven criteria added, 100 points in all."));
    if (ctx->argc == 0)
        return usage_error(ctx, _("name the criterion's CODE, or say "
                                  "--default-grid for seven usual ones"));
    if (default_grid)
        return usage_error(ctx, _("--default-grid goes without a CODE"));
    return add_one(ctx, year);
}

/* The change that the options say; the numbers are kept in `v`. */
static enum status read_change(struct ctx *ctx, struct criterion_in *v,
                               int64_t *min, struct criterion_change *c)
{
    c->label = label;
    if (weight != NULL)
        c->weight = &v->weight;
    if (scale != NULL) {
        read_scale(ctx, v);
        c->lo = &v->lo;
        c->hi = &v->hi;
    }
    if (step != NULL)
        c->step_milli = &v->step_milli;
    opt_int(ctx, "--weight", weight, 0, 1000, &v->weight);
    opt_decimal(ctx, "--step", step, 3, 1, 1000000, &v->step_milli);
    if (opt_is_said(minimum, min, &c->min_milli))
        opt_decimal(ctx, "--min", minimum, 3, 0, 1000000, min);
    return ctx->err->code;
}

static enum status criterion_edit_(struct ctx *ctx)
{
    struct criterion_in v = {0};
    struct criterion_change c = {0};
    struct found criterion;
    int64_t min;
    enum status st = ctx_find(ctx, THING_CRITERION, ctx->argv[0], &criterion);
    if (st == ST_OK)
        st = read_change(ctx, &v, &min, &c);
    if (st == ST_OK)
        st = criterion_edit(ctx->db, criterion.id, &c, ctx->err);
    if (st == ST_OK && db_changes(ctx->db) > 0 &&
        (weight || scale || step || minimum))
        st = late_rules_warn(ctx, criterion.call);
    return out_done(ctx, st, _("Criterion changed: %s"), criterion.name);
}

static enum status criterion_drop_(struct ctx *ctx)
{
    return drop(ctx, THING_CRITERION, _("Criterion removed: %s"));
}

static const struct poptOption criterion_edit_options[] = {
    OPTION("label", label, N_("what is looked at"), N_("TEXT")),
    OPTION("weight", weight, N_("a whole number"), N_("W")),
    OPTION("scale", scale, N_("lowest and highest mark (0:20 unless said)"),
           N_("LO:HI")),
    OPTION("step", step, N_("marks are multiples of this (1 unless said)"),
           N_("STEP")),
    OPTION("min", minimum,
           N_("mean of the panel under which a project is knocked out"),
           N_("MARK")),
    POPT_TABLEEND};

static const struct poptOption criterion_options[] = {
    OPTION_TABLE(criterion_edit_options),
    OPTION_FLAG("independent", independent,
                N_("shown beside the score, never in it")),
    OPTION_FLAG("default-grid", default_grid,
                N_("add the seven usual criteria, 100 points in all")),
    POPT_TABLEEND};

const struct command criterion_commands[] = {
    {"criterion add", criterion_add_, NEEDS_WRITE, GROUP_SETUP, N_("[CODE]"),
     N_("add a criterion, or the default grid"), criterion_options},
    LISTS("criterion list", GROUP_SETUP,
          N_("list the criteria and their weights"), criterion_list),
    {"criterion edit", criterion_edit_, NEEDS_WRITE, GROUP_SETUP, N_("CODE"),
     N_("change a criterion; its scale must fit the marks given"),
     criterion_edit_options, ANY_OPTION},
    {"criterion drop", criterion_drop_, NEEDS_WRITE, GROUP_SETUP, N_("CODE"),
     N_("remove a criterion that has no marks")},
    {NULL}};

/* -------------------------------------------------------------- members */

static char *email, *new_name;

static enum status member_add_(struct ctx *ctx)
{
    int64_t year;
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK && email != NULL)
        st = email_check(email, ctx->err);
    if (st == ST_OK)
        st = member_put(ctx->db, year, 0, ctx->argv[0], email, ctx->err);
    return out_done(ctx, st, _("Member added: %s"), ctx->argv[0]);
}

static enum status member_edit_(struct ctx *ctx)
{
    struct found who;
    enum status st = ctx_find(ctx, THING_MEMBER, ctx->argv[0], &who);
    if (st == ST_OK && email != NULL && !opt_is_none(email))
        st = email_check(email, ctx->err);
    if (st == ST_OK)
        st = member_put(ctx->db, who.call, who.id, new_name, opt_text(email),
                        ctx->err);
    return out_done(ctx, st, _("Member changed: %s"),
                    new_name != NULL ? new_name : who.name);
}

static enum status member_drop_(struct ctx *ctx)
{
    return drop(ctx, THING_MEMBER, _("Member removed: %s"));
}

static const struct poptOption member_options[] = {
    OPTION("email", email, N_("the member's address"), N_("ADDRESS")),
    POPT_TABLEEND};

static const struct poptOption member_edit_options[] = {
    OPTION("name", new_name, N_("the corrected name"), N_("NAME")),
    OPTION_TABLE(member_options), POPT_TABLEEND};

const struct command member_commands[] = {
    {"member add", member_add_, NEEDS_WRITE, GROUP_SETUP, N_("NAME"),
     N_("add a member of the committee"), member_options},
    LISTS("member list", GROUP_SETUP,
          N_("list the members and how much they have marked"), member_list),
    {"member edit", member_edit_, NEEDS_WRITE, GROUP_SETUP, N_("NAME"),
     N_("correct a member's name or address"), member_edit_options, ANY_OPTION},
    {"member drop", member_drop_, NEEDS_WRITE, GROUP_SETUP, N_("NAME"),
     N_("remove a member who has neither marks nor recusals")},
    {NULL}};

/* ------------------------------------------------------------- recusals */

static char *member, *project, *reason, *date;

/* Who and what the options name, and the day. */
struct recusal_in {
    struct found project, member;
    char on[DAY_LEN];
};

static enum status read_recusal(struct ctx *ctx, struct recusal_in *in)
{
    memcpy(in->on, ctx->today, DAY_LEN);
    enum status st = ctx_find(ctx, THING_MEMBER, member, &in->member);
    if (st == ST_OK)
        st = ctx_find(ctx, THING_PROJECT, project, &in->project);
    return st == ST_OK ? opt_past(ctx, "--date", date, in->on) : st;
}

static enum status recusal_add_(struct ctx *ctx)
{
    struct recusal_in in;
    int64_t voided = 0;
    enum status st = read_recusal(ctx, &in);
    if (st == ST_OK)
        st = recusal_add(ctx->db, in.project.id, in.member.id, reason, in.on,
                         &voided, ctx->err);
    if (st == ST_OK && voided > 0)
        out_warn(ctx,
                 ngettext("%d mark was given already: it is void; the journal "
                          "keeps it",
                          "%d marks were given already: they are void; the "
                          "journal keeps them",
                          (unsigned long)voided),
                 (int)voided);
    return out_done(ctx, st, _("Recusal declared: %s, on %s"), in.member.name,
                    in.project.name);
}

static enum status recusal_lift_(struct ctx *ctx)
{
    struct recusal_in in;
    enum status st = read_recusal(ctx, &in);
    if (st == ST_OK)
        st = recusal_lift(ctx->db, in.project.id, in.member.id, reason, in.on,
                          ctx->err);
    return out_done(ctx, st,
                    _("Recusal lifted: %s, on %s. Marks that it made void do "
                      "not come back: they are to be entered again."),
                    in.member.name, in.project.name);
}

static const struct poptOption recusal_options[] = {
    OPTION("member", member, N_("who steps aside"), N_("NAME")),
    OPTION("project", project, N_("on which project"), N_("PROJECT")),
    OPTION("reason", reason, N_("why; printed in the minutes"), N_("TEXT")),
    OPTION("date", date, N_("day of the declaration (today unless said)"),
           N_("D")),
    POPT_TABLEEND};

const struct command recusal_commands[] = {
    {"recusal add", recusal_add_, NEEDS_WRITE, GROUP_MARKING, "",
     N_("declare that a member steps aside on a project"), recusal_options,
     "member project reason"},
    LISTS("recusal list", GROUP_MARKING, N_("list the recusals"), recusal_list),
    {"recusal lift", recusal_lift_, NEEDS_WRITE, GROUP_MARKING, "",
     N_("take a recusal back"), recusal_options, "member project reason"},
    {NULL}};
