/* Which association a row's words have meant so far in an import: rows of one
 * association repeat them, and are spared the look-up. Of bounded size: a
 * forgotten entry only costs a look-up. */
#ifndef IMPORT_MATCHED_H
#define IMPORT_MATCHED_H

#include "base/mem.h"
#include "store/association.h"

#include <stdint.h>

struct matched;

struct matched *matched_new(void);

/* The association that exactly these words have meant; 0: not known. */
int64_t matched_find(struct matched *m, const struct association *a);

/* Remembers what the words of the last matched_find mean. */
void matched_keep(struct matched *m, int64_t id);

/* Forgets everything: a row was undone, perhaps with its association. */
void matched_forget(struct matched *m);

void matched_free(struct matched *m); /* NULL is fine */

#endif
