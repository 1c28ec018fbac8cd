/* cispd init: the database and the agency. */
#include "cli/nouns.h"
#include "cli/out.h"
#include "core/ident.h"
#include "store/call.h"

#include <string.h>

static char *agency, *siret, *doc_lang;

/* Writes what the options say of the agency. */
static enum status agency_edit(struct ctx *ctx)
{
    char clean[SIRET_LEN];
    enum status st = ST_OK;
    if (doc_lang != NULL && strcmp(doc_lang, "fr") != 0 &&
        strcmp(doc_lang, "en") != 0)
        return usage_error(ctx, _("--doc-lang is fr or en, not \"%s\""),
                           doc_lang);
    if (siret != NULL)
        st = siret_parse(siret, clean, NULL, ctx->err);
    if (st != ST_OK)
        return st;
    return agency_set(ctx->db, agency, siret ? clean : NULL, doc_lang,
                      ctx->err);
}

static enum status init(struct ctx *ctx)
{
    enum status st = agency_edit(ctx);
    if (st == ST_OK)
        out_note(ctx, _("Database created: %s"), db_path(ctx->db));
    return st;
}

static const struct poptOption options[] = {
    {"agency", 0, POPT_ARG_STRING, &agency, 0,
     N_("the agency's name, as the workbooks show it"), N_("NAME")},
    {"siret", 0, POPT_ARG_STRING, &siret, 0, N_("the agency's SIRET"),
     N_("NUMBER")},
    {"doc-lang", 0, POPT_ARG_STRING, &doc_lang, 0,
     N_("language of the workbooks: fr (unless said) or en"), N_("LANGUAGE")},
    POPT_TABLEEND};

const struct command init_commands[] = {
    {"init", init, NEEDS_CREATE, GROUP_SETUP, "", N_("create the database"),
     options, 0, 0},
    {"agency edit", agency_edit, NEEDS_WRITE, GROUP_SETUP, "",
     N_("change the agency's name, SIRET or workbook language"), options, 0, 0},
    {NULL}};
