/* Days and times: real ones, as ISO text, in local time (Europe/Paris). */
#include "core/day.h"
#include "base/i18n.h"
#include "base/text.h"
#include "core/money.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The rule of Europe/Paris itself, so that a machine without the time zone
 * files tells the same time. */
static const char PARIS[] = "CET-1CEST,M3.5.0,M10.5.0/3";

static int month_days(int y, int m)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return m == 2 && leap ? 29 : days[m - 1];
}

static bool is_real(int y, int m, int d)
{
    return y >= 1900 && y <= 2200 && m >= 1 && m <= 12 && d >= 1 &&
           d <= month_days(y, m);
}

static void put2(char *p, int v)
{
    p[0] = (char)('0' + v / 10 % 10);
    p[1] = (char)('0' + v % 10);
}

static void write_day(char out[DAY_LEN], int y, int m, int d)
{
    put2(out, y / 100);
    put2(out + 2, y % 100);
    out[4] = out[7] = '-';
    put2(out + 5, m);
    put2(out + 8, d);
    out[10] = '\0';
}

/* Reads 1 to `max` digits; the number of digits read. */
static int number_at(const char *s, int max, int *v)
{
    int n = 0;
    *v = 0;
    while (n < max && s[n] >= '0' && s[n] <= '9')
        *v = *v * 10 + (s[n++] - '0');
    return n;
}

/* Reads the day that `s` begins with; the bytes read, or 0. */
static size_t day_at(const char *s, char out[DAY_LEN])
{
    int a, b, c;
    int na = number_at(s, 4, &a);
    char sep = s[na];
    if (na == 0 || (sep != '-' && sep != '/' && sep != '.'))
        return 0;
    int nb = number_at(s + na + 1, 2, &b);
    const char *third = s + na + 1 + nb;
    if (nb == 0 || *third != sep)
        return 0;
    int nc = number_at(third + 1, 4, &c);
    int y = na == 4 ? a : c, d = na == 4 ? c : a;
    if (na == 4 ? nc != 2 || nb != 2 || sep != '-' : na > 2)
        return 0;
    if (na != 4 && nc == 2) /* as Excel reads two digits */
        y += y < 30 ? 2000 : 1900;
    else if (na != 4 && nc != 4)
        return 0;
    if (!is_real(y, b, d))
        return 0;
    write_day(out, y, b, d);
    return (size_t)(third + 1 + nc - s);
}

/* An offset from UTC in minutes: "Z", "UTC", "+0100", "+01:00", "-5"; the
 * bytes read, 0 when there is none. */
static size_t offset_at(const char *s, int *minutes)
{
    *minutes = 0;
    if (*s == 'Z')
        return 1;
    if (strncmp(s, "UTC", 3) == 0)
        return 3;
    if (*s != '+' && *s != '-')
        return 0;
    int h, m;
    size_t n = 1 + (size_t)number_at(s + 1, 2, &h);
    n += s[n] == ':';
    n += (size_t)number_at(s + n, 2, &m);
    *minutes = (h * 60 + m) * (*s == '-' ? -1 : 1);
    return n;
}

/* Moves `minute`, at an offset from UTC, to the time of Paris. */
static void to_paris(char minute[MINUTE_LEN], int offset)
{
    int h, m;
    struct tm tm;
    number_at(minute + 11, 2, &h);
    number_at(minute + 14, 2, &m);
    time_t t = (time_t)(day_number(minute) * 1440 + h * 60 + m - offset) * 60;
    setenv("TZ", PARIS, 1);
    tzset();
    localtime_r(&t, &tm);
    strftime(minute, MINUTE_LEN, "%Y-%m-%d %H:%M", &tm);
}

/* Reads "9:00", "09:00:00 +0100", "9h", "9h30" to the end behind the day that
 * stands in `out`; false otherwise. */
static bool time_at(const char *s, char out[MINUTE_LEN])
{
    int h, m = 0, offset;
    int n = number_at(s, 2, &h);
    char mark = (char)(s[n] | 32);
    if (n == 0 || h > 23 || (s[n] != ':' && mark != 'h'))
        return false;
    s += n + 1;
    int nm = number_at(s, 2, &m);
    if (m > 59 || (nm != 2 && !(nm == 0 && mark == 'h')))
        return false;
    s += nm;
    for (const char *part = ":."; *part != '\0'; part++) /* seconds */
        if (*s == *part)
            s += 1 + strspn(s + 1, "0123456789");
    put2(out + 11, h);
    out[13] = ':';
    put2(out + 14, m);
    out[16] = '\0';
    while (text_space(s) > 0)
        s += text_space(s);
    size_t told = offset_at(s, &offset);
    if (told > 0)
        to_paris(out, offset);
    s += told;
    while (text_space(s) > 0)
        s += text_space(s);
    return *s == '\0';
}

/* Bytes of what may stand between a day and its time: spaces, T, "à". */
static size_t time_gap(const char *s)
{
    if (*s == 'T')
        return 1;
    return strncmp(s, "\xC3\xA0", 2) == 0 ? 2 : text_space(s);
}

