/* Identifiers of associations and places: SIRET, RNA, e-mail, phone. */
#ifndef CORE_IDENT_H
#define CORE_IDENT_H

#include "base/err.h"

#include <stdbool.h>

#define SIRET_LEN 15
#define RNA_LEN 11

/* Cleans and checks a SIRET: 14 digits, the Luhn key on all of them and on
 * the SIREN, La Poste's own rule (digits add up to a multiple of 5). Spaces,
 * quotes, dots and an Excel ".0" are taken off; 10 to 13 digits get back
 * their leading zeros when the result is valid (`*repaired` then true; may be
 * NULL). Numbers that Excel rounded (2,43E+13) are refused, never guessed.
 * ST_BAD_DATA with the reason on refusal. */
enum status siret_parse(const char *s, char out[SIRET_LEN], bool *repaired,
                        struct err *e);

/* Cleans and checks an RNA number (W, a digit, a digit or letter, 7 digits).
 */
enum status rna_parse(const char *s, char out[RNA_LEN], struct err *e);

/* Whether the RNA fits SCDL's pattern (W and 9 digits). */
bool rna_is_publishable(const char *rna);

/* One "@", no space, a dot in the domain, at most 254 bytes. */
enum status email_check(const char *s, struct err *e);

/* Cleans a French phone number into 0xxxxxxxxx or +xx…; 9 digits that begin
 * with 1 to 9 get back the zero that Excel ate. */
#define PHONE_LEN 20
enum status phone_parse(const char *s, char out[PHONE_LEN], struct err *e);

/* Whether a number is what Excel leaves of one that was too wide, "2,43E+13":
 * many numbers are written like that, so that it tells none of them. */
bool ident_is_rounded(const char *text);

#endif
