/* Copies of the database file. */
#include "store/backup.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/whole_file.h"
#include "store/private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The database itself is never the target, also under another name. */
static enum status check_target(struct db *db, const char *path, struct err *e)
{
    struct stat there, source;
    if (stat(path, &there) != 0 || stat(db->path, &source) != 0 ||
        source.st_dev != there.st_dev || source.st_ino != there.st_ino)
        return ST_OK;
    return err_set(e, ST_CANT_CREATE,
                   _("%s is the database itself: name another file"), path);
}

/* Copies all pages while `db` holds its reading lock. */
static enum status copy_pages(struct db *db, sqlite3 *copy, const char *path,
                              struct err *e)
{
    sqlite3_backup *b = sqlite3_backup_init(copy, "main", db->handle, "main");
    if (b != NULL)
        sqlite3_backup_step(b, -1);
    int rc = b != NULL ? sqlite3_backup_finish(b) : sqlite3_errcode(copy);
    if (rc == SQLITE_OK)
        return ST_OK;
    if ((rc & 0xFF) == SQLITE_BUSY || (rc & 0xFF) == SQLITE_LOCKED)
        return err_set(e, ST_BUSY,
                       _("another process is writing to %s: try again"),
                       db->path);
    if ((rc & 0xFF) == SQLITE_FULL)
        return err_set(e, ST_IO, _("the disk is full: %s was not written"),
                       path);
    return err_set(e, ST_IO, _("cannot write %s: %s"), path,
                   sqlite3_errstr(rc));
}

/* The one text that tells two states apart: sound or not, how many entries,
 * the newest seal. The caller frees; NULL when it cannot be read. */
static char *state_of(sqlite3 *handle)
{
    static const char sql[] =
        "SELECT format('%s %d %s', (SELECT * FROM pragma_integrity_check),"
        "              (SELECT max(id) FROM journal),"
        "              (SELECT digest FROM seal ORDER BY id DESC LIMIT 1))";
    sqlite3_stmt *stmt = NULL;
    char *state = NULL;
    if (sqlite3_prepare_v2(handle, sql, -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        state = xstrdup((const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return state;
}

/* Copies into the file `path` and reads it back. */
static enum status copy_into(struct db *db, const char *path, struct err *e)
{
    sqlite3 *copy = NULL;
    int rc = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE, NULL);
    /* The copy is thrown away when it fails: it needs no journal file. */
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(copy, "PRAGMA journal_mode = OFF", NULL, NULL, NULL);
    /* Reading takes the lock that copy_pages relies on. */
    char *wanted = state_of(db->handle), *got = NULL;
    enum status st = ST_OK;
    if (rc != SQLITE_OK || wanted == NULL)
        st = err_set(e, ST_IO, _("cannot copy %s"), db->path);
    if (st == ST_OK)
        st = copy_pages(db, copy, path, e);
    if (st == ST_OK)
        got = state_of(copy);
    if (st == ST_OK && (got == NULL || strcmp(got, wanted) != 0 ||
                        strncmp(got, "ok ", 3) != 0))
        st = err_set(e, ST_IO,
                     _("the copy of %s is not sound: run \"cispd check\""),
                     db->path);
    free(wanted);
    free(got);
    sqlite3_close(copy);
    return st;
}

enum status db_backup(struct db *db, const char *path, bool replace,
                      struct err *e)
{
    struct whole_file f = {0};
    enum status st = check_target(db, path, e);
    if (st == ST_OK)
        st = whole_file_begin(&f, path, "",
                              WHOLE_PRIVATE | (replace ? WHOLE_REPLACE : 0), e);
    if (st == ST_OK)
        st = copy_into(db, f.tmp, e);
    if (st == ST_OK)
        st = whole_file_place(&f, e);
    whole_file_release(&f);
    return st;
}
