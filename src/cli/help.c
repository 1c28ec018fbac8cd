/* Help and completion, by walking the command tables. */
#include "cli/help.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/globals.h"
#include "cli/out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------- finding a command */

const struct command *help_find(const char *name)
{
    for (const struct command *const *t = command_tables; *t != NULL; t++)
        for (const struct command *c = *t; c->name != NULL; c++)
            if (strcmp(c->name, name) == 0)
                return c;
    return NULL;
}

/* The command most like what was typed, for "did you mean". */
static const char *nearest(const char *typed)
{
    const char *best = NULL;
    int most = 40; /* less likeness than this helps nobody */
    for (const struct command *const *t = command_tables; *t != NULL; t++)
        for (const struct command *c = *t; c->name != NULL; c++) {
            int like = text_likeness(typed, c->name);
            if (like > most) {
                most = like;
                best = c->name;
            }
        }
    return best;
}

enum status help_unknown(const char *typed, struct err *e)
{
    const char *near = nearest(typed);
    if (near != NULL)
        return err_set(e, ST_USAGE,
                       _("there is no command \"%s\"; did you mean \"%s\"?"),
                       typed, near);
    return err_set(e, ST_USAGE,
                   _("there is no command \"%s\"; \"cispd --help\" lists them"),
                   typed);
}

/* -------------------------------------------------------- the overview */

/* A line of two columns: a term, padded to `at`, and its explanation. */
static void print_entry(const char *term, const char *text, int at)
{
    int wide = text_width(term);
    printf("  %s", term);
    if (wide + 4 > at)
        printf("\n%*s", at, "");
    else
        printf("%*s", at - wide - 2, "");
    table_wrapped(text, at);
}

bool help_needs(const struct command *c, const struct poptOption *o)
{
    size_t len = strlen(o->longName);
    for (const char *p = c->needed; p != NULL && *p != '\0';
         p += strspn(p, " ")) {
        size_t word = strcspn(p, " ");
        if (word == len && strncmp(p, o->longName, len) == 0)
            return true;
        p += word;
    }
    return false;
}

static void print_option(const struct poptOption *o, void *arg)
{
    (void)arg;
    char *name = o->shortName
                     ? xasprintf("-%c, --%s", o->shortName, o->longName)
                     : xasprintf("--%s", o->longName);
    char *term = o->argDescrip ? xasprintf("%s %s", name, _(o->argDescrip))
                               : xstrdup(name);
    print_entry(term, o->descrip ? _(o->descrip) : "", 30);
    free(term);
    free(name);
}

static const char *group_title(enum group g)
{
    static const char *const titles[] = {
        [GROUP_SETUP] = N_("The call and its rules"),
        [GROUP_INTAKE] = N_("Associations and projects"),
        [GROUP_MARKING] = N_("Marks and ranking"),
        [GROUP_DECISION] = N_("Allocation and decision"),
        [GROUP_REPORT] = N_("Budget and workbooks"),
        [GROUP_KEEPING] = N_("Journal and keeping")};
    return _(titles[g]);
}

static void print_commands(enum group g)
{
    printf("\n%s\n", group_title(g));
    for (const struct command *const *t = command_tables; *t != NULL; t++)
        for (const struct command *c = *t; c->name != NULL; c++)
            if (c->group == g)
                print_entry(c->name, _(c->summary), 26);
}

void help_overview(void)
{
    printf("%s\n\n",
           _("cispd runs a call for projects, from the criteria to the "
             "awards."));
    printf("%s\n", _("Usage: cispd COMMAND [OPTIONS]; \"cispd COMMAND "
                     "--help\" explains one."));
    for (enum group g = GROUP_SETUP; g <= GROUP_KEEPING; g++)
        print_commands(g);
    printf("\n%s\n", _("Options of every command"));
    each_option(global_options, print_option, NULL);
}

/* What add_needed adds to, and for which command. */
struct usage {
    const struct command *command;
    struct buf text;
};

/* " --title TEXT" for an option that must be said. */
static void add_needed(const struct poptOption *o, void *arg)
{
    struct usage *u = arg;
    if (help_needs(u->command, o))
        buf_addf(&u->text, " --%s %s", o->longName, _(o->argDescrip));
}

/* "cispd call add YEAR --title TEXT --envelope EUR"; the caller frees. */
static char *usage_of(const struct command *c)
{
    struct usage u = {c, BUF_INIT};
    buf_addf(&u.text, "cispd %s%s%s", c->name, *c->operands ? " " : "",
             *c->operands ? _(c->operands) : "");
    each_option(c->options, add_needed, &u);
    return buf_take(&u.text);
}

