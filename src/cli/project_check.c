/* What becomes of a project before the committee: documents ticked, holes
 * named, eligibility declared; withdrawn, rejected, taken back. */
#include "cli/project_check.h"
#include "base/mem.h"
#include "base/terms.h"
#include "base/text.h"
#include "cli/out.h"
#include "store/find.h"
#include "store/project.h"

#include <stdlib.h>
#include <string.h>

static struct {
    char **documents, **missing; /* as typed */
    int eligible, all;
    char *reason;
} opt;

const struct poptOption project_check_options[] = {
    OPTION_LIST("document", opt.documents,
                N_("tick a document as received, with a note if needed (an "
                   "exemption's reference); may be repeated"),
                N_("CODE[=NOTE]")),
    OPTION_LIST("missing", opt.missing,
                N_("take a document's tick off; may be repeated"), N_("CODE")),
    OPTION_FLAG("eligible", opt.eligible,
                N_("declare eligible what misses nothing")),
    OPTION_FLAG("all", opt.all,
                N_("every project that is still only received")),
    POPT_TABLEEND};

const struct poptOption project_reason_options[] = {
    OPTION("reason", opt.reason, N_("why, for the record"), N_("TEXT")),
    POPT_TABLEEND};

/* The projects meant. */
struct meant {
    int64_t call;
    int64_t *ids; /* owned */
    size_t count;
};

/* What would touch more projects than the person meant is refused: ticks and
 * eligibility are for projects that were named, or for --all. */
static enum status check_usage(struct ctx *ctx)
{
    bool ticks = opt.documents != NULL || opt.missing != NULL;
    if (ctx->argc > 0 && opt.all)
        return usage_error(ctx, _("name projects or say --all, not both"));
    if (ctx->argc == 0 && ticks && !opt.all)
        return usage_error(ctx, _("say whose documents: cispd project check "
                                  "PROJECT... --document CODE, or --all for "
                                  "every project that is still received"));
    if (ctx->argc == 0 && opt.eligible && !opt.all)
        return usage_error(ctx, _("--eligible needs the projects' numbers, or "
                                  "--all for every one that is still "
                                  "received"));
    return ST_OK;
}

/* The projects named, else all that are still received. The caller frees
 * m->ids, also on failure. */
static enum status find_meant(struct ctx *ctx, struct meant *m)
{
    enum status st = ctx_call(ctx, &m->call);
    if (st == ST_OK && ctx->argc == 0)
        return project_ids(ctx->db, m->call, "received", &m->ids, &m->count,
                           ctx->err);
    m->ids = xcalloc((size_t)ctx->argc, sizeof *m->ids);
    for (; st == ST_OK && m->count < (size_t)ctx->argc; m->count++)
        st = find_project(ctx->db, m->call, ctx->argv[m->count],
                          &m->ids[m->count], ctx->err);
    return st;
}

/* "CER=RUP, decree of 1999": the code and its note. */
static enum status tick(struct ctx *ctx, int64_t id, const char *typed)
{
    char *code = xstrdup(typed);
    char *note = strchr(code, '=');
    if (note != NULL)
        *note++ = '\0';
    text_trim(code);
    enum status st =
        project_tick(ctx->db, id, code, ctx->today,
                     note != NULL ? text_trim(note) : NULL, ctx->err);
    free(code);
    return st;
}

/* Takes a tick off. A project that lost its eligibility by it has no place in
 * the ranking any more, which nobody would look for here. */
static enum status untick(struct ctx *ctx, int64_t id, const char *code)
{
    bool lost = false;
    char *name = NULL;
    enum status st = project_untick(ctx->db, id, code, &lost, ctx->err);
    if (st == ST_OK && lost)
        st = find_name(ctx->db, THING_PROJECT, id, &name, ctx->err);
    if (name != NULL)
        out_warn(ctx,
                 _("%s is not eligible any more; \"cispd project check %s "
                   "--eligible\" declares it again"),
                 name, name);
    free(name);
    return st;
}

static size_t length(char **list)
{
    size_t n = 0;
    while (list != NULL && list[n] != NULL)
        n++;
    return n;
}

