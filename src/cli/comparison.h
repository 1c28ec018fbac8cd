/* Saved allocations side by side. */
#ifndef CLI_COMPARISON_H
#define CLI_COMPARISON_H

#include "cli/command.h"

/* cispd scenario compare NAME NAME...: one row a project, one column a
 * scenario, and what each changes against the first. */
enum status scenario_compare_(struct ctx *ctx);

#endif
