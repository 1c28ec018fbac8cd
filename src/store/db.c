/* The database file: open, migrate, transact. */
#include "store/db.h"
#include "base/embedded.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/backup.h"
#include "store/journal.h"
#include "store/private.h"
#include "store/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define APPLICATION_ID 0x43495350 /* "CISP" */

/* A COMMIT from anywhere but db_commit and the migrations becomes a rollback:
 * nothing is written without its seal. */
static int commit_hook(void *arg)
{
    const struct db *db = arg;
    return db->committing ? 0 : 1;
}

/* Counts what comes into the journal, for db_changes. */
static void count_entry(void *arg, int action, const char *schema,
                        const char *table, sqlite3_int64 id)
{
    (void)schema;
    (void)id;
    struct db *db = arg;
    if (action == SQLITE_INSERT && strcmp(table, "journal") == 0)
        db->entries++;
}

static enum status configure(struct db *db, struct err *e)
{
    static const int on[] = {SQLITE_DBCONFIG_DEFENSIVE,
                             SQLITE_DBCONFIG_ENABLE_FKEY};
    /* The schema stays trusted: SQLite 3.40 would refuse json_object in the
     * triggers of the journal. No function of ours is there to be misused. */
    static const int off[] = {SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL,
                              SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION};
    sqlite3_busy_timeout(db->handle, 5000);
    for (size_t i = 0; i < sizeof on / sizeof *on; i++)
        sqlite3_db_config(db->handle, on[i], 1, NULL);
    for (size_t i = 0; i < sizeof off / sizeof *off; i++)
        sqlite3_db_config(db->handle, off[i], 0, NULL);
    sqlite3_commit_hook(db->handle, commit_hook, db);
    sqlite3_update_hook(db->handle, count_entry, db);
    return sql_script(db, e,
                      "PRAGMA recursive_triggers = ON;"
                      "PRAGMA synchronous = FULL;"
                      "PRAGMA cache_size = -16384;" /* KiB: a year's call */);
}

/* The number that a schema file's name begins with; 0 for another file. */
static int migration_number(const char *name)
{
    int n = 0;
    return sscanf(name, "schema/%4d-", &n) == 1 ? n : 0;
}

static int newest_version(void)
{
    int newest = 0;
    for (const struct embedded *f = embedded_files; f->name != NULL; f++)
        if (migration_number(f->name) > newest)
            newest = migration_number(f->name);
    return newest;
}

/* Runs each row of `query` (one text column) as a statement. */
static enum status run_each(struct db *db, struct err *e, const char *query)
{
    struct rows rows;
    enum status st = sql_rows(db, &rows, e, query, "");
    for (size_t i = 0; i < rows.count && st == ST_OK; i++)
        st = sql_script(db, e, rows_at(&rows, i, 0)->s);
    rows_release(&rows);
    return st;
}

static enum status commit(struct db *db, struct err *e)
{
    db->committing = true;
    enum status st = sql_script(db, e, "COMMIT");
    db->committing = false;
    return st;
}

/* The triggers know the tables as they were: they go first, and are made again
 * for the tables as they are. */
static enum status apply_migrations(struct db *db, int64_t from, struct err *e)
{
    enum status st = run_each(db, e,
                              "SELECT 'DROP TRIGGER ' || name"
                              "  FROM sqlite_schema WHERE type = 'trigger'");
    int version = 0;
    for (const struct embedded *f = embedded_files; f->name && !st; f++) {
        int n = migration_number(f->name);
        if (n == 0 || n <= from)
            continue;
        st = sql_script(db, e, f->text);
        version = n;
    }
    if (st == ST_OK)
        st = run_each(db, e, embedded_text("schema/guards.sql"));
    if (st != ST_OK)
        return st;
    char pragmas[120]; /* PRAGMA takes no bound values; both are our numbers */
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             APPLICATION_ID, version);
    return sql_script(db, e, pragmas);
}

/* Runs the migrations and enters the rows that they put in or altered into the
 * journal, so that every row has an entry that explains it. What differed
 * before enters first and stays without a seal: made behind the program's
 * back, it must not pass for the migration's work. */
static enum status migrate_journalled(struct db *db, int64_t from,
                                      struct err *e)
{
    struct actor who = {
        .name = "cispd", .command = "migration", .now = db->now};
    int64_t newest = 0;
    enum status st = ST_OK;
    if (from > 0)
        st = journal_adopt(db, e);
    if (st == ST_OK && from > 0)
        st = journal_begin(db, &newest, e);
    if (st == ST_OK)
        st = apply_migrations(db, from, e);
    if (st == ST_OK)
        st = journal_adopt(db, e);
    return st == ST_OK ? journal_seal(db, newest + 1, &who, e) : st;
}

