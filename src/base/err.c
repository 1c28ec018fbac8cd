/* Errors: one status, one message. */
#include "base/err.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char document[3]; /* the language to go back to; "": none */
static bool quoted;

void err_quoted(bool on)
{
    quoted = on;
}

void err_begin(const struct err *e)
{
    document[0] = '\0';
    if (e == NULL || quoted)
        return;
    memcpy(document, i18n_lang(), sizeof document);
    i18n_screen();
}

void err_end(void)
{
    if (document[0] != '\0')
        i18n_document(document);
    document[0] = '\0';
}

enum status err_fill(struct err *e, enum status code, const char *fmt, ...)
{
    if (e == NULL)
        return code;
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(e->msg, sizeof e->msg, fmt, ap);
    va_end(ap);
    if (n >= (int)sizeof e->msg)
        e->msg[text_cut(e->msg, sizeof e->msg - 1)] = '\0';
    e->code = code;
    e->column = NULL;
    e->line = 0;
    err_end();
    return code;
}

enum status err_column(enum status code, struct err *e, const char *column)
{
    if (e != NULL && code != ST_OK)
        e->column = column;
    return code;
}

enum status err_prefix(struct err *e, const char *fmt, ...)
{
    if (e == NULL)
        return ST_BUG;
    char old[sizeof e->msg], prefix[400];
    memcpy(old, e->msg, sizeof old);
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(prefix, sizeof prefix, fmt, ap);
    va_end(ap);
    prefix[text_cut(prefix, sizeof prefix - 1)] = '\0';
    return err_set(e, e->code, _("%s: %s"), prefix, old);
}
