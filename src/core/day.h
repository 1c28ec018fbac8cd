/* Days and times: real ones, as ISO text, in local time (Europe/Paris). */
#ifndef CORE_DAY_H
#define CORE_DAY_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

#define DAY_LEN 11    /* "2026-03-15" and its NUL */
#define MINUTE_LEN 17 /* "2026-03-15 23:59" and its NUL */

/* Reads 2026-03-15, 15/03/2026, 15-03-2026, 15.03.2026 or 15/03/26 (20yy),
 * with a time behind it ignored, into ISO form. Days that do not exist
 * (30 February, month 30) are refused. ST_BAD_DATA on refusal. */
enum status day_parse(const char *s, char out[DAY_LEN], struct err *e);

/* day_parse that also takes the serial numbers of Excel (43655 is
 * 2019-07-09): for cells of files, never for what is typed. */
enum status day_parse_cell(const char *s, char out[DAY_LEN], struct err *e);

/* Reads a day with an optional time 9:00, 09:00, 09:00:00, 9h or 9h30 after
 * a space, a T or "à"; without one the time is `default_time` ("23:59").
 * Seconds are dropped; a time with an offset (Z, +0200) becomes that of Paris.
 * 24:00 is refused. The hour that the last Sunday of March leaves out is taken:
 * files without an offset hold it, and it stands between 01:59 and 03:00. */
enum status minute_parse(const char *s, const char *default_time,
                         char out[MINUTE_LEN], struct err *e);
/* The same for cells: Excel's serials, with a fraction for the time, too. */
enum status minute_parse_cell(const char *s, const char *default_time,
                              char out[MINUTE_LEN], struct err *e);

/* The system clock as "YYYY-MM-DD HH:MM" in Europe/Paris. */
void minute_now(char out[MINUTE_LEN]);

/* A day or a minute for people, in the language in force: "15/03/2026" or
 * "15/03/2026 23:59" in French, ISO otherwise; text of another form comes
 * back as it is. `out` has at least MINUTE_LEN bytes. */
const char *minute_text(const char *iso, char out[MINUTE_LEN]);

/* The same for when a project came in: a day alone is kept as its first minute,
 * and shown without it. */
const char *receipt_text(const char *iso, char out[MINUTE_LEN]);

/* Days since 1970-01-01 of a valid ISO day, and back. */
int64_t day_number(const char *iso);
/* Minutes since 1970-01-01 00:00 of a valid ISO minute. */
int64_t minute_number(const char *iso);
void day_from_number(int64_t n, char out[DAY_LEN]);

#endif
