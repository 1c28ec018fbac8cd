/* The options that every command takes. */
#include "cli/globals.h"
#include "cli/command.h"

struct globals globals;

const struct poptOption global_options[] = {
    OPTION("db", globals.db, N_("the database file"), N_("FILE")),
    OPTION("call", globals.call, N_("the call's year, when several are open"),
           N_("YEAR")),
    OPTION("format", globals.format,
           N_("table, csv (for French Excel) or json"), N_("FORMAT")),
    OPTION("lang", globals.lang, N_("fr or en"), N_("LANGUAGE")),
    OPTION("as", globals.as, N_("who decided, when not the person typing"),
           N_("NAME")),
    OPTION("now", globals.now, N_("take this as the present day and time"),
           N_("\"D HH:MM\"")),
    OPTION_FLAG("dry-run", globals.dry_run,
                N_("show what would happen, change nothing")),
    {"quiet", 'q', POPT_ARG_NONE, &globals.quiet, 0, N_("no confirmations")},
    OPTION_FLAG("no-color", globals.no_color, N_("no colour on the terminal")),
    {"help", 'h', POPT_ARG_NONE, &globals.help, 0, N_("this help")},
    OPTION_FLAG("version", globals.version, N_("the program's version")),
    POPT_TABLEEND};
