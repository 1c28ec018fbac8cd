/* Money: whole cents in int64_t. The accepted writings are those that French
 * Excel and the State's platforms produce. */
#include "core/money.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* What is left of an amount once everything that only decorates it is gone. */
struct bare {
    char digits[48]; /* digits with '.' and ',' as typed */
    size_t len;
    bool negative;
    bool odd; /* spaces that separate no thousands: "12 34" */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of the separator of thousands (space or apostrophe) at s, or 0. */
static size_t group_mark(const char *s)
{
    if (*s == '\'')
        return 1;
    if (strncmp(s, "\xE2\x80\x99", 3) == 0) /* right single quote */
        return 3;
    return text_space(s);
}

/* Bytes of a currency at s: the euro sign or EUR in any case; or 0. */
static size_t currency(const char *s)
{
    if (strncmp(s, "\xE2\x82\xAC", 3) == 0)
        return 3;
    if ((s[0] | 32) == 'e' && (s[1] | 32) == 'u' && (s[2] | 32) == 'r')
        return (s[3] | 32) == 'o' ? ((s[4] | 32) == 's' ? 5 : 4) : 3;
    return 0;
}

static size_t skip_marks(const char *s)
{
    size_t n, at = 0;
    while ((n = group_mark(s + at)) > 0)
        at += n;
    return at;
}

/* Strips sign, parentheses, currency and separators of thousands; false when
 * something else than digits, '.' and ',' is left. */
static bool strip(const char *s, struct bare *b)
{
    bool paren = false;
    *b = (struct bare){.len = 0};
    s += skip_marks(s);
    if (*s == '(') {
        paren = b->negative = true;
        s++;
    } else if (*s == '-') {
        b->negative = true;
        s++;
    } else if (strncmp(s, "\xE2\x88\x92", 3) == 0) { /* minus sign */
        b->negative = true;
        s += 3;
    }
    s += skip_marks(s);
    size_t run = 0; /* digits since the last space */
    bool grouped = false, decimals = false;
    while (*s != '\0') {
        size_t n = skip_marks(s);
        if (n > 0 && is_digit(s[n])) {
            b->odd |= decimals || (grouped ? run != 3 : run > 3);
            grouped = true;
            run = 0;
        } else if (n == 0 && (is_digit(*s) || *s == '.' || *s == ',')) {
            if (b->len + 1 >= sizeof b->digits)
                return false;
            decimals |= !is_digit(*s);
            run += !decimals;
            b->digits[b->len++] = *s++;
        } else if (n == 0) {
            break;
        }
        s += n;
    }
    b->odd |= grouped && run != 3;
    s += currency(s);
    s += skip_marks(s);
    if (paren && *s++ != ')')
        return false;
    s += skip_marks(s);
    s += currency(s);
    b->digits[b->len] = '\0';
    return *s == '\0' && b->len > 0;
}

/* True when every run between `mark`s after the first has three digits. */
static bool grouped_by(const char *s, const char *end, char mark)
{
    const char *p = s;
    while (p < end && is_digit(*p))
        p++;
    if (p == s || p - s > 3)
        return false;
    while (p < end) {
        if (*p++ != mark)
            return false;
        for (int i = 0; i < 3; i++, p++)
            if (p >= end || !is_digit(*p))
                return false;
    }
    return true;
}

static bool only_digits(const char *s, const char *end)
{
    for (; s < end; s++)
        if (!is_digit(*s))
            return false;
    return true;
}

/* Finds the decimal mark of "1.234,56", "1,234.56", "1234,5" or "1234.5":
 * a pointer to it, or the end of the digits. NULL when there is no sense. */
static const char *decimal_mark(const struct bare *b, bool *ambiguous)
{
    const char *s = b->digits, *end = s + b->len;
    const char *dot = strrchr(s, '.'), *comma = strrchr(s, ',');
    *ambiguous = false;
    if (dot == NULL && comma == NULL)
        return end;
    if (dot != NULL && comma != NULL) {
        const char *mark = dot > comma ? dot : comma;
        char other = *mark == '.' ? ',' : '.';
        return grouped_by(s, mark, other) ? mark : NULL;
    }
    const char *mark = dot != NULL ? dot : comma;
    if (memchr(s, *mark, (size_t)(mark - s)) != NULL) /* 1.234.567 */
        return grouped_by(s, end, *mark) ? end : NULL;
    if (!only_digits(s, mark) || !only_digits(mark + 1, end))
        return NULL;
    /* 1,234 and 3.000: thousands, or three decimals? 0,250 has a cent too many
     * and says so itself. */
    *ambiguous = end - mark == 4 && mark - s <= 3 && *s != '0';
    return mark;
}

/* Adds a digit to an amount; false past MONEY_MAX. */
static bool push(int64_t *v, char digit)
{
    *v = *v * 10 + (digit - '0');
    return *v <= MONEY_MAX;
}

/* Cents of the digits around `mark`; -1 too many decimals, -2 too large. */
static int64_t cents_of(const struct bare *b, const char *mark)
{
    const char *end = b->digits + b->len;
    int64_t v = 0;
    for (const char *p = b->digits; p < mark; p++)
        if (is_digit(*p) && !push(&v, *p))
            return -2;
    const char *p = mark < end ? mark + 1 : end;
    for (int i = 0; i < 2; i++)
        if (!push(&v, p < end ? *p++ : '0'))
            return -2;
    for (; p < end; p++)
        if (*p != '0')
            return -1;
    return v;
}

enum status money_parse(const char *s, int64_t *cents, struct err *e)
{
    struct bare b;
    bool ambiguous = false;
    const char *mark = strip(s, &b) ? decimal_mark(&b, &ambiguous) : NULL;
    if (mark == NULL || (mark == b.digits && b.len == 1))
        return err_set(e, ST_BAD_DATA,
                       _("\"%s\" is not an amount in euros (type 3000 or "
                         "3000,50)"),
                       s);
    if (ambiguous || b.odd)
        return err_set(e, ST_BAD_DATA,
                       _("\"%s\" can be read in two ways: type the amount "
                         "without a separator of thousands"),
                       s);
    int64_t v = cents_of(&b, mark);
    if (v == -1)
        return err_set(e, ST_BAD_DATA,
                       _("\"%s\" has more than two decimals: an amount is in "
                         "whole cents"),
                       s);
    if (v < 0)
        return err_set(e, ST_BAD_DATA, _("\"%s\" is too large"), s);
    *cents = b.negative ? -v : v;
    return ST_OK;
}

enum status decimal_parse(const char *s, int decimals, int64_t *out,
                          struct err *e)
{
    const char *p = s;
    bool negative = *p == '-', point = false, any = false;
    int64_t v = 0;
    int left = decimals;
    for (p += negative; *p != '\0'; p++) {
        if ((*p == '.' || *p == ',') && !point) {
            point = true;
        } else if (is_digit(*p) && (!point || left > 0 || *p == '0')) {
            any = true;
            if (!point || left > 0)
                v = v * 10 + (*p - '0');
            left -= point && left > 0;
        } else {
            break;
        }
        if (v > MONEY_MAX)
            break;
    }
    for (; left > 0 && v <= MONEY_MAX; left--)
        v *= 10;
    if (v > MONEY_MAX)
        return err_set(e, ST_BAD_DATA, _("\"%s\" is too large"), s);
    if (*p != '\0' || !any) {
        if (decimals == 0)
            return err_set(e, ST_BAD_DATA, _("\"%s\" is not a whole number"),
                           s);
        return err_set(e, ST_BAD_DATA,
                       _("\"%s\" is not a number with at most %d decimals"), s,
                       decimals);
    }
    *out = negative ? -v : v;
    return ST_OK;
}

/* Digits of |v| into the end of `tmp`, grouped by three with `group` ("" for
 * none) before `decimals` digits after `mark`; the start of the text. */
static char *digits_of(int64_t v, int decimals, const char *mark,
                       const char *group, char tmp[64])
{
    uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
    char *p = tmp + 63;
    *p = '\0';
    for (int i = 0; u > 0 || i <= decimals; i++, u /= 10) {
        if (i == decimals && decimals > 0)
            p -= strlen(mark), memcpy(p, mark, strlen(mark));
        else if (i > decimals && (i - decimals) % 3 == 0)
            p -= strlen(group), memcpy(p, group, strlen(group));
        *--p = (char)('0' + u % 10);
    }
    if (v < 0)
        *--p = '-';
    return p;
}

static bool in_french(void)
{
    return strcmp(i18n_lang(), "fr") == 0;
}

const char *money_text(int64_t cents, char out[MONEY_LEN])
{
    char tmp[64];
    bool french = in_french();
    const char *p = french ? digits_of(cents, 2, ",", "\xC2\xA0", tmp)
                           : digits_of(cents, 2, ".", ",", tmp);
    size_t sign = 0;
    if (french && *p == '-') { /* a minus: a hyphen is lost before digits */
        memcpy(out, "\xE2\x88\x92", sign = 3);
        p++;
    }
    strncpy(out + sign, p, MONEY_LEN - 6 - sign);
    out[MONEY_LEN - 6] = '\0';
    memcpy(out + strlen(out), "\xC2\xA0\xE2\x82\xAC", 6);
    return out;
}

const char *money_plain(int64_t cents, char out[MONEY_LEN])
{
    char tmp[64];
    strncpy(out, digits_of(cents, 2, ".", "", tmp), MONEY_LEN - 1);
    out[MONEY_LEN - 1] = '\0';
    return out;
}

const char *hundredths_text(int64_t v, char out[MONEY_LEN])
{
    money_plain(v, out);
    char *point = strchr(out, '.');
    if (in_french())
        *point = ',';
    return out;
}

static const char *decimal_with(int64_t v, int decimals, const char *mark,
                                char out[DECIMAL_LEN])
{
    char tmp[64];
    strncpy(out, digits_of(v, decimals, mark, "", tmp), DECIMAL_LEN - 1);
    out[DECIMAL_LEN - 1] = '\0';
    if (decimals > 0) {
        char *end = out + strlen(out);
        while (end[-1] == '0')
            *--end = '\0';
        if (end[-1] == *mark)
            *--end = '\0';
    }
    return out;
}

const char *decimal_text(int64_t v, int decimals, char out[DECIMAL_LEN])
{
    return decimal_with(v, decimals, in_french() ? "," : ".", out);
}

const char *decimal_plain(int64_t v, int decimals, char out[DECIMAL_LEN])
{
    return decimal_with(v, decimals, ".", out);
}

int64_t round_to_unit(int64_t cents, int64_t unit)
{
    return cents - cents % unit;
}

int64_t floor_to_unit(int64_t floor, int64_t request, int64_t unit)
{
    int64_t up = round_to_unit(floor + unit - 1, unit);
    return up < request ? up : request;
}
