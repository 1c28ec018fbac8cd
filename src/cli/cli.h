/* The command line: from argv to an exit code. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

/* Reads the global options, finds the command in the tables, opens what it
 * needs, runs it in a transaction when it writes, prints its message when it
 * failed; returns the exit code. */
int cli_main(int argc, char **argv);

#endif
