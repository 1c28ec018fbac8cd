/* What is stored, as people read it: headings of machine names, values by the
 * kind that the name tells (store/kind.h). */
#ifndef STORE_WORDS_H
#define STORE_WORDS_H

#include "store/rows.h"

/* The translated heading of a machine name ("requested_cents" -> "Requested");
 * the name itself when it has none. */
const char *words_heading(const char *name);

/* A value of the column `name` as a table shows it; the caller frees. */
char *words_value(const char *name, const struct cell *cell);

#endif
