/* The verbs of `project` that decide what becomes of a project. */
#ifndef CLI_PROJECT_CHECK_H
#define CLI_PROJECT_CHECK_H

#include "cli/command.h"

extern const struct poptOption project_check_options[];
extern const struct poptOption project_reason_options[];

/* Ticks documents off, lists what is missing, declares eligible. */
enum status project_check(struct ctx *ctx);

/* Each moves one project and needs --reason. */
enum status project_withdraw(struct ctx *ctx);
enum status project_reject(struct ctx *ctx);
enum status project_reinstate(struct ctx *ctx);

#endif
