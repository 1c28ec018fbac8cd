/* CSV as French Excel opens it. Quoting is libcsv's. */
#include "files/csv_out.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

static bool is_formula(const char *s)
{
    return *s != '\0' && strchr("=+-@\t\r", *s) != NULL;
}

static void add_quoted(struct buf *line, const char *value, size_t len)
{
    size_t need = csv_write2(NULL, 0, value, len, '"');
    char *quoted = xmalloc(need + 1);
    csv_write2(quoted, need, value, len, '"');
    buf_add(line, quoted, need);
    free(quoted);
}

void csv_out_cell(struct buf *line, const char *value, bool text, bool first)
{
    if (!first)
        buf_adds(line, ";");
    struct buf safe = BUF_INIT;
    if (text && is_formula(value))
        buf_adds(&safe, "'");
    buf_adds(&safe, value);
    if (strpbrk(buf_str(&safe), "\";,\r\n\t") != NULL)
        add_quoted(line, safe.s, safe.len);
    else
        buf_adds(line, buf_str(&safe));
    buf_release(&safe);
}

void csv_out_end(struct buf *line)
{
    buf_adds(line, "\r\n");
}
