/* Workbooks as they are written: what is cleaned, what is refused. */
#include "base/mem.h"
#include "files/xlsx_check.h"
#include "files/xlsx_out.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static const struct xlsx_info info = {"Title", "Author", 946684800};
static char folder[64];
static char path[96];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/cispd-xlsx-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return 1;
    snprintf(path, sizeof path, "%s/book.xlsx", folder);
    return 0;
}

static int drop_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder); /* fails when a temporary file was left */
}

static struct xlsx *create(void)
{
    struct xlsx *x = NULL;
    assert_int_equal(xlsx_create(&x, path, false, &info, NULL), ST_OK);
    return x;
}

static void cleans(const char *from, const char *to)
{
    char *got = xlsx_clean_text(from, XLSX_MAX_TEXT);
    assert_string_equal(got, to);
    free(got);
}

static void texts_are_cleaned(void **state)
{
    (void)state;
    cleans("Éclat « d'été »", "Éclat « d'été »");
    cleans("=1+1", "=1+1");
    cleans("a\xFF"
           "b",
           "a\xEF\xBF\xBD"
           "b");
    cleans("\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    cleans("\xEF\xBF\xBE", "\xEF\xBF\xBD");
    cleans("a\x01\x1F\x7F"
           "b",
           "a   b");
    cleans("a\r\nb\rc\td", "a\nb\nc\td");
    cleans("_x000D_", "_x005F_x000D_");
    cleans("_x00GD_", "_x00GD_");
}

static void long_texts_are_cut_between_characters(void **state)
{
    (void)state;
    char *got = xlsx_clean_text("ééé", 2);
    assert_string_equal(got, "éé");
    free(got);
    got = xlsx_clean_text("a\xF0\x9F\x8E\x89", 2); /* takes two units */
    assert_string_equal(got, "a");
    free(got);
}

static void sheet_is(const char *from, const char *to)
{
    char *got = xlsx_clean_sheet_name(from);
    assert_string_equal(got, to);
    free(got);
}

static void sheet_names_are_cleaned(void **state)
{
    (void)state;
    sheet_is("Synthèse", "Synthèse");
    sheet_is("a[b]c:d*e?f/g\\h", "a b c d e f g h");
    sheet_is("'quoted'", "quoted");
    sheet_is("", "Sheet_");
    sheet_is("HISTORY", "HISTORY_");
    sheet_is("ééééééééééééééééééééééééééééééééééé",
             "ééééééééééééééééééééééééééééééé");
}

static void defined_names(void **state)
{
    (void)state;
    assert_true(xlsx_is_name("Envelope"));
    assert_true(xlsx_is_name("list_2"));
    const char *bad[] = {"",   "A1",  "xfd10", "R1C1", "C",   "r",
                         "1x", "a b", "é",     "_x",   "a.b", "a-b"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(xlsx_is_name(bad[i]));
}

static void cells_are_named(void **state)
{
    char cell[XLSX_CELL_LEN];
    (void)state;
    assert_string_equal(xlsx_cell_name(0, 0, false, false, cell), "A1");
    assert_string_equal(xlsx_cell_name(8, 25, true, false, cell), "Z$9");
    assert_string_equal(xlsx_cell_name(8, 26, false, true, cell), "$AA9");
    assert_string_equal(xlsx_cell_name(1048575, 16383, true, true, cell),
                        "$XFD$1048576");
}

static void is_named(const struct xlsx_sheet *s, const char *wanted)
{
    struct buf b = BUF_INIT;
    xlsx_add_sheet_name(&b, s);
    assert_string_equal(buf_str(&b), wanted);
    buf_release(&b);
}

static void sheets_differ_also_without_accents(void **state)
{
    (void)state;
    struct xlsx *x = create();
    struct xlsx_sheet *a = xlsx_add_sheet(x, "Synthèse");
    struct xlsx_sheet *b = xlsx_add_sheet(x, "SYNTHESE");
    is_named(a, "'Synthèse'!");
    is_named(b, "'SYNTHESE 2'!");
    is_named(xlsx_add_sheet(x, "L'an"), "'L''an'!");
    xlsx_discard(x);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void a_number_that_is_none_is_refused(void **state)
{
    (void)state;
    struct err e = {0};
    struct xlsx *x = create();
    struct xlsx_sheet *s = xlsx_add_sheet(x, "Sheet");
    xlsx_number(s, 3, 2, NAN, NULL);
    xlsx_number(s, 0, 0, INFINITY, NULL);
    assert_int_equal(xlsx_finish(x, &e), ST_BAD_DATA);
    assert_non_null(strstr(e.msg, "C4")); /* the first one is named */
    assert_int_not_equal(access(path, F_OK), 0);
}

static void refuses_name(const char *first, const char *second)
{
    struct xlsx *x = create();
    struct xlsx_sheet *s = xlsx_add_sheet(x, "Sheet");
    xlsx_define(s, 0, 0, first);
    xlsx_define(s, 0, 1, second);
    assert_int_equal(xlsx_finish(x, NULL), ST_BAD_DATA);
}

static void bad_and_double_names_are_refused(void **state)
{
    (void)state;
    refuses_name("Good", "A1");
    refuses_name("Envelope", "ENVELOPE");
}

static void a_sheet_has_an_end(void **state)
{
    (void)state;
    struct xlsx *x = create();
    struct xlsx_sheet *s = xlsx_add_sheet(x, "Sheet");
    xlsx_number(s, XLSX_MAX_ROWS - 1, XLSX_MAX_COLUMNS - 1, 1, NULL);
    assert_int_equal(xlsx_finish(x, NULL), ST_OK);
    unlink(path);
    x = create();
    xlsx_number(xlsx_add_sheet(x, "Sheet"), XLSX_MAX_ROWS, 0, 1, NULL);
    assert_int_equal(xlsx_finish(x, NULL), ST_REFUSED);
}

/* libxlsxwriter 1.1.4 overflows on such lists when they stand in the cell. */
static void long_lists_of_choices(void **state)
{
    (void)state;
    enum { N = 400 };
    char *values[N];
    for (int i = 0; i < N; i++)
        values[i] = xasprintf("éligible numéro %d, avec un long libellé", i);
    struct xlsx *x = create();
    struct xlsx_sheet *s = xlsx_add_sheet(x, "Sheet");
    xlsx_add_list(x, "choices", (const char *const *)values, N);
    xlsx_choice(s, (struct xlsx_area){0, 0, 9, 0}, "choices");
    assert_int_equal(xlsx_finish(x, NULL), ST_OK);
    for (int i = 0; i < N; i++)
        free(values[i]);
}

static void a_long_formula_is_refused(void **state)
{
    (void)state;
    char *formula = xmalloc(XLSX_MAX_FORMULA + 1);
    memset(formula, '1', XLSX_MAX_FORMULA);
    formula[0] = '=';
    formula[XLSX_MAX_FORMULA] = '\0';
    struct xlsx *x = create();
    xlsx_formula_number(xlsx_add_sheet(x, "Sheet"), 0, 0, formula, 1, NULL);
    assert_int_equal(xlsx_finish(x, NULL), ST_BAD_DATA);
    free(formula);
}

static void an_existing_file_stays(void **state)
{
    (void)state;
    FILE *f = fopen(path, "w");
    fputs("mine", f);
    fclose(f);
    struct xlsx *x = NULL;
    assert_int_equal(xlsx_create(&x, path, false, &info, NULL), ST_CANT_CREATE);
    assert_null(x);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_size, 4);
    assert_int_equal(xlsx_create(&x, path, true, &info, NULL), ST_OK);
    xlsx_add_sheet(x, "Sheet");
    assert_int_equal(xlsx_finish(x, NULL), ST_OK);
    assert_int_equal(stat(path, &st), 0);
    assert_true(st.st_size > 4);
}

/* The library's own temporary file: see src/files/xlsx_spool.c. */
FILE *lxw_tmpfile(char *folder);

static void the_spool_is_a_file_in_memory(void **state)
{
    (void)state;
    char text[16] = "";
    FILE *f = lxw_tmpfile(NULL);
    assert_int_equal(fileno(f), -1);
    fputs("one two", f);
    rewind(f);
    fputs("ONE", f);
    fseek(f, 0, SEEK_END);
    fputs("!", f);
    rewind(f);
    assert_non_null(fgets(text, sizeof text, f));
    assert_string_equal(text, "ONE two!");
    fclose(f);
}

#define BOOK(f) cmocka_unit_test_setup_teardown(f, make_folder, drop_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_cleaned),
        cmocka_unit_test(long_texts_are_cut_between_characters),
        cmocka_unit_test(sheet_names_are_cleaned),
        cmocka_unit_test(defined_names),
        cmocka_unit_test(cells_are_named),
        BOOK(sheets_differ_also_without_accents),
        BOOK(a_number_that_is_none_is_refused),
        BOOK(bad_and_double_names_are_refused),
        BOOK(a_sheet_has_an_end),
        BOOK(long_lists_of_choices),
        BOOK(a_long_formula_is_refused),
        BOOK(an_existing_file_stays),
        cmocka_unit_test(the_spool_is_a_file_in_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