/* Says what became of the documents; what was so already is told apart. */
static void say_ticked(struct ctx *ctx, const struct meant *m)
{
    size_t ticked = length(opt.documents), taken = length(opt.missing);
    char *of =
        xasprintf(ngettext("%zu project", "%zu projects", m->count), m->count);
    if (m->count > 0 && ticked + taken > 0 && db_changes(ctx->db) == 0)
        out_note(ctx, "%s", _("Nothing to change: it was so already."));
    else if (m->count > 0 && ticked > 0)
        out_note(ctx,
                 ngettext("%zu document is ticked for %s.",
                          "%zu documents are ticked for %s.", ticked),
                 ticked, of);
    if (m->count > 0 && taken > 0 && db_changes(ctx->db) > 0)
        out_note(ctx,
                 ngettext("%zu document is missing again for %s.",
                          "%zu documents are missing again for %s.", taken),
                 taken, of);
    free(of);
}

/* Several projects named with one document all get it: a batch of post. */
static enum status tick_all(struct ctx *ctx, const struct meant *m)
{
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < m->count; i++) {
        for (char **d = opt.documents; st == ST_OK && d && *d; d++)
            st = tick(ctx, m->ids[i], *d);
        for (char **d = opt.missing; st == ST_OK && d && *d; d++)
            st = untick(ctx, m->ids[i], *d);
    }
    if (st == ST_OK)
        say_ticked(ctx, m);
    return st;
}

/* Refuses to declare a project eligible that was named and has holes. */
static enum status refuse_holes(struct ctx *ctx, const struct rows *holes)
{
    struct buf list = BUF_INIT;
    size_t label = rows_column(holes, "label");
    for (size_t i = 0; i < holes->count; i++)
        buf_addf(&list, "%s%s", i > 0 ? _("; ") : "",
                 rows_at(holes, i, label)->s);
    enum status st =
        err_set(ctx->err, ST_REFUSED,
                _("%s is not eligible yet, and nothing was changed. "
                  "Missing: %s"),
                rows_at(holes, 0, 0)->s, buf_str(&list));
    buf_release(&list);
    return st;
}

/* What became of the projects meant; the rest still lacks something. */
struct outcome {
    size_t declared, already;
};

/* Declares one project eligible. One with holes is refused, or with --all
 * stays as it is. */
static enum status declare(struct ctx *ctx, const struct meant *m, size_t i,
                           struct outcome *o)
{
    struct rows holes;
    int64_t before = db_changes(ctx->db);
    enum status st =
        project_holes(ctx->db, m->call, m->ids[i], &holes, ctx->err);
    if (st == ST_OK && (holes.count == 0 || !opt.all)) {
        st = project_set_status(ctx->db, m->ids[i], "eligible", NULL, ctx->err);
        if (st == ST_OK && holes.count > 0)
            st = refuse_holes(ctx, &holes);
        if (db_changes(ctx->db) > before)
            o->declared++;
        else
            o->already++;
    }
    rows_release(&holes);
    return st;
}

/* The holes of those meant, in one list. */
static enum status all_holes(struct ctx *ctx, const struct meant *m,
                             struct rows *all)
{
    if (ctx->argc == 0)
        return project_holes(ctx->db, m->call, 0, all, ctx->err);
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < m->count; i++) {
        struct rows holes;
        st = project_holes(ctx->db, m->call, m->ids[i], &holes, ctx->err);
        rows_join(all, &holes);
    }
    return st;
}

/* A line for each project: whose it is, and the codes of what it lacks. */
static void gather(const struct rows *holes, struct rows *list)
{
    static const char *const names[] = {"project", "association", "missing"};
    size_t missing = rows_column(holes, "missing");
    rows_start(list, 3, names);
    for (size_t i = 0; i < holes->count;) {
        size_t first = i;
        struct buf codes = BUF_INIT;
        struct cell *c = rows_add(list);
        cell_text(&c[0], rows_get(holes, i, "project")->s);
        cell_text(&c[1], rows_get(holes, i, "association")->s);
        for (; i < holes->count && strcmp(rows_at(holes, i, 0)->s,
                                          rows_at(holes, first, 0)->s) == 0;
             i++)
            buf_addf(&codes, "%s%s", i > first ? ", " : "",
                     term_text(rows_at(holes, i, missing)->s));
        cell_text(&c[2], buf_str(&codes));
        buf_release(&codes);
    }
}

/* One project's holes with their names; on a screen, those of several in a
 * line each. */
