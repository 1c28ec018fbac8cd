/* cispd init: the database and the agency. */
#include "cli/nouns.h"
#include "cli/out.h"
#include "core/ident.h"
#include "store/call.h"

#include <string.h>

static char *agency, *siret, *doc_lang;

/* Writes what the options say of the agency. */
static enum status write_agency(struct ctx *ctx)
{
    char clean[SIRET_LEN] = "";
    enum status st = ST_OK;
    if (doc_lang != NULL && strcmp(doc_lang, "fr") != 0 &&
        strcmp(doc_lang, "en") != 0)
        return usage_error(ctx, _("--doc-lang is fr or en, not \"%s\""),
                           doc_lang);
    if (siret != NULL && !opt_is_none(siret))
        st = siret_parse(siret, clean, NULL, ctx->err);
    if (st != ST_OK)
        return err_prefix(ctx->err, "--siret");
    return agency_set(ctx->db, agency, siret ? clean : NULL, doc_lang,
                      ctx->err);
}

static enum status init(struct ctx *ctx)
{
    return out_done(ctx, write_agency(ctx), _("Database created: %s"),
                    db_path(ctx->db));
}

static enum status agency_edit(struct ctx *ctx)
{
    return out_done(ctx, write_agency(ctx), "%s", _("The agency is changed."));
}

static const struct poptOption options[] = {
    OPTION("agency", agency, N_("the agency's name, as the workbooks show it"),
           N_("NAME")),
    OPTION("siret", siret, N_("the agency's SIRET"), N_("NUMBER")),
    OPTION("doc-lang", doc_lang,
           N_("language of the workbooks: fr (unless said) or en"),
           N_("LANGUAGE")),
    POPT_TABLEEND};

const struct command init_commands[] = {
    {"init", init, NEEDS_CREATE, GROUP_SETUP, "", N_("create the database"),
     options},
    {"agency edit", agency_edit, NEEDS_WRITE, GROUP_SETUP, "",
     N_("change the agency's name, SIRET or workbook language"), options,
     ANY_OPTION},
    {NULL}};
