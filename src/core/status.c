/* The status of a project by the word that people write for it. */
#include "core/status.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

const char *status_of_word(const char *text)
{
    static const char *const words[][2] = {
        {"received", "received"},     {"recu", "received"},
        {"recue", "received"},        {"eligible", "eligible"},
        {"recevable", "eligible"},    {"rejected", "rejected"},
        {"rejete", "rejected"},       {"rejetee", "rejected"},
        {"ineligible", "rejected"},   {"irrecevable", "rejected"},
        {"non eligible", "rejected"}, {"non recevable", "rejected"},
        {"withdrawn", "withdrawn"},   {"retire", "withdrawn"},
        {"retiree", "withdrawn"},
    };
    char *key = text != NULL ? text_key(text) : NULL;
    const char *status = NULL;
    size_t n = key != NULL ? strlen(key) : 0;
    if (n > 0 && key[n - 1] == 's') /* the plural, as on a screen's heading */
        key[n - 1] = '\0';
    for (size_t i = 0; key != NULL && i < sizeof words / sizeof *words; i++)
        if (strcmp(key, words[i][0]) == 0)
            status = words[i][1];
    free(key);
    return status;
}
