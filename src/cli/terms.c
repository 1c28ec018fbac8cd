/* The options that say how an allocation is computed. */
#include "cli/terms.h"
#include "base/mem.h"
#include "base/terms.h"
#include "cli/out.h"
#include "core/money.h"
#include "core/rules/tiers.h"
#include "store/call.h"
#include "store/find.h"
#include "store/terms.h"

#include <stdlib.h>
#include <string.h>

enum status rule_read(struct ctx *ctx, const char *text,
                      const struct rule **rule)
{
    if (text == NULL || (*rule = rule_find(text)) != NULL)
        return ST_OK;
    struct buf names = BUF_INIT;
    for (size_t i = 0; rule_at(i) != NULL; i++)
        buf_addf(&names, "%s%s", i > 0 ? ", " : "", rule_name(rule_at(i)));
    enum status st = usage_error(ctx, _("--rule is one of %s, not \"%s\""),
                                 buf_str(&names), text);
    buf_release(&names);
    return st;
}

static struct {
    char *tiers, *objective, *curve, *step, *rounding;
    char **reserve;
} opt;

const struct poptOption term_options[] = {
    OPTION("tiers", opt.tiers,
           N_("rules tiers and tiers:cut: from this score out of 100 up, this "
              "percentage of the request; highest first, as "
              "75:100,60:75,50:50"),
           N_("S:PCT,...")),
    OPTION("objective", opt.objective,
           N_("rule optimal: score makes the sum of the scores as great as "
              "can be (unless said), score-euro that of score times amount"),
           "score|score-euro"),
    OPTION("step", opt.step,
           N_("rule optimal: parts of a request may be awarded, by steps of "
              "this amount above the floor; none for all or nothing"),
           N_("EUR")),
    OPTION("curve", opt.curve,
           N_("rule optimal with --step: a part is worth its share of the "
              "request (linear, unless said), or the first euros more "
              "(concave)"),
           "linear|concave"),
    OPTION("rounding", opt.rounding,
           N_("rule proportional: who gets the last units, by the largest "
              "remainder (unless said) or by divisor"),
           "remainder|divisor"),
    OPTION_LIST("reserve", opt.reserve,
                N_("rules strict, skip and partial: keep this much for the "
                   "projects of a theme; with a second amount, the most that "
                   "they may receive; none takes it away"),
                N_("THEME=EUR[..EUR]")),
    POPT_TABLEEND};

static enum status read_tiers(struct ctx *ctx, const char *text,
                              struct terms *t)
{
    if (text == NULL)
        return ST_OK;
    if (opt_is_none(text)) {
        t->tiers = 0;
        return ST_OK;
    }
    enum status st = tiers_parse(text, t, ctx->err);
    /* the candidates of a file may have another scale than 100 */
    if (st == ST_OK && ctx->db != NULL && t->tier[0].threshold > 10000)
        st = err_set(ctx->err, ST_USAGE,
                     _("scores are out of 100: none reaches the first tier of "
                       "\"%s\""),
                     text);
    if (st == ST_OK)
        return st;
    ctx->err->code = ST_USAGE;
    return err_prefix(ctx->err, "--tiers");
}

static enum status read_step(struct ctx *ctx, const char *text, int64_t *step)
{
    if (text != NULL && opt_is_none(text)) {
        *step = 0;
        return ST_OK;
    }
    enum status st = opt_money(ctx, "--step", text, step);
    if (st == ST_OK && text != NULL && *step <= 0)
        st =
            usage_error(ctx, _("%s: an amount above zero is needed"), "--step");
    return st;
}

enum status term_options_read(struct ctx *ctx, struct terms *t)
{
    if (opt.objective != NULL && !objective_find(opt.objective, &t->objective))
        return usage_error(ctx,
                           _("--objective is score or score-euro, not \"%s\""),
                           opt.objective);
    if (opt.curve != NULL && !curve_find(opt.curve, &t->curve))
        return usage_error(ctx, _("--curve is linear or concave, not \"%s\""),
                           opt.curve);
    if (opt.rounding != NULL && !rounding_find(opt.rounding, &t->rounding))
        return usage_error(ctx,
                           _("--rounding is remainder or divisor, not \"%s\""),
                           opt.rounding);
    enum status st = read_step(ctx, opt.step, &t->step);
    return st == ST_OK ? read_tiers(ctx, opt.tiers, t) : st;
}

/* --------------------------------------------------------------- reserves */

static enum status no_reserve(struct ctx *ctx, const char *text)
{
    return usage_error(ctx,
                       _("--reserve is THEME=EUR, THEME=EUR..EUR for a least "
                         "and a most, or THEME=none, not \"%s\""),
                       text);
}

/* An amount of at least `least`. */
static bool read_amount(const char *text, int64_t least, int64_t *out)
{
    struct err unsaid;
    return money_parse(text, out, &unsaid) == ST_OK && *out >= least;
}

/* Behind the theme: "5000", "5000..8000", "..8000", "none". */
static bool read_amounts(const char *text, struct reserve *r)
{
    const char *dots = strstr(text, "..");
    r->least = 0;
    r->most = -1;
    if (dots == NULL)
        return (*text != '\0' && opt_is_none(text)) ||
               read_amount(text, 1, &r->least);
    char *least = xstrndup(text, (size_t)(dots - text));
    bool good = *least == '\0' || read_amount(least, 0, &r->least);
    free(least);
    return good && read_amount(dots + 2, r->least, &r->most);
}

