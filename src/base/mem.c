/* Memory: allocation that never returns NULL, and a growing text buffer. */
#include "base/mem.h"
#include "base/err.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Past stdio, which may need memory itself. */
static _Noreturn void out_of_memory(void)
{
    static const char text[] = "cispd: out of memory; nothing was changed\n";
    ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
    (void)written;
    exit(ST_BUG);
}

void *xmalloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (p == NULL)
        out_of_memory();
    return p;
}

void *xcalloc(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (p == NULL)
        out_of_memory();
    return p;
}

void *xrealloc(void *old, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        out_of_memory();
    void *p = realloc(old, count > 0 && size > 0 ? count * size : 1);
    if (p == NULL)
        out_of_memory();
    return p;
}

void *xgrow(void *array, size_t count, size_t size)
{
    if ((count & (count - 1)) != 0)
        return array;
    return xrealloc(array, count == 0 ? 1 : count * 2, size);
}

char *xstrdup(const char *s)
{
    return s == NULL ? NULL : xstrndup(s, strlen(s));
}

char *xstrndup(const char *s, size_t len)
{
    char *p = xmalloc(len + 1);
    if (len > 0)
        memcpy(p, s, len);
    p[len] = '\0';
    return p;
}

char *xasprintf(const char *fmt, ...)
{
    struct buf b = BUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    buf_addv(&b, fmt, ap);
    va_end(ap);
    return buf_take(&b);
}

static void buf_room(struct buf *b, size_t more)
{
    if (more >= SIZE_MAX / 2 - b->len)
        out_of_memory();
    if (b->len + more + 1 <= b->cap)
        return;
    size_t cap = b->cap ? b->cap : 64;
    while (cap < b->len + more + 1)
        cap *= 2;
    b->s = xrealloc(b->s, cap, 1);
    b->cap = cap;
}

void buf_add(struct buf *b, const char *s, size_t len)
{
    buf_room(b, len);
    if (len > 0)
        memcpy(b->s + b->len, s, len);
    b->len += len;
    b->s[b->len] = '\0';
}

void buf_adds(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_addv(struct buf *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    if (n < 0)
        BUG("unprintable format");
    buf_room(b, (size_t)n);
    vsnprintf(b->s + b->len, (size_t)n + 1, fmt, again);
    b->len += (size_t)n;
    va_end(again);
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    buf_addv(b, fmt, ap);
    va_end(ap);
}

void buf_reset(struct buf *b)
{
    b->len = 0;
    if (b->s != NULL)
        b->s[0] = '\0';
}

const char *buf_str(const struct buf *b)
{
    return b->s != NULL ? b->s : "";
}

char *buf_take(struct buf *b)
{
    char *s = b->s != NULL ? b->s : xstrdup("");
    *b = (struct buf)BUF_INIT;
    return s;
}

void buf_release(struct buf *b)
{
    free(b->s);
    *b = (struct buf)BUF_INIT;
}
