/* Help and completion, by walking the command tables. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/command.h"

/* All commands by group, with their summaries, and the global options. */
void help_overview(void);
/* The commands of one noun ("call"); 0 when there is none. */
int help_noun(const char *noun);
/* One command: usage, summary, options. */
void help_command(const struct command *c);

/* Calls `visit` for each option of the command's table that has a long name;
 * included tables are walked too. */
void help_each_option(const struct poptOption *table,
                      void (*visit)(const struct poptOption *, void *),
                      void *arg);

extern const struct command help_commands[]; /* help, completion, version */

#endif
