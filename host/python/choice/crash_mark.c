#include "python/choice/crash_mark.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file/folder.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/watch/watch_files.h"

/* What a mark holds: INSIDE or OUTSIDE, the script's stamp, its path. */
enum { OUTSIDE = '0', INSIDE = '1', MOST_TEXT = 8192 };

/* FNV-1a: the file's name begins with it, so only few files must be opened. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (; *text; text++)
        hash = (hash ^ (uint8_t)*text) * 0x100000001b3u;
    return hash;
}

/* What follows the first byte; new string. */
static char *text_of(const char *script)
{
    FileStamp stamp = watch_files_stamp(script);
    return mem_printf(" %" PRId64 " %" PRId64 "\n%s\n", stamp.size, stamp.modified_ns,
                      script);
}

/* Does a mark of a process that has ended tell of a crash of this very script? */
static bool tells_crash(int file, const char *script)
{
    char found[MOST_TEXT];
    char *wanted = text_of(script);
    ssize_t size = pread(file, found, sizeof found - 1, 0);
    found[size > 0 ? size : 0] = '\0';
    bool crashed = found[0] == INSIDE && strcmp(found + 1, wanted) == 0;
    mem_free(wanted);
    return crashed;
}

/* A mark that is locked belongs to a process that lives. One that tells of no crash is
 * removed, and with `forget` every one. */
static bool examine(const char *path, const char *script, bool forget)
{
    int file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return false;
    bool ended = flock(file, LOCK_EX | LOCK_NB) == 0;
    bool crashed = ended && tells_crash(file, script);
    if (ended && (forget || !crashed))
        unlink(path);
    close(file);
    return crashed;
}

static bool examine_all(const char *script, bool forget)
{
    char prefix[24];
    snprintf(prefix, sizeof prefix, "%016" PRIx64 ".", hash_of(script));
    char *folder = path_own(PATH_STATE, "running");
    DIR *marks = folder ? opendir(folder) : NULL;
    bool crashed = false;
    for (const struct dirent *entry; marks && (entry = readdir(marks));) {
        if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0)
            continue;
        char *path = path_join(folder, entry->d_name);
        crashed = examine(path, script, forget) || crashed;
        mem_free(path);
    }
    if (marks)
        closedir(marks);
    mem_free(folder);
    return crashed;
}

bool crash_mark_has_crashed(const char *script)
{
    return examine_all(script, false);
}

void crash_mark_forget(const char *script)
{
    examine_all(script, true);
}

/* What a process that has ended left there goes. False: the file is of no use. */
static bool fill(int file, const char *script)
{
    char *text = text_of(script);
    size_t length = strlen(text);
    bool good = ftruncate(file, 0) == 0 && pwrite(file, &(char){OUTSIDE}, 1, 0) == 1 &&
                pwrite(file, text, length, 1) == (ssize_t)length &&
                length < MOST_TEXT - 1;
    mem_free(text);
    return good;
}

/* The file, locked and filled; -1: there is none. One that another process holds, whose
 * number is the same elsewhere, stays as it is. */
static int make(const char *path, const char *script)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return -1;
    bool locked = flock(file, LOCK_EX | LOCK_NB) == 0;
    if (locked && fill(file, script))
        return file;
    if (locked)
        unlink(path);
    close(file);
    return -1;
}

CrashMark crash_mark_open(const char *script)
{
    CrashMark mark = {0};
    char *folder = path_own(PATH_STATE, "running");
    if (!folder)
        return mark;
    folder_make_own(folder, NULL); /* making the file tells of a failure */
    mark.path =
        mem_printf("%s/%016" PRIx64 ".%ld", folder, hash_of(script), (long)getpid());
    mark.file = make(mark.path, script);
    mem_free(folder);
    if (mark.file >= 0)
        return mark;
    mem_free(mark.path);
    return (CrashMark){0};
}

static void put(const CrashMark *mark, char byte)
{
    ssize_t written = mark->path ? pwrite(mark->file, &byte, 1, 0) : 0;
    (void)written; /* a full disk: there is no mark then */
}

void crash_mark_enter(const CrashMark *mark)
{
    put(mark, INSIDE);
}

void crash_mark_leave(const CrashMark *mark)
{
    put(mark, OUTSIDE);
}

void crash_mark_close(CrashMark *mark)
{
    if (!mark->path)
        return;
    unlink(mark->path);
    close(mark->file);
    mem_free(mark->path);
    *mark = (CrashMark){0};
}
