/* 128-bit integers for intermediate products: fractions of this program are
 * compared and rounded without ever losing a digit. */
#ifndef CORE_WIDE_H
#define CORE_WIDE_H

#include <stdint.h>

__extension__ typedef __int128 wide;

/* No denominator is larger, so that sums of two still fit an int64_t. */
#define WIDE_LIMIT ((wide)1 << 62)

/* The sign of a * b - c * d, exactly. */
static inline int compare_products(int64_t a, int64_t b, int64_t c, int64_t d)
{
    wide x = (wide)a * b, y = (wide)c * d;
    return (x > y) - (x < y);
}

/* num * scale / den, rounded half up; for num >= 0, den > 0. */
static inline int64_t round_share(int64_t num, int64_t scale, int64_t den)
{
    return (int64_t)(((wide)num * scale * 2 + den) / ((wide)den * 2));
}

#endif
