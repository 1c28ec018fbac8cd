/* The language of the screen and of the workbooks. */
#include "base/i18n.h"
#include "base/mem.h"

#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef LOCALEDIR
#define LOCALEDIR "/usr/local/share/locale"
#endif

/* glibc's counter of catalogue changes: raising it makes gettext look at
 * LANGUAGE again (documented in the gettext manual, "Being a gettext grok"). */
extern int _nl_msg_cat_cntr; /* NOLINT(bugprone-reserved-identifier) */

static char current[3] = "";  /* "fr" or "en", once it is set */
static char screen[3] = "en"; /* the language of the one who types */

static void ensure_locale(int category)
{
    const char *got = setlocale(category, "");
    if (got == NULL || strcmp(got, "C") == 0 || strcmp(got, "POSIX") == 0)
        setlocale(category, "C.UTF-8");
}

/* The language that the environment asks for, as gettext orders it. */
static const char *env_language(void)
{
    static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES",
                                        "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *v = getenv(names[i]);
        if (v != NULL && *v != '\0')
            return strncmp(v, "fr", 2) == 0 ? "fr" : "en";
    }
    return "en";
}

/* A program run from its build folder finds the catalogue beside itself. */
static const char *catalogue_dir(void)
{
    static char path[PATH_MAX + 64];
    ssize_t n = readlink("/proc/self/exe", path, PATH_MAX);
    if (n > 0) {
        path[n] = '\0';
        char *slash = strrchr(path, '/');
        if (slash != NULL) {
            strcpy(slash, "/locale"); /* the buffer has 64 bytes to spare */
            if (access(path, R_OK) == 0)
                return path;
        }
    }
    return LOCALEDIR;
}

void i18n_document(const char *lang)
{
    if (strcmp(lang, current) == 0)
        return;
    memcpy(current, strcmp(lang, "fr") == 0 ? "fr" : "en", sizeof current);
    setenv("LANGUAGE", current, 1);
    ++_nl_msg_cat_cntr;
}

void i18n_screen(void)
{
    i18n_document(screen);
}

void i18n_start(const char *lang)
{
    ensure_locale(LC_CTYPE);
    ensure_locale(LC_MESSAGES);
    bindtextdomain("cispd", catalogue_dir());
    bind_textdomain_codeset("cispd", "UTF-8");
    textdomain("cispd");
    i18n_document(lang != NULL ? lang : env_language());
    memcpy(screen, current, sizeof screen);
}

const char *i18n_lang(void)
{
    return current;
}
