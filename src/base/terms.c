/* The words of stored values. */
#include "base/terms.h"
#include "base/i18n.h"

#include <stddef.h>
#include <string.h>

struct term {
    const char *value, *text;
};

static const struct term terms[] = {
    {"solid", N_("solid")},
    {"sensitive", N_("hangs on a member")},
    {"one-mark", N_("hangs on one mark")},
    {"incomplete", N_("incomplete")},
    {"outdated", N_("outdated")},
    {"overspent", N_("over the envelope")},
    {"current", N_("current")},
    {"other-envelope", N_("other envelope")},
    {"number", N_("project number")},
    {"lot", N_("lot")},
    {"request", N_("smaller request")},
    {"median", N_("median sheet")},
    {"worst", N_("worst sheet")},
    {"criterion", N_("heaviest criterion")},
    {"abstained", N_("abstention")},
    {"awarded", N_("awarded")},
    {"block", N_("block")},
    {"does-not-fit", N_("does not fit")},
    {"after-stop", N_("after the stop")},
    {"below-threshold", N_("below a minimum")},
    {"counted", N_("counted")},
    {"eligible", N_("eligible")},
    {"exclude", N_("exclude")},
    {"funded", N_("funded")},
    {"ko", N_("ko")},
    {"open", N_("open")},
    {"closed", N_("closed")},
    {"archived", N_("archived")},
    {"late", N_("late")},
    {"independent", N_("independent")},
    {"missing", N_("missing")},
    {"not-counted", N_("not counted")},
    {"not-rankable", N_("not rankable")},
    {"not-selected", N_("not selected")},
    {"ok", N_("ok")},
    {"partial", N_("partial")},
    {"received", N_("received")},
    {"recused", N_("recused")},
    {"refused", N_("refused")},
    {"rejected", N_("rejected")},
    {"renormalise", N_("renormalise")},
    {"reserve", N_("reserve")},
    {"skip", N_("skip")},
    {"strict", N_("strict")},
    {"proportional", N_("proportional")},
    {"tiers", N_("tiers")},
    {"tiers:cut", N_("tiers, cut to fit")},
    {"optimal", N_("optimal")},
    {"score", N_("sum of the scores")},
    {"score-euro", N_("sum of score times amount")},
    {"linear", N_("linear")},
    {"concave", N_("concave")},
    {"remainder", N_("largest remainder")},
    {"divisor", N_("by divisor")},
    {"withdrawn", N_("withdrawn")},
    {"cost", N_("cost")},
    {"rate", N_("rate")},
    {"minimum", N_("minimum")},
    {"yes", N_("yes")},
    {"no", N_("no")},
    {"insert", N_("added")},
    {"update", N_("changed")},
    {"delete", N_("removed")},
};

/* The tables of the journal: "criterion" is a table there, a step of the tie
 * chain above. */
static const struct term tables[] = {
    {"agency", N_("agency")},
    {"allocation_rule", N_("allocation rule")},
    {"association", N_("association")},
    {"award", N_("award")},
    {"call", N_("call")},
    {"call_reserve", N_("reserve for a theme")},
    {"commune", N_("commune")},
    {"contact", N_("contact")},
    {"criterion", N_("criterion")},
    {"envelope_line", N_("envelope line")},
    {"mark", N_("mark")},
    {"member", N_("member")},
    {"project", N_("project")},
    {"project_commune", N_("commune of the project")},
    {"project_document", N_("document of the project")},
    {"recusal", N_("recusal")},
    {"required_document", N_("required document")},
    {"scenario", N_("scenario")},
    {"scenario_line", N_("scenario line")},
    {"scenario_reserve", N_("reserve of a scenario")},
    {"theme", N_("theme")},
};

static const char *look_up(const struct term *list, size_t count,
                           const char *value)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].value, value) == 0)
            return gettext(list[i].text);
    return value;
}

const char *term_text(const char *value)
{
    return look_up(terms, sizeof terms / sizeof *terms, value);
}

const char *term_table(const char *table)
{
    return look_up(tables, sizeof tables / sizeof *tables, table);
}
