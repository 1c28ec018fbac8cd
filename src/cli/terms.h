/* The options that say how an allocation is computed, which `call add`, `call
 * edit` and `allocate` have in common. */
#ifndef CLI_TERMS_H
#define CLI_TERMS_H

#include "cli/command.h"
#include "core/panel.h"
#include "core/terms.h"

/* As typed; NULL: not said. */
struct term_options {
    char *tiers, *objective, *curve, *step, *rounding;
    char **reserve;
};

/* The rows of an option table over a struct term_options. */
#define TERM_OPTIONS(o) \
    {"tiers", \
     0, \
     POPT_ARG_STRING, \
     &(o).tiers, \
     0, \
     N_("rules tiers and tiers:cut: from this score out of 100 up, this " \
        "percentage of the request; highest first, as 75:100,60:75,50:50"), \
     N_("S:PCT,...")}, \
        {"objective", \
         0, \
         POPT_ARG_STRING, \
         &(o).objective, \
         0, \
         N_("rule optimal: score makes the sum of the scores as great as " \
            "can be (unless said), score-euro that of score times amount"), \
         "score|score-euro"}, \
        {"step", \
         0, \
         POPT_ARG_STRING, \
         &(o).step, \
         0, \
         N_("rule optimal: parts of a request may be awarded, by steps of " \
            "this amount above the floor; none for all or nothing"), \
         N_("EUR")}, \
        {"curve", \
         0, \
         POPT_ARG_STRING, \
         &(o).curve, \
         0, \
         N_("rule optimal with --step: a part is worth its share of the " \
            "request (linear, unless said), or the first euros more " \
            "(concave)"), \
         "linear|concave"}, \
        {"rounding", \
         0, \
         POPT_ARG_STRING, \
         &(o).rounding, \
         0, \
         N_("rule proportional: who gets the last units, by the largest " \
            "remainder (unless said) or by divisor"), \
         "remainder|divisor"}, \
    { \
        "reserve", 0, POPT_ARG_ARGV, &(o).reserve, 0, \
            N_("rules strict, skip and partial: keep this much for the " \
               "projects of a theme; with a second amount, the most that " \
               "they may receive; none takes it away"), \
            N_("THEME=EUR[..EUR]") \
    }

/* Lays what was typed over the terms, the reserves apart. */
enum status term_options_read(struct ctx *ctx, const struct term_options *o,
                              struct terms *t);

/* Lays the reserves over the terms, for the themes of the panel's call;
 * `change`, where there is one, is told each of them (least 0 and most -1:
 * taken away). */
enum status
term_options_reserves(struct ctx *ctx, const struct term_options *o,
                      const struct panel *p, struct terms *t,
                      enum status (*change)(struct ctx *ctx, int64_t call,
                                            const struct reserve *r));

/* Adds the themes that --reserve names: of a call that is just made. */
enum status term_options_themes(struct ctx *ctx, const struct term_options *o,
                                int64_t call);

/* ST_USAGE when an option was typed that the rule does not look at. */
enum status term_options_check(struct ctx *ctx, const struct term_options *o,
                               const struct rule *rule);

/* Whether any was typed. */
bool term_options_given(const struct term_options *o);

/* "strict, skip, ..." for messages; the caller frees. */
char *rule_names(void);

#endif
