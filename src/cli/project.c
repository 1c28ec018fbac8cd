/* The projects of a call: add, list, show, edit. What becomes of them (check,
 * withdraw, reject, reinstate) is in project_check.c. */
#include "store/project.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "cli/project_check.h"
#include "core/money.h"
#include "core/status.h"
#include "store/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As typed; NULL: not said. */
static struct {
    char *association, *title, *theme, *requested, *minimum, *cost, *other;
    char *from, *to, *beneficiaries, *received, *late, *status;
    char **communes;
} opt;

/* The values read; a struct project points into them. */
struct values {
    int64_t theme, requested, minimum, cost, other, beneficiaries;
    char from[DAY_LEN], to[DAY_LEN], received[MINUTE_LEN];
};

static const struct poptOption described[] = {
    OPTION("association", opt.association,
           N_("who asks: name, acronym, SIRET or RNA"), N_("NAME")),
    OPTION("title", opt.title, N_("what the project is"), N_("TEXT")),
    OPTION("requested", opt.requested, N_("the amount asked for"), N_("EUR")),
    OPTION("minimum", opt.minimum,
           N_("the smallest amount with which it still makes sense"),
           N_("EUR")),
    OPTION("cost", opt.cost, N_("the project's total cost"), N_("EUR")),
    OPTION("other-public", opt.other,
           N_("money from the State and other councils"), N_("EUR")),
    OPTION("theme", opt.theme, N_("one of the call's themes"), N_("NAME")),
    OPTION("from", opt.from, N_("its first day"), N_("D")),
    OPTION("to", opt.to, N_("its last day"), N_("D")),
    OPTION_LIST("commune", opt.communes,
                N_("a commune where it takes place; may be repeated"),
                N_("NAME")),
    OPTION("beneficiaries", opt.beneficiaries,
           N_("how many people it is for: a count, never names"), N_("N")),
    OPTION("received", opt.received, N_("when it came in; now when not said"),
           N_("\"D HH:MM\"")),
    OPTION("late", opt.late,
           N_("why it is taken although the deadline has passed"),
           N_("REASON")),
    POPT_TABLEEND};

static const struct poptOption list_options[] = {
    OPTION("status", opt.status,
           N_("only received, eligible, rejected or withdrawn ones"),
           N_("STATUS")),
    POPT_TABLEEND};

/* Euros as typed, in cents. "none" is not for the request, which is always
 * known. */
