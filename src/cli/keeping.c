/* cispd verify, check, backup: whether the file holds, and a copy of it. */
#include "base/mem.h"
#include "base/terms.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "store/backup.h"
#include "store/check.h"
#include "store/journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ----------------------------------------------------------------- verify */

static char *head;

static const struct poptOption verify_options[] = {
    OPTION("head", head,
           N_("a digest noted earlier, which must still be in the chain"),
           N_("DIGEST")),
    POPT_TABLEEND};

/* Fewer digits than this could be those of another seal by chance. */
enum { HEAD_DIGITS = 12 };

/* Whether the digest of --head is in the chain; asked only of a sound one. */
static enum status check_head(struct ctx *ctx)
{
    int64_t entry = 0;
    if (head == NULL)
        return ST_OK;
    size_t digits = strspn(head, "0123456789abcdefABCDEF");
    if (head[digits] != '\0' || digits < HEAD_DIGITS)
        return usage_error(ctx,
                           _("--head: at least the first %d digits of a "
                             "digest, without spaces, not \"%s\""),
                           HEAD_DIGITS, head);
    enum status st = journal_find_seal(ctx->db, head, &entry, ctx->err);
    if (st == ST_OK && entry == 0)
        st = err_set(ctx->err, ST_REFUSED,
                     _("no seal has the digest %s: the journal was replaced "
                       "or cut since it was noted, or it was noted wrongly"),
                     head);
    if (st == ST_OK)
        out_note(ctx,
                 _("The digest noted earlier covers the entries up to "
                   "%lld."),
                 (long long)entry);
    return st;
}

/* {"entries","seals","head","faults","first_faults":[...]}; never freed here:
 * out_json does. */
static json_t *verdict_json(const struct verdict *v)
{
    json_t *faults = json_array();
    for (size_t i = 0; i < v->kept; i++)
        json_array_append_new(faults, json_string(v->faults[i]));
    return json_pack("{s:I, s:I, s:s, s:I, s:I, s:o}", "entries",
                     (json_int_t)v->entries, "seals", (json_int_t)v->seals,
                     "head", v->head, "backwards", (json_int_t)v->backwards,
                     "faults", (json_int_t)v->count, "first_faults", faults);
}

static void print_verdict_csv(struct ctx *ctx, const struct verdict *v)
{
    struct rows rows;
    rows_start(&rows, 5,
               (const char *const[]){"entries", "seals", "head", "faults",
                                     "first_fault"});
    struct cell *c = rows_add(&rows);
    cell_int(&c[0], (int64_t)v->entries);
    cell_int(&c[1], (int64_t)v->seals);
    cell_text(&c[2], v->head);
    cell_int(&c[3], (int64_t)v->count);
    cell_text(&c[4], v->kept > 0 ? v->faults[0] : NULL);
    out_rows(ctx, &rows);
    rows_release(&rows);
}

static void print_verdict(struct ctx *ctx, const struct verdict *v)
{
    if (ctx->format == FORMAT_JSON) {
        out_json(ctx, verdict_json(v));
        return;
    }
    if (ctx->format == FORMAT_CSV) {
        print_verdict_csv(ctx, v);
        return;
    }
    if (v->backwards > 0)
        out_warn(ctx,
                 ngettext("the times run backwards at %lld seal: %s. A clock "
                          "was set back, or --now was typed.",
                          "the times run backwards at %lld seals, the first "
                          "of them: %s. A clock was set back, or --now was "
                          "typed.",
                          (unsigned long)v->backwards),
                 (long long)v->backwards, v->first_backwards);
    for (size_t i = 0; i < v->kept; i++)
        puts(v->faults[i]);
    if (v->count > v->kept)
        printf(ngettext("and %zu more\n", "and %zu more\n",
                        (unsigned long)(v->count - v->kept)),
               v->count - v->kept);
    if (v->count > 0)
        return;
    out_note(ctx,
             _("The journal is whole: %lld entries under %lld seals, and "
               "every row is what it says."),
             (long long)v->entries, (long long)v->seals);
    out_note(ctx, _("Head digest, to note down: %s"), v->head);
}

static enum status run_verify(struct ctx *ctx)
{
    struct verdict v;
    enum status st = journal_verify(ctx->db, &v, ctx->err);
    if (st == ST_OK) {
        print_verdict(ctx, &v);
        if (v.count > 0)
            st = err_set(ctx->err, ST_REFUSED,
                         ngettext("the journal does not hold: %zu fault",
                                  "the journal does not hold: %zu faults",
                                  (unsigned long)v.count),
                         v.count);
    }
    verdict_release(&v);
    return st == ST_OK ? check_head(ctx) : st;
}

