/* Temporary files of libxlsxwriter, in memory.
 *
 * The library writes each part of a workbook into a file of /tmp and does not
 * look whether that succeeds: with a full /tmp it makes a damaged workbook and
 * says nothing (seen with 1.1.4 and 64 KB of /tmp). So the program has an
 * lxw_tmpfile() of its own, which the dynamic linker gives to the library too.
 * It cannot fill up: where memory ends, the program ends, before the workbook
 * is in its place. And nothing of a workbook is ever left in /tmp. */
#include "base/mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct spool {
    struct buf text;
    size_t at; /* where the next read or write begins */
};

static ssize_t spool_read(void *arg, char *out, size_t size)
{
    struct spool *s = arg;
    size_t left = s->at < s->text.len ? s->text.len - s->at : 0;
    size_t n = size < left ? size : left;
    if (n > 0)
        memcpy(out, s->text.s + s->at, n);
    s->at += n;
    return (ssize_t)n;
}

static ssize_t spool_write(void *arg, const char *in, size_t size)
{
    struct spool *s = arg;
    size_t over = s->text.len - s->at; /* what is written over */
    if (over > size)
        over = size;
    if (over > 0)
        memcpy(s->text.s + s->at, in, over);
    buf_add(&s->text, in + over, size - over);
    s->at += size;
    return (ssize_t)size;
}

static int spool_seek(void *arg, off64_t *offset, int whence)
{
    struct spool *s = arg;
    off64_t from = whence == SEEK_SET   ? 0
                   : whence == SEEK_CUR ? (off64_t)s->at
                                        : (off64_t)s->text.len;
    off64_t to = from + *offset;
    if (to < 0 || to > (off64_t)s->text.len) {
        errno = EINVAL;
        return -1;
    }
    s->at = (size_t)to;
    *offset = to;
    return 0;
}

static int spool_close(void *arg)
{
    struct spool *s = arg;
    buf_release(&s->text);
    free(s);
    return 0;
}

/* Stands in for the library's own, as said above. */
FILE *lxw_tmpfile(char *folder);

FILE *lxw_tmpfile(char *folder)
{
    (void)folder;
    static const cookie_io_functions_t calls = {spool_read, spool_write,
                                                spool_seek, spool_close};
    struct spool *s = xcalloc(1, sizeof *s);
    FILE *f = fopencookie(s, "w+", calls);
    if (f == NULL)
        free(s);
    return f;
}
