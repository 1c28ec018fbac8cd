/* Money, days, identifiers and names: what is read, and its refused twins.
 * The SIRET, SIREN and RNA vectors were computed with INSEE's rule. */
#include "base/i18n.h"
#include "base/text.h"
#include "core/day.h"
#include "core/ident.h"
#include "core/money.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void euros(const char *text, int64_t cents)
{
    struct err e;
    int64_t got = -1;
    if (money_parse(text, &got, &e) != ST_OK)
        fail_msg("\"%s\": %s", text, e.msg);
    if (got != cents)
        fail_msg("\"%s\": %lld cents", text, (long long)got);
}

static void no_euros(const char *text)
{
    struct err e;
    int64_t got;
    if (money_parse(text, &got, &e) == ST_OK)
        fail_msg("\"%s\" was read as %lld cents", text, (long long)got);
    assert_non_null(strstr(e.msg, text));
}

static void amounts_are_read(void **state)
{
    (void)state;
    euros("3000", 300000);
    euros("3 000,50", 300050);
    euros("3000.50 €", 300050);
    euros("3\u00A0000,50\u00A0€", 300050);
    euros("12\u202F350\u2009000 EUR", 1235000000);
    euros("1.234,56", 123456);
    euros("1,234.56", 123456);
    euros("1.234.567", 123456700);
    euros("1'234,5", 123450);
    euros("258555.0", 25855500);
    euros("1234.500", 123450);
    euros("0,5", 50);
    euros("0,250", 25);
    euros(".5", 50);
    euros("-5", -500);
    euros("(5,25)", -525);
    euros("\u22125", -500);
    euros("  7 euros ", 700);
    euros("10000000000", 1000000000000);
}

static void other_amounts_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      " ",
                                      "abc",
                                      "3k",
                                      "3 k€",
                                      "1,234",
                                      "3.000",
                                      "12,345",
                                      "1,2,3",
                                      "1.23.4",
                                      "5,001",
                                      "--5",
                                      "5-",
                                      "(5",
                                      "1e3",
                                      "0x10",
                                      ",",
                                      "3000 $",
                                      "1.234,567",
                                      "10000000000,01",
                                      "99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        no_euros(bad[i]);
}

static void amounts_are_written(void **state)
{
    (void)state;
    char out[MONEY_LEN];
    i18n_document("fr");
    assert_string_equal(money_text(300050, out), "3\u00A0000,50\u00A0€");
    assert_string_equal(money_text(-123456789, out),
                        "\u22121\u00A0234\u00A0567,89\u00A0€");
    assert_string_equal(decimal_text(12500, 3, out), "12,5");
    assert_string_equal(hundredths_text(7130, out), "71,30");
    i18n_document("en");
    assert_string_equal(money_text(300050, out), "3,000.50\u00A0€");
    assert_string_equal(money_text(5, out), "0.05\u00A0€");
    assert_string_equal(money_plain(300050, out), "3000.50");
    assert_string_equal(decimal_text(-500, 3, out), "-0.5");
    assert_string_equal(decimal_text(0, 2, out), "0");
}

