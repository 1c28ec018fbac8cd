/* Text: UTF-8, widths, and the folded key by which names are compared. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether `len` bytes are valid UTF-8 (NUL bytes are not). */
bool text_is_utf8(const char *s, size_t len);

/* The largest n <= max that does not cut a character of `s` (at least `max`
 * bytes long or terminated before). */
size_t text_cut(const char *s, size_t max);

/* Terminal columns that `s` takes; invalid bytes count one each. */
int text_width(const char *s);

/* The key by which two spellings of a name are equal: no case, no accents,
 * ligatures open, anything but letters and digits a single space, none at
 * the ends; the caller frees. "L'Éclat  (Maubeuge)" -> "l eclat maubeuge".
 * Invalid UTF-8 gives an empty key. */
char *text_key(const char *s);

/* Whether two texts have the same key. */
bool text_same(const char *a, const char *b);

/* text_key without any space at all: for headings and codes. */
char *text_key_tight(const char *s);

/* Removes in place white space at both ends, no-break spaces included, and
 * returns `s`. */
char *text_trim(char *s);

/* A valid copy on one line: control characters become spaces; the caller
 * frees. For what goes to a terminal or into one cell of a list. */
char *text_one_line(const char *s);

/* Replaces in place what would steer a terminal (control characters other
 * than line ends) by "?", and returns `s`. */
char *text_defuse(char *s);

/* Length of the white space (ASCII, U+00A0, U+2009, U+202F, U+FEFF) that `s`
 * begins with, in bytes; 0 when it begins with something else. */
size_t text_space(const char *s);

/* The answer of a cell or an option, in either language ("oui", "x", "0"): 1
 * yes, 0 no, -1 neither. */
int text_answer(const char *s);

/* Likeness of two folded keys, 0 (nothing shared) to 100 (equal), by the
 * pairs of neighbouring letters they share (Dice's coefficient). */
int text_likeness(const char *key_a, const char *key_b);

#endif
