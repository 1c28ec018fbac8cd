/* The file of rejected rows: written beside its place, moved there at the
 * end, readable by its owner only (it holds what the source held). */
#include "import/rejects.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/whole_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdbool.h>
#include <unistd.h>

struct rejects {
    char *path;
    struct whole_file file; /* begun with the first row */
    FILE *f;                /* NULL until then */
    char delimiter;
    char *above, *heading;
};

static enum status fail(const struct rejects *r, struct err *e)
{
    return err_set(e, ST_CANT_CREATE, _("%s: %s"), r->path, strerror(errno));
}

struct rejects *rejects_new(const char *path, char delimiter, const char *above,
                            const char *heading)
{
    struct rejects *r = xcalloc(1, sizeof *r);
    r->path = xstrdup(path);
    r->delimiter = delimiter;
    r->above = xstrdup(above);
    r->heading = xstrdup(heading);
    return r;
}

/* A cell in quotes, on one line. */
static void put_quoted(FILE *f, const char *s)
{
    putc('"', f);
    for (; *s != '\0'; s++) {
        if (*s == '"')
            putc('"', f);
        putc(*s == '\n' || *s == '\r' ? ' ' : *s, f);
    }
    putc('"', f);
}

/* Begins the draft with a byte order mark: Excel then reads it as UTF-8. */
static enum status start(struct rejects *r, struct err *e)
{
    static const char *const own[] = REJECTS_HEADINGS;
    enum status st = whole_file_begin(&r->file, r->path, "", WHOLE_PRIVATE, e);
    if (st == ST_OK && (r->f = fopen(r->file.tmp, "wb")) == NULL)
        st = fail(r, e);
    if (st != ST_OK)
        return st;
    fputs("\xEF\xBB\xBF", r->f);
    if (*r->above != '\0')
        fprintf(r->f, "%c%c%s\r\n", r->delimiter, r->delimiter, r->above);
    fprintf(r->f, "%s%c%s%c%s\r\n", own[0], r->delimiter, own[1], r->delimiter,
            r->heading);
    return ST_OK;
}

enum status rejects_add(struct rejects *r, size_t line, const char *reason,
                        const char *raw, struct err *e)
{
    enum status st = r->f == NULL ? start(r, e) : ST_OK;
    if (st != ST_OK)
        return st;
    fprintf(r->f, "%zu%c", line, r->delimiter);
    put_quoted(r->f, reason);
    fprintf(r->f, "%c%s\r\n", r->delimiter, raw);
    return ferror(r->f) ? fail(r, e) : ST_OK;
}

enum status rejects_ready(struct rejects *r, struct err *e)
{
    if (r->f == NULL)
        return ST_OK;
    bool ok = fflush(r->f) == 0 && fsync(fileno(r->f)) == 0;
    ok = fclose(r->f) == 0 && ok;
    r->f = NULL;
    return ok ? ST_OK : fail(r, e);
}

enum status rejects_keep(struct rejects *r, struct err *e)
{
    enum status st = ST_OK;
    if (r->file.tmp != NULL && whole_file_place(&r->file, NULL) != ST_OK)
        st = err_set(e, ST_CANT_CREATE,
                     _("the good rows are imported, but the rejected ones "
                       "cannot be put in %s (%s): they are in %s"),
                     r->path, strerror(errno), r->file.tmp);
    free(r->file.tmp); /* moved, or left where the message says */
    r->file.tmp = NULL;
    return st;
}

void rejects_close(struct rejects *r)
{
    if (r == NULL)
        return;
    if (r->f != NULL)
        fclose(r->f);
    whole_file_release(&r->file);
    free(r->path);
    free(r->above);
    free(r->heading);
    free(r);
}
