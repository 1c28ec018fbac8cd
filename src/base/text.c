/* Text: UTF-8, widths, and the folded key by which names are compared. */
#include "base/text.h"
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

bool text_is_utf8(const char *s, size_t len)
{
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s;
    size_t i = 0;
    while (i < len) {
        if (p[i] == 0)
            return false;
        if (p[i] < 0x80) {
            i++;
            continue;
        }
        utf8proc_int32_t c;
        utf8proc_ssize_t n =
            utf8proc_iterate(p + i, (utf8proc_ssize_t)(len - i), &c);
        if (n <= 0)
            return false;
        i += (size_t)n;
    }
    return true;
}

size_t text_cut(const char *s, size_t max)
{
    size_t n = strnlen(s, max);
    if (n < max)
        return n;
    while (n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80)
        n--;
    return n;
}

int text_width(const char *s)
{
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s;
    int width = 0;
    while (*p != 0) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate(p, -1, &c);
        if (n <= 0) {
            width++;
            p++;
            continue;
        }
        width += utf8proc_charwidth(c);
        p += n;
    }
    return width;
}

/* Letters that decomposition leaves whole. */
static const char *open_ligature(utf8proc_int32_t c)
{
    switch (c) {
    case 0x153:
        return "oe";
    case 0xE6:
        return "ae";
    case 0xF8:
        return "o";
    case 0x142:
        return "l";
    default:
        return NULL;
    }
}

static bool is_word(utf8proc_int32_t c)
{
    utf8proc_category_t cat = utf8proc_category(c);
    return cat >= UTF8PROC_CATEGORY_LU && cat <= UTF8PROC_CATEGORY_NO;
}

/* Plain ASCII needs no tables: most names of a list go this way. */
static bool ascii_key(const char *s, struct buf *out)
{
    for (const char *p = s; *p != '\0'; p++)
        if ((unsigned char)*p >= 0x80)
            return false;
    for (; *s != '\0'; s++) {
        char c = *s;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            buf_add(out, &c, 1);
        else if (out->len > 0 && out->s[out->len - 1] != ' ')
            buf_add(out, " ", 1);
    }
    return true;
}

static void folded_key(const utf8proc_uint8_t *folded, struct buf *out)
{
    while (*folded != 0) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate(folded, -1, &c);
        if (n <= 0)
            return;
        const char *ligature = open_ligature(c);
        if (ligature != NULL)
            buf_adds(out, ligature);
        else if (is_word(c))
            buf_add(out, (const char *)folded, (size_t)n);
        else if (out->len > 0 && out->s[out->len - 1] != ' ')
            buf_add(out, " ", 1);
        folded += n;
    }
}

char *text_key(const char *s)
{
    struct buf out = BUF_INIT;
    if (!ascii_key(s, &out)) {
        utf8proc_uint8_t *folded = NULL;
        utf8proc_option_t how = UTF8PROC_NULLTERM | UTF8PROC_STABLE |
                                UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
                                UTF8PROC_IGNORE;
        if (utf8proc_map((const utf8proc_uint8_t *)s, 0, &folded, how) >= 0)
            folded_key(folded, &out);
        free(folded);
    }
    while (out.len > 0 && out.s[out.len - 1] == ' ')
        out.s[--out.len] = '\0';
    return buf_take(&out);
}

bool text_same(const char *a, const char *b)
{
    char *x = text_key(a), *y = text_key(b);
    bool same = strcmp(x, y) == 0;
    free(x);
    free(y);
    return same;
}

char *text_key_tight(const char *s)
{
    char *key = text_key(s);
    char *to = key;
    for (const char *from = key; *from != '\0'; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = '\0';
    return key;
}

size_t text_space(const char *s)
{
    static const char *const wide[] = {"\xC2\xA0", "\xE2\x80\x89",
                                       "\xE2\x80\xAF", "\xEF\xBB\xBF"};
    if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
        return 1;
    if ((unsigned char)*s < 0x80)
        return 0;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp(s, wide[i], strlen(wide[i])) == 0)
            return strlen(wide[i]);
    return 0;
}

char *text_trim(char *s)
{
    size_t skip = 0, n;
    while ((n = text_space(s + skip)) > 0)
        skip += n;
    size_t len = strlen(s + skip);
    unsigned char last = len > 0 ? (unsigned char)s[skip + len - 1] : 'x';
    if (last <= ' ' || last >= 0x80) { /* else there is nothing behind */
        char *end = s + skip;
        for (char *p = end; *p != '\0';) {
            n = text_space(p);
            p += n > 0 ? n : 1;
            if (n == 0)
                end = p;
        }
        len = (size_t)(end - (s + skip));
    }
    if (skip > 0)
        memmove(s, s + skip, len);
    s[len] = '\0';
    return s;
}

char *text_one_line(const char *s)
{
    char *copy = xstrdup(s);
    for (char *p = copy; *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = ' ';
    return copy;
}

char *text_defuse(char *s)
{
    for (char *p = s; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;
        bool c1 = c == 0xC2 && (unsigned char)p[1] >= 0x80 &&
                  (unsigned char)p[1] < 0xA0;
        if (c1)
            *p++ = '?';
        if (c1 || (c < 0x20 && c != '\n') || c == 0x7F)
            *p = '?';
    }
    return s;
}

int text_answer(const char *s)
{
    static const char *const words[2][9] = {
        {"non", "n", "no", "0", "faux", "off", "false"},
        {"oui", "o", "yes", "y", "1", "x", "vrai", "on", "true"}};
    char *key = text_key(s);
    int answer = -1;
    for (int a = 0; a < 2; a++)
        for (int i = 0; i < 9 && words[a][i] != NULL; i++)
            if (strcmp(key, words[a][i]) == 0)
                answer = a;
    free(key);
    return answer;
}

/* Marks in `used` the first unused pair of `b` equal to the two bytes. */
static bool take_pair(const char *pair, const char *b, size_t len, bool *used)
{
    for (size_t j = 0; j + 1 < len; j++) {
        if (!used[j] && b[j] == pair[0] && b[j + 1] == pair[1]) {
            used[j] = true;
            return true;
        }
    }
    return false;
}

int text_likeness(const char *key_a, const char *key_b)
{
    size_t na = strlen(key_a), nb = strlen(key_b);
    if (strcmp(key_a, key_b) == 0)
        return 100;
    if (na < 2 || nb < 2)
        return 0;
    bool *used = xcalloc(nb, sizeof *used);
    size_t shared = 0;
    for (size_t i = 0; i + 1 < na; i++)
        shared += take_pair(key_a + i, key_b, nb, used);
    free(used);
    return (int)(200 * shared / (na + nb - 2));
}
