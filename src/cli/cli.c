/* The command line: from argv to an exit code. */
#include "cli/cli.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/globals.h"
#include "cli/help.h"
#include "cli/out.h"
#include "store/journal.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* No command has more, its own and the global ones together. */
enum { MOST_OPTIONS = 64 };

/* ------------------------------------------------- finding the command */

/* The global option that a word such as "-q" or "--lang=fr" names, or NULL. */
static const struct poptOption *global_option(const char *word)
{
    size_t len = strcspn(word, "=");
    for (const struct poptOption *o = global_options; o->longName; o++)
        if ((o->shortName != '\0' && word[1] == o->shortName && len == 2) ||
            (strncmp(word, "--", 2) == 0 && strlen(o->longName) == len - 2 &&
             strncmp(o->longName, word + 2, len - 2) == 0))
            return o;
    return NULL;
}

/* The places in argv of the first two operands; 0 where there is none. An
 * option of the command ends its words: whether a value follows it is known
 * only when the command is. */
static void find_words(int argc, char **argv, int at[2])
{
    int n = 0;
    at[0] = at[1] = 0;
    for (int i = 1; i < argc && n < 2; i++) {
        if (argv[i][0] != '-' || argv[i][1] == '\0') {
            at[n++] = i;
            continue;
        }
        const struct poptOption *o = global_option(argv[i]);
        if (strcmp(argv[i], "--") == 0) {
            while (n < 2 && ++i < argc)
                at[n++] = i;
            return;
        }
        if (o == NULL && n == 1)
            return;
        i += o != NULL && o->argInfo != POPT_ARG_NONE &&
             strchr(argv[i], '=') == NULL;
    }
}

/* Finds the command that argv names and takes its words out of argv. */
static const struct command *take_command(int *argc, char **argv)
{
    int at[2];
    find_words(*argc, argv, at);
    if (at[0] == 0)
        return NULL;
    const struct command *c = NULL;
    int words = 2;
    if (at[1] != 0) {
        char *both = xasprintf("%s %s", argv[at[0]], argv[at[1]]);
        c = help_find(both);
        free(both);
    }
    if (c == NULL) {
        words = 1;
        c = help_find(argv[at[0]]);
    }
    for (int w = words - 1; c != NULL && w >= 0; w--) {
        memmove(argv + at[w], argv + at[w] + 1,
                (size_t)(*argc - at[w]) * sizeof *argv);
        --*argc;
    }
    return c;
}

static enum status no_command(int argc, char **argv, struct err *e)
{
    int at[2];
    find_words(argc, argv, at);
    if (at[0] == 0)
        return err_set(e, ST_USAGE,
                       _("no command was given; \"cispd --help\" lists them"));
    if (at[1] == 0 && help_noun(argv[at[0]])) {
        /* The noun alone: its verbs were listed. */
        return err_set(e, ST_USAGE, _("\"%s\" needs one of these words"),
                       argv[at[0]]);
    }
    char *typed = at[1] ? xasprintf("%s %s", argv[at[0]], argv[at[1]])
                        : xstrdup(argv[at[0]]);
    enum status st = help_unknown(typed, e);
    free(typed);
    return st;
}

/* ----------------------------------------------------- reading options */

static enum status option_error(poptContext pc, int rc, const char *command,
                                struct err *e)
{
    const char *bad = poptBadOption(pc, 0);
    switch (rc) {
    case POPT_ERROR_NOARG:
        return err_set(e, ST_USAGE, _("option %s needs a value"), bad);
    case POPT_ERROR_BADOPT:
        return err_set(e, ST_USAGE,
                       _("option %s is not known here; see \"cispd %s "
                         "--help\""),
                       bad, command);
    default:
        return err_set(e, ST_USAGE, _("option %s takes no value"), bad);
    }
}

/* Takes the spaces off around an option's texts: what is pasted from a form
 * brings some along, no-break ones included. */
