/* Exact arithmetic: 128-bit integers for intermediate products, so that
 * fractions are compared and rounded without ever losing a digit; and common
 * divisors. */
#ifndef CORE_WIDE_H
#define CORE_WIDE_H

#include <stdint.h>

__extension__ typedef __int128 wide;

/* No denominator is larger, so that sums of two still fit an int64_t. */
#define WIDE_LIMIT ((wide)1 << 62)

/* A fraction, den > 0. */
struct frac {
    int64_t num, den;
};

/* The sign of a * b - c * d, exactly. */
static inline int compare_products(int64_t a, int64_t b, int64_t c, int64_t d)
{
    wide x = (wide)a * b, y = (wide)c * d;
    return (x > y) - (x < y);
}

/* The greatest common divisor, of 0 and x being x. */
static inline int64_t gcd(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static inline wide wide_gcd(wide a, wide b)
{
    while (b != 0) {
        wide rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* num * scale / den, rounded half up; for num >= 0, den > 0. */
static inline int64_t round_share(int64_t num, int64_t scale, int64_t den)
{
    return (int64_t)(((wide)num * scale * 2 + den) / ((wide)den * 2));
}

#endif