static enum status check_links(struct db *db, struct err *e)
{
    return sql_refuse(db, e, ST_BAD_DATA,
                      _("%s has rows that point at nothing: restore a backup"),
                      "SELECT ? FROM pragma_foreign_key_check", "t", db->path);
}

/* Brings the file to the newest version, all or nothing. Foreign keys are off
 * meanwhile (a table may be rebuilt) and checked at the end. */
static enum status migrate(struct db *db, struct err *e)
{
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
    int64_t from = 0;
    enum status st = sql_script(db, e, "BEGIN IMMEDIATE");
    if (st == ST_OK) /* another process may just have done it */
        st = sql_int(db, e, &from, NULL, "PRAGMA user_version", "");
    if (st == ST_OK && from < newest_version())
        st = migrate_journalled(db, from, e);
    if (st == ST_OK)
        st = check_links(db, e);
    if (st == ST_OK)
        st = commit(db, e);
    if (st != ST_OK)
        db_rollback(db);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    return st;
}

/* Copies an older file beside itself before it is migrated; a copy that an
 * earlier, failed attempt left is as good, or another process's. */
static enum status backup_before(struct db *db, int64_t version, struct err *e)
{
    char *copy = xasprintf("%s.version-%d.backup", db->path, (int)version);
    enum status st = ST_OK;
    if (access(copy, F_OK) != 0)
        st = db_backup(db, copy, false, e);
    if (st == ST_CANT_CREATE && access(copy, F_OK) == 0)
        st = ST_OK;
    free(copy);
    return st;
}

/* Refuses the files of others and of the future, migrates those of the past.
 */
static enum status check_version(struct db *db, struct err *e)
{
    int64_t id = 0, version = 0;
    enum status st = sql_int(db, e, &id, NULL, "PRAGMA application_id", "");
    if (st == ST_OK)
        st = sql_int(db, e, &version, NULL, "PRAGMA user_version", "");
    if (st == ST_BAD_DATA || (st == ST_OK && id != APPLICATION_ID))
        return err_set(e, ST_BAD_DATA, _("%s is not a cispd database"),
                       db->path);
    if (st != ST_OK)
        return st;
    if (version < 1)
        return err_set(e, ST_BAD_DATA,
                       _("%s says that it has the format %d, which no cispd "
                         "writes: the file is damaged; restore a backup"),
                       db->path, (int)version);
    if (version > newest_version())
        return err_set(e, ST_BAD_DATA,
                       _("%s was written by a newer cispd (format %d, this "
                         "one knows %d): install the newer program"),
                       db->path, (int)version, newest_version());
    if (version == newest_version())
        return ST_OK;
    st = backup_before(db, version, e);
    return st == ST_OK ? migrate(db, e) : st;
}

/* The undo log of one statement stays in memory up to this size. A row with
 * its triggers touches some 20 pages: the default of 64 KiB would write and
 * forget a file for each. */
enum { STATEMENT_UNDO = 1 << 18 };

static enum status open_file(struct db *db, int flags, struct err *e)
{
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, STATEMENT_UNDO);
    /* One thread, and nobody reads the counters: no locks around each. */
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    flags |= SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX; /* one thread */
    if (sqlite3_open_v2(db->path, &db->handle, flags, NULL) != SQLITE_OK)
        return err_set(e, ST_IO, _("cannot open %s: %s"), db->path,
                       sqlite3_errmsg(db->handle));
    return configure(db, e);
}

/* What is at `path` must fit the mode, before SQLite touches it. */
static enum status check_path(const char *path, enum db_mode mode,
                              struct err *e)
{
    struct stat st;
    bool there = stat(path, &st) == 0;
    if (!there && errno != ENOENT)
        return err_set(e, ST_IO, _("cannot open %s: %s"), path,
                       strerror(errno));
    if (mode == DB_CREATE && there)
        return err_set(e, ST_CANT_CREATE,
                       _("%s exists already: choose another name with --db"),
                       path);
    if (mode != DB_CREATE && !there)
        return err_set(e, ST_NO_INPUT,
                       _("there is no database at %s: create it with "
                         "\"cispd init\" or name another with --db"),
                       path);
    if (there && !S_ISREG(st.st_mode))
        return err_set(e, ST_NO_INPUT, _("%s is not a file"), path);
    if (there && access(path, R_OK) != 0)
        return err_set(e, ST_IO, _("%s may not be read"), path);
    if (mode == DB_WRITE && access(path, W_OK) != 0)
        return err_set(e, ST_IO, _("%s cannot be written to"), path);
    return ST_OK;
}

