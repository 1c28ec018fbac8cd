/* Output files that are there whole or not at all. */
#include "base/whole_file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder part of a path, to be freed. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return xstrdup(".");
    return slash == path ? xstrdup("/")
                         : xstrndup(path, (size_t)(slash - path));
}

static enum status target_is_free(const char *path, bool force, struct err *e)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return ST_OK;
    if (!S_ISREG(st.st_mode))
        return err_set(e, ST_CANT_CREATE,
                       _("%s is not a plain file: give the output a name of "
                         "its own"),
                       path);
    if (!force)
        return err_set(e, ST_CANT_CREATE,
                       _("%s is already there: choose another name; report "
                         "and backup can replace it with --force"),
                       path);
    return ST_OK;
}

/* ------------------------------------------------ when the user interrupts */

static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
static char *unfinished; /* the one temporary file that there is, or NULL */

/* Leaves no half-written copy of the data behind. */
static void remove_unfinished(int signal_number)
{
    unlink(unfinished);
    raise(signal_number); /* ends now: the handler is there for one time */
}

/* Watches over the temporary file, or with NULL no longer. A signal that is
 * ignored (nohup) stays so. */
static void watch(char *path)
{
    struct sigaction act = {.sa_handler =
                                path != NULL ? remove_unfinished : SIG_DFL,
                            .sa_flags = (int)SA_RESETHAND | SA_NODEFER};
    unfinished = path != NULL ? path : unfinished;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct sigaction now;
        sigaction(ends[i], NULL, &now);
        if (now.sa_handler != SIG_IGN)
            sigaction(ends[i], &act, NULL);
    }
}

/* Makes the temporary file beside the target, with the rights that a new
 * file has here, or its owner's alone. */
static enum status make_tmp(struct whole_file *f, const char *suffix,
                            bool private, struct err *e)
{
    char *folder = folder_of(f->path);
    const char *slash = strrchr(f->path, '/');
    f->tmp = xasprintf("%s/.%.200s.XXXXXX%s", folder,
                       slash != NULL ? slash + 1 : f->path, suffix);
    free(folder);
    int fd = mkstemps(f->tmp, (int)strlen(suffix));
    if (fd < 0) {
        free(f->tmp);
        f->tmp = NULL;
        return err_set(e, ST_CANT_CREATE, _("%s cannot be created: %s"),
                       f->path, strerror(errno));
    }
    mode_t mask = umask(0);
    umask(mask);
    watch(f->tmp);
    if (!private)
        fchmod(fd, 0666 & ~mask); /* at worst it stays the owner's alone */
    close(fd);
    return ST_OK;
}

enum status whole_file_begin(struct whole_file *f, const char *path,
                             const char *suffix, unsigned flags, struct err *e)
{
    *f = (struct whole_file){.path = xstrdup(path),
                             .replace = (flags & WHOLE_REPLACE) != 0};
    enum status st = target_is_free(path, f->replace, e);
    if (st == ST_OK)
        st = make_tmp(f, suffix, (flags & WHOLE_PRIVATE) != 0, e);
    return st;
}

/* Makes sure of what stands on the disk: the file, or the folder's entry. */
static bool sync_path(const char *path, int flags)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    if (fd < 0)
        return false;
    bool done = fsync(fd) == 0;
    return close(fd) == 0 && done;
}

/* rename() that leaves an existing file alone unless it may be replaced, where
 * the file system can do that. */
static int move_file(const struct whole_file *f)
{
    if (!f->replace &&
        renameat2(AT_FDCWD, f->tmp, AT_FDCWD, f->path, RENAME_NOREPLACE) == 0)
        return 0;
    if (!f->replace && errno != EINVAL && errno != ENOSYS)
        return -1;
    return rename(f->tmp, f->path);
}

enum status whole_file_place(struct whole_file *f, struct err *e)
{
    if (!sync_path(f->tmp, 0) || move_file(f) != 0)
        return err_set(e, errno == EEXIST ? ST_CANT_CREATE : ST_IO,
                       _("%s cannot be written: %s"), f->path, strerror(errno));
    watch(NULL);
    free(f->tmp);
    f->tmp = NULL;
    char *folder = folder_of(f->path);
    sync_path(folder, O_DIRECTORY); /* some file systems have no such sync */
    free(folder);
    return ST_OK;
}

void whole_file_release(struct whole_file *f)
{
    if (f->tmp != NULL) {
        unlink(f->tmp);
        watch(NULL);
    }
    free(f->tmp);
    free(f->path);
    *f = (struct whole_file){0};
}

enum status whole_file_write(const char *path, const char *text, struct err *e)
{
    struct whole_file f = {0};
    enum status st = whole_file_begin(&f, path, "", 0, e);
    FILE *out = st == ST_OK ? fopen(f.tmp, "w") : NULL;
    bool done = out != NULL && fputs(text, out) != EOF;
    done = out != NULL && fclose(out) == 0 && done;
    if (st == ST_OK && !done)
        st = err_set(e, ST_IO, _("%s cannot be written: %s"), path,
                     strerror(errno));
    if (st == ST_OK)
        st = whole_file_place(&f, e);
    whole_file_release(&f);
    return st;
}
