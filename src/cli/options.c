/* Readers of option values: one message form, naming the option. */
#include "base/mem.h"
#include "cli/command.h"
#include "core/money.h"
#include "store/call.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum status usage_error(struct ctx *ctx, const char *fmt, ...)
{
    char text[800];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return err_set(ctx->err, ST_USAGE, "%s", text);
}

/* A value that cannot be read is a usage error, whatever its reader said. */
static enum status named(struct ctx *ctx, const char *option, enum status st)
{
    if (st == ST_OK)
        return ST_OK;
    ctx->err->code = ST_USAGE;
    return err_prefix(ctx->err, "%s", option);
}

enum status opt_money(struct ctx *ctx, const char *option, const char *text,
                      int64_t *out)
{
    if (text == NULL)
        return ST_OK;
    return named(ctx, option, money_parse(text, out, ctx->err));
}

enum status opt_decimal(struct ctx *ctx, const char *option, const char *text,
                        int decimals, int64_t lo, int64_t hi, int64_t *out)
{
    if (text == NULL)
        return ST_OK;
    int64_t v = 0;
    enum status st = decimal_parse(text, decimals, &v, ctx->err);
    if (st == ST_OK && (v < lo || v > hi)) {
        char a[DECIMAL_LEN], b[DECIMAL_LEN];
        st = err_set(ctx->err, ST_USAGE, _("%s is not between %s and %s"), text,
                     decimal_text(lo, decimals, a),
                     decimal_text(hi, decimals, b));
    }
    if (st == ST_OK)
        *out = v;
    return named(ctx, option, st);
}

enum status opt_int(struct ctx *ctx, const char *option, const char *text,
                    int64_t lo, int64_t hi, int64_t *out)
{
    return opt_decimal(ctx, option, text, 0, lo, hi, out);
}

enum status opt_day(struct ctx *ctx, const char *option, const char *text,
                    char out[DAY_LEN])
{
    if (text == NULL)
        return ST_OK;
    return named(ctx, option, day_parse(text, out, ctx->err));
}

enum status opt_minute(struct ctx *ctx, const char *option, const char *text,
                       const char *default_time, char out[MINUTE_LEN])
{
    if (text == NULL)
        return ST_OK;
    return named(ctx, option, minute_parse(text, default_time, out, ctx->err));
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