static void trim_option(const struct poptOption *o, void *arg)
{
    (void)arg;
    unsigned int kind = o->argInfo & POPT_ARG_MASK;
    char **text = o->arg, ***list = o->arg;
    if (kind == POPT_ARG_STRING && *text != NULL)
        text_trim(*text);
    for (char **t = kind == POPT_ARG_ARGV ? *list : NULL; t && *t; t++)
        text_trim(*t);
}

/* What is empty may come from a script that lost it: to take something away
 * has a word of its own. A reason says something. */
static void check_text(const struct poptOption *o, void *arg)
{
    struct ctx *ctx = arg;
    char **text = o->arg;
    if ((o->argInfo & POPT_ARG_MASK) != POPT_ARG_STRING || *text == NULL)
        return;
    char *key = text_key(*text);
    if (**text == '\0')
        usage_error(ctx,
                    _("--%s is empty: say a value, or \"none\" where "
                      "something is to be taken away"),
                    o->longName);
    else if (strcmp(o->longName, "reason") == 0 && *key == '\0')
        usage_error(ctx,
                    _("--reason \"%s\" says nothing: a reason has letters "
                      "or digits"),
                    *text);
    free(key);
}

/* What the texts were before popt wrote the next one. */
struct typed {
    struct ctx *ctx;
    const char *text[MOST_OPTIONS];
    size_t at;
};

/* Of an amount that is said twice, nobody knows which was meant. */
static void check_once(const struct poptOption *o, void *arg)
{
    struct typed *t = arg;
    if (o->val != OPTION_READ)
        return;
    const char *now = *(char **)o->arg, **was = &t->text[t->at++];
    if (t->at == MOST_OPTIONS)
        BUG("a command has too many options");
    if (*was != NULL && now != *was && strcmp(now, *was) != 0)
        usage_error(t->ctx, _("--%s is said twice: \"%s\" and \"%s\""),
                    o->longName, *was, now);
    *was = now;
}

/* Reads the options of the table into their variables; returns as popt. */
static int read_table(poptContext pc, const struct poptOption *table,
                      struct ctx *ctx)
{
    struct typed typed = {.ctx = ctx};
    int rc;
    while ((rc = poptGetNextOpt(pc)) == OPTION_READ &&
           ctx->err->code == ST_OK) {
        typed.at = 0;
        each_option(table, check_once, &typed);
    }
    return rc;
}

/* Reads all options into their variables and leaves the operands, copied,
 * in ctx. */
static enum status read_options(const struct command *c, int argc, char **argv,
                                struct ctx *ctx)
{
    const struct poptOption none[] = {POPT_TABLEEND};
    const struct poptOption table[] = {
        OPTION_TABLE(c->options != NULL ? c->options : none),
        OPTION_TABLE(global_options), POPT_TABLEEND};
    unsetenv("POSIXLY_CORRECT");
    poptContext pc =
        poptGetContext("cispd", argc, (const char **)(uintptr_t)argv, table, 0);
    int rc = read_table(pc, table, ctx);
    enum status st = ctx->err->code;
    if (st == ST_OK && rc < -1)
        st = option_error(pc, rc, c->name, ctx->err);
    const char **rest = st == ST_OK ? poptGetArgs(pc) : NULL;
    for (int n = 0; rest != NULL && rest[n] != NULL; n++) {
        ctx->argv = xrealloc(ctx->argv, (size_t)n + 2, sizeof *ctx->argv);
        ctx->argv[n] = text_trim(xstrdup(rest[n]));
        ctx->argv[n + 1] = NULL;
        ctx->argc = n + 1;
    }
    poptFreeContext(pc);
    each_option(table, trim_option, NULL);
    if (st == ST_OK) {
        each_option(c->options, check_text, ctx);
        st = ctx->err->code;
    }
    return st;
}

