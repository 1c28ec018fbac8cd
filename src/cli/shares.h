/* What `cispd allocate` prints as JSON. */
#ifndef CLI_SHARES_H
#define CLI_SHARES_H

#include "core/why/hinge.h"

#include <jansson.h>
#include <stdbool.h>

/* The allocation of a plan, explained (plan_explain); `own` are the terms of
 * its call, NULL for the candidates of a file. */
json_t *shares_json(const struct plan *p, const struct terms *own);

/* One project with all that is known of it: its page, and the marks that
 * decide. */
json_t *share_page_json(const struct plan *p, size_t i, const char *page,
                        const struct hinge *h, size_t hinges);

#endif
