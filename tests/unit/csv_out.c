/* Cells of CSV for spreadsheets: what is a text stays one. */
#include "files/csv_out.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void is_cell(const char *value, bool text, const char *wanted)
{
    struct buf line = BUF_INIT;
    csv_out_cell(&line, value, text, true);
    assert_string_equal(buf_str(&line), wanted);
    buf_release(&line);
}

static void a_text_never_is_a_formula(void **state)
{
    (void)state;
    is_cell("=1+1", true, "'=1+1");
    is_cell("+33 3 27", true, "'+33 3 27");
    is_cell("-1+1", true, "'-1+1");
    is_cell("@SUM(A1)", true, "'@SUM(A1)");
    is_cell("\t=1+1", true, "\"'\t=1+1\"");
    is_cell("\r=1+1", true, "\"'\r=1+1\"");
}

static void other_texts_and_numbers_are_as_they_are(void **state)
{
    (void)state;
    is_cell("a@b.fr", true, "a@b.fr");
    is_cell("", true, "");
    is_cell("-12", false, "-12");
}

static void separators_and_quotes_are_quoted(void **state)
{
    (void)state;
    is_cell("a;b", true, "\"a;b\"");
    is_cell("a \"b\"", true, "\"a \"\"b\"\"\"");
    is_cell("a\nb", true, "\"a\nb\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_never_is_a_formula),
        cmocka_unit_test(other_texts_and_numbers_are_as_they_are),
        cmocka_unit_test(separators_and_quotes_are_quoted),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
