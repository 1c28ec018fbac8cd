/* What Excel accepts: texts, names and formulas. */
#include "files/xlsx_check.h"
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') ||
           (c >= 'a' && c <= 'f');
}

/* "_x000D_", which Excel would read as one character. */
static bool is_escape(const char *s)
{
    return s[0] == '_' && s[1] == 'x' && is_hex(s[2]) && is_hex(s[3]) &&
           is_hex(s[4]) && is_hex(s[5]) && s[6] == '_';
}

/* XML 1.0 has no place for the two last code points of the first plane. */
static bool xml_forbids(utf8proc_int32_t c)
{
    return c == 0xFFFE || c == 0xFFFF;
}

bool xlsx_text_is_clean(const char *s)
{
    const char *start = s;
    while (*s != '\0') {
        unsigned char c = (unsigned char)*s;
        utf8proc_ssize_t n = 1;
        utf8proc_int32_t code = c;
        if (c >= 0x80)
            n = utf8proc_iterate((const utf8proc_uint8_t *)s, -1, &code);
        if (n <= 0 || (c < 0x20 && c != '\n') || c == 0x7F || c == '_' ||
            xml_forbids(code))
            return false;
        s += n;
    }
    return s - start <= XLSX_MAX_TEXT; /* bytes: no fewer than units */
}

/* Adds one character below U+0080. */
static void add_ascii(struct buf *out, const char *s)
{
    if (is_escape(s))
        buf_adds(out, "_x005F_");
    else if (*s == '\r')
        buf_adds(out, s[1] == '\n' ? "" : "\n");
    else if ((unsigned char)*s < 0x20 && *s != '\n' && *s != '\t')
        buf_adds(out, " ");
    else if (*s == 0x7F)
        buf_adds(out, " ");
    else
        buf_add(out, s, 1);
}

char *xlsx_clean_text(const char *s, size_t max)
{
    struct buf out = BUF_INIT;
    size_t units = 0;
    while (*s != '\0') {
        utf8proc_int32_t c;
        utf8proc_ssize_t n =
            utf8proc_iterate((const utf8proc_uint8_t *)s, -1, &c);
        /* an escaped escape takes 7 units more */
        size_t takes = n == 4 ? 2 : *s == '_' && is_escape(s) ? 8 : 1;
        if (units + takes > max)
            break;
        units += takes;
        if (n <= 0 || xml_forbids(c))
            buf_adds(&out, "\xEF\xBF\xBD");
        else if (n == 1)
            add_ascii(&out, s);
        else
            buf_add(&out, s, (size_t)n);
        s += n > 0 ? n : 1;
    }
    return buf_take(&out);
}

/* Cuts `s` after `max` characters. */
static void cut_characters(char *s, size_t max)
{
    size_t count = 0;
    for (; *s != '\0'; s++)
        if (((unsigned char)*s & 0xC0) != 0x80 && count++ == max) {
            *s = '\0';
            return;
        }
}

char *xlsx_clean_sheet_name(const char *s)
{
    char *name = xlsx_clean_text(s, XLSX_MAX_TEXT);
    for (char *p = name; *p != '\0'; p++)
        if (strchr("[]:*?/\\\n\t", *p) != NULL)
            *p = ' ';
    cut_characters(name, XLSX_MAX_SHEET_NAME);
    size_t len = strlen(name);
    while (len > 0 && (name[len - 1] == '\'' || name[len - 1] == ' '))
        name[--len] = '\0';
    size_t skip = strspn(name, "' ");
    memmove(name, name + skip, strlen(name + skip) + 1);
    if (*name == '\0' || strcasecmp(name, "History") == 0) {
        char *other = xasprintf("%s_", *name == '\0' ? "Sheet" : name);
        free(name);
        name = other;
    }
    return name;
}

/* One to three letters, then digits, and nothing else; or R1C1. */
static bool reads_as_cell(const char *s)
{
    size_t letters = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "abcdefghijklmnopqrstuvwxyz");
    size_t digits = strspn(s + letters, "0123456789");
    if (letters <= 3 && digits > 0 && s[letters + digits] == '\0')
        return true;
    return (*s == 'R' || *s == 'r' || *s == 'C' || *s == 'c') &&
           s[1 + strspn(s + 1, "0123456789RCrc")] == '\0';
}

bool xlsx_is_name(const char *s)
{
    static const char all[] = "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    size_t len = strlen(s);
    return len > 0 && len <= 60 && strspn(s, all) == len &&
           strchr("0123456789_", *s) == NULL && !reads_as_cell(s);
}

char *xlsx_cell_name(int row, int col, bool fixed_row, bool fixed_col,
                     char out[XLSX_CELL_LEN])
{
    char name[XLSX_CELL_LEN];
    size_t at = sizeof name; /* written from its end */
    name[--at] = '\0';
    for (int r = row + 1; r > 0; r /= 10)
        name[--at] = (char)('0' + r % 10);
    if (fixed_row)
        name[--at] = '$';
    for (int c = col + 1; c > 0; c = (c - 1) / 26)
        name[--at] = (char)('A' + (c - 1) % 26);
    if (fixed_col)
        name[--at] = '$';
    return memcpy(out, name + at, sizeof name - at);
}
