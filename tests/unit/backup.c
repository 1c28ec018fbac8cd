/* A backup is read back: one that differs from its source is none. The copy
 * is spoiled behind the program's back, in SQLite's own function. */
#include "store/backup.h"
#include "store/db.h"
#include "store/sql.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const struct actor clerk = {
    .name = "clerk", .command = "test", .now = "2026-01-15 09:00"};

static sqlite3 *copy;        /* of the backup at work */
static const char *spoiling; /* what is done to it; NULL: nothing */
static char source[64], target[64];

/* These two stand before those of the library. */
sqlite3_backup *sqlite3_backup_init(sqlite3 *to, const char *to_name,
                                    sqlite3 *from, const char *from_name)
{
    sqlite3_backup *(*real)(sqlite3 *, const char *, sqlite3 *, const char *);
    *(void **)&real = dlsym(RTLD_NEXT, "sqlite3_backup_init");
    copy = to;
    return real(to, to_name, from, from_name);
}

int sqlite3_backup_finish(sqlite3_backup *b)
{
    int (*real)(sqlite3_backup *);
    *(void **)&real = dlsym(RTLD_NEXT, "sqlite3_backup_finish");
    int rc = real(b);
    if (rc == SQLITE_OK && spoiling != NULL)
        rc = sqlite3_exec(copy, spoiling, NULL, NULL, NULL);
    return rc;
}

static int setup(void **state)
{
    struct err e;
    struct db *db = NULL;
    snprintf(source, sizeof source, "/tmp/cispd-backup-%d.db", (int)getpid());
    snprintf(target, sizeof target, "/tmp/cispd-copy-%d.db", (int)getpid());
    unlink(source);
    unlink(target);
    if (db_open(&db, source, DB_CREATE, "2026-01-01 10:00", &e) != ST_OK ||
        db_begin(db, &e) != ST_OK ||
        sql_run(db, &e, "INSERT INTO call (year, title) VALUES (2026, 't')",
                "") != ST_OK ||
        db_seal(db, &clerk, &e) != ST_OK || db_commit(db, &e) != ST_OK)
        return -1;
    *state = db;
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    unlink(source);
    unlink(target);
    return 0;
}

static void a_true_copy_is_kept(void **state)
{
    struct err e;
    spoiling = NULL;
    assert_int_equal(db_backup(*state, target, false, &e), ST_OK);
    assert_int_equal(access(target, F_OK), 0);
}

static void a_copy_that_differs_is_not(void **state)
{
    struct err e;
    spoiling = "INSERT INTO journal (tab, action) VALUES ('x', 'insert')";
    assert_int_equal(db_backup(*state, target, false, &e), ST_IO);
    assert_int_not_equal(access(target, F_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_true_copy_is_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(a_copy_that_differs_is_not, setup,
                                        teardown),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
