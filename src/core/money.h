/* Money: whole cents in int64_t, read as people type it and shown as they
 * read it. */
#ifndef CORE_MONEY_H
#define CORE_MONEY_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

/* No amount of this program is larger: ten billion euros. Two of them added,
 * or one multiplied by 10 000, stay far inside int64_t. */
#define MONEY_MAX INT64_C(1000000000000)
#define MONEY_LEN 32 /* bytes that money_text and money_plain need */

/* Reads euros: "3000", "3 000,50", "1.234,56", "3000.50 EUR", "(5)", "-5",
 * with any kind of space or apostrophe between thousands, and a trailing euro
 * sign. Refused with a message that says what to type: empty text, more than
 * two decimals (zeros apart), "1,234" (thousands or decimals?), "3 k", and
 * anything past MONEY_MAX. ST_BAD_DATA on refusal. */
enum status money_parse(const char *s, int64_t *cents, struct err *e);

/* "3 000,50 €" or "3,000.50 €" in the language in force. No-break spaces. */
const char *money_text(int64_t cents, char out[MONEY_LEN]);

/* "3000.50": no grouping, no sign, decimal point: for machines. */
const char *money_plain(int64_t cents, char out[MONEY_LEN]);

/* "71.30" or "71,30": hundredths with both decimals, in the language in force,
 * for columns of scores. */
const char *hundredths_text(int64_t v, char out[MONEY_LEN]);

/* Reads a decimal number with at most `decimals` (<= 9) digits after the
 * point or comma, as an integer of 10^-decimals: ("12,5", 3) gives 12500.
 * No sign but "-", no grouping. ST_BAD_DATA otherwise or out of +/- 10^12. */
enum status decimal_parse(const char *s, int decimals, int64_t *out,
                          struct err *e);

/* The shortest writing of v / 10^decimals in the language in force, for
 * people (decimal comma in French): 12500, 3 gives "12,5". Returns out. */
#define DECIMAL_LEN 32
const char *decimal_text(int64_t v, int decimals, char out[DECIMAL_LEN]);
/* The same with a decimal point whatever the language. */
const char *decimal_plain(int64_t v, int decimals, char out[DECIMAL_LEN]);

/* `cents` rounded down to a multiple of the unit, and the least award rounded
 * up to one but never past the request. */
int64_t round_to_unit(int64_t cents, int64_t unit);
int64_t floor_to_unit(int64_t floor, int64_t request, int64_t unit);

#endif