/* Words are UTF-8 on one line, and without spaces around them. */
static enum status check_words(int argc, char **argv, struct err *e)
{
    for (int i = 1; i < argc; i++) {
        if (!text_is_utf8(argv[i], strlen(argv[i])))
            return err_set(e, ST_USAGE,
                           _("argument %d is not UTF-8 text: check the "
                             "terminal's encoding"),
                           i);
        char *plain = text_one_line(argv[i]);
        bool same = strcmp(plain, argv[i]) == 0;
        free(plain);
        if (!same)
            return err_set(e, ST_USAGE,
                           _("argument %d holds a tab, a line end or another "
                             "control character"),
                           i);
    }
    return ST_OK;
}

/* Says the first option that the command needs and that was not typed. */
static void check_needed(const struct poptOption *o, void *arg)
{
    struct ctx *ctx = arg;
    char **text = o->arg;
    if (help_needs(ctx->command, o) && *text == NULL)
        usage_error(ctx, _("--%s %s is missing: %s"), o->longName,
                    _(o->argDescrip), _(o->descrip));
}

/* The options of a command, and whether one of them was typed. */
struct choice {
    struct buf names;
    bool typed;
};

static void add_choice(const struct poptOption *o, void *arg)
{
    struct choice *c = arg;
    bool flag = (o->argInfo & POPT_ARG_MASK) == POPT_ARG_NONE;
    c->typed |= flag ? *(int *)o->arg != 0 : *(void **)o->arg != NULL;
    buf_addf(&c->names, " --%s", o->longName);
}

/* Refuses an "edit" that changes nothing: says where the options stand. */
static void check_any(struct ctx *ctx)
{
    struct choice c = {.names = BUF_INIT};
    each_option(ctx->command->options, add_choice, &c);
    if (!c.typed)
        usage_error(ctx, _("say what to change:%s"), buf_str(&c.names));
    buf_release(&c.names);
}

static enum status check_operands(const struct command *c,
                                  const struct ctx *ctx, struct err *e)
{
    int least, most;
    help_count_operands(c->operands, &least, &most);
    if (ctx->argc < least)
        return err_set(e, ST_USAGE, _("something is missing: cispd %s %s"),
                       c->name, _(c->operands));
    if (most >= 0 && ctx->argc > most)
        return err_set(e, ST_USAGE,
                       _("\"%s\" is one word too many (put quotes around a "
                         "text with spaces): cispd %s%s%s"),
                       ctx->argv[most], c->name, *c->operands ? " " : "",
                       *c->operands ? _(c->operands) : "");
    return ST_OK;
}

static enum status read_format(struct ctx *ctx)
{
    static const char *const names[] = {"table", "csv", "json"};
    for (size_t i = 0; globals.format != NULL && i < 3; i++)
        if (strcmp(globals.format, names[i]) == 0) {
            ctx->format = (enum format)i;
            return ST_OK;
        }
    if (globals.format == NULL)
        return ST_OK;
    return err_set(ctx->err, ST_USAGE,
                   _("--format is table, csv or json, not \"%s\""),
                   globals.format);
}

static enum status read_clock(struct ctx *ctx)
{
    static char now[MINUTE_LEN], today[DAY_LEN];
    const char *given = globals.now ? globals.now : getenv("CISPD_NOW");
    enum status st = ST_OK;
    if (given != NULL && *given != '\0')
        st = minute_parse(given, "12:00", now, ctx->err);
    else
        minute_now(now);
    memcpy(today, now, 10);
    today[10] = '\0';
    ctx->now = now;
    ctx->today = today;
    return st == ST_OK ? ST_OK : (ctx->err->code = ST_USAGE);
}

static enum status read_globals(struct ctx *ctx)
{
    ctx->dry_run = globals.dry_run != 0;
    ctx->quiet = globals.quiet != 0;
    ctx->call = globals.call;
    const char *plain = getenv("NO_COLOR"), *term = getenv("TERM");
    ctx->color = !globals.no_color && (plain == NULL || *plain == '\0') &&
                 term != NULL && strcmp(term, "dumb") != 0 &&
                 isatty(STDOUT_FILENO);
    enum status st = read_format(ctx);
    return st == ST_OK ? read_clock(ctx) : st;
}

/* ------------------------------------------------------ the database */

