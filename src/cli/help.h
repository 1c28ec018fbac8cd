/* Help and completion, by walking the command tables. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/command.h"

/* The command of that name ("call add"), or NULL. */
const struct command *help_find(const char *name);
/* ST_USAGE: there is no such command; names the one most like it. */
enum status help_unknown(const char *typed, struct err *e);

/* All commands by group, with their summaries, and the global options. */
void help_overview(void);
/* The commands of one noun ("call"); 0 when there is none. */
int help_noun(const char *noun);
/* One command: usage, summary, options, what the words of the usage mean. */
void help_command(const struct command *c);

/* Whether the command does not run without the option. */
bool help_needs(const struct command *c, const struct poptOption *o);

/* How many operands "YEAR [NAME...]" asks for; `*most` -1: any number. */
void help_count_operands(const char *operands, int *least, int *most);

extern const struct command help_commands[]; /* help, completion, version */

#endif
