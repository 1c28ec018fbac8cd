/* The open-data schema of subsidies, SCDL "subventions" 2.1.1: its columns and
 * what each of them may hold. Source: schema.data.gouv.fr. */
#ifndef IMPORT_SCDL_H
#define IMPORT_SCDL_H

#include "base/err.h"

#include <stdbool.h>

enum scdl_column {
    SCDL_NOM_ATTRIBUANT,
    SCDL_ID_ATTRIBUANT,
    SCDL_DATE_CONVENTION,
    SCDL_REFERENCE_DECISION,
    SCDL_NOM_BENEFICIAIRE,
    SCDL_ID_BENEFICIAIRE,
    SCDL_RNA_BENEFICIAIRE,
    SCDL_OBJET,
    SCDL_MONTANT,
    SCDL_NATURE,
    SCDL_CONDITIONS_VERSEMENT,
    SCDL_DATES_PERIODE_VERSEMENT,
    SCDL_ID_RAE,
    SCDL_NOTIFICATION_UE,
    SCDL_POURCENTAGE_SUBVENTION,
    SCDL_DISPOSITIF_AIDE,
    SCDL_COLUMNS
};

/* The columns' names in the schema, in its order. */
extern const char *const scdl_names[SCDL_COLUMNS];

/* The column that a heading means, its official name in any case and with any
 * punctuation ("NOM_Beneficiaire"); SCDL_COLUMNS: none. */
enum scdl_column scdl_column_of(const char *heading);

/* SCDL_DOUBTFUL: an identifier with a damaged digit, or a period that cannot
 * be: worth telling, no reason to lose the row. SCDL_BROKEN: against the
 * schema. */
enum scdl_verdict { SCDL_GOOD, SCDL_DOUBTFUL, SCDL_BROKEN };

/* Checks one cell ("": empty); why is in `e` unless it is good. */
enum scdl_verdict scdl_check(enum scdl_column column, const char *value,
                             struct err *e);

#endif