int help_noun(const char *noun)
{
    size_t len = strlen(noun);
    int found = 0;
    for (const struct command *const *t = command_tables; *t != NULL; t++)
        for (const struct command *c = *t; c->name != NULL; c++)
            if (strncmp(c->name, noun, len) == 0 && c->name[len] == ' ') {
                char *term = usage_of(c);
                print_entry(term, _(c->summary), 40);
                free(term);
                found++;
            }
    return found;
}

/* ----------------------------------------------------------- one command */

void help_count_operands(const char *operands, int *least, int *most)
{
    int words = 0, needed = 0;
    bool optional = false;
    for (const char *p = operands; *p != '\0'; p += strspn(p, " ")) {
        optional = optional || *p == '[';
        words++;
        needed += !optional;
        p += strcspn(p, " ");
        optional = optional && p[-1] != ']';
    }
    *least = needed;
    *most = strstr(operands, "...") != NULL ? -1 : words;
}

/* What the words in capitals of an operand stand for. */
static const struct {
    const char *word, *text;
} operand_words[] = {
    {N_("YEAR"), N_("the year of a call, such as 2026")},
    {N_("PROJECT"), N_("a project's number: 2026-001, or 1 within the call")},
    {N_("MEMBER"),
     N_("a member, or whole words of the name that fit one only")},
    {N_("NAME"),
     N_("a name; of what is there already, whole words of it that fit "
        "one only are enough")},
    {N_("LABEL"), N_("the label of a theme")},
    {N_("REFERENCE"), N_("the reference of a vote, as it is listed")},
    {N_("OLD"), N_("the label as it is now")},
    {N_("NEW"), N_("the corrected label")},
    {N_("KEPT"), N_("the association that stays: name, SIRET, RNA or \"#12\"")},
    {N_("OTHER"), N_("the one that goes into it")},
    {N_("CODE"), N_("the short code of a criterion, such as PRIO")},
    {N_("MARK"),
     N_("a mark on its scale, A for an abstention, nothing for none")},
    {N_("EUR"), N_("an amount: 3000 or \"3 000,50\"")},
    {N_("FILE"), N_("the name of a file")},
    {N_("FILE.sql"), N_("a report of your own")},
    {N_("COMMAND"), N_("a command, or the first word of several: project")},
    {N_("VERB"), N_("the word behind it: add")},
};

/* Whether the word of `len` bytes stands in `text` among other words. */
static bool has_operand(const char *text, const char *word)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ.sql";
    while (*text != '\0') {
        size_t len = strspn(text, letters);
        while (len > 0 && text[len - 1] == '.')
            len--; /* the dots of "NAME..." */
        if (len == strlen(word) && strncmp(text, word, len) == 0)
            return true;
        text += len > 0 ? len : 1;
    }
    return false;
}

static void print_operands(const struct command *c)
{
    bool any = false;
    for (size_t i = 0; i < sizeof operand_words / sizeof *operand_words; i++) {
        if (!has_operand(c->operands, operand_words[i].word))
            continue;
        if (!any)
            printf("\n%s\n", _("Where"));
        any = true;
        print_entry(_(operand_words[i].word), _(operand_words[i].text), 30);
    }
}

void help_command(const struct command *c)
{
    char *usage = usage_of(c);
    printf(_("Usage: %s"), usage);
    printf("%s\n\n", c->options != NULL ? _(" [OPTIONS]") : "");
    free(usage);
    table_wrapped(_(c->summary), 0);
    print_operands(c);
    if (c->options != NULL) {
        printf("\n%s\n", _("Options"));
        each_option(c->options, print_option, NULL);
    }
    printf("\n%s\n", _("Options of every command"));
    each_option(global_options, print_option, NULL);
}

/* ---------------------------------------------------------- completion */

static void add_option_word(const struct poptOption *o, void *arg)
{
    buf_addf(arg, " --%s", o->longName);
}

static void add_value_pattern(const struct poptOption *o, void *arg)
{
    if (o->argInfo != POPT_ARG_NONE)
        buf_addf(arg, "%s--%s", ((struct buf *)arg)->len > 0 ? "|" : "",
                 o->longName);
}

