/* The options that every command takes. */
#ifndef CLI_GLOBALS_H
#define CLI_GLOBALS_H

#include <popt.h>

/* As typed; NULL or 0 when they were not. */
struct globals {
    char *db, *call, *format, *lang, *as, *now;
    int dry_run, quiet, no_color, help, version;
};
extern struct globals globals;
extern const struct poptOption global_options[];

#endif
