/* How far the sheets of a project lie apart: for display only. */
#include "core/panel/spread.h"

#include <math.h>

double spread_sd(const struct panel *p, const struct scores *s, size_t project)
{
    double n = (double)s->project[project].counted;
    double mean = 100.0 * (double)s->project[project].num / (double)s->den;
    double sum = 0;
    if (n < 2)
        return NAN;
    for (size_t m = 0; m < p->members; m++) {
        const struct sheet *sheet = &s->sheet[project * p->members + m];
        if (sheet->state != SHEET_COUNTED)
            continue;
        double y = 100.0 * (double)sheet->total / (double)s->sheet_max;
        sum += (y - mean) * (y - mean);
    }
    return sqrt(sum / (n - 1));
}
