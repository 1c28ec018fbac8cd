/* The kinds of columns of a list, and how their values are written. */
#include "store/kind.h"
#include "base/mem.h"
#include "base/terms.h"
#include "base/text.h"
#include "core/day.h"
#include "core/money.h"

#include <stdlib.h>
#include <string.h>

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n >= m && strcmp(name + n - m, end) == 0;
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* store/rows.h says how a name tells the kind. */
struct kind kind_of(const char *name)
{
    static const char *const terms[] = {
        "status",  "decision", "reason_code", "missing_policy",
        "rule",    "state",    "tie_break",   "objective",
        "curve",   "rounding", "solidity",    "differs",
        "missing", NULL};
    static const char *const truths[] = {
        "confidential", "call_rule", "late", "independent",
        "archived",     "forced",    NULL};
    static const char *const codes[] = {"siret", "rna", "other_siret", NULL};
    static const char *const dates[] = {"opens", "closes", NULL};
    static const char *const hundredths[] = {
        "threshold", "score",    "median",   "min", "max",         "sd", "mean",
        "range",     "adjusted", "severity", "tau", "coefficient", NULL};
    if (ends_with(name, "_cents") || *name == ROWS_AMOUNT)
        return (struct kind){KIND_MONEY, 2, ""};
    if (ends_with(name, "_milli"))
        return (struct kind){KIND_DECIMAL, 3, ""};
    if (ends_with(name, "_bp"))
        return (struct kind){KIND_DECIMAL, 2, "\xC2\xA0%"};
    if (is_one_of(name, hundredths))
        return (struct kind){KIND_SCORE, 2, ""};
    if (strcmp(name, "received_at") == 0)
        return (struct kind){KIND_RECEIPT, 0, ""};
    if (ends_with(name, "_on") || ends_with(name, "_at") ||
        is_one_of(name, dates))
        return (struct kind){KIND_DATE, 0, ""};
    if (is_one_of(name, codes))
        return (struct kind){KIND_CODE, 0, ""};
    if (is_one_of(name, truths))
        return (struct kind){KIND_TRUTH, 0, ""};
    if (is_one_of(name, terms))
        return (struct kind){KIND_TERM, 0, ""};
    return (struct kind){KIND_TEXT, 0, ""};
}

/* The text of a cell for people; the caller frees. */
char *kind_text(const struct kind *kind, const struct cell *c)
{
    char tmp[MONEY_LEN];
    if (c->kind == CELL_NULL)
        return xstrdup("");
    if (c->kind == CELL_INT && kind->name == KIND_MONEY)
        return xstrdup(money_text(c->i, tmp));
    if (c->kind == CELL_INT && kind->name == KIND_DECIMAL)
        return xasprintf("%s%s", decimal_text(c->i, kind->decimals, tmp),
                         kind->unit);
    if (c->kind == CELL_INT && kind->name == KIND_SCORE)
        return xstrdup(hundredths_text(c->i, tmp));
    if (kind->name == KIND_DATE)
        return xstrdup(minute_text(c->s, tmp));
    if (kind->name == KIND_RECEIPT)
        return xstrdup(receipt_text(c->s, tmp));
    if (c->kind == CELL_INT && kind->name == KIND_TRUTH)
        return xstrdup(term_text(c->i != 0 ? "yes" : "no"));
    if (kind->name == KIND_TERM || kind->name == KIND_TRUTH)
        return xstrdup(term_text(c->s));
    return text_one_line(c->s);
}

char *kind_csv(const struct kind *kind, const struct cell *c, bool *text)
{
    char tmp[MONEY_LEN];
    *text = c->kind == CELL_TEXT;
    if (c->kind == CELL_NULL)
        return xstrdup("");
    if (c->kind != CELL_INT)
        return xstrdup(c->s);
    if (kind->name == KIND_MONEY)
        money_plain(c->i, tmp);
    else if (kind->name == KIND_DECIMAL || kind->name == KIND_SCORE)
        decimal_plain(c->i, kind->decimals, tmp);
    else
        return xstrdup(c->s);
    char *point = strchr(tmp, '.');
    if (point != NULL)
        *point = ',';
    return xstrdup(tmp);
}

char *kind_json_name(const char *name)
{
    if (strcmp(name, "request_counted_cents") == 0)
        return xstrdup("requested_cents");
    size_t len = strlen(name) - (ends_with(name, "_code") ? 5 : 0);
    return xstrndup(name, len);
}

char *kind_csv_heading(const char *name)
{
    static const char *const units[][2] = {
        {"_cents", "_eur"}, {"_bp", "_pct"}, {"_milli", ""}, {"_code", ""}};
    if (*name == ROWS_AMOUNT)
        return xstrdup(name + 1);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (ends_with(name, units[i][0]))
            return xasprintf("%.*s%s",
                             (int)(strlen(name) - strlen(units[i][0])), name,
                             units[i][1]);
    return xstrdup(name);
}
