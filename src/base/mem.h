/* Memory: allocation that never returns NULL, and a growing text buffer. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

/* These never return NULL: out of memory says so on stderr and ends the
 * program with exit code 70; an open transaction is then undone by SQLite.
 * The caller frees with free(). */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t count, size_t size);
/* Room for one more element behind `count`, in an array that grows by nothing
 * else: doubles at powers of two. */
void *xgrow(void *array, size_t count, size_t size);
char *xstrdup(const char *s); /* NULL gives NULL */
char *xstrndup(const char *s, size_t len);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A text that grows. `s` is always terminated once something was added;
 * start from BUF_INIT, end with buf_release. */
struct buf {
    char *s;
    size_t len, cap;
};
#define BUF_INIT {NULL, 0, 0}

void buf_add(struct buf *b, const char *s, size_t len);
void buf_adds(struct buf *b, const char *s);
void buf_addf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_addv(struct buf *b, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
/* Empties, keeping the memory. */
void buf_reset(struct buf *b);
/* The text so far, "" when nothing was added; owned by the buffer. */
const char *buf_str(const struct buf *b);
/* Hands the text over to the caller, who frees it; the buffer is empty. */
char *buf_take(struct buf *b);
void buf_release(struct buf *b);

#endif