/* Makes the empty file, which only its owner and group may read: there will
 * be addresses in it. */
static enum status make_file(const char *path, struct err *e)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0660);
    if (fd < 0)
        return err_set(e, ST_CANT_CREATE, _("cannot create %s: %s"), path,
                       strerror(errno));
    close(fd);
    return ST_OK;
}

static enum status create(struct db *db, struct err *e)
{
    enum status st = make_file(db->path, e);
    if (st != ST_OK)
        return st;
    db->created = true;
    st = open_file(db, SQLITE_OPEN_READWRITE, e);
    if (st == ST_OK)
        st = migrate(db, e);
    if (st == ST_IO || st == ST_BUG)
        e->code = st = ST_CANT_CREATE;
    return st;
}

enum status db_pristine(struct db **out, struct err *e)
{
    struct db *db = xcalloc(1, sizeof *db);
    db->path = xstrdup(":memory:");
    db->now = "1970-01-01 00:00"; /* compared by its schema, then gone */
    enum status st = open_file(db, SQLITE_OPEN_READWRITE, e);
    if (st == ST_OK)
        st = migrate(db, e);
    *out = st == ST_OK ? db : NULL;
    if (st != ST_OK)
        db_close(db);
    return st;
}

static enum status open_existing(struct db *db, struct err *e)
{
    /* A reader may have to roll back what a crash left: open for writing
     * where the file allows it. */
    bool writable = access(db->path, W_OK) == 0;
    enum status st = open_file(
        db, writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, e);
    return st == ST_OK ? check_version(db, e) : st;
}

enum status db_open(struct db **out, const char *path, enum db_mode mode,
                    const char *now, struct err *e)
{
    *out = NULL;
    enum status st = check_path(path, mode, e);
    if (st != ST_OK)
        return st;
    struct db *db = xcalloc(1, sizeof *db);
    db->path = xstrdup(path);
    db->now = now;
    st = mode == DB_CREATE ? create(db, e) : open_existing(db, e);
    /* One consistent view for all that a reading command shows. */
    if (st == ST_OK && mode == DB_READ)
        st = sql_script(db, e, "BEGIN");
    if (st == ST_OK)
        *out = db;
    else
        db_close(db);
    return st;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    db_rollback(db);
    for (size_t i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(db->statements[i].stmt);
    if (db->handle != NULL && sqlite3_close(db->handle) != SQLITE_OK)
        BUG("a statement was left open");
    if (db->created) /* init failed, or was a dry run */
        unlink(db->path);
    free(db->path);
    free(db);
}

enum status db_begin(struct db *db, struct err *e)
{
    if (!sqlite3_get_autocommit(db->handle))
        BUG("a transaction is open already");
    enum status st = sql_script(db, e, "BEGIN IMMEDIATE");
    if (st == ST_OK)
        st = journal_begin(db, &db->begun_after, e);
    if (st != ST_OK)
        db_rollback(db);
    return st;
}

enum status db_seal(struct db *db, const struct actor *who, struct err *e)
{
    enum status st = journal_seal(db, db->begun_after + 1, who, e);
    if (st == ST_OK)
        st = sql_flush(db, e);
    if (st != ST_OK)
        db_rollback(db);
    db->sealed = st == ST_OK;
    return st;
}

enum status db_commit(struct db *db, struct err *e)
{
    if (!db->sealed)
        BUG("a commit without a seal");
    db->sealed = false;
    enum status st = commit(db, e);
    if (st == ST_OK)
        db->created = false;
    else
        db_rollback(db);
    return st;
}

void db_rollback(struct db *db)
{
    if (db->handle == NULL)
        return;
    if (!sqlite3_get_autocommit(db->handle))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    /* After an I/O error SQLite has given the transaction up by itself, but
     * takes half-written pages back only when the file is read again: now
     * rather than in the next process. */
    sqlite3_exec(db->handle, "PRAGMA schema_version", NULL, NULL, NULL);
}

int64_t db_changes(const struct db *db)
{
    return db->entries;
}

const char *db_path(const struct db *db)
{
    return db->path;
}
