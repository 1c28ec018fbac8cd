/* Commands: the table that main, --help, the completion and the tests of the
 * manual all walk, and what a running command is given. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/err.h"
#include "base/i18n.h"
#include "core/day.h"
#include "store/db.h"
#include "store/find.h"
#include "store/rows.h"

#include <popt.h>
#include <stdbool.h>
#include <stdint.h>

/* What must be open before the command runs. NEEDS_WRITE also means: inside
 * one transaction, committed when the command returns ST_OK, undone when it
 * does not or with --dry-run. No command begins or commits by itself. */
enum needs {
    NEEDS_NONE,
    NEEDS_READ,
    NEEDS_WRITE,
    NEEDS_CREATE,
    NEEDS_LATER /* its options tell: the command calls ctx_open, or not */
};

enum group {
    GROUP_SETUP,    /* the call and its rules */
    GROUP_INTAKE,   /* associations and projects */
    GROUP_MARKING,  /* marks, recusals, ranking */
    GROUP_DECISION, /* allocation, scenarios, awards */
    GROUP_REPORT,   /* budget, status, workbooks */
    GROUP_KEEPING   /* journal, checks, backup */
};

enum format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };

/* What a command is given. Texts live as long as the command runs. */
struct ctx {
    const struct command *command;
    struct db *db;
    enum needs opened; /* how the database was opened */
    enum format format;
    bool dry_run, quiet, color;
    const char *now;   /* "YYYY-MM-DD HH:MM" */
    const char *today; /* "YYYY-MM-DD" */
    const char *call;  /* --call as typed, or NULL: see ctx_call */
    int argc;          /* the operands behind the command's words */
    char **argv;
    struct err *err;
    bool committed; /* what the command changed is in the database */
    /* What a command sets to be called when its transaction is committed or
     * undone, for what may only be said or done then: `st` is how that went.
     * Returns how the command ends. */
    enum status (*after)(struct ctx *ctx, enum status st);
    char **kept; /* texts of ctx_keep, ended by NULL */
};

struct command {
    const char *name; /* "call add": one or two words */
    enum status (*run)(struct ctx *ctx);
    enum needs needs;
    enum group group;
    /* N_("YEAR [NAME...]"): how many may be typed follows from it, words in
     * brackets may be left out, dots repeat; "" when there are none. */
    const char *operands;
    const char *summary; /* N_("one line, no full stop") */
    /* Rows of the OPTION macros below, into static variables of the command's
     * file (they start out NULL / 0); numbers, days and amounts are read by our
     * own parsers. NULL: none. Texts are marked with N_() and translated when
     * help prints them. */
    const struct poptOption *options;
    /* "title envelope": options that must be said; ANY_OPTION: one at least */
    const char *needed;
    /* What a command of LISTS prints. */
    enum status (*list)(struct db *db, int64_t call, struct rows *rows,
                        struct err *e);
};

/* Rows of an option table: a text, which is said once, a text that may be
 * repeated, a switch, and the rows of another table. */
#define OPTION(name, to, help, value) OPTION_SHORT(name, 0, to, help, value)
#define OPTION_SHORT(name, letter, to, help, value) \
    { \
        name, letter, POPT_ARG_STRING, &(to), OPTION_READ, help, value \
    }
#define OPTION_LIST(name, to, help, value) \
    { \
        name, 0, POPT_ARG_ARGV, &(to), 0, help, value \
    }
#define OPTION_FLAG(name, to, help) \
    { \
        name, 0, POPT_ARG_NONE, &(to), 0, help, NULL \
    }
enum { OPTION_READ = 1 }; /* what popt answers for each text */
#define OPTION_TABLE(table) \
    { \
        NULL, 0, POPT_ARG_INCLUDE_TABLE, (void *)(uintptr_t)(table), 0, NULL, \
            NULL \
    }

#define ANY_OPTION "*"

/* Calls `visit` for each option of the table that has a long name; included
 * tables are walked too. */
void each_option(const struct poptOption *table,
                 void (*visit)(const struct poptOption *, void *), void *arg);

/* A command that only prints a list of the call. */
#define LISTS(name, group, summary, list) \
    { \
        name, print_list, NEEDS_READ, group, "", summary, NULL, NULL, list \
    }
enum status print_list(struct ctx *ctx);

/* One table per noun, ended by an entry with a NULL name; cli.c lists them. */
extern const struct command *const command_tables[];

/* Opens the database for a command of NEEDS_LATER, once, as NEEDS_READ or
 * NEEDS_WRITE; it is committed or undone and closed as for the others. */
enum status ctx_open(struct ctx *ctx, enum needs needs);

/* The year of the call meant: --call, else the only one that is not archived;
 * ST_USAGE when that does not tell. ST_NO_INPUT when there is none. */
enum status ctx_call(struct ctx *ctx, int64_t *year);

/* What somebody named: in which call, which row, and its name as written. */
struct found {
    int64_t call, id;
    const char *name;
};
/* Finds it among those of the call meant; errors as store/find.h has them. */
enum status ctx_find(struct ctx *ctx, enum thing what, const char *typed,
                     struct found *out);

/* Takes over a text, which lives as long as the command runs; returns it. */
const char *ctx_keep(struct ctx *ctx, char *text);

/* "usage" refusal: fills ctx->err with ST_USAGE, where it holds no other. */
enum status usage_error(struct ctx *ctx, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* "none" or "aucun(e)": takes a limit away, or forgets what was known. */
bool opt_is_none(const char *text);

/* The text, or "" for "none": the store forgets it; NULL stays NULL. */
const char *opt_text(const char *text);

/* What a change takes from an option: where it was typed `*at` leads to `*out`,
 * which is INT64_MIN for "none": the store forgets the value. Whether there is
 * another one to read into it. */
bool opt_is_said(const char *text, int64_t *out, const int64_t **at);

/* Readers of option values that name the option in their message. NULL text
 * leaves *out untouched. Once ctx->err holds a refusal they read nothing more
 * and return it: of a row of them only the last is looked at. */
enum status opt_money(struct ctx *ctx, const char *option, const char *text,
                      int64_t *out);
enum status opt_int(struct ctx *ctx, const char *option, const char *text,
                    int64_t lo, int64_t hi, int64_t *out);
/* A decimal as an integer of 10^-decimals: ("--step", "0.5", 3) gives 500. */
enum status opt_decimal(struct ctx *ctx, const char *option, const char *text,
                        int decimals, int64_t lo, int64_t hi, int64_t *out);
enum status opt_day(struct ctx *ctx, const char *option, const char *text,
                    char out[DAY_LEN]);
/* The same of a change, where `*at` leads to `out`: "" for "none". */
enum status opt_day_or_none(struct ctx *ctx, const char *option,
                            const char *text, char out[DAY_LEN],
                            const char **at);
/* The day of something that has taken place: warns of one to come. */
enum status opt_past(struct ctx *ctx, const char *option, const char *text,
                     char out[DAY_LEN]);
enum status opt_minute(struct ctx *ctx, const char *option, const char *text,
                       const char *default_time, char out[MINUTE_LEN]);

#endif
