/* The heading lines of reports, and values as cells show them. */
#include "report/show.h"
#include "report/spec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct report_spec spec;
static struct err err;

static int release(void **state)
{
    (void)state;
    spec_release(&spec);
    return 0;
}

static void parses(const char *text)
{
    assert_int_equal(spec_parse(&spec, "r.sql", text, &err), ST_OK);
}

/* The text is refused, with a message that names the line and `what`. */
static void refuses(const char *text, const char *line, const char *what)
{
    assert_int_equal(spec_parse(&spec, "r.sql", text, &err), ST_BAD_DATA);
    assert_non_null(strstr(err.msg, line));
    assert_non_null(strstr(err.msg, what));
    spec_release(&spec);
}

static void a_query_alone_is_one_table(void **state)
{
    (void)state;
    parses("-- any comment\nSELECT 1;\n");
    assert_int_equal(spec.block_count, 1);
    assert_int_equal(spec.blocks[0].kind, BLOCK_TABLE);
    assert_string_equal(spec.blocks[0].sql, "-- any comment\nSELECT 1;\n");
    assert_int_equal(spec.blocks[0].line, 1);
}

static void each_block_has_its_query(void **state)
{
    (void)state;
    parses("--@ sheet Name\n--@ cards a\n--@ heading One\nSELECT 1;\n"
           "--@ table b\nSELECT 2;");
    assert_string_equal(spec.sheet, "Name");
    assert_int_equal(spec.block_count, 2);
    assert_int_equal(spec.blocks[1].line, 5);
    assert_string_equal(spec.blocks[1].sql, "--@ table b\nSELECT 2;");
    assert_string_equal(spec.blocks[0].heading, "One");
}

static void a_column_with_its_options(void **state)
{
    (void)state;
    parses("--@ table t\n"
           "--@ column a_cents | Amount | | total | edit | width: 12 | "
           "limit: [b] | formula: [b]*2\nSELECT 1");
    const struct column_spec *c = &spec.blocks[0].columns[0];
    assert_string_equal(c->name, "a_cents");
    assert_string_equal(c->heading, "Amount");
    assert_int_equal(c->format, COLUMN_MONEY); /* by the name's end */
    assert_true(c->total && c->edit && !c->bar);
    assert_int_equal(c->width, 12);
    assert_string_equal(c->limit, "[b]");
    assert_string_equal(c->formula, "[b]*2");
}

static void lines_end_as_they_like(void **state)
{
    (void)state;
    parses("--@ table t\r\n--@ column a | A | text \r\nSELECT 1\r\n");
    assert_int_equal(spec.blocks[0].columns[0].format, COLUMN_TEXT);
}

static void mistakes_name_the_line(void **state)
{
    (void)state;
    refuses("\n--@ tabel x\nSELECT 1", "r.sql:2:", "tabel");
    refuses("--@ column a | A | text\n", "r.sql:1:", "block");
    refuses("--@ table\nSELECT 1", "r.sql:1:", "name");
    refuses("--@ table a\n--@ table a\nSELECT 1", "r.sql:2:", "name");
    refuses("--@ table a\n--@ column x | X | euro\n", "r.sql:2:", "money");
    refuses("--@ table a\n--@ column x | X | text | widht: 3\n",
            "r.sql:2:", "widht");
    refuses("--@ table a\n--@ column x | X | text | width: 0\n",
            "r.sql:2:", "1 to 200");
    refuses("--@ table a\n--@ column x | X | text | width: 3x\n",
            "r.sql:2:", "3x");
    refuses("--@ table a\n--@ column x | X | mark | of: mode y\n",
            "r.sql:2:", "median");
    refuses("--@ table a\n--@ rule loud | x | [x]>0\n", "r.sql:2:", "loud");
    refuses("--@ table a\n--@ rule alert | x\n", "r.sql:2:", "FORMULA");
    refuses("--@ table a\n--@ chart donut | T | x: a | y: b\n",
            "r.sql:2:", "donut");
    refuses("--@ table a\n--@ chart bar | T | x: a\n", "r.sql:2:", "y:");
    refuses("--@ grid 16\n--@ table a\n", "r.sql:1:", "grid");
    refuses("--@ list decision\n--@ table a\n", "r.sql:1:", "list");
    refuses("--@ table a\n--@ beside 3\n", "r.sql:2:", "beside");
    refuses("--@ table a\n--@ column x | X | text | list: l\n",
            "r.sql:2:", "list");
    refuses("--@ table a\nSELECT 1;\n--@ each b\nSELECT 2\n",
            "r.sql:3:", "repeat");
    refuses("--@ title \xFF\n", "r.sql", "UTF-8");
}

