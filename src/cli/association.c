/* The associations: add, list, show, edit, merge. */
#include "store/association.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/nouns.h"
#include "cli/out.h"
#include "core/ident.h"
#include "store/find.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As typed; NULL: not said. */
static struct {
    char *name, *acronym, *siret, *rna, *address, *postcode, *commune;
    char *confidential, *role, *email, *phone;
    int is_confidential, duplicates;
} opt;

/* The identifiers, cleaned; they live as long as the struct association that
 * points at them. */
struct cleaned {
    char siret[SIRET_LEN], rna[RNA_LEN], phone[PHONE_LEN];
};

static const struct poptOption described[] = {
    OPTION("acronym", opt.acronym, N_("its short name"), N_("TEXT")),
    OPTION("siret", opt.siret, N_("its SIRET number, 14 digits"), N_("NUMBER")),
    OPTION("rna", opt.rna, N_("its RNA number, W and 9 digits"), N_("NUMBER")),
    OPTION("address", opt.address, N_("street and number"), N_("TEXT")),
    OPTION("postcode", opt.postcode, N_("5 digits"), N_("CODE")),
    OPTION("commune", opt.commune, N_("where it is"), N_("NAME")),
    OPTION("role", opt.role,
           N_("the role, not the name, of the person to contact"), N_("TEXT")),
    OPTION("email", opt.email, N_("the contact's e-mail"), N_("ADDRESS")),
    OPTION("phone", opt.phone, N_("the contact's phone"), N_("NUMBER")),
    POPT_TABLEEND};

static const struct poptOption add_options[] = {
    OPTION_TABLE(described),
    OPTION_FLAG("confidential", opt.is_confidential,
                N_("its address leaves in no list, export or workbook")),
    POPT_TABLEEND};

static const struct poptOption edit_options[] = {
    OPTION("name", opt.name, N_("its new name"), N_("NAME")),
    OPTION_TABLE(described),
    OPTION("confidential", opt.confidential,
           N_("yes: its address leaves in no list, export or workbook"),
           N_("yes|no")),
    POPT_TABLEEND};

static const struct poptOption list_options[] = {
    OPTION_FLAG("duplicates", opt.duplicates,
                N_("the pairs that are likely one association")),
    POPT_TABLEEND};

/* What is typed wrong is refused, never kept as it is: the person is there to
 * correct it. "" passes: it forgets what was known. */
static enum status named(struct ctx *ctx, const char *option, enum status st)
{
    return st == ST_OK ? ST_OK : err_prefix(ctx->err, "%s", option);
}

/* SIRET and RNA, cleaned into `c`. A wrong one is ST_BAD_DATA here, whereas an
 * import keeps it aside as *_raw and goes on. */
static enum status read_identifiers(struct ctx *ctx, struct association *a,
                                    struct cleaned *c)
{
    enum status st = ST_OK;
    if (a->siret != NULL && *a->siret != '\0') {
        st = siret_parse(a->siret, c->siret, NULL, ctx->err);
        a->siret = c->siret;
        if (st != ST_OK)
            return named(ctx, "--siret", st);
    }
    if (a->rna != NULL && *a->rna != '\0') {
        st = rna_parse(a->rna, c->rna, ctx->err);
        a->rna = c->rna;
    }
    return named(ctx, "--rna", st);
}

/* The e-mail as typed, the phone in its one form (core/ident.h). */
static enum status read_contact(struct ctx *ctx, struct association *a,
                                struct cleaned *c)
{
    enum status st = ST_OK;
    if (a->email != NULL && *a->email != '\0')
        st = named(ctx, "--email", email_check(a->email, ctx->err));
    if (st == ST_OK && a->phone != NULL && *a->phone != '\0') {
        st = named(ctx, "--phone", phone_parse(a->phone, c->phone, ctx->err));
        a->phone = c->phone;
    }
    return st;
}

/* The schema says the same, in words that help nobody. */
static enum status check_postcode(struct ctx *ctx, const char *s)
{
    if (s == NULL || *s == '\0' ||
        (strlen(s) == 5 && strspn(s, "0123456789") == 5))
        return ST_OK;
    return err_set(ctx->err, ST_BAD_DATA,
                   _("--postcode: \"%s\" is no postcode: 5 digits"), s);
}

