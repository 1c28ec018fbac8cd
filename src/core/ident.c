/* Identifiers. Rules: INSEE's key for SIREN and SIRET (Luhn, and La Poste's
 * exception), the shape of RNA numbers as the State's own tools accept it. */
#include "core/ident.h"
#include "base/i18n.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Copies `s` without spaces of any kind and without ASCII `drop` bytes;
 * false when it does not fit. */
static bool squeeze(const char *s, const char *drop, char *out, size_t size)
{
    size_t len = 0;
    while (*s != '\0') {
        size_t n = text_space(s);
        if (n > 0 || strchr(drop, *s) != NULL) {
            s += n > 0 ? n : 1;
            continue;
        }
        if (len + 1 >= size)
            return false;
        out[len++] = *s++;
    }
    out[len] = '\0';
    return true;
}

bool ident_is_rounded(const char *s)
{
    s += strspn(s, "0123456789");
    if (*s == '.' || *s == ',')
        s += 1 + strspn(s + 1, "0123456789");
    return strncasecmp(s, "e+", 2) == 0 && s[2] != '\0' &&
           strspn(s + 2, "0123456789") == strlen(s + 2);
}

static bool luhn(const char *digits, size_t n)
{
    int sum = 0;
    for (size_t i = 0; i < n; i++) {
        int d = digits[n - 1 - i] - '0';
        if (i % 2 == 1)
            d = d > 4 ? 2 * d - 9 : 2 * d;
        sum += d;
    }
    return sum % 10 == 0;
}

static bool siret_key_ok(const char *s)
{
    int sum = 0;
    for (int i = 0; i < 14; i++)
        sum += s[i] - '0';
    if (sum == 0)
        return false;
    if (strncmp(s, "356000000", 9) == 0 && sum % 5 == 0)
        return true;
    return luhn(s, 14) && luhn(s, 9);
}

/* Takes off an Excel number's ".0", ".00" or ",0". */
static void drop_zero_decimals(char *s)
{
    char *mark = strpbrk(s, ".,");
    if (mark != NULL && mark[1] != '\0' &&
        strspn(mark + 1, "0") == strlen(mark + 1))
        *mark = '\0';
}

/* Puts the leading zeros back; false when the result is no SIRET. */
static bool pad_siret(const char *digits, size_t n, char out[SIRET_LEN])
{
    memset(out, '0', 14 - n);
    memcpy(out + 14 - n, digits, n + 1);
    return siret_key_ok(out);
}

enum status siret_parse(const char *s, char out[SIRET_LEN], bool *repaired,
                        struct err *e)
{
    char clean[40];
    if (repaired != NULL)
        *repaired = false;
    if (!squeeze(s, "'\"-", clean, sizeof clean))
        clean[0] = '\0';
    if (strpbrk(clean, "eE") != NULL && strchr(clean, '+') != NULL)
        return err_set(e, ST_BAD_DATA,
                       _("SIRET \"%s\" was rounded by the spreadsheet and its "
                         "digits are lost: ask for the full number"),
                       s);
    drop_zero_decimals(clean);
    size_t n = strlen(clean);
    if (n == 0 || strspn(clean, "0123456789") != n)
        return err_set(e, ST_BAD_DATA, _("SIRET \"%s\" is not 14 digits"), s);
    if (n == 9)
        return err_set(e, ST_BAD_DATA,
                       _("\"%s\" is a SIREN (9 digits): the SIRET has 14, ask "
                         "for the 5 digits of the establishment"),
                       s);
    if (n == 14 && siret_key_ok(clean)) {
        memcpy(out, clean, SIRET_LEN);
        return ST_OK;
    }
    if (n >= 10 && n < 14 && pad_siret(clean, n, out)) {
        if (repaired != NULL)
            *repaired = true;
        return ST_OK;
    }
    if (n == 14)
        return err_set(e, ST_BAD_DATA,
                       _("SIRET \"%s\" has a wrong check digit: compare it "
                         "with the application"),
                       s);
    return err_set(e, ST_BAD_DATA, _("SIRET \"%s\" has %zu digits, not 14"), s,
                   n);
}

enum status rna_parse(const char *s, char out[RNA_LEN], struct err *e)
{
    char clean[40];
    bool ok = squeeze(s, "", clean, sizeof clean) && strlen(clean) == 10;
    for (int i = 0; ok && i < 10; i++) {
        if (clean[i] >= 'a' && clean[i] <= 'z')
            clean[i] = (char)(clean[i] - 32);
        bool upper = clean[i] >= 'A' && clean[i] <= 'Z';
        ok = i == 0   ? clean[i] == 'W'
             : i == 2 ? is_digit(clean[i]) || upper
                      : is_digit(clean[i]);
    }
    if (!ok)
        return err_set(e, ST_BAD_DATA,
                       _("RNA number \"%s\" is not W and 9 digits"), s);
    memcpy(out, clean, RNA_LEN);
    return ST_OK;
}

bool rna_is_publishable(const char *rna)
{
    return strlen(rna) == 10 && rna[0] == 'W' &&
           strspn(rna + 1, "0123456789") == 9;
}

enum status email_check(const char *s, struct err *e)
{
    const char *at = strchr(s, '@');
    bool ok = at != NULL && at != s && strchr(at + 1, '@') == NULL &&
              strpbrk(s, " \t,:;<>\"") == NULL && strlen(s) <= 254;
    const char *dot = ok ? strrchr(at + 1, '.') : NULL;
    if (dot == NULL || dot == at + 1 || dot[1] == '\0')
        return err_set(e, ST_BAD_DATA, _("\"%s\" is not an e-mail address"), s);
    return ST_OK;
}

/* The nine digits behind France's prefix, which "(0)" may follow and a
 * spreadsheet may have left without its "+"; NULL: not such a number. */
static const char *french_part(const char *digits)
{
    if (strncmp(digits, "33", 2) != 0)
        return NULL;
    const char *p = digits + 2 + (digits[2] == '0');
    return strlen(p) == 9 && *p != '0' ? p : NULL;
}

enum status phone_parse(const char *s, char out[PHONE_LEN], struct err *e)
{
    char clean[40];
    size_t whole = strspn(s, "0123456789"); /* "327000000.0": a number's text */
    bool number = strcmp(s + whole, ".0") == 0 || strcmp(s + whole, ",0") == 0;
    bool ok = squeeze(s, ".,-()/'", clean, sizeof clean);
    if (ok && number)
        clean[strlen(clean) - 1] = '\0';
    const char *p = clean;
    bool abroad = ok && (*p == '+' || strncmp(p, "00", 2) == 0);
    if (abroad)
        p += *p == '+' ? 1 : 2;
    size_t n = ok ? strlen(p) : 0;
    ok = ok && strspn(p, "0123456789") == n;
    const char *french = ok ? french_part(p) : NULL;
    if (french != NULL) {
        out[0] = '0';
        memcpy(out + 1, french, 10);
        return ST_OK;
    }
    if (ok && abroad && n >= 8 && n <= 15) {
        out[0] = '+';
        memcpy(out + 1, p, n + 1);
        return ST_OK;
    }
    if (ok && !abroad && ((n == 10 && *p == '0') || (n == 9 && *p != '0'))) {
        out[0] = '0';
        memcpy(out + (n == 9), p, n + 1);
        return ST_OK;
    }
    return err_set(e, ST_BAD_DATA, _("\"%s\" is not a phone number"), s);
}