static void is_number(enum column_format f, struct value v, double wanted)
{
    struct shown s = show_value(f, &v);
    assert_int_equal(s.kind, SHOWN_NUMBER);
    assert_true(s.number > wanted - 1e-9 && s.number < wanted + 1e-9);
}

static struct value whole(int64_t i)
{
    return (struct value){.kind = VALUE_INT, .as.i = i};
}

static struct value text(const char *s)
{
    return (struct value){.kind = VALUE_TEXT, .as.s = s};
}

static void values_in_their_units(void **state)
{
    (void)state;
    is_number(COLUMN_MONEY, whole(123456), 1234.56);
    is_number(COLUMN_SCORE, whole(7825), 78.25);
    is_number(COLUMN_MARK, whole(12500), 12.5);
    is_number(COLUMN_PERCENT, whole(8000), 0.8);
    is_number(COLUMN_INTEGER, whole(-3), -3);
    is_number(COLUMN_DATE, text("2019-07-09"), 43655);
    is_number(COLUMN_DATE, text("1900-03-01"), 61);
    is_number(COLUMN_TIME, text("2019-07-09 12:00"), 43655.5);
}

static void words_among_numbers(void **state)
{
    (void)state;
    struct value v = text("recused"), empty = text(""), odd = text("2019-7-9");
    struct value null = {.kind = VALUE_NULL};
    assert_int_equal(show_value(COLUMN_MARK, &v).kind, SHOWN_WORD);
    assert_int_equal(show_value(COLUMN_TERM, &v).kind, SHOWN_TEXT);
    assert_int_equal(show_value(COLUMN_DATE, &odd).kind, SHOWN_WORD);
    struct value before = text("1900-02-28"), never = text("2023-02-29");
    assert_int_equal(show_value(COLUMN_DATE, &before).kind, SHOWN_WORD);
    assert_int_equal(show_value(COLUMN_DATE, &never).kind, SHOWN_WORD);
    assert_int_equal(show_value(COLUMN_MONEY, &null).kind, SHOWN_BLANK);
    assert_int_equal(show_value(COLUMN_TEXT, &empty).kind, SHOWN_BLANK);
}

static void lines_of_a_text(void **state)
{
    (void)state;
    assert_int_equal(show_lines("", 10), 1);
    assert_int_equal(show_lines("court", 10), 1);
    assert_int_equal(show_lines("un deux trois", 10), 2);
    assert_int_equal(show_lines("un\ndeux", 10), 2);
    assert_true(show_lines("anticonstitutionnellement", 5) >= 4);
    assert_true(show_lines("\xFF\xFF", 5) >= 1); /* and it ends */
}

#define SPEC(f) cmocka_unit_test_teardown(f, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SPEC(a_query_alone_is_one_table),
        SPEC(each_block_has_its_query),
        SPEC(a_column_with_its_options),
        SPEC(lines_end_as_they_like),
        cmocka_unit_test(mistakes_name_the_line),
        cmocka_unit_test(values_in_their_units),
        cmocka_unit_test(words_among_numbers),
        cmocka_unit_test(lines_of_a_text),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
