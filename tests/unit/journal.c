/* The seals: what a commit seals, and what it leaves to be found. */
#include "store/db.h"
#include "store/journal.h"
#include "store/sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const struct actor clerk = {
    .name = "clerk", .command = "test", .now = "2026-01-15 09:00"};

static int setup(void **state)
{
    static char path[64];
    static struct err e;
    struct db *db = NULL;
    snprintf(path, sizeof path, "/tmp/cispd-journal-%d.db", (int)getpid());
    unlink(path);
    if (db_open(&db, path, DB_CREATE, "2026-01-01 10:00", &e) != ST_OK)
        return -1;
    *state = db;
    return 0;
}

static int teardown(void **state)
{
    struct db *db = *state;
    char path[64];
    snprintf(path, sizeof path, "%s", db_path(db));
    db_close(db); /* takes the file along when nothing was committed */
    unlink(path);
    return 0;
}

static int64_t number(struct db *db, const char *sql)
{
    struct err e;
    int64_t n = -1;
    if (sql_int(db, &e, &n, NULL, sql, "") != ST_OK)
        fail_msg("%s", e.msg);
    return n;
}

static void add_call(struct db *db, int64_t year)
{
    struct err e;
    if (sql_run(db, &e, "INSERT INTO call (year, title) VALUES (?, 't')", "i",
                year) != ST_OK)
        fail_msg("%s", e.msg);
}

static void a_commit_seals_its_entries(void **state)
{
    struct db *db = *state;
    struct err e;
    int64_t before = number(db, "SELECT max(last_entry) FROM seal");
    assert_int_equal(db_begin(db, &e), ST_OK);
    add_call(db, 2026);
    add_call(db, 2027);
    assert_int_equal(db_seal(db, &clerk, &e), ST_OK);
    assert_int_equal(db_commit(db, &e), ST_OK);
    assert_int_equal(number(db, "SELECT last_entry FROM seal"
                                " ORDER BY id DESC LIMIT 1"),
                     before + 2);
    assert_int_equal(number(db, "SELECT length(entry_checks) FROM seal"
                                " ORDER BY id DESC LIMIT 1"),
                     16);
}

static void a_commit_without_change_makes_no_seal(void **state)
{
    struct db *db = *state;
    struct err e;
    int64_t before = number(db, "SELECT count(*) FROM seal");
    assert_int_equal(db_begin(db, &e), ST_OK);
    assert_int_equal(db_seal(db, &clerk, &e), ST_OK);
    assert_int_equal(db_commit(db, &e), ST_OK);
    assert_int_equal(number(db, "SELECT count(*) FROM seal"), before);
}

static void a_migration_enters_the_rows_it_made(void **state)
{
    struct db *db = *state;
    assert_int_equal(number(db, "SELECT count(*) FROM commune"),
                     number(db, "SELECT count(*) FROM journal"
                                " WHERE tab = 'commune'"));
    assert_int_equal(number(db, "SELECT max(last_entry) FROM seal"),
                     number(db, "SELECT max(id) FROM journal"));
}

static void an_honest_file_verifies(void **state)
{
    struct db *db = *state;
    struct err e;
    struct verdict v;
    assert_int_equal(db_begin(db, &e), ST_OK);
    add_call(db, 2026);
    assert_int_equal(db_seal(db, &clerk, &e), ST_OK);
    assert_int_equal(db_commit(db, &e), ST_OK);
    assert_int_equal(journal_verify(db, &v, &e), ST_OK);
    assert_int_equal(v.count, 0);
    assert_int_equal(v.seals, 2);
    assert_int_equal(v.entries, number(db, "SELECT max(id) FROM journal"));
    int64_t entry = 0;
    assert_int_equal(journal_find_seal(db, v.head, &entry, &e), ST_OK);
    assert_int_equal(entry, v.entries);
    verdict_release(&v);
}

/* No path through the program commits without a seal. */
static void only_db_commit_commits(void **state)
{
    struct db *db = *state;
    struct err e;
    assert_int_equal(db_begin(db, &e), ST_OK);
    add_call(db, 2031);
    assert_int_not_equal(sql_script(db, &e, "COMMIT"), ST_OK);
    db_rollback(db);
    assert_int_equal(number(db, "SELECT count(*) FROM call WHERE year = 2031"),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_commit_seals_its_entries, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_commit_without_change_makes_no_seal,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_migration_enters_the_rows_it_made,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(an_honest_file_verifies, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(only_db_commit_commits, setup,
                                        teardown),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
