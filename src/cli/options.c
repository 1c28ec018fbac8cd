/* Readers of option values: one message form, naming the option. */
#include "cli/command.h"
#include "cli/out.h"
#include "core/money.h"

#include <string.h>

/* A value that cannot be read is a usage error, whatever its reader said. */
static enum status named(struct ctx *ctx, const char *option, enum status st)
{
    if (st == ST_OK)
        return ST_OK;
    ctx->err->code = ST_USAGE;
    return err_prefix(ctx->err, "%s", option);
}

bool opt_is_none(const char *text)
{
    static const char *const words[] = {"none", "aucun", "aucune"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

const char *opt_text(const char *text)
{
    return text != NULL && opt_is_none(text) ? "" : text;
}

bool opt_is_said(const char *text, int64_t *out, const int64_t **at)
{
    if (text == NULL)
        return false;
    *at = out;
    *out = INT64_MIN;
    return !opt_is_none(text);
}

/* Whether there is nothing to read: not said, or no use any more. */
static bool is_over(const struct ctx *ctx, const char *text)
{
    return text == NULL || ctx->err->code != ST_OK;
}

enum status opt_money(struct ctx *ctx, const char *option, const char *text,
                      int64_t *out)
{
    if (is_over(ctx, text))
        return ctx->err->code;
    return named(ctx, option, money_parse(text, out, ctx->err));
}

enum status opt_decimal(struct ctx *ctx, const char *option, const char *text,
                        int decimals, int64_t lo, int64_t hi, int64_t *out)
{
    if (is_over(ctx, text))
        return ctx->err->code;
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
    if (is_over(ctx, text))
        return ctx->err->code;
    return named(ctx, option, day_parse(text, out, ctx->err));
}

enum status opt_day_or_none(struct ctx *ctx, const char *option,
                            const char *text, char out[DAY_LEN],
                            const char **at)
{
    if (text == NULL)
        return ctx->err->code;
    *at = out;
    *out = '\0';
    return opt_is_none(text) ? ctx->err->code : opt_day(ctx, option, text, out);
}

enum status opt_past(struct ctx *ctx, const char *option, const char *text,
                     char out[DAY_LEN])
{
    enum status st = opt_day(ctx, option, text, out);
    if (st == ST_OK && text != NULL && strcmp(out, ctx->today) > 0)
        out_warn(ctx, _("%s: %s is still to come"), option, text);
    return st;
}

enum status opt_minute(struct ctx *ctx, const char *option, const char *text,
                       const char *default_time, char out[MINUTE_LEN])
{
    if (is_over(ctx, text))
        return ctx->err->code;
    return named(ctx, option, minute_parse(text, default_time, out, ctx->err));
}