static void print_holes(struct ctx *ctx, const struct meant *m,
                        struct rows *holes)
{
    if (ctx->format == FORMAT_TABLE && m->count > 1) {
        struct rows list;
        gather(holes, &list);
        out_rows(ctx, &list);
        rows_release(&list);
        return;
    }
    if (ctx->format == FORMAT_TABLE && holes->count > 0)
        rows_drop(holes, "association");
    out_rows(ctx, holes);
}

/* What people read of --eligible. */
static void say_declared(struct ctx *ctx, const struct meant *m,
                         const struct outcome *o)
{
    size_t lacking = m->count - o->declared - o->already;
    if (o->declared > 0 || o->already == 0)
        out_note(ctx,
                 ngettext("%zu project declared eligible.",
                          "%zu projects declared eligible.", o->declared),
                 o->declared);
    if (o->already > 0)
        out_note(ctx,
                 ngettext("%zu project was eligible already.",
                          "%zu projects were eligible already.", o->already),
                 o->already);
    if (lacking > 0)
        out_note(ctx,
                 ngettext("%zu project still lacks something.",
                          "%zu projects still lack something.", lacking),
                 lacking);
}

/* How many of those meant wait for their eligibility. */
static enum status count_waiting(struct ctx *ctx, const struct meant *m,
                                 size_t *waiting)
{
    enum status st = ST_OK;
    *waiting = 0;
    for (size_t i = 0; i < m->count && st == ST_OK; i++) {
        char *status = NULL;
        st = project_status(ctx->db, m->ids[i], &status, ctx->err);
        *waiting += status != NULL && strcmp(status, "received") == 0;
        free(status);
    }
    return st;
}

/* What people read below the list where nothing was declared: what is next. */
static enum status sum_up(struct ctx *ctx, const struct meant *m, size_t holes)
{
    size_t waiting = 0;
    enum status st = count_waiting(ctx, m, &waiting);
    if (m->count == 0)
        out_note(ctx, "%s", _("No project waits for its eligibility."));
    else if (holes == 0 && waiting == 0)
        out_note(ctx, "%s", _("Nothing is missing."));
    else if (holes == 0)
        out_note(ctx,
                 ngettext("Nothing is missing. %zu project waits to be "
                          "declared eligible: add --eligible.",
                          "Nothing is missing. %zu projects wait to be "
                          "declared eligible: add --eligible.",
                          waiting),
                 waiting);
    else if (ctx->argc == 0)
        out_note(ctx, "%s",
                 _("Tick what has come in with \"cispd project check PROJECT "
                   "--document CODE\"."));
    return st;
}

enum status project_check(struct ctx *ctx)
{
    struct meant m = {0};
    struct rows holes = {0};
    struct outcome o = {0};
    enum status st = check_usage(ctx);
    if (st == ST_OK)
        st = find_meant(ctx, &m);
    if (st == ST_OK)
        st = tick_all(ctx, &m);
    for (size_t i = 0; st == ST_OK && opt.eligible && i < m.count; i++)
        st = declare(ctx, &m, i, &o);
    if (st == ST_OK)
        st = all_holes(ctx, &m, &holes);
    if (st == ST_OK) {
        if (holes.count > 0 || ctx->format != FORMAT_TABLE)
            print_holes(ctx, &m, &holes);
        if (opt.eligible)
            say_declared(ctx, &m, &o);
        else
            st = sum_up(ctx, &m, holes.count);
    }
    rows_release(&holes);
    free(m.ids);
    return st;
}

/* Moves the projects named to a status, all or none; `done` is the translated
 * sentence that says so, with one %s for a number. */
static enum status move(struct ctx *ctx, const char *status, const char *done)
{
    enum status st = ST_OK;
    for (int i = 0; i < ctx->argc && st == ST_OK; i++) {
        struct found project;
        st = ctx_find(ctx, THING_PROJECT, ctx->argv[i], &project);
        if (st == ST_OK)
            st = project_set_status(ctx->db, project.id, status, opt.reason,
                                    ctx->err);
        out_done(ctx, st, done, project.name);
    }
    return st;
}

enum status project_withdraw(struct ctx *ctx)
{
    return move(ctx, "withdrawn", _("Project %s is withdrawn."));
}

enum status project_reject(struct ctx *ctx)
{
    return move(ctx, "rejected", _("Project %s is rejected."));
}

enum status project_reinstate(struct ctx *ctx)
{
    return move(ctx, "received",
                _("Project %s is taken back; its eligibility is to be "
                  "declared again."));
}
