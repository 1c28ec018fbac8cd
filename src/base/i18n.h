/* The language of the screen and of the workbooks, through gettext. Only
 * LC_CTYPE and LC_MESSAGES are ever set: LC_NUMERIC would put a decimal comma
 * into the XML of the workbooks. */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(s) gettext(s)
#define N_(s) (s)

/* Sets the locale and the catalogue, once, before anything is printed.
 * `lang` is "fr", "en" or NULL (what the environment says). Works without an
 * installed French locale and with LANG unset. */
void i18n_start(const char *lang);

/* Speaks the language of a document ("fr" or "en") until i18n_screen; what
 * err_set says stays in that of the screen. */
void i18n_document(const char *lang);
void i18n_screen(void);

/* The language in force: "fr" or "en". */
const char *i18n_lang(void);

#endif