static enum status read_amounts(struct ctx *ctx, struct project *p,
                                struct values *v)
{
    const struct {
        const char *option, *text;
        int64_t *value;
        const int64_t **field;
    } all[] = {
        {"--requested", opt.requested, &v->requested, &p->requested_cents},
        {"--minimum", opt.minimum, &v->minimum, &p->minimum_cents},
        {"--cost", opt.cost, &v->cost, &p->cost_cents},
        {"--other-public", opt.other, &v->other, &p->other_public_cents},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (opt_is_said(all[i].text, all[i].value, all[i].field) || i == 0)
            opt_money(ctx, all[i].option, all[i].text, all[i].value);
    return ctx->err->code;
}

/* A day alone for --received means its first minute: on the last day that is
 * in time. */
static enum status read_days(struct ctx *ctx, struct project *p,
                             struct values *v)
{
    opt_day_or_none(ctx, "--from", opt.from, v->from, &p->starts_on);
    opt_day_or_none(ctx, "--to", opt.to, v->to, &p->ends_on);
    p->received_at = opt.received != NULL ? v->received : NULL;
    return opt_minute(ctx, "--received", opt.received, "00:00", v->received);
}

/* The names typed, looked up. */
static enum status read_names(struct ctx *ctx, struct project *p,
                              struct values *v)
{
    enum status st = ST_OK;
    if (opt.association != NULL) {
        st = find_association(ctx->db, opt.association, &p->association_id,
                              ctx->err);
        if (st == ST_NO_INPUT)
            err_prefix(ctx->err, "--association");
    }
    if (opt_is_said(opt.theme, &v->theme, &p->theme_id) && st == ST_OK) {
        st = find_thing(ctx->db, THING_THEME, p->call_year, opt.theme,
                        &v->theme, ctx->err);
        if (st == ST_NO_INPUT)
            err_prefix(ctx->err, "--theme");
    }
    return st;
}

/* Fills `p` from the options; it points into them and into `v`. */
static enum status read_options(struct ctx *ctx, struct project *p,
                                struct values *v)
{
    *p =
        (struct project){.title = opt.title, .late_reason = opt_text(opt.late)};
    ctx_call(ctx, &p->call_year);
    read_amounts(ctx, p, v);
    read_days(ctx, p, v);
    if (opt_is_said(opt.beneficiaries, &v->beneficiaries, &p->beneficiaries))
        opt_int(ctx, "--beneficiaries", opt.beneficiaries, 0, 10000000,
                &v->beneficiaries);
    return ctx->err->code == ST_OK ? read_names(ctx, p, v) : ctx->err->code;
}

/* The communes said replace those known; "none" forgets them. */
static enum status write_communes(struct ctx *ctx, int64_t id)
{
    enum status st = ST_OK;
    const char **codes = NULL;
    size_t count = 0;
    if (opt.communes == NULL)
        return ST_OK;
    bool none = opt.communes[1] == NULL && opt_is_none(*opt.communes);
    for (char **c = opt.communes; st == ST_OK && !none && *c != NULL; c++) {
        char *code = NULL;
        st = find_commune(ctx->db, *c, &code, ctx->err);
        codes = xgrow(codes, count, sizeof *codes);
        codes[count++] = ctx_keep(ctx, code);
    }
    if (st == ST_OK)
        st = project_set_communes(ctx->db, id, codes, count, ctx->err);
    free(codes);
    return st;
}

/* Above a ceiling is no fault: the committee may still award less. */
static enum status warn_above(struct ctx *ctx, int64_t id, const char *ref)
{
    const char *what = NULL;
    int64_t limit = 0;
    char money[MONEY_LEN];
    enum status st = project_above(ctx->db, id, &what, &limit, ctx->err);
    if (st != ST_OK || what == NULL)
        return st;
    money_text(limit, money);
    if (strcmp(what, "maximum") == 0)
        out_warn(ctx, _("%s asks for more than the call's maximum award, %s"),
                 ref, money);
    else
        out_warn(ctx, _("%s asks for more than the whole envelope, %s"), ref,
                 money);
    return st;
}

/* A paper file and the export of a form often bring the same project twice. */
static enum status warn_twin(struct ctx *ctx, int64_t id, const char *ref)
{
    char *twin = NULL;
    enum status st = project_twin(ctx->db, id, INT64_MAX, &twin, ctx->err);
    if (twin != NULL)
        out_warn(ctx,
                 _("%s has the same association and title as %s: is it "
                   "registered twice?"),
                 ref, twin);
    free(twin);
    return st;
}

/* An eligible project that lost what made it so is pointed out, not moved. */
static enum status warn_holes(struct ctx *ctx, int64_t call, int64_t id,
                              const char *ref)
{
    struct rows holes = {0};
    char *status = NULL;
    enum status st = project_status(ctx->db, id, &status, ctx->err);
    if (st == ST_OK && strcmp(status, "eligible") == 0)
        st = project_holes(ctx->db, call, id, &holes, ctx->err);
    if (st == ST_OK && holes.count > 0)
        out_warn(ctx,
                 _("%s was declared eligible, but something is missing now: "
                   "see \"cispd project check %s\""),
                 ref, ref);
    free(status);
    rows_release(&holes);
    return st;
}

/* What people should know of a project just written. */
static enum status warn(struct ctx *ctx, int64_t id, const char *ref,
                        const struct project *p)
{
    bool late = false;
    char at[MINUTE_LEN];
    enum status st = warn_above(ctx, id, ref);
    if (st == ST_OK)
        st = warn_twin(ctx, id, ref);
    if (st == ST_OK && p->late_reason != NULL)
        st = project_is_late(ctx->db, id, &late, ctx->err);
    if (st == ST_OK)
        st = warn_holes(ctx, p->call_year, id, ref);
    if (st == ST_OK && p->received_at != NULL &&
        strcmp(p->received_at, ctx->now) > 0)
        out_warn(ctx, _("%s is received on %s, which is still to come"), ref,
                 receipt_text(p->received_at, at));
    if (st == ST_OK && p->late_reason != NULL && *p->late_reason != '\0' &&
        !late)
        out_warn(ctx,
                 _("%s came in time: the reason given with --late was "
                   "set aside"),
                 ref);
    return st;
}

/* The number is what the clerk writes on the paper: it is printed in every
 * format, and alone with --quiet. */
static void print_number(struct ctx *ctx, const char *ref)
{
    if (ctx->format == FORMAT_JSON)
        out_json(ctx, json_pack("{s:s}", "id", ref));
    else if (ctx->quiet || ctx->format == FORMAT_CSV)
        puts(ref);
    else
        out_note(ctx, _("Project %s is registered."), ref);
}

/* The project came in now when --received does not say otherwise. */
static enum status run_add(struct ctx *ctx)
{
    struct project p;
    struct values v;
    int64_t id = 0;
    char *ref = NULL;
    enum status st = read_options(ctx, &p, &v);
    if (st != ST_OK)
        return st;
    if (p.received_at == NULL)
        p.received_at = ctx->now;
    st = project_insert(ctx->db, &p, &id, ctx->err);
    if (st == ST_OK)
        st = write_communes(ctx, id);
    if (st == ST_OK)
        st = find_name(ctx->db, THING_PROJECT, id, &ref, ctx->err);
    if (st == ST_OK)
        st = warn(ctx, id, ref, &p);
    if (st == ST_OK)
        print_number(ctx, ref);
    free(ref);
    return st;
}

/* The stored word of --status, NULL when it is not said. */
static enum status read_status(struct ctx *ctx, const char **status)
{
    *status = status_of_word(opt.status);
    if (*status != NULL || opt.status == NULL)
        return ST_OK;
    return usage_error(ctx,
                       _("--status is received, eligible, rejected or "
                         "withdrawn, not \"%s\""),
                       opt.status);
}

/* A screen shows what fits; files and programs get all that is known. */
static enum status run_list(struct ctx *ctx)
{
    struct rows rows = {0};
    int64_t call = 0;
    const char *status;
    enum status st = read_status(ctx, &status);
    if (st == ST_OK)
        st = ctx_call(ctx, &call);
    if (st == ST_OK)
        st = ctx->format == FORMAT_TABLE
                 ? project_list(ctx->db, call, status, &rows, ctx->err)
                 : project_list_full(ctx->db, call, status, &rows, ctx->err);
    if (st == ST_OK)
        out_rows(ctx, &rows);
    rows_release(&rows);
    return st;
}

static enum status run_show(struct ctx *ctx)
{
    struct rows project = {0}, documents = {0};
    int64_t call = 0, id = 0;
    enum status st = ctx_call(ctx, &call);
    if (st == ST_OK)
        st = find_project(ctx->db, call, ctx->argv[0], &id, ctx->err);
    if (st == ST_OK)
        st = project_show(ctx->db, id, out_is_office(ctx), &project, ctx->err);
    if (st == ST_OK)
        st = project_documents(ctx->db, id, &documents, ctx->err);
    if (st == ST_OK)
        out_record_with(
            ctx, &project,
            (const struct out_part[]){{"documents", &documents}, {NULL}});
    rows_release(&project);
    rows_release(&documents);
    return st;
}

/* The communes are replaced as a whole, so that one typed wrong can go. */
static enum status run_edit(struct ctx *ctx)
{
    struct project p;
    struct values v;
    int64_t id = 0;
    char *ref = NULL;
    enum status st = read_options(ctx, &p, &v);
    if (st == ST_OK)
        st = find_project(ctx->db, p.call_year, ctx->argv[0], &id, ctx->err);
    if (st == ST_OK)
        st = find_name(ctx->db, THING_PROJECT, id, &ref, ctx->err);
    if (st == ST_OK)
        st = project_update(ctx->db, id, &p, ctx->err);
    if (st == ST_OK)
        st = write_communes(ctx, id);
    if (st == ST_OK)
        st = warn(ctx, id, ref, &p);
    out_done(ctx, st, _("Project %s is changed."), ref);
    free(ref);
    return st;
}

const struct command project_commands[] = {
    {"project add", run_add, NEEDS_WRITE, GROUP_INTAKE, "",
     N_("register a project of an association"), described,
     "association title requested"},
    {"project list", run_list, NEEDS_READ, GROUP_INTAKE, "",
     N_("list the projects of the call"), list_options},
    {"project show", run_show, NEEDS_READ, GROUP_INTAKE, N_("PROJECT"),
     N_("show all that is known of a project")},
    {"project edit", run_edit, NEEDS_WRITE, GROUP_INTAKE, N_("PROJECT"),
     N_("change what is said of a project; none forgets what was known"),
     described, ANY_OPTION},
    {"project check", project_check, NEEDS_WRITE, GROUP_INTAKE,
     N_("[PROJECT...]"),
     N_("show what is missing, tick documents, declare eligible"),
     project_check_options},
    {"project withdraw", project_withdraw, NEEDS_WRITE, GROUP_INTAKE,
     N_("PROJECT..."), N_("note that the association withdraws its project"),
     project_reason_options, "reason"},
    {"project reject", project_reject, NEEDS_WRITE, GROUP_INTAKE,
     N_("PROJECT..."), N_("reject projects that are not eligible"),
     project_reason_options, "reason"},
    {"project reinstate", project_reinstate, NEEDS_WRITE, GROUP_INTAKE,
     N_("PROJECT..."), N_("take a withdrawn or rejected project back"),
     project_reason_options, "reason"},
    {NULL}};