/* $XDG_DATA_HOME/cispd/cispd.db; its folder is made when `make`. */
static char *home_database(bool make)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    char *base = data != NULL && *data != '\0'
                     ? xstrdup(data)
                     : xasprintf("%s/.local/share", home ? home : "");
    char *dir = xasprintf("%s/cispd", base);
    for (char *p = dir + 1; make && *p != '\0'; p++)
        if (*p == '/') {
            *p = '\0';
            mkdir(dir, 0700);
            *p = '/';
        }
    if (make)
        mkdir(dir, 0700);
    char *path = xasprintf("%s/cispd.db", dir);
    free(dir);
    free(base);
    return path;
}

static char *database_path(bool make)
{
    const char *env = getenv("CISPD_DB");
    if (globals.db != NULL)
        return xstrdup(globals.db);
    if (env != NULL && *env != '\0')
        return xstrdup(env);
    if (access("cispd.db", F_OK) == 0)
        return xstrdup("cispd.db");
    return home_database(make);
}

static const char *login_name(void)
{
    const struct passwd *pw = getpwuid(getuid());
    const char *user = pw != NULL ? pw->pw_name : getenv("USER");
    return user != NULL && *user != '\0' ? user : "?";
}

/* What was printed must have arrived: a full disk is an error. */
static enum status flush_output(const struct ctx *ctx, enum status st)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return st;
    if (errno == EPIPE || st != ST_OK)
        return st;
    return err_set(ctx->err, ST_IO,
                   ctx->committed ? _("the change is made, but the output "
                                      "cannot be written: %s")
                                  : _("cannot write the output: %s"),
                   strerror(errno));
}

/* What a writing command prints is held back until it is certain that its
 * changes can be kept. */
static struct {
    FILE *out; /* the real one; NULL: nothing is held */
    char *text;
    size_t len;
} held;

static void hold_output(void)
{
    FILE *memory = open_memstream(&held.text, &held.len);
    if (memory == NULL || fflush(stdout) != 0)
        return;
    held.out = stdout;
    stdout = memory;
}

/* Lets it out, or not. */
static void release_output(bool keep)
{
    if (held.out == NULL)
        return;
    fclose(stdout);
    stdout = held.out;
    held.out = NULL;
    if (keep)
        fwrite(held.text, 1, held.len, stdout);
    free(held.text);
}

/* A time before that of the newest seal is written, for a clock may have been
 * wrong, but not in silence. */
static enum status warn_clock(struct ctx *ctx)
{
    char *last = NULL, text[MINUTE_LEN], present[MINUTE_LEN];
    enum status st = journal_last_time(ctx->db, &last, ctx->err);
    if (last != NULL && strcmp(ctx->now, last) < 0)
        out_warn(ctx,
                 _("it is %s here, and the newest change in the journal is of "
                   "%s: the times run backwards"),
                 minute_text(ctx->now, present), minute_text(last, text));
    free(last);
    return st;
}

/* Commits what a writing command did, or undoes it. Nobody is told of a change
 * that is not on the disk; who cannot be told of a change has not made it. */
static enum status finish(const struct command *c, struct ctx *ctx,
                          enum status st)
{
    struct actor who = {.name = login_name(),
                        .acting_as = globals.as,
                        .command = c->name,
                        .now = ctx->now};
    bool commits = st == ST_OK && !ctx->dry_run;
    if (commits)
        st = warn_clock(ctx);
    if (commits && st == ST_OK)
        st = db_seal(ctx->db, &who, ctx->err);
    release_output(!commits || st == ST_OK);
    if (commits && st == ST_OK)
        st = flush_output(ctx, st);
    if (!commits || st != ST_OK) {
        db_rollback(ctx->db);
        return st;
    }
    st = db_commit(ctx->db, ctx->err);
    ctx->committed = st == ST_OK;
    return st;
}

