/* In which language a refusal is worded while a document is made. */
#include "base/i18n.h"
#include "store/db.h"
#include "store/sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char worded[3];

/* The sentence, and in `worded` the language in which it was asked for. */
static const char *sentence(void)
{
    snprintf(worded, sizeof worded, "%s", i18n_lang());
    return "no: %s";
}

static void a_refusal_is_in_the_language_of_the_screen(void **state)
{
    (void)state;
    struct err e = {0};
    struct db *db = NULL;
    char path[64];
    snprintf(path, sizeof path, "/tmp/cispd-refusal-%d.db", (int)getpid());
    i18n_start("en");
    assert_int_equal(db_open(&db, path, DB_CREATE, "2026-01-01 10:00", &e),
                     ST_OK);
    i18n_document("fr");
    assert_int_equal(
        sql_refuse(db, &e, ST_REFUSED, sentence(), "SELECT 'x'", ""),
        ST_REFUSED);
    assert_string_equal(e.msg, "no: x");
    assert_string_equal(worded, "en");
    assert_string_equal(i18n_lang(), "fr");
    worded[0] = '\0';
    assert_int_equal(
        sql_refuse(db, &e, ST_REFUSED, sentence(), "SELECT 'x' WHERE 0", ""),
        ST_OK);
    assert_string_equal(worded, "en");
    assert_string_equal(i18n_lang(), "fr");
    db_close(db);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_is_in_the_language_of_the_screen),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
