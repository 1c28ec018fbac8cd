/* The list of all commands: one table for each noun, in the order in which
 * the help shows them. */
#include "cli/command.h"
#include "cli/help.h"
#include "cli/nouns.h"

const struct command *const command_tables[] = {
    init_commands,      call_commands,
    envelope_commands,  theme_commands,
    criterion_commands, member_commands,
    recusal_commands,   association_commands,
    project_commands,   import_commands,
    mark_commands,      rank_commands,
    allocate_commands,  scenario_commands,
    award_commands,     budget_commands,
    status_commands,    log_commands,
    keeping_commands,   report_commands,
    help_commands,      NULL,
};
