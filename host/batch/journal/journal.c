#include "batch/journal/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

static const char HEAD[] = JOURNAL_HEAD;

struct Journal {
    /* immutable */
    char *path;
    int fd;
    /* guarded by `lock` */
    pthread_mutex_t lock;
    pthread_cond_t synced;
    bool torn;            /* the file ends in the middle of a line */
    bool syncing;         /* a thread waits for the disk */
    uint64_t added, safe; /* lines added, and of these those on the disk */
};

static bool fail(const Journal *journal, Err *err)
{
    return err_set_errno(err, ERR_FILE, errno, "%s", journal->path);
}

static bool write_all(const Journal *journal, const char *text, size_t size)
{
    ssize_t put = write(journal->fd, text, size);
    if (put >= 0 && (size_t)put < size)
        errno = ENOSPC;
    return put >= 0 && (size_t)put == size;
}

/* Opening. */

/* A network's file system may be mounted without locks. */
static bool lacks_locks(int error)
{
    return error == ENOSYS || error == ENOTSUP || error == ENOLCK || error == EINVAL;
}

static bool lock_file(const Journal *journal, Err *err)
{
    if (flock(journal->fd, LOCK_EX | LOCK_NB) == 0)
        return true;
    if (lacks_locks(errno)) {
        log_info("%s: this file system has no locks (%s): see to it that no other run "
                 "writes there now",
                 journal->path, strerror(errno));
        return true;
    }
    if (errno != EWOULDBLOCK)
        return fail(journal, err);
    return err_set(err, ERR_FILE,
                   "%s: another run writes there now; wait for its end, or write to "
                   "another folder",
                   journal->path);
}

/* Is the beginning of the file that of a journal, as far as it goes? */
static bool has_head(const Journal *journal, off_t size)
{
    char head[sizeof HEAD - 1];
    size_t wanted = (size_t)size < sizeof head ? (size_t)size : sizeof head;
    return pread(journal->fd, head, wanted, 0) == (ssize_t)wanted &&
           memcmp(head, HEAD, wanted) == 0;
}

/* A run that was killed at its beginning left the head in part. */
static bool check_head(Journal *journal, off_t size, bool writes, Err *err)
{
    if (!has_head(journal, size))
        return err_set(err, ERR_FILE, "%s: is not a lutist journal", journal->path);
    if ((size_t)size >= sizeof HEAD - 1 || !writes)
        return true;
    if (ftruncate(journal->fd, 0) == 0 && write_all(journal, HEAD, sizeof HEAD - 1))
        return true;
    return fail(journal, err);
}

static bool examine(Journal *journal, bool writes, Err *err)
{
    struct stat found;
    char last;
    if (fstat(journal->fd, &found) != 0)
        return fail(journal, err);
    if (!S_ISREG(found.st_mode))
        return err_set(err, ERR_FILE, "%s: is not an ordinary file", journal->path);
    if ((writes && !lock_file(journal, err)) ||
        !check_head(journal, found.st_size, writes, err))
        return false;
    journal->torn = found.st_size >= (off_t)sizeof HEAD &&
                    pread(journal->fd, &last, 1, found.st_size - 1) == 1 &&
                    last != '\n';
    return true;
}

static Journal *new_journal(const char *path, int fd)
{
    Journal *journal = mem_new(1, sizeof *journal);
    journal->path = mem_dup(path);
    journal->fd = fd;
    pthread_mutex_init(&journal->lock, NULL);
    pthread_cond_init(&journal->synced, NULL);
    return journal;
}

static Journal *open_file(const char *path, int flags, Err *err)
{
    int fd = open(path, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
    Journal *journal = new_journal(path, fd);
    if (fd >= 0 ? examine(journal, (flags & O_ACCMODE) != O_RDONLY, err)
                : fail(journal, err))
        return journal;
    journal_close(journal);
    return NULL;
}

Journal *journal_open(const char *path, Err *err)
{
    return open_file(path, O_RDWR | O_APPEND | O_CREAT, err);
}

bool journal_open_to_read(Journal **journal, const char *path, Err *err)
{
    *journal = NULL;
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return true;
    *journal = open_file(path, O_RDONLY, err);
    return *journal;
}

void journal_close(Journal *journal)
{
    if (!journal)
        return;
    if (journal->fd >= 0)
        close(journal->fd);
    pthread_cond_destroy(&journal->synced);
    pthread_mutex_destroy(&journal->lock);
    mem_free(journal->path);
    mem_free(journal);
}

/* Reading. */

/* Of a handle of its own, behind the head. NULL: see errno. */
static FILE *open_lines(const Journal *journal)
{
    int fd = dup(journal->fd);
    FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;
    if (file && fseeko(file, sizeof HEAD - 1, SEEK_SET) == 0)
        return file;
    int code = errno;
    if (file)
        fclose(file);
    else if (fd >= 0)
        close(fd);
    errno = code;
    return NULL;
}

int journal_each(Journal *journal, journal_line_fn take, void *context, Err *err)
{
    int unreadable = 0;
    FILE *file = open_lines(journal);
    char *text = NULL;
    size_t room = 0;
    errno = file ? 0 : errno;
    while (file && getline(&text, &room, file) > 0) {
        JournalLine line;
        text[strcspn(text, "\n")] = '\0';
        if (journal_line_read(&line, text))
            take(context, &line);
        else
            unreadable += *text != '\0';
        errno = 0;
    }
    if (errno) {
        fail(journal, err);
        unreadable = -1;
    }
    free(text);
    if (file)
        fclose(file);
    return unreadable;
}

/* Writing. */

/* With the lock held. */
static bool append(Journal *journal, const char *text, size_t size, Err *err)
{
    bool put = (!journal->torn || write_all(journal, "\n", 1)) &&
               write_all(journal, text, size);
    if (!put)
        fail(journal, err);
    journal->torn = !put;
    journal->added += put;
    return put;
}

bool journal_add(Journal *journal, const JournalLine *line, uint64_t *number, Err *err)
{
    char *text = journal_line_text(line);
    size_t size = strlen(text);
    pthread_mutex_lock(&journal->lock);
    bool added = append(journal, text, size, err);
    if (number)
        *number = journal->added;
    pthread_mutex_unlock(&journal->lock);
    mem_free(text);
    return added;
}

/* With the lock held, which is released meanwhile. */
static bool sync_lines(Journal *journal, Err *err)
{
    uint64_t reached = journal->added;
    journal->syncing = true;
    pthread_mutex_unlock(&journal->lock);
    bool synced = fdatasync(journal->fd) == 0 || errno == EINVAL || fail(journal, err);
    pthread_mutex_lock(&journal->lock);
    journal->syncing = false;
    if (synced)
        journal->safe = reached;
    pthread_cond_broadcast(&journal->synced);
    return synced;
}

bool journal_wait(Journal *journal, uint64_t number, Err *err)
{
    bool fine = true;
    pthread_mutex_lock(&journal->lock);
    while (fine && journal->safe < number)
        if (journal->syncing)
            pthread_cond_wait(&journal->synced, &journal->lock);
        else
            fine = sync_lines(journal, err);
    pthread_mutex_unlock(&journal->lock);
    return fine;
}
