/* The command tables, one for each noun's file. */
#ifndef CLI_NOUNS_H
#define CLI_NOUNS_H

#include "cli/command.h"

extern const struct command init_commands[];
extern const struct command call_commands[];
extern const struct command envelope_commands[];
extern const struct command theme_commands[];
extern const struct command criterion_commands[];
extern const struct command member_commands[];
extern const struct command recusal_commands[];
extern const struct command association_commands[];
extern const struct command project_commands[];
extern const struct command import_commands[];
extern const struct command mark_commands[];
extern const struct command budget_commands[];
extern const struct command status_commands[];
extern const struct command log_commands[];
extern const struct command keeping_commands[];
extern const struct command rank_commands[];
extern const struct command allocate_commands[];
extern const struct command scenario_commands[];
extern const struct command award_commands[];
extern const struct command report_commands[];

#endif
