/* The making of sentences. */
#include "core/why/sentence.h"
#include "core/wide.h"

#include <string.h>

void say(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    if (b->len > 0)
        buf_adds(b, " ");
    va_start(ap, fmt);
    buf_addv(b, fmt, ap);
    va_end(ap);
}

struct figure score_figure(int64_t num, int64_t den)
{
    return (struct figure){num, den, 100};
}

static int64_t figure_round(struct figure f, int decimals,
                            enum rounding_mode mode)
{
    int64_t scale = f.scale;
    for (int d = 0; d < decimals; d++)
        scale *= 10;
    if (mode == NEAREST)
        return round_share(f.num, scale, f.den);
    wide up = mode == UPWARD ? f.den - 1 : 0;
    return (int64_t)(((wide)f.num * scale + up) / f.den);
}

const char *figure_text(struct figure f, int decimals, enum rounding_mode mode,
                        char out[DECIMAL_LEN])
{
    return decimal_text(figure_round(f, decimals, mode), decimals, out);
}

const char *figure_grouped(struct figure f, enum rounding_mode mode,
                           char out[MONEY_LEN])
{
    money_text(figure_round(f, 2, mode), out);
    *strstr(out, "\xC2\xA0\xE2\x82\xAC") = '\0';
    return out;
}

unsigned long plural_of(struct figure f, enum rounding_mode mode)
{
    int64_t hundredths = figure_round(f, 2, mode);
    return hundredths == 100 ? 1 : hundredths >= 200 ? 2 : 0;
}

int decimals_to_tell(struct figure a, struct figure b)
{
    int d = 2;
    while (d < 8 && figure_round(a, d, NEAREST) == figure_round(b, d, NEAREST))
        d++;
    return d < 8 ? d : 2;
}

const char *score_with(const struct plan *p, struct figure f, int decimals,
                       enum rounding_mode mode, char out[SCORE_LEN])
{
    if (p->panel.projects == 0)
        return figure_text(f, decimals, mode, out);
    if (decimals == 2)
        hundredths_text(figure_round(f, 2, mode), out);
    else
        figure_text(f, decimals, mode, out);
    memcpy(out + strlen(out), "/100", sizeof "/100");
    return out;
}