enum status ctx_open(struct ctx *ctx, enum needs needs)
{
    static const enum db_mode modes[] = {[NEEDS_READ] = DB_READ,
                                         [NEEDS_WRITE] = DB_WRITE,
                                         [NEEDS_CREATE] = DB_CREATE};
    char *path = database_path(needs == NEEDS_CREATE && !ctx->dry_run);
    enum status st = db_open(&ctx->db, path, modes[needs], ctx->now, ctx->err);
    free(path);
    ctx->opened = needs;
    if (st == ST_OK && needs != NEEDS_READ)
        st = db_begin(ctx->db, ctx->err);
    if (st == ST_OK && needs != NEEDS_READ)
        hold_output();
    return st;
}

static enum status run(const struct command *c, struct ctx *ctx)
{
    enum status st = ST_OK;
    if (c->needs != NEEDS_NONE && c->needs != NEEDS_LATER)
        st = ctx_open(ctx, c->needs);
    if (st == ST_OK)
        st = c->run(ctx);
    bool writes = ctx->db != NULL && ctx->opened != NEEDS_READ;
    if (writes)
        st = finish(c, ctx, st);
    if (ctx->after != NULL)
        st = ctx->after(ctx, st);
    if (st == ST_OK && ctx->dry_run)
        out_caution(ctx, "%s", _("Dry run: nothing was changed."));
    db_close(ctx->db);
    ctx->db = NULL;
    return st;
}

/* ------------------------------------------------------------ the whole */

/* The language must be known before any message: --lang is looked for first.
 */
static enum status start_language(int argc, char **argv, struct err *e)
{
    const char *lang = NULL;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0)
            lang = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            lang = argv[i + 1];
    }
    bool known =
        lang == NULL || strcmp(lang, "fr") == 0 || strcmp(lang, "en") == 0;
    i18n_start(known ? lang : NULL);
    if (!known)
        return err_set(e, ST_USAGE, _("--lang is fr or en, not \"%s\""), lang);
    return ST_OK;
}

static enum status dispatch(int argc, char **argv, struct ctx *ctx)
{
    const struct command *c = take_command(&argc, argv);
    if (c == NULL && argc > 1 && strcmp(argv[1], "--version") == 0) {
        printf("cispd %s\n", CISPD_VERSION);
        return ST_OK;
    }
    bool help = false;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        help |= strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0;
    if (help && c != NULL) {
        help_command(c);
        return ST_OK;
    }
    int at[2];
    find_words(argc, argv, at);
    if (help && at[0] == 0) {
        help_overview();
        return ST_OK;
    }
    if (help && help_noun(argv[at[0]]))
        return ST_OK;
    if (c == NULL)
        return no_command(argc, argv, ctx->err);
    ctx->command = c;
    enum status st = read_options(c, argc, argv, ctx);
    if (st == ST_OK)
        st = check_operands(c, ctx, ctx->err);
    if (st == ST_OK) {
        if (c->needed != NULL && strcmp(c->needed, ANY_OPTION) == 0)
            check_any(ctx);
        else
            each_option(c->options, check_needed, ctx);
        st = ctx->err->code;
    }
    if (st == ST_OK)
        st = read_globals(ctx);
    return st == ST_OK ? run(c, ctx) : st;
}

int cli_main(int argc, char **argv)
{
    struct err err = {0};
    struct ctx ctx = {.err = &err};
    char **words = xcalloc((size_t)argc + 1, sizeof *words);
    memcpy(words, argv, (size_t)argc * sizeof *words);
    enum status st = start_language(argc, words, &err);
    if (st == ST_OK)
        st = check_words(argc, words, &err);
    if (st == ST_OK)
        st = dispatch(argc, words, &ctx);
    st = flush_output(&ctx, st);
    if (st != ST_OK && err.msg[0] != '\0')
        fprintf(stderr, "cispd: %s\n", text_defuse(err.msg));
    for (int i = 0; i < ctx.argc; i++)
        free(ctx.argv[i]);
    for (char **text = ctx.kept; text != NULL && *text != NULL; text++)
        free(*text);
    free(ctx.kept);
    free(ctx.argv);
    free(words);
    return (int)st;
}