static void print_option_cases(void)
{
    struct buf words = BUF_INIT;
    for (const struct command *const *t = command_tables; *t != NULL; t++)
        for (const struct command *c = *t; c->name != NULL; c++) {
            buf_reset(&words);
            each_option(c->options, add_option_word, &words);
            printf("    \"%s\") words=\"%s\" ;;\n", c->name, buf_str(&words));
        }
    buf_release(&words);
}

/* Whether the first word of `name` is the `len` bytes at `noun`. */
static bool has_noun(const char *name, const char *noun, size_t len)
{
    return strncmp(name, noun, len) == 0 && strchr(" ", name[len]) != NULL;
}

/* What follows the noun in the commands that begin with it: " add list". */
static void add_verbs(struct buf *verbs, const char *noun, size_t len)
{
    for (const struct command *const *t = command_tables; *t != NULL; t++)
        for (const struct command *c = *t; c->name != NULL; c++)
            if (has_noun(c->name, noun, len))
                buf_addf(verbs, "%s", c->name + len);
}

/* Adds the first words of all commands, each once, and the case that tells the
 * second words of each. */
static void add_nouns(struct buf *nouns, struct buf *cases)
{
    for (const struct command *const *t = command_tables; *t != NULL; t++)
        for (const struct command *c = *t; c->name != NULL; c++) {
            int len = (int)strcspn(c->name, " ");
            char *word = xasprintf(" %.*s ", len, c->name);
            if (strstr(buf_str(nouns), word) == NULL) {
                buf_addf(nouns, "%s", word);
                buf_addf(cases, "    %.*s) verbs=\"", len, c->name);
                add_verbs(cases, c->name, (size_t)len);
                buf_addf(cases, " \" ;;\n");
            }
            free(word);
        }
}

static enum status completion(struct ctx *ctx)
{
    (void)ctx;
    struct buf global = BUF_INIT, valued = BUF_INIT, nouns = BUF_INIT,
               cases = BUF_INIT;
    add_nouns(&nouns, &cases);
    each_option(global_options, add_option_word, &global);
    each_option(global_options, add_value_pattern, &valued);
    puts("# bash completion for cispd; made by \"cispd completion\"");
    puts("_cispd() {");
    puts("  local cur=${COMP_WORDS[COMP_CWORD]} noun= verb= verbs= words=");
    puts("  local w before=");
    puts("  for w in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do");
    printf("    case $before in %s) before= && continue ;; esac\n",
           buf_str(&valued));
    puts("    before=$w");
    puts("    case $noun:$w in *:-*|:help) continue ;; esac");
    puts("    if [ -z \"$noun\" ]; then noun=$w");
    puts("    elif [ -z \"$verb\" ]; then verb=$w; fi");
    puts("  done");
    puts("  case $noun in");
    fputs(buf_str(&cases), stdout);
    puts("  esac");
    puts("  case \" $verbs \" in *\" $verb \"*) ;; *) verb= ;; esac");
    puts("  case \"$noun${verb:+ $verb}\" in");
    print_option_cases();
    puts("  esac");
    puts("  if [ -z \"$noun\" ]; then");
    printf("    words=\"%s\"\n", buf_str(&nouns));
    puts("  elif [ -z \"$verb\" ]; then words=\"$verbs $words\"; fi");
    printf("  words=\"$words%s\"\n", buf_str(&global));
    puts("  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))");
    puts("  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "
         "\"$cur\"))");
    puts("}");
    puts("complete -F _cispd cispd");
    buf_release(&global);
    buf_release(&valued);
    buf_release(&nouns);
    buf_release(&cases);
    return ST_OK;
}

/* "help project", "help project add", or nothing. */
static enum status help(struct ctx *ctx)
{
    if (ctx->argc == 0) {
        help_overview();
        return ST_OK;
    }
    char *both = ctx->argc > 1 ? xasprintf("%s %s", ctx->argv[0], ctx->argv[1])
                               : xstrdup(ctx->argv[0]);
    const struct command *c = help_find(both);
    enum status st = ST_OK;
    if (c != NULL)
        help_command(c);
    else if (ctx->argc > 1 || !help_noun(both))
        st = help_unknown(both, ctx->err);
    free(both);
    return st;
}

const struct command help_commands[] = {
    {"help", help, NEEDS_NONE, GROUP_KEEPING, N_("[COMMAND [VERB]]"),
     N_("list the commands, or explain one")},
    {"completion", completion, NEEDS_NONE, GROUP_KEEPING, "",
     N_("print the completion script for bash")},
    {NULL}};