/* Fills `a` from the options; its texts point into them and into `c`. */
static enum status read_options(struct ctx *ctx, struct association *a,
                                struct cleaned *c)
{
    *a = (struct association){.name = opt.name,
                              .acronym = opt_text(opt.acronym),
                              .siret = opt_text(opt.siret),
                              .rna = opt_text(opt.rna),
                              .address = opt_text(opt.address),
                              .postcode = opt_text(opt.postcode),
                              .commune = opt_text(opt.commune),
                              .confidential = opt.is_confidential != 0,
                              .contact_role = opt_text(opt.role),
                              .email = opt_text(opt.email),
                              .phone = opt_text(opt.phone)};
    enum status st = read_identifiers(ctx, a, c);
    if (st == ST_OK)
        st = read_contact(ctx, a, c);
    if (st == ST_OK)
        st = check_postcode(ctx, a->postcode);
    return st;
}

/* Points at likely duplicates of the association just added. The commands it
 * offers name each by its SIRET where it has one: names may be the same. */
static enum status warn_alike(struct ctx *ctx, int64_t id,
                              const struct association *a)
{
    struct rows rows;
    enum status st = association_alike(ctx->db, id, a->name, &rows, ctx->err);
    for (size_t i = 0; st == ST_OK && i < rows.count; i++) {
        const char *other = rows_at(&rows, i, 0)->s;
        const char *siret = rows_at(&rows, i, 1)->s;
        if (siret != NULL && a->siret != NULL &&
            strncmp(siret, a->siret, 9) != 0)
            out_warn(ctx,
                     _("\"%s\" looks much like \"%s\", whose SIREN is another: "
                       "two bodies, unless one of the numbers is wrong"),
                     a->name, other);
        else
            out_warn(ctx,
                     _("\"%s\" looks much like \"%s\"; if they are one, join "
                       "them: cispd association merge \"%s\" \"%s\""),
                     a->name, other, siret != NULL ? siret : other,
                     a->siret != NULL ? a->siret : a->name);
    }
    rows_release(&rows);
    return st;
}

/* A commune spelt wrong would stand apart in every list; one outside the
 * territory is nobody's fault. */
static enum status warn_commune(struct ctx *ctx, const char *commune)
{
    char *near = NULL;
    enum status st = commune != NULL && *commune != '\0'
                         ? find_commune_near(ctx->db, commune, &near, ctx->err)
                         : ST_OK;
    if (near != NULL)
        out_warn(ctx,
                 _("\"%s\" is no commune of the territory: is it \"%s\"? "
                   "\"cispd association edit NAME --commune\" corrects it"),
                 commune, near);
    free(near);
    return st;
}

/* Two associations that nothing tells apart could never be named again: one
 * has a SIRET, or they are in two communes that may be told. */
static enum status check_new(struct ctx *ctx, const struct association *a)
{
    int64_t id = 0;
    char *known = NULL;
    bool hidden = false;
    struct association named = {
        .name = a->name, .rna = a->rna, .siret = a->siret};
    enum status st =
        association_any_confidential(ctx->db, &named, &hidden, ctx->err);
    if (!hidden && !a->confidential) {
        named.commune = a->commune;
        named.postcode = a->postcode;
    }
    if (st == ST_OK)
        st = association_match(ctx->db, &named, &id, ctx->err);
    if (st == ST_OK && id != 0)
        st = association_name(ctx->db, id, &known, ctx->err);
    if (st == ST_OK && id != 0)
        st = err_set(ctx->err, ST_REFUSED,
                     _("\"%s\" is registered already: \"cispd association "
                       "edit\" changes it. Another body of the same name is "
                       "told from it by its own SIRET (--siret), or by its "
                       "commune (--commune) once that of the first is "
                       "entered."),
                     known);
    free(known);
    return st;
}

static enum status run_add(struct ctx *ctx)
{
    struct association a;
    struct cleaned c;
    int64_t id = 0;
    opt.name = ctx->argv[0];
    enum status st = read_options(ctx, &a, &c);
    if (st == ST_OK)
        st = check_new(ctx, &a);
    if (st == ST_OK)
        st = association_insert(ctx->db, &a, &id, ctx->err);
    if (st == ST_OK)
        st = warn_alike(ctx, id, &a);
    if (st == ST_OK)
        st = warn_commune(ctx, a.commune);
    if (st == ST_OK)
        out_note(ctx, _("Association \"%s\" is registered."), a.name);
    return st;
}

/* A confidential association is listed without its commune. */
static enum status run_list(struct ctx *ctx)
{
    struct rows rows;
    enum status st = opt.duplicates
                         ? association_duplicates(ctx->db, &rows, ctx->err)
                         : association_list(ctx->db, &rows, ctx->err);
    if (st == ST_OK)
        out_rows(ctx, &rows);
    rows_release(&rows);
    return st;
}

