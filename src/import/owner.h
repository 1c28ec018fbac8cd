/* Whether a row that names a project names its association too: an import
 * never changes who is paid. */
#ifndef IMPORT_OWNER_H
#define IMPORT_OWNER_H

#include "import/cells.h"
#include "store/import.h"

/* Notes an error on the row when its SIRET, its RNA or its name is not that
 * of the association that has the project, or is that of another one. One
 * number that fits lets the name differ, unless somebody else is called so. */
enum status owner_check(struct table *t, struct db *db,
                        const struct association *row,
                        const struct import_target *target, struct err *e);

#endif
