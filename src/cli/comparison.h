/* Saved allocations side by side. */
#ifndef CLI_COMPARISON_H
#define CLI_COMPARISON_H

#include "cli/command.h"
#include "store/rows.h"

/* cispd scenario compare NAME NAME...: one row a project, one column a
 * scenario, and what each changes against the first. */
enum status scenario_compare_(struct ctx *ctx);

/* What a reader must know before the figures of the r-th row of
 * scenario_list: that it no longer holds, or is not the call's rule alone. */
void scenario_warn(struct ctx *ctx, const struct rows *heads, size_t r);

/* The same of the adopted scenario, where there is one. */
enum status scenario_warn_adopted(struct ctx *ctx, int64_t year);

#endif