/* The name of the theme; the caller frees. NULL when there is no "=". */
static char *theme_name(const char *text)
{
    const char *equals = strrchr(text, '=');
    return equals == NULL || equals == text
               ? NULL
               : xstrndup(text, (size_t)(equals - text));
}

static enum status read_reserve(struct ctx *ctx, const char *text,
                                const struct panel *p, struct reserve *r)
{
    char *name = theme_name(text);
    if (name == NULL)
        return no_reserve(ctx, text);
    enum status st =
        find_thing(ctx->db, THING_THEME, p->call, name, &r->theme, ctx->err);
    for (size_t i = 0; i < p->themes; i++)
        if (p->theme[i].id == r->theme)
            r->label = p->theme[i].label;
    free(name);
    if (st == ST_OK && !read_amounts(strrchr(text, '=') + 1, r))
        st = no_reserve(ctx, text);
    return st;
}

/* Puts the reserve in the place of that of its theme. */
static enum status lay_reserve(struct ctx *ctx, const struct reserve *r,
                               struct terms *t)
{
    struct reserve *old = terms_reserve(t, r->theme);
    if (r->least == 0 && r->most < 0) {
        if (old != NULL)
            *old = t->reserve[--t->reserves];
        return ST_OK;
    }
    if (old != NULL)
        *old = *r;
    else if (t->reserves < RESERVES_MAX)
        t->reserve[t->reserves++] = *r;
    else
        return usage_error(ctx, _("there are reserves for more than %d themes"),
                           RESERVES_MAX);
    return ST_OK;
}

enum status
term_options_reserves(struct ctx *ctx, const struct panel *p, struct terms *t,
                      enum status (*change)(struct ctx *ctx, int64_t call,
                                            const struct reserve *r))
{
    enum status st = ST_OK;
    struct reserve said[RESERVES_MAX];
    size_t n = 0;
    for (char **text = opt.reserve; text != NULL && *text != NULL; text++) {
        struct reserve r = {0};
        st = read_reserve(ctx, *text, p, &r);
        for (size_t i = 0; st == ST_OK && i < n; i++)
            if (said[i].theme == r.theme)
                st = usage_error(
                    ctx, _("--reserve names the theme of \"%s\" twice"), *text);
        if (n < RESERVES_MAX)
            said[n++] = r;
        if (st == ST_OK)
            st = lay_reserve(ctx, &r, t);
        if (st == ST_OK && change != NULL)
            st = change(ctx, p->call, &r);
        if (st != ST_OK)
            break;
    }
    return st;
}

enum status term_options_themes(struct ctx *ctx, int64_t call)
{
    enum status st = ST_OK;
    for (char **text = opt.reserve;
         st == ST_OK && text != NULL && *text != NULL; text++) {
        char *name = theme_name(*text);
        st = name == NULL ? no_reserve(ctx, *text)
                          : theme_put(ctx->db, call, 0, name, ctx->err);
        free(name);
    }
    return st;
}

/* --------------------------------------------------------------- the rule */

bool term_options_given(void)
{
    return opt.tiers != NULL || opt.objective != NULL || opt.curve != NULL ||
           opt.step != NULL || opt.rounding != NULL || opt.reserve != NULL;
}

bool term_options_reserve_given(void)
{
    return opt.reserve != NULL;
}

/* An option was typed for a rule that does not look at it. */
static bool is_lost(const char *text, bool looked_at)
{
    return text != NULL && !opt_is_none(text) && !looked_at;
}

static bool sets_reserve(void)
{
    for (char **text = opt.reserve; text != NULL && *text != NULL; text++)
        if (strrchr(*text, '=') == NULL ||
            !opt_is_none(strrchr(*text, '=') + 1))
            return true;
    return false;
}

enum status term_options_check(struct ctx *ctx, const struct rule *rule)
{
    const char *option = NULL;
    bool optimum = rule_has_optimum(rule);
    if (is_lost(opt.tiers, rule_has_tiers(rule)))
        option = "--tiers";
    else if (is_lost(opt.objective, optimum))
        option = "--objective";
    else if (is_lost(opt.step, optimum))
        option = "--step";
    else if (is_lost(opt.curve, optimum))
        option = "--curve";
    else if (is_lost(opt.rounding, rule_has_rounding(rule)))
        option = "--rounding";
    else if (sets_reserve() && !rule_has_reserves(rule))
        option = "--reserve";
    if (option == NULL)
        return ST_OK;
    return usage_error(ctx, _("%s says nothing to the rule %s"), option,
                       term_text(rule_name(rule)));
}

enum status late_rules_warn(struct ctx *ctx, int64_t year)
{
    int64_t marks = 0;
    enum status st = marks_count(ctx->db, year, &marks, ctx->err);
    if (marks > 0)
        out_warn(ctx,
                 ngettext("the rules of the call change although %lld mark is "
                          "entered already; the journal keeps who changed "
                          "them and when",
                          "the rules of the call change although %lld marks "
                          "are entered already; the journal keeps who changed "
                          "them and when",
                          (unsigned long)marks),
                 (long long)marks);
    return st;
}
