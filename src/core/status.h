/* The status of a project by the word that people write for it. */
#ifndef CORE_STATUS_H
#define CORE_STATUS_H

/* "received", "eligible", "rejected" or "withdrawn" for their English and
 * French words, in any case, gender and number, whatever the language in
 * force; NULL for any other text, and for NULL. */
const char *status_of_word(const char *text);

#endif
