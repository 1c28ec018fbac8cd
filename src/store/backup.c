/* Copies of the database file. */
#include "store/backup.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/private.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What stands at `path` may be replaced, and is not the database itself under
 * another name. */
static enum status check_target(struct db *db, const char *path, bool replace,
                                struct err *e)
{
    struct stat there, source;
    if (stat(path, &there) != 0)
        return errno == ENOENT
                   ? ST_OK
                   : err_set(e, ST_CANT_CREATE, _("cannot create %s: %s"), path,
                             strerror(errno));
    if (!S_ISREG(there.st_mode))
        return err_set(e, ST_CANT_CREATE, _("%s is not a file"), path);
    if (stat(db->path, &source) == 0 && source.st_dev == there.st_dev &&
        source.st_ino == there.st_ino)
        return err_set(e, ST_CANT_CREATE,
                       _("%s is the database itself: name another file"), path);
    if (!replace)
        return err_set(e, ST_CANT_CREATE,
                       _("%s exists already: name another file, or say "
                         "--force to replace it"),
                       path);
    return ST_OK;
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

/* Waits until a file, or the names in a folder, are on the disk. */
static int sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int rc = fsync(fd);
    return close(fd) == 0 ? rc : -1;
}

/* rename() that leaves an existing file alone unless `replace`, where the
 * file system can do that. */
static int move_file(const char *from, const char *to, bool replace)
{
    if (!replace &&
        renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (!replace && errno != EINVAL && errno != ENOSYS)
        return -1;
    return rename(from, to);
}

/* The copy is on the disk before it takes the name, and the name after. */
static enum status put_in_place(const char *copy, const char *path,
                                bool replace, struct err *e)
{
    char *folder = xstrdup(path);
    enum status st = ST_OK;
    if (sync_path(copy, O_RDWR) != 0 || move_file(copy, path, replace) != 0 ||
        sync_path(dirname(folder), O_RDONLY | O_DIRECTORY) != 0)
        st = err_set(e, errno == EEXIST ? ST_CANT_CREATE : ST_IO,
                     _("cannot write %s: %s"), path, strerror(errno));
    free(folder);
    return st;
}

enum status db_backup(struct db *db, const char *path, bool replace,
                      struct err *e)
{
    enum status st = check_target(db, path, replace, e);
    if (st != ST_OK)
        return st;
    char *copy = xasprintf("%s.XXXXXX", path);
    int fd = mkstemp(copy);
    if (fd < 0)
        st = err_set(e, ST_CANT_CREATE, _("cannot create %s: %s"), path,
                     strerror(errno));
    else
        close(fd);
    if (st == ST_OK)
        st = copy_into(db, copy, e);
    if (st == ST_OK)
        st = put_in_place(copy, path, replace, e);
    if (st != ST_OK && fd >= 0)
        unlink(copy);
    free(copy);
    return st;
}
