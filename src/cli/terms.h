/* The options that say how an allocation is computed, which `call add`, `call
 * edit` and `allocate` have in common. */
#ifndef CLI_TERMS_H
#define CLI_TERMS_H

#include "cli/command.h"
#include "core/panel/panel.h"
#include "core/rules/terms.h"

/* Their rows, as typed; NULL: not said. */
extern const struct poptOption term_options[];

/* Lays what was typed over the terms, the reserves apart. */
enum status term_options_read(struct ctx *ctx, struct terms *t);

/* Lays the reserves over the terms, for the themes of the panel's call;
 * `change`, where there is one, is told each of them (least 0 and most -1:
 * taken away). */
enum status
term_options_reserves(struct ctx *ctx, const struct panel *p, struct terms *t,
                      enum status (*change)(struct ctx *ctx, int64_t call,
                                            const struct reserve *r));

/* Adds the themes that --reserve names: of a call that is just made. */
enum status term_options_themes(struct ctx *ctx, int64_t call);

/* ST_USAGE when an option was typed that the rule does not look at. */
enum status term_options_check(struct ctx *ctx, const struct rule *rule);

/* Whether any was typed, and whether a reserve was. */
bool term_options_given(void);
bool term_options_reserve_given(void);

/* The rule that --rule names; untouched when `text` is NULL. */
enum status rule_read(struct ctx *ctx, const char *text,
                      const struct rule **rule);

/* The rules are chosen before the marks are seen: says that they change when
 * there are marks in the call. */
enum status late_rules_warn(struct ctx *ctx, int64_t year);

#endif
