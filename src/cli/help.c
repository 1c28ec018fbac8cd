/* Help and completion, by walking the command tables. */
#include "cli/help.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/globals.h"
#include "cli/out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A line of two columns: a term, padded to `at`, and its explanation. */
static void print_entry(const char *term, const char *text, int at)
{
    int wide = text_width(term);
    printf("  %s", term);
    if (wide + 4 > at)
        printf("\n%*s", at, "");
    else
        printf("%*s", at - wide - 2, "");
    out_wrapped(text, at);
}

void help_each_option(const struct poptOption *table,
                      void (*visit)(const struct poptOption *, void *),
                      void *arg)
{
    for (const struct poptOption *o = table;
         o != NULL && (o->longName || o->shortName || o->arg); o++) {
        if ((o->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE)
            help_each_option(o->arg, visit, arg);
        else if (o->longName != NULL)
            visit(o, arg);
    }
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
    help_each_option(global_options, print_option, NULL);
}

int help_noun(const char *noun)
{
    size_t len = strlen(noun);
    int found = 0;
    for (const struct command *const *t = command_tables; *t != NULL; t++)
        for (const struct command *c = *t; c->name != NULL; c++)
            if (strncmp(c->name, noun, len) == 0 && c->name[len] == ' ') {
                char *term = xasprintf("cispd %s %s", c->name,
                                       *c->operands ? _(c->operands) : "");
                print_entry(term, _(c->summary), 40);
                free(term);
                found++;
            }
    return found;
}

void help_command(const struct command *c)
{
    printf(_("Usage: cispd %s %s\n\n"), c->name,
           *c->operands ? _(c->operands) : "");
    out_wrapped(_(c->summary), 0);
    if (c->options != NULL) {
        printf("\n%s\n", _("Options"));
        help_each_option(c->options, print_option, NULL);
    }
    printf("\n%s\n", _("Options of every command"));
    help_each_option(global_options, print_option, NULL);
}

/* ---------------------------------------------------------- completion */

static void add_option_word(const struct poptOption *o, void *arg)
{
    buf_addf(arg, " --%s", o->longName);
}

static void print_option_cases(void)
{
    struct buf words = BUF_INIT;
    for (const struct command *const *t = command_tables; *t != NULL; t++)
        for (const struct command *c = *t; c->name != NULL; c++) {
            buf_reset(&words);
            help_each_option(c->options, add_option_word, &words);
            printf("    \"%s\") words=\"%s\" ;;\n", c->name, buf_str(&words));
        }
    buf_release(&words);
}

/* The second words of each noun: one case a noun. */
static void print_verb_cases(void)
{
    for (const struct command *const *t = command_tables; *t != NULL; t++) {
        const struct command *c = *t;
        size_t noun = strcspn(c->name, " ");
        if (c->name[noun] == '\0')
            continue;
        printf("    %.*s) verbs=\"", (int)noun, c->name);
        for (; c->name != NULL; c++)
            if (strncmp(c->name, (*t)->name, noun + 1) == 0)
                printf("%s ", c->name + noun + 1);
        printf("\" ;;\n");
    }
}

static void print_first_words(void)
{
    const char *last = "";
    size_t last_len = 0;
    for (const struct command *const *t = command_tables; *t != NULL; t++)
        for (const struct command *c = *t; c->name != NULL; c++) {
            size_t len = strcspn(c->name, " ");
            if (len != last_len || strncmp(c->name, last, len) != 0)
                printf("%.*s ", (int)len, c->name);
            last = c->name;
            last_len = len;
        }
}

static enum status completion(struct ctx *ctx)
{
    (void)ctx;
    struct buf global = BUF_INIT;
    help_each_option(global_options, add_option_word, &global);
    puts("# bash completion for cispd; made by \"cispd completion\"");
    puts("_cispd() {");
    puts("  local cur=${COMP_WORDS[COMP_CWORD]} noun= verb= verbs= words= w");
    puts("  for w in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do");
    puts("    case $w in -*) continue ;; esac");
    puts("    if [ -z \"$noun\" ]; then noun=$w");
    puts("    elif [ -z \"$verb\" ]; then verb=$w; fi");
    puts("  done");
    puts("  case $noun in");
    print_verb_cases();
    puts("  esac");
    puts("  case \" $verbs \" in *\" $verb \"*) ;; *) verb= ;; esac");
    puts("  case \"$noun${verb:+ $verb}\" in");
    print_option_cases();
    puts("  esac");
    puts("  if [ -z \"$noun\" ]; then");
    printf("    words=\"");
    print_first_words();
    puts("\"");
    puts("  elif [ -z \"$verb\" ]; then words=\"$verbs $words\"; fi");
    printf("  words=\"$words%s\"\n", buf_str(&global));
    puts("  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))");
    puts("  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "
         "\"$cur\"))");
    puts("}");
    puts("complete -F _cispd cispd");
    buf_release(&global);
    return ST_OK;
}

static enum status help(struct ctx *ctx)
{
    if (ctx->argc > 0 && help_noun(ctx->argv[0]))
        return ST_OK;
    help_overview();
    return ST_OK;
}

const struct command help_commands[] = {
    {"help", help, NEEDS_NONE, GROUP_KEEPING, N_("[NOUN]"),
     N_("list the commands"), NULL, 0, 1},
    {"completion", completion, NEEDS_NONE, GROUP_KEEPING, "",
     N_("print the completion script for bash"), NULL, 0, 0},
    {NULL}};
