/* The fields that tables of associations and projects may hold, with the
 * headings under which they come: the State's platforms (démarches-
 * simplifiées, Le Compte Asso, Osiris, Subventia), SCDL files and the ways
 * they are misspelled, French lists, and this program's own CSV. */
#ifndef IMPORT_ALIASES_H
#define IMPORT_ALIASES_H

#include "import/heading.h"

/* Fields of an association stand first, in both sets. */
enum field {
    F_ASSOCIATION,
    F_ACRONYM,
    F_SIRET,
    F_SIRET_RAW,
    F_RNA,
    F_RNA_RAW,
    F_ADDRESS,
    F_POSTCODE,
    F_COMMUNE,
    F_CONFIDENTIAL,
    F_ROLE,
    F_EMAIL,
    F_PHONE,
    ASSOCIATION_FIELDS,

    F_NUMBER = ASSOCIATION_FIELDS, /* the row's own number in its source */
    F_TITLE,
    F_THEME,
    F_REQUESTED,
    F_MINIMUM,
    F_COST,
    F_OTHER_PUBLIC,
    F_STARTS_ON,
    F_ENDS_ON,
    F_BENEFICIARIES,
    F_COMMUNES,
    F_COMMUNES_RAW,
    F_RECEIVED_AT,
    F_LATE_REASON,
    F_STATUS,
    F_STATUS_REASON,
    PROJECT_FIELDS
};

extern const struct heading_set association_headings;
extern const struct heading_set project_headings;

#endif