/* ------------------------------------------------------------------ check */

/* What each check makes sure of, for people. */
static const struct {
    const char *name, *text;
} promises[] = {
    {"envelope", N_("the awards of a call stay within its envelope")},
    {"award_amount", N_("no award exceeds the request or the cost")},
    {"award_bounds", N_("awards lie between the call's minimum and maximum")},
    {"award_rate", N_("public money stays within the call's rate of the cost")},
    {"award_eligible", N_("only eligible projects hold an award")},
    {"award_reason",
     N_("what departs from the adopted scenario carries a reason")},
    {"one_adopted_scenario", N_("a call has one adopted scenario at most")},
    {"mark", N_("marks lie on their criterion's scale")},
    {"recusal", N_("recused members have no marks")},
    {"late", N_("late projects carry a reason")},
    {"same_call", N_("themes, members and scenarios stay in their call")},
    {"siret", N_("SIRET numbers have the right check digit")},
    {"integrity", N_("the file itself is sound")},
    {"links", N_("no row points at another that is not there")},
    {"schema", N_("the rules in the file are those of this program")},
    {"name_keys", N_("every name can be found as it is written")},
    {"journal", N_("the journal is whole and the data agree with it")},
};

static const char *promise(const char *name)
{
    for (size_t i = 0; i < sizeof promises / sizeof *promises; i++)
        if (strcmp(promises[i].name, name) == 0)
            return _(promises[i].text);
    return name;
}

static void print_checks(const struct ctx *ctx, const struct rows *rows)
{
    for (size_t r = 0; r < rows->count; r++) {
        long long faults = rows_at(rows, r, 2)->i;
        const char *red = ctx->color && faults > 0 ? "\033[1;31m" : "";
        printf("%s%s%s  %s\n", red, term_text(rows_at(rows, r, 1)->s),
               *red != '\0' ? "\033[0m" : "", promise(rows_at(rows, r, 0)->s));
        if (faults > 0)
            printf("      %s\n", rows_at(rows, r, 3)->s);
        if (faults > 1)
            printf(ngettext("      and %lld more\n", "      and %lld more\n",
                            (unsigned long)faults - 1),
                   faults - 1);
    }
}

static enum status run_check(struct ctx *ctx)
{
    struct rows rows;
    bool sound = false;
    enum status st = check_all(ctx->db, &rows, &sound, ctx->err);
    if (st == ST_OK) {
        if (ctx->format == FORMAT_TABLE)
            print_checks(ctx, &rows);
        else
            out_rows(ctx, &rows);
        if (!sound)
            st = err_set(ctx->err, ST_REFUSED,
                         _("the database does not hold what it promises: see "
                           "the lines marked \"ko\", and \"cispd verify\""));
    }
    rows_release(&rows);
    return st;
}

/* ----------------------------------------------------------------- backup */

static int force;

static const struct poptOption backup_options[] = {
    OPTION_FLAG("force", force, N_("replace an existing file")), POPT_TABLEEND};

/* A faithful copy of a database that was tampered with is no good copy. */
static enum status warn_of_faults(struct ctx *ctx)
{
    struct verdict v;
    enum status st = journal_verify(ctx->db, &v, ctx->err);
    if (st == ST_OK && v.count > 0)
        out_warn(ctx,
                 ngettext("\"cispd verify\" finds %lld fault in the database, "
                          "and so in its copy: the first is: %s",
                          "\"cispd verify\" finds %lld faults in the database, "
                          "and so in its copy: the first is: %s",
                          (unsigned long)v.count),
                 (long long)v.count, v.faults[0]);
    verdict_release(&v);
    return st;
}

/* Needs no writing transaction: the copy is made from what is read. */
static enum status run_backup(struct ctx *ctx)
{
    if (ctx->dry_run)
        return ST_OK;
    enum status st = db_backup(ctx->db, ctx->argv[0], force != 0, ctx->err);
    if (st == ST_OK)
        st = warn_of_faults(ctx);
    return out_done(ctx, st, _("The copy %s is complete and was read back."),
                    ctx->argv[0]);
}

const struct command keeping_commands[] = {
    {"verify", run_verify, NEEDS_READ, GROUP_KEEPING, "",
     N_("prove that the journal is whole and that the data agree with it"),
     verify_options},
    {"check", run_check, NEEDS_READ, GROUP_KEEPING, "",
     N_("check every rule on all the data, and the file itself")},
    {"backup", run_backup, NEEDS_READ, GROUP_KEEPING, N_("FILE"),
     N_("copy the database while others work with it"), backup_options},
    {NULL}};
