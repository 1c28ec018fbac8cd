/* cispd theme, criterion, member and recusal: who marks on what. */
#include "base/mem.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "core/ident.h"
#include "core/money.h"
#include "import/criteria.h"
#include "store/call.h"
#include "store/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lists what `list` reads of the call. */
static enum status print_list(struct ctx *ctx,
                              enum status (*list)(struct db *, int64_t,
                                                  struct rows *, struct err *))
{
    struct rows rows = {0};
    int64_t year;
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = list(ctx->db, year, &rows, ctx->err);
    if (st == ST_OK)
        out_rows(ctx, &rows);
    rows_release(&rows);
    return st;
}

/* --------------------------------------------------------------- themes */

static enum status theme_add_(struct ctx *ctx)
{
    int64_t year;
    enum status st = ctx_call(ctx, &year);
    for (int i = 0; i < ctx->argc && st == ST_OK; i++)
        st = theme_add(ctx->db, year, ctx->argv[i], ctx->err);
    return st;
}

static enum status theme_list_(struct ctx *ctx)
{
    return print_list(ctx, theme_list);
}

static enum status theme_edit_(struct ctx *ctx)
{
    int64_t year, id;
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = find_theme(ctx->db, year, ctx->argv[0], &id, ctx->err);
    return st == ST_OK ? theme_edit(ctx->db, id, ctx->argv[1], ctx->err) : st;
}

static enum status theme_drop_(struct ctx *ctx)
{
    int64_t year, id;
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = find_theme(ctx->db, year, ctx->argv[0], &id, ctx->err);
    return st == ST_OK ? theme_drop(ctx->db, id, ctx->err) : st;
}

const struct command theme_commands[] = {
    {"theme add", theme_add_, NEEDS_WRITE, GROUP_SETUP, N_("LABEL..."),
     N_("add themes by which projects are grouped"), NULL, 1, -1},
    {"theme list", theme_list_, NEEDS_READ, GROUP_SETUP, "",
     N_("list the themes and what is asked in each"), NULL, 0, 0},
    {"theme edit", theme_edit_, NEEDS_WRITE, GROUP_SETUP, N_("OLD NEW"),
     N_("correct the label of a theme"), NULL, 2, 2},
    {"theme drop", theme_drop_, NEEDS_WRITE, GROUP_SETUP, N_("LABEL"),
     N_("remove a theme that no project has"), NULL, 1, 1},
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
        st = opt_int(ctx, "--scale", lo, 0, 1000, &c->lo);
        if (st == ST_OK)
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
    enum status st = opt_int(ctx, "--weight", weight, 0, 1000, &c.weight);
    if (st == ST_OK && scale != NULL)
        st = read_scale(ctx, &c);
    if (st == ST_OK)
        st = opt_decimal(ctx, "--step", step, 3, 1, 1000000, &c.step_milli);
    if (st == ST_OK && minimum != NULL) {
        c.min_milli = &min;
        st = opt_decimal(ctx, "--min", minimum, 3, 0, 1000000, &min);
    }
    return st == ST_OK ? criterion_add(ctx->db, year, &c, ctx->err) : st;
}

static enum status criterion_add_(struct ctx *ctx)
{
    int64_t year;
    enum status st = ctx_call(ctx, &year);
    if (st != ST_OK)
        return st;
    if (default_grid && ctx->argc == 0)
        return criterion_add_defaults(ctx->db, year, ctx->err);
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
    enum status st = opt_int(ctx, "--weight", weight, 0, 1000, &v->weight);
    c->label = label;
    if (weight != NULL)
        c->weight = &v->weight;
    if (st == ST_OK && scale != NULL) {
        st = read_scale(ctx, v);
        c->lo = &v->lo;
        c->hi = &v->hi;
    }
    if (st == ST_OK && step != NULL) {
        st = opt_decimal(ctx, "--step", step, 3, 1, 1000000, &v->step_milli);
        c->step_milli = &v->step_milli;
    }
    if (st == ST_OK && minimum != NULL) {
        c->min_milli = min;
        *min = INT64_MIN;
        if (strcmp(minimum, "none") != 0)
            st = opt_decimal(ctx, "--min", minimum, 3, 0, 1000000, min);
    }
    return st;
}

