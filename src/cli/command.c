/* What the commands share: the call and the things that were named, and the
 * refusals of a command that was not said well. */
#include "cli/command.h"
#include "base/mem.h"
#include "cli/out.h"
#include "store/call.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void each_option(const struct poptOption *table,
                 void (*visit)(const struct poptOption *, void *), void *arg)
{
    for (const struct poptOption *o = table;
         o != NULL && (o->longName || o->shortName || o->arg); o++) {
        if ((o->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE)
            each_option(o->arg, visit, arg);
        else if (o->longName != NULL)
            visit(o, arg);
    }
}

enum status usage_error(struct ctx *ctx, const char *fmt, ...)
{
    char text[800];
    va_list ap;
    if (ctx->err->code != ST_OK)
        return ctx->err->code; /* what was told first is what to mend first */
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return err_set(ctx->err, ST_USAGE, "%s", text);
}

enum status ctx_call(struct ctx *ctx, int64_t *year)
{
    enum status st = ST_OK;
    if (ctx->call == NULL)
        return call_only(ctx->db, year, ctx->err);
    st = opt_int(ctx, "--call", ctx->call, 1990, 2200, year);
    if (st == ST_OK)
        st = call_find(ctx->db, *year, ctx->err);
    if (st == ST_OK && ctx->opened == NEEDS_WRITE)
        st = call_not_archived(ctx->db, *year, ctx->err);
    return st;
}

const char *ctx_keep(struct ctx *ctx, char *text)
{
    size_t n = 0;
    while (ctx->kept != NULL && ctx->kept[n] != NULL)
        n++;
    ctx->kept = xrealloc(ctx->kept, n + 2, sizeof *ctx->kept);
    ctx->kept[n] = text;
    ctx->kept[n + 1] = NULL;
    return text;
}

enum status ctx_find(struct ctx *ctx, enum thing what, const char *typed,
                     struct found *out)
{
    char *name = NULL;
    enum status st = ctx_call(ctx, &out->call);
    if (st == ST_OK)
        st = find_thing(ctx->db, what, out->call, typed, &out->id, ctx->err);
    if (st == ST_OK)
        st = find_name(ctx->db, what, out->id, &name, ctx->err);
    out->name = name != NULL ? ctx_keep(ctx, name) : NULL;
    return st;
}

enum status print_list(struct ctx *ctx)
{
    struct rows rows = {0};
    int64_t year;
    enum status st = ctx_call(ctx, &year);
    if (st == ST_OK)
        st = ctx->command->list(ctx->db, year, &rows, ctx->err);
    if (st == ST_OK)
        out_rows(ctx, &rows);
    rows_release(&rows);
    return st;
}
