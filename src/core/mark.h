/* A mark as people write it. */
#ifndef CORE_MARK_H
#define CORE_MARK_H

#include "base/err.h"

#include <stdint.h>

/* What was typed: missing is not zero, nor is abstaining or being recused. */
enum mark_kind { TYPED_MISSING, TYPED_VALUE, TYPED_ABSTENTION, TYPED_RECUSAL };

/* Reads "12", "12,5" (into thousandths), "A", "abs", "abstention" or "NSP"
 * (an abstention), "R" or "déport" (recused); nothing but white space or "-"
 * is missing. ST_BAD_DATA for anything else. */
enum status mark_read(const char *text, enum mark_kind *kind, int64_t *milli,
                      struct err *e);

#endif
