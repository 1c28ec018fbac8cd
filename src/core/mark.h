/* A mark as people write it. */
#ifndef CORE_MARK_H
#define CORE_MARK_H

#include "base/err.h"

#include <stdint.h>

/* Missing is not zero, nor is abstaining or being recused. */
enum mark_kind { MARK_MISSING, MARK_VALUE, MARK_ABSTENTION, MARK_RECUSAL };

/* Reads "12", "12,5" (into thousandths), "A", "abs", "abstention" or "NSP"
 * (an abstention), "R" or "déport" (recused); nothing but white space or "-"
 * is missing. ST_BAD_DATA for anything else. */
enum status mark_read(const char *text, enum mark_kind *kind, int64_t *milli,
                      struct err *e);

#endif
