/* Values as cells show them. */
#include "report/show.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/terms.h"
#include "base/text.h"
#include "core/day.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Excel counts days from 1899-12-30, which is this many before 1970. */
#define EXCEL_EPOCH 25569
/* 1900-03-01: Excel takes 1900 for a leap year, and has nothing before it. */
#define EXCEL_FIRST 61
/* Letters of a text against the digits that Excel measures columns with. */
#define MEAN_CHARACTER 0.87

const char *show_term(const char *text)
{
    return text != NULL && *text != '\0' ? gettext(text) : "";
}

/* Whether `s` has the form of `shape`, in which 0 stands for a digit. */
static bool has_shape(const char *s, const char *shape)
{
    for (; *shape != '\0'; s++, shape++)
        if (*shape == '0' ? !isdigit((unsigned char)*s) : *s != *shape)
            return false;
    return *s == '\0';
}

/* Excel's serial of "2026-03-15" or "2026-03-15 23:59"; false where it has
 * none. */
static bool day_serial(const char *s, double *out)
{
    char t[MINUTE_LEN];
    if ((!has_shape(s, "0000-00-00 00:00") && !has_shape(s, "0000-00-00")) ||
        minute_parse(s, "00:00", t, NULL) != ST_OK)
        return false;
    *out = (double)(minute_number(t) + EXCEL_EPOCH * 1440) / 1440.0;
    return *out >= EXCEL_FIRST;
}

/* What a stored integer of this format is divided by. */
static double unit_of(enum column_format format)
{
    switch (format) {
    case COLUMN_MONEY:
    case COLUMN_SCORE:
        return 100.0;
    case COLUMN_MARK:
    case COLUMN_MEAN:
        return 1000.0;
    case COLUMN_PERCENT:
        return 10000.0;
    default:
        return 1.0;
    }
}

static bool is_textual(enum column_format format)
{
    return format == COLUMN_BY_NAME || format == COLUMN_TEXT ||
           format == COLUMN_WRAP || format == COLUMN_TERM;
}

static struct shown show_text(enum column_format format, const char *s)
{
    double serial = 0;
    if ((format == COLUMN_DATE || format == COLUMN_TIME) &&
        day_serial(s, &serial))
        return (struct shown){.kind = SHOWN_NUMBER, .number = serial};
    if (*s == '\0')
        return (struct shown){.kind = SHOWN_BLANK};
    if (format == COLUMN_TERM)
        return (struct shown){.kind = SHOWN_TEXT, .text = term_text(s)};
    if (is_textual(format))
        return (struct shown){.kind = SHOWN_TEXT, .text = s};
    return (struct shown){.kind = SHOWN_WORD, .text = term_text(s)};
}

struct shown show_value(enum column_format format, const struct value *v)
{
    switch (v->kind) {
    case VALUE_INT:
        return (struct shown){.kind = SHOWN_NUMBER,
                              .number = (double)v->as.i / unit_of(format)};
    case VALUE_REAL:
        return (struct shown){.kind = SHOWN_NUMBER,
                              .number = v->as.d / unit_of(format)};
    case VALUE_TEXT:
        return show_text(format, v->as.s);
    case VALUE_NULL:
        break;
    }
    return (struct shown){.kind = SHOWN_BLANK};
}

enum xlsx_number show_number(enum column_format format)
{
    switch (format) {
    case COLUMN_INTEGER:
        return XLSX_INTEGER;
    case COLUMN_MONEY:
        return XLSX_MONEY;
    case COLUMN_SCORE:
    case COLUMN_MEAN:
        return XLSX_SCORE;
    case COLUMN_PERCENT:
        return XLSX_PERCENT;
    case COLUMN_DATE:
        return XLSX_DATE;
    case COLUMN_TIME:
        return XLSX_MINUTE;
    case COLUMN_TEXT:
        return XLSX_TEXT;
    default:
        return XLSX_GENERAL;
    }
}

int show_width(enum column_format format, const struct shown *s)
{
    if (s->kind == SHOWN_BLANK)
        return 0;
    if (s->kind != SHOWN_NUMBER)
        return text_width(s->text);
    if (format == COLUMN_DATE)
        return 11;
    if (format == COLUMN_TIME)
        return 17;
    int digits = snprintf(NULL, 0, "%.0f", fabs(s->number));
    int grouped = digits + (digits - 1) / 3;
    switch (format) {
    case COLUMN_MONEY:
        return grouped + 6; /* ",00 €" and a sign */
    case COLUMN_SCORE:
    case COLUMN_MARK:
    case COLUMN_MEAN:
        return digits + 4;
    case COLUMN_PERCENT:
        return 8;
    default:
        return grouped + 1;
    }
}

int show_longest_word(const char *text)
{
    int longest = 0;
    while (*text != '\0') {
        size_t len = strcspn(text, " \n");
        char *word = xstrndup(text, len);
        int w = text_width(word);
        longest = w > longest ? w : longest;
        free(word);
        text += len;
        text += strspn(text, " \n");
    }
    return longest;
}

int show_lines(const char *text, double width)
{
    int lines = 1;
    double used = 0;
    /* no character takes more columns than bytes */
    size_t bytes = strlen(text);
    if ((double)bytes <= width && memchr(text, '\n', bytes) == NULL)
        return 1;
    while (*text != '\0') {
        if (*text == '\n') {
            lines++;
            used = 0;
            text++;
            continue;
        }
        char word[256];
        size_t len = text_cut(text, strcspn(text, " \n"));
        size_t kept = text_cut(text, len < sizeof word ? len : sizeof word - 1);
        memcpy(word, text, kept);
        word[kept] = '\0';
        double w = text_width(word) * MEAN_CHARACTER;
        if (used > 0 && used + w > width) {
            lines++;
            used = 0;
        }
        if (w > width) /* a word that is cut over several lines */
            lines += (int)(w / width);
        used += w + MEAN_CHARACTER;
        text += kept > 0 ? kept : 1;
        if (*text == ' ')
            text++;
    }
    return lines;
}
