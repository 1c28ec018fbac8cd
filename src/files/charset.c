/* Encodings of text files, one line at a time. */
#include "files/charset.h"
#include "base/i18n.h"
#include "base/text.h"

#include <iconv.h>
#include <string.h>
#include <strings.h>

/* The UTF-8 of one byte; "" when the encoding has no such byte. False when
 * the byte alone is no character: an encoding of several bytes. */
static bool one_byte(iconv_t cd, char byte, char out[5])
{
    char *in = &byte, *to = out;
    size_t in_left = 1, out_left = 4;
    iconv(cd, NULL, NULL, NULL, NULL);
    size_t n = iconv(cd, &in, &in_left, &to, &out_left);
    bool incomplete = n != (size_t)-1 && to == out;
    *to = '\0';
    if (n == (size_t)-1)
        out[0] = '\0';
    return !incomplete;
}

/* Fills the table; false when the encoding is unknown or not a superset of
 * ASCII in single bytes. */
static bool fill_table(struct charset *cs, const char *name)
{
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1)
        return false;
    char ascii[5];
    bool ok = one_byte(cd, 'A', ascii) && strcmp(ascii, "A") == 0;
    size_t known = 0;
    for (int i = 0; i < 128; i++) {
        ok = one_byte(cd, (char)(0x80 + i), cs->high[i]) && ok;
        known += cs->high[i][0] != '\0';
    }
    iconv_close(cd);
    return ok && known >= 64;
}

enum status charset_init(struct charset *cs, const char *name, struct err *e)
{
    *cs = (struct charset){.may_be_utf8 = true, .may_be_bytes = true};
    if (name != NULL &&
        (strcasecmp(name, "utf-8") == 0 || strcasecmp(name, "utf8") == 0)) {
        cs->may_be_bytes = false;
        return ST_OK;
    }
    cs->may_be_utf8 = name == NULL;
    /* What is called Latin-1 in France is what Windows writes. */
    if (name == NULL || strcasecmp(name, "iso-8859-1") == 0 ||
        strcasecmp(name, "latin1") == 0)
        name = "WINDOWS-1252";
    bool known = fill_table(cs, name);
    if (known &&
        cs->may_be_utf8) /* ISO-8859-15: nobody writes the other sign */
        memcpy(cs->high[0xA4 - 0x80], "\xE2\x82\xAC", 4);
    if (!known)
        return err_set(e, ST_USAGE,
                       _("encoding \"%s\" cannot be read: save the file as "
                         "UTF-8, or name utf-8, windows-1252, iso-8859-15, "
                         "cp850 or macintosh"),
                       name);
    return ST_OK;
}

/* Whether the byte s[i] is what another encoding writes for a letter with an
 * accent: in Windows-1252 it is a sign that no French text has there, such as
 * a low quote within a word. */
static bool is_foreign(const char *s, size_t len, size_t i)
{
    static const char behind_letter[] = "\x82\x83\x84\x87\x88\x8A\x8B\x8E";
    static const char before_letter[] = "\x82\x83\x87\x88";
    bool behind = i > 0 && s[i - 1] >= 'a' && s[i - 1] <= 'z';
    bool before = i + 1 < len && s[i + 1] >= 'a' && s[i + 1] <= 'z';
    bool oe = strchr("\xBC\xBD", s[i]) != NULL && i + 1 < len &&
              (s[i + 1] | 0x20) == 'u'; /* ISO-8859-15 */
    return oe || (behind && strchr(behind_letter, s[i]) != NULL) ||
           (before && strchr(before_letter, s[i]) != NULL);
}

enum charset_line charset_line(const struct charset *cs, const char *s,
                               size_t len, struct buf *out)
{
    if ((cs->may_be_utf8 || !cs->may_be_bytes) && text_is_utf8(s, len))
        return LINE_AS_IS;
    bool lost = false, high = false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c != '\0' && c < 0x80) {
            buf_add(out, s + i, 1);
            continue;
        }
        high = true;
        const char *u = cs->may_be_bytes && c != '\0' ? cs->high[c - 0x80] : "";
        bool bad = u[0] == '\0' || (cs->may_be_utf8 && is_foreign(s, len, i));
        lost |= bad;
        buf_adds(out, bad ? "\xEF\xBF\xBD" : u);
    }
    if (!high) /* pure ASCII in a forced encoding: nothing was converted */
        return LINE_CONVERTED;
    return lost ? LINE_UNREADABLE : LINE_CONVERTED;
}