static void decimals_keep_their_places(void **state)
{
    (void)state;
    int64_t v;
    assert_int_equal(decimal_parse("12,5", 3, &v, NULL), ST_OK);
    assert_int_equal(v, 12500);
    assert_int_equal(decimal_parse("-0.25", 2, &v, NULL), ST_OK);
    assert_int_equal(v, -25);
    assert_int_equal(decimal_parse("010", 0, &v, NULL), ST_OK);
    assert_int_equal(v, 10);
    static const char *const bad[] = {
        "", "-", ".", "1.2345", "12x", " 1", "1 000", "1e3", "99999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(decimal_parse(bad[i], 3, &v, NULL), ST_BAD_DATA);
}

static void day_is(const char *text, const char *wanted)
{
    char out[DAY_LEN] = "";
    assert_int_equal(day_parse(text, out, NULL), ST_OK);
    assert_string_equal(out, wanted);
}

static void days_are_real(void **state)
{
    (void)state;
    char out[DAY_LEN];
    day_is("2026-03-15", "2026-03-15");
    day_is("15/03/2026", "2026-03-15");
    day_is("5/3/2026", "2026-03-05");
    day_is("15.03.26", "2026-03-15");
    day_is("15-03-2026", "2026-03-15");
    day_is(" 15/03/2026 12:00 ", "2026-03-15");
    day_is("2024-02-29", "2024-02-29");
    day_is("2000-02-29", "2000-02-29");
    static const char *const bad[] = {
        "2026-02-30", "2023-02-29", "2017-30-05", "30/02/2026",
        "2026/03/15", "15/03",      "15032026",   "NC",
        "",           "2026-3-5",   "32/01/2026", "43655",
        "15/03-2026", "1500-01-01", "1900-02-29", "2100-02-29"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (day_parse(bad[i], out, NULL) == ST_OK)
            fail_msg("\"%s\" was read as %s", bad[i], out);
    assert_int_equal(day_parse_cell("43655", out, NULL), ST_OK);
    assert_string_equal(out, "2019-07-09");
}

static void minute_is(const char *text, const char *wanted)
{
    char out[MINUTE_LEN] = "";
    if (minute_parse(text, "23:59", out, NULL) != ST_OK)
        fail_msg("\"%s\" was not read", text);
    assert_string_equal(out, wanted);
}

static void times_are_those_of_paris(void **state)
{
    (void)state;
    char out[MINUTE_LEN];
    minute_is("2026-03-15", "2026-03-15 23:59");
    minute_is("2026-03-15 9:05", "2026-03-15 09:05");
    minute_is("2026-03-15T17:00:30", "2026-03-15 17:00");
    minute_is("15/03/2026 à 17h30", "2026-03-15 17:30");
    minute_is("15/03/2026 17h", "2026-03-15 17:00");
    minute_is("2024-01-15 10:00:00 +0100", "2024-01-15 10:00");
    minute_is("2024-07-15 10:00:00 +0200", "2024-07-15 10:00");
    minute_is("2024-07-15T10:00:00Z", "2024-07-15 12:00");
    minute_is("2024-12-31 23:30 UTC", "2025-01-01 00:30");
    minute_is("2024-01-15 10:00 -05:00", "2024-01-15 16:00");
    minute_is("2026-03-29 02:30", "2026-03-29 02:30"); /* no clock showed it */
    minute_is("2026-03-29 01:30Z", "2026-03-29 03:30");
    static const char *const bad[] = {"2026-03-15 24:00", "2026-03-15 12:60",
                                      "2026-03-15 noon",  "2026-03-1512:00",
                                      "2026-03-15 12",    "2026-03-15 12:00 x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (minute_parse(bad[i], "23:59", out, NULL) == ST_OK)
            fail_msg("\"%s\" was read as %s", bad[i], out);
    assert_int_equal(day_number("1970-01-01"), 0);
    assert_int_equal(day_number("2026-03-01") - day_number("2024-02-29"), 731);
    day_from_number(day_number("2000-02-29"), out);
    assert_string_equal(out, "2000-02-29");
}

static void sirets_have_their_key(void **state)
{
    (void)state;
    char out[SIRET_LEN];
    bool repaired;
    static const char *const good[] = {"73282932000074",   "41816609600051",
                                       "20003452800014",   "79465211500013",
                                       "35600000000048",   "35600000009075",
                                       "35600000049837",   "82 212 742 900 014",
                                       "35338402700036.0", "'73282932000074"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (siret_parse(good[i], out, &repaired, NULL) != ST_OK || repaired)
            fail_msg("\"%s\" was refused", good[i]);
    static const char *const bad[] = {"73282932000075",  "41816609600052",
                                      "35600000049838",  "01234567890123",
                                      "67895644300011",  "21860194600000",
                                      "3533840270003",   "3805449320029.0",
                                      "00000000000000",  "2,43E+13",
                                      "7,22009E+12",     "732829320",
                                      "A1B1C6D9E0F0G1",  "MONACOCONFO001",
                                      "732829320000740", ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (siret_parse(bad[i], out, NULL, NULL) == ST_OK)
            fail_msg("\"%s\" was read as %s", bad[i], out);
    /* 05... without its zero, as a spreadsheet keeps it */
    assert_int_equal(siret_parse("05552100554", out, NULL, NULL), ST_BAD_DATA);
}

static void rna_phone_and_email(void **state)
{
    (void)state;
    char rna[RNA_LEN], phone[PHONE_LEN];
    assert_int_equal(rna_parse("w 595000123", rna, NULL), ST_OK);
    assert_string_equal(rna, "W595000123");
    assert_true(rna_is_publishable(rna));
    assert_int_equal(rna_parse("W2A1001234", rna, NULL), ST_OK);
    assert_false(rna_is_publishable(rna));
    assert_int_equal(rna_parse("W12345678", rna, NULL), ST_BAD_DATA);
    assert_int_equal(rna_parse("w59500012X", rna, NULL), ST_BAD_DATA);
    assert_int_equal(phone_parse("+33 6 12 34 56 78", phone, NULL), ST_OK);
    assert_string_equal(phone, "0612345678");
    assert_int_equal(phone_parse("612345678", phone, NULL), ST_OK);
    assert_string_equal(phone, "0612345678");
    assert_int_equal(phone_parse("06.12.34", phone, NULL), ST_BAD_DATA);
    assert_int_equal(email_check("a.b@example.org", NULL), ST_OK);
    assert_int_equal(email_check("a b@example.org", NULL), ST_BAD_DATA);
    assert_int_equal(email_check("a@@example.org", NULL), ST_BAD_DATA);
    assert_int_equal(email_check("a@localhost", NULL), ST_BAD_DATA);
}

static void key_is(const char *text, const char *wanted)
{
    char *key = text_key(text);
    assert_string_equal(key, wanted);
    free(key);
}

static void names_are_folded(void **state)
{
    (void)state;
    key_is("L'Éclat  (Maubeuge)", "l eclat maubeuge");
    key_is("E\u0301CLAT", "eclat");
    key_is("Cœur d'Œuvre", "coeur d oeuvre");
    key_is("Straße n°4", "strasse n 4");
    key_is("--", "");
    key_is("\xFF", "");
    assert_int_equal(text_likeness("abc", "abc"), 100);
    assert_int_equal(text_likeness("abc", "xyz"), 0);
    assert_true(text_likeness("cafe du comptoir", "le cafe du comptoir") > 80);
    assert_int_equal(text_width("Éé\u202F日"), 5);
    assert_true(text_is_utf8("é", 2));
    assert_false(text_is_utf8("\xE9t\xE9", 3));
    assert_false(text_is_utf8("a\0b", 3));
    assert_int_equal(text_cut("aé", 2), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_read),
        cmocka_unit_test(other_amounts_are_refused),
        cmocka_unit_test(amounts_are_written),
        cmocka_unit_test(decimals_keep_their_places),
        cmocka_unit_test(days_are_real),
        cmocka_unit_test(times_are_those_of_paris),
        cmocka_unit_test(sirets_have_their_key),
        cmocka_unit_test(rna_phone_and_email),
        cmocka_unit_test(names_are_folded),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