static enum status no_day(const char *s, struct err *e)
{
    return err_set(e, ST_BAD_DATA,
                   _("\"%s\" is not a day of the calendar (type 2026-03-15 or "
                     "15/03/2026)"),
                   s);
}

enum status minute_parse(const char *s, const char *default_time,
                         char out[MINUTE_LEN], struct err *e)
{
    const char *p = s;
    while (text_space(p) > 0)
        p += text_space(p);
    size_t n = day_at(p, out);
    if (n == 0)
        return no_day(s, e);
    p += n;
    out[10] = ' ';
    memcpy(out + 11, default_time, 6);
    bool gap = false;
    for (size_t step; (step = time_gap(p)) > 0; p += step)
        gap = true;
    if (*p != '\0' && (!gap || !time_at(p, out)))
        return err_set(e, ST_BAD_DATA,
                       _("\"%s\" is not a day and time (type \"2026-03-15 "
                         "23:59\")"),
                       s);
    return ST_OK;
}

enum status day_parse(const char *s, char out[DAY_LEN], struct err *e)
{
    char minute[MINUTE_LEN];
    if (minute_parse(s, "00:00", minute, NULL) != ST_OK)
        return no_day(s, e);
    memcpy(out, minute, 10);
    out[10] = '\0';
    return ST_OK;
}

/* A serial of Excel: days since 1899-12-30, with the time as a fraction.
 * Only 1955 to 2119 is believed: smaller numbers are hardly dates. */
static bool excel_serial(const char *s, char out[MINUTE_LEN])
{
    int64_t day = 0, part = 0; /* days, and millionths of one */
    size_t whole = strspn(s, "0123456789");
    const char *digits =
        s[whole] == '.' || s[whole] == ',' ? s + whole + 1 : s + whole;
    size_t places = strspn(digits, "0123456789");
    if (whole != 5 || digits[places] != '\0' ||
        (digits != s + whole && places == 0))
        return false;
    for (size_t i = 0; i < whole; i++)
        day = day * 10 + (s[i] - '0');
    for (size_t i = 0; i < 6; i++)
        part = part * 10 + (i < places ? digits[i] - '0' : 0);
    if (day < 20000 || day > 80000)
        return false;
    int64_t minutes = (part * 1440 + 500000) / 1000000;
    if (minutes == 1440) {
        minutes = 0;
        day++;
    }
    day_from_number(day - 25569, out);
    out[10] = ' ';
    put2(out + 11, (int)(minutes / 60));
    out[13] = ':';
    put2(out + 14, (int)(minutes % 60));
    out[16] = '\0';
    return true;
}

enum status minute_parse_cell(const char *s, const char *default_time,
                              char out[MINUTE_LEN], struct err *e)
{
    if (excel_serial(s, out)) {
        if (strpbrk(s, ".,") == NULL)
            memcpy(out + 11, default_time, 6);
        return ST_OK;
    }
    return minute_parse(s, default_time, out, e);
}

enum status day_parse_cell(const char *s, char out[DAY_LEN], struct err *e)
{
    char minute[MINUTE_LEN];
    if (!excel_serial(s, minute))
        return day_parse(s, out, e);
    memcpy(out, minute, 10);
    out[10] = '\0';
    return ST_OK;
}

void minute_now(char out[MINUTE_LEN])
{
    setenv("TZ", PARIS, 1);
    tzset();
    time_t now = time(NULL);
    struct tm tm;
    localtime_r(&now, &tm);
    strftime(out, MINUTE_LEN, "%Y-%m-%d %H:%M", &tm);
}

const char *minute_text(const char *iso, char out[MINUTE_LEN])
{
    size_t n = strlen(iso);
    strncpy(out, iso, MINUTE_LEN - 1);
    out[MINUTE_LEN - 1] = '\0';
    if ((n != 10 && n != 16) || strcmp(i18n_lang(), "fr") != 0)
        return out;
    memcpy(out, iso + 8, 2);
    memcpy(out + 3, iso + 5, 2);
    memcpy(out + 6, iso, 4);
    out[2] = out[5] = '/';
    return out;
}

const char *receipt_text(const char *iso, char out[MINUTE_LEN])
{
    minute_text(iso, out);
    if (strlen(out) == 16 && strcmp(out + 10, " 00:00") == 0)
        out[10] = '\0';
    return out;
}

/* Howard Hinnant's civil-day arithmetic: eras of 400 years from March. */
int64_t day_number(const char *iso)
{
    int y, m, d;
    number_at(iso, 4, &y);
    number_at(iso + 5, 2, &m);
    number_at(iso + 8, 2, &d);
    y -= m <= 2;
    int64_t era = y / 400, yoe = y % 400;
    int64_t doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

int64_t minute_number(const char *iso)
{
    int hour, minute;
    number_at(iso + 11, 2, &hour);
    number_at(iso + 14, 2, &minute);
    return day_number(iso) * 1440 + hour * 60 + minute;
}

void day_from_number(int64_t n, char out[DAY_LEN])
{
    n += 719468;
    int64_t era = n / 146097, doe = n % 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int m = (int)(mp < 10 ? mp + 3 : mp - 9);
    write_day(out, (int)(era * 400 + yoe + (m <= 2)), m,
              (int)(doy - (153 * mp + 2) / 5 + 1));
}
