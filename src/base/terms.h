/* The words of stored values: statuses, decisions, reasons. */
#ifndef BASE_TERMS_H
#define BASE_TERMS_H

/* The word of a stored value ("eligible", "does-not-fit") in the language in
 * force; the value itself when it has none. */
const char *term_text(const char *value);

/* The word of a table that the journal names ("envelope_line"). */
const char *term_table(const char *table);

#endif