static enum status criterion_edit_(struct ctx *ctx)
{
    struct criterion_in v = {0};
    struct criterion_change c = {0};
    int64_t year, id, min;
    if (!label && !weight && !scale && !step && !minimum)
        return usage_error(ctx, _("say what to change; see \"cispd criterion "
                                  "edit --help\""));
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = find_criterion(ctx->db, year, ctx->argv[0], &id, ctx->err);
    if (st == ST_OK)
        st = read_change(ctx, &v, &min, &c);
    return st == ST_OK ? criterion_edit(ctx->db, id, &c, ctx->err) : st;
}

static enum status criterion_list_(struct ctx *ctx)
{
    return print_list(ctx, criterion_list);
}

static enum status criterion_drop_(struct ctx *ctx)
{
    int64_t year, id;
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = find_criterion(ctx->db, year, ctx->argv[0], &id, ctx->err);
    return st == ST_OK ? criterion_drop(ctx->db, id, ctx->err) : st;
}

static enum status criterion_import(struct ctx *ctx)
{
    int64_t year;
    int added = 0;
    struct buf faults = BUF_INIT;
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = import_criteria(ctx->db, year, ctx->argv[0], &faults, &added,
                             ctx->err);
    fputs(buf_str(&faults), stderr);
    if (st == ST_OK)
        out_note(ctx,
                 ngettext("%d criterion added.", "%d criteria added.",
                          (unsigned long)added),
                 added);
    buf_release(&faults);
    return st;
}

#define CRITERION_RULES \
    {"label",   0, POPT_ARG_STRING, &label, 0, N_("what is looked at"), \
     N_("TEXT")}, \
        {"weight", 0, POPT_ARG_STRING, &weight, 0, N_("a whole number"), \
         N_("W")}, \
        {"scale",    0, POPT_ARG_STRING, \
         &scale,     0, N_("lowest and highest mark (0:20 unless said)"), \
         N_("LO:HI")}, \
        {"step",    0, POPT_ARG_STRING, \
         &step,     0, N_("marks are multiples of this (1 unless said)"), \
         N_("STEP")}, \
    { \
        "min", 0, POPT_ARG_STRING, &minimum, 0, \
            N_("mean of the panel under which a project is knocked out"), \
            N_("MARK") \
    }

static const struct poptOption criterion_options[] = {
    CRITERION_RULES,
    {"independent", 0, POPT_ARG_NONE, &independent, 0,
     N_("shown beside the score, never in it"), NULL},
    {"default-grid", 0, POPT_ARG_NONE, &default_grid, 0,
     N_("add the seven usual criteria, 100 points in all"), NULL},
    POPT_TABLEEND};

static const struct poptOption criterion_edit_options[] = {CRITERION_RULES,
                                                           POPT_TABLEEND};

const struct command criterion_commands[] = {
    {"criterion add", criterion_add_, NEEDS_WRITE, GROUP_SETUP, N_("[CODE]"),
     N_("add a criterion, or the default grid"), criterion_options, 0, 1},
    {"criterion import", criterion_import, NEEDS_WRITE, GROUP_SETUP, N_("FILE"),
     N_("read the criteria from a CSV file"), NULL, 1, 1},
    {"criterion list", criterion_list_, NEEDS_READ, GROUP_SETUP, "",
     N_("list the criteria and their weights"), NULL, 0, 0},
    {"criterion edit", criterion_edit_, NEEDS_WRITE, GROUP_SETUP, N_("CODE"),
     N_("change a criterion; its scale must fit the marks given"),
     criterion_edit_options, 1, 1},
    {"criterion drop", criterion_drop_, NEEDS_WRITE, GROUP_SETUP, N_("CODE"),
     N_("remove a criterion that has no marks"), NULL, 1, 1},
    {NULL}};

/* -------------------------------------------------------------- members */

static char *email;

static enum status member_add_(struct ctx *ctx)
{
    int64_t year;
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK && email != NULL)
        st = email_check(email, ctx->err);
    if (st == ST_OK)
        st = member_add(ctx->db, year, ctx->argv[0], email, ctx->err);
    return st;
}

static char *new_name;

static enum status member_edit_(struct ctx *ctx)
{
    int64_t year, id;
    if (email == NULL && new_name == NULL)
        return usage_error(ctx, _("say what to change: --name or --email"));
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = find_member(ctx->db, year, ctx->argv[0], &id, ctx->err);
    if (st == ST_OK && email != NULL)
        st = email_check(email, ctx->err);
    if (st == ST_OK)
        st = member_edit(ctx->db, id, new_name, email, ctx->err);
    return st;
}