static enum status run_show(struct ctx *ctx)
{
    struct rows a = {0}, contacts = {0}, projects = {0};
    int64_t id = 0;
    bool office = out_is_office(ctx);
    enum status st = find_association(ctx->db, ctx->argv[0], &id, ctx->err);
    if (st == ST_OK)
        st = association_show(ctx->db, id, office, &a, ctx->err);
    if (st == ST_OK)
        st = association_contacts(ctx->db, id, office, &contacts, ctx->err);
    if (st == ST_OK)
        st = association_projects(ctx->db, id, &projects, ctx->err);
    if (st == ST_OK)
        out_record_with(ctx, &a,
                        (const struct out_part[]){{"contacts", &contacts},
                                                  {"projects", &projects},
                                                  {NULL}});
    if (st == ST_OK && !office && rows_get(&a, 0, "confidential")->i != 0)
        out_note(ctx, "\n%s",
                 _("The address and the contacts are confidential: they are "
                   "shown on a terminal only."));
    rows_release(&a);
    rows_release(&contacts);
    rows_release(&projects);
    return st;
}

/* --confidential yes|no of `edit`: 1, 0, or -1 when not said. */
static enum status read_confidential(struct ctx *ctx, int *said)
{
    *said = -1;
    if (opt.confidential == NULL)
        return ST_OK;
    *said = text_answer(opt.confidential);
    if (*said < 0)
        return usage_error(ctx, _("--confidential is yes or no, not \"%s\""),
                           opt.confidential);
    return ST_OK;
}

/* `confidential` is what read_confidential said. Says what happened. */
static enum status write_edit(struct ctx *ctx, int64_t id,
                              const struct association *a, int confidential)
{
    enum status st = association_update(ctx->db, id, a, ctx->err);
    if (st == ST_OK && confidential == 0)
        st = association_reveal(ctx->db, id, ctx->err);
    out_done(ctx, st, "%s", _("The association is changed."));
    return st == ST_OK ? warn_commune(ctx, a->commune) : st;
}

static enum status run_edit(struct ctx *ctx)
{
    struct association a;
    struct cleaned c;
    int64_t id = 0;
    int confidential;
    enum status st = read_options(ctx, &a, &c);
    if (st == ST_OK)
        st = read_confidential(ctx, &confidential);
    if (st != ST_OK)
        return st;
    a.confidential = confidential == 1;
    st = find_association(ctx->db, ctx->argv[0], &id, ctx->err);
    return st == ST_OK ? write_edit(ctx, id, &a, confidential) : st;
}

/* The names are fetched before the second association goes. */
static enum status run_merge(struct ctx *ctx)
{
    int64_t kept = 0, other = 0;
    char *kept_name = NULL, *other_name = NULL;
    enum status st = find_association(ctx->db, ctx->argv[0], &kept, ctx->err);
    if (st == ST_OK)
        st = find_association(ctx->db, ctx->argv[1], &other, ctx->err);
    if (st == ST_OK)
        st = association_name(ctx->db, kept, &kept_name, ctx->err);
    if (st == ST_OK)
        st = association_name(ctx->db, other, &other_name, ctx->err);
    if (st == ST_OK)
        st = association_merge(ctx->db, kept, other, ctx->err);
    if (st == ST_OK)
        out_note(ctx,
                 _("\"%s\" is joined to \"%s\", which has its projects and "
                   "contacts now."),
                 other_name, kept_name);
    free(kept_name);
    free(other_name);
    return st;
}

const struct command association_commands[] = {
    {"association add", run_add, NEEDS_WRITE, GROUP_INTAKE, N_("NAME"),
     N_("register an association"), add_options},
    {"association list", run_list, NEEDS_READ, GROUP_INTAKE, "",
     N_("list the associations"), list_options},
    {"association show", run_show, NEEDS_READ, GROUP_INTAKE, N_("NAME"),
     N_("show an association, its contacts and its projects")},
    {"association edit", run_edit, NEEDS_WRITE, GROUP_INTAKE, N_("NAME"),
     N_("change what is said; none forgets what was known"), edit_options,
     ANY_OPTION},
    {"association merge", run_merge, NEEDS_WRITE, GROUP_INTAKE,
     N_("KEPT OTHER"), N_("join an association to the one that is kept")},
    {NULL}};
