/* A mark as people write it. */
#include "core/mark.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/money.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_one_of(const char *key, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(key, *words) == 0)
            return true;
    return false;
}

enum status mark_read(const char *text, enum mark_kind *kind, int64_t *milli,
                      struct err *e)
{
    static const char *const abstention[] = {
        "a",   "abstention", "abstained",          "abstient",
        "nsp", "s abstient", "ne se prononce pas", NULL};
    static const char *const unclear[] = {"ab", "abs", "absent", "absente",
                                          NULL};
    static const char *const recusal[] = {"r",       "recuse",     "recusee",
                                          "recused", "recusation", "deport",
                                          "deporte", NULL};
    enum status st = ST_OK;
    char *key = text_key(text), *trimmed = text_trim(xstrdup(text));
    *kind = TYPED_VALUE;
    if (*trimmed == '\0' || strcmp(trimmed, "-") == 0)
        *kind = TYPED_MISSING;
    else if (is_one_of(key, abstention))
        *kind = TYPED_ABSTENTION;
    else if (is_one_of(key, recusal))
        *kind = TYPED_RECUSAL;
    else if (is_one_of(key, unclear))
        st = err_set(e, ST_BAD_DATA,
                     _("\"%s\" may say absent or abstention: leave the mark "
                       "empty for who is absent, write A for an abstention"),
                     trimmed);
    else if (decimal_parse(trimmed, 3, milli, NULL) != ST_OK)
        st = err_set(e, ST_BAD_DATA,
                     _("\"%s\" is not a mark: type a number such as 12,5, or "
                       "A for an abstention"),
                     trimmed);
    free(key);
    free(trimmed);
    return st;
}