static enum status member_drop_(struct ctx *ctx)
{
    int64_t year, id;
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = find_member(ctx->db, year, ctx->argv[0], &id, ctx->err);
    return st == ST_OK ? member_drop(ctx->db, id, ctx->err) : st;
}

static enum status member_list_(struct ctx *ctx)
{
    return print_list(ctx, member_list);
}

static const struct poptOption member_options[] = {
    {"email", 0, POPT_ARG_STRING, &email, 0, N_("the member's address"),
     N_("ADDRESS")},
    POPT_TABLEEND};

static const struct poptOption member_edit_options[] = {
    {"name", 0, POPT_ARG_STRING, &new_name, 0, N_("the corrected name"),
     N_("NAME")},
    {"email", 0, POPT_ARG_STRING, &email, 0, N_("the member's address"),
     N_("ADDRESS")},
    POPT_TABLEEND};

const struct command member_commands[] = {
    {"member add", member_add_, NEEDS_WRITE, GROUP_SETUP, N_("NAME"),
     N_("add a member of the committee"), member_options, 1, 1},
    {"member list", member_list_, NEEDS_READ, GROUP_SETUP, "",
     N_("list the members and how much they have marked"), NULL, 0, 0},
    {"member edit", member_edit_, NEEDS_WRITE, GROUP_SETUP, N_("NAME"),
     N_("correct a member's name or address"), member_edit_options, 1, 1},
    {"member drop", member_drop_, NEEDS_WRITE, GROUP_SETUP, N_("NAME"),
     N_("remove a member who has neither marks nor recusals"), NULL, 1, 1},
    {NULL}};

/* ------------------------------------------------------------- recusals */

static char *member, *project, *reason, *date;

/* Who and what the options name, and the day. */
struct recusal_in {
    int64_t project, member;
    char on[DAY_LEN];
};

static enum status read_recusal(struct ctx *ctx, struct recusal_in *in)
{
    int64_t year;
    if (member == NULL || project == NULL || reason == NULL)
        return usage_error(
            ctx, _("a recusal needs --member, --project and --reason"));
    memcpy(in->on, ctx->today, DAY_LEN);
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = find_member(ctx->db, year, member, &in->member, ctx->err);
    if (st == ST_OK)
        st = find_project(ctx->db, year, project, &in->project, ctx->err);
    if (st == ST_OK)
        st = opt_day(ctx, "--date", date, in->on);
    return st;
}

static enum status recusal_add_(struct ctx *ctx)
{
    struct recusal_in in;
    int64_t voided = 0;
    enum status st = read_recusal(ctx, &in);
    if (st == ST_OK)
        st = recusal_add(ctx->db, in.project, in.member, reason, in.on, &voided,
                         ctx->err);
    if (st == ST_OK && voided > 0)
        out_warn(ctx,
                 ngettext("%d mark was given already: it is void; the journal "
                          "keeps it",
                          "%d marks were given already: they are void; the "
                          "journal keeps them",
                          (unsigned long)voided),
                 (int)voided);
    return st;
}

static enum status recusal_lift_(struct ctx *ctx)
{
    struct recusal_in in;
    enum status st = read_recusal(ctx, &in);
    if (st == ST_OK)
        st = recusal_lift(ctx->db, in.project, in.member, reason, in.on,
                          ctx->err);
    return st;
}

static enum status recusal_list_(struct ctx *ctx)
{
    return print_list(ctx, recusal_list);
}

static const struct poptOption recusal_options[] = {
    {"member", 0, POPT_ARG_STRING, &member, 0, N_("who steps aside"),
     N_("NAME")},
    {"project", 0, POPT_ARG_STRING, &project, 0, N_("on which project"),
     N_("PROJECT")},
    {"reason", 0, POPT_ARG_STRING, &reason, 0,
     N_("why; printed in the minutes"), N_("TEXT")},
    {"date", 0, POPT_ARG_STRING, &date, 0,
     N_("day of the declaration (today unless said)"), N_("D")},
    POPT_TABLEEND};

const struct command recusal_commands[] = {
    {"recusal add", recusal_add_, NEEDS_WRITE, GROUP_MARKING, "",
     N_("declare that a member steps aside on a project"), recusal_options, 0,
     0},
    {"recusal list", recusal_list_, NEEDS_READ, GROUP_MARKING, "",
     N_("list the recusals"), NULL, 0, 0},
    {"recusal lift", recusal_lift_, NEEDS_WRITE, GROUP_MARKING, "",
     N_("take a recusal back"), recusal_options, 0, 0},
    {NULL}};
