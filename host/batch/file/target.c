#include "batch/file/target.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file/tempname.h"
#include "base/mem.h"
#include "base/path.h"

/* Examine the folder that the first `length` characters of the path name. */
static bool enter(Target *target, int length)
{
    char *folder = length ? mem_printf("%.*s", length, target->path) : mem_dup(".");
    struct stat found;
    bool is_folder = stat(folder, &found) == 0 && S_ISDIR(found.st_mode);
    mem_free(folder);
    if (!is_folder)
        return false;
    target->length = length;
    target->device = found.st_dev;
    target->inode = found.st_ino;
    return true;
}

static int folder_length(const char *path)
{
    return (int)(path_name(path) - path);
}

/* Is `near` in the same folder, by its name? */
static bool enter_with(Target *target, const Target *near)
{
    int length = folder_length(target->path);
    if (!near || folder_length(near->path) != length ||
        memcmp(near->path, target->path, (size_t)length) != 0)
        return false;
    target->length = near->length;
    target->device = near->device;
    target->inode = near->inode;
    return true;
}

/* Find the deepest existing folder on the way. */
static void enter_all(Target *target, const Target *near)
{
    const char *path = target->path;
    int whole = folder_length(path);
    if (enter_with(target, near) || enter(target, whole)) /* the usual cases */
        return;
    int at = path[0] == '/';
    bool is_there = enter(target, at);
    while (is_there && at < whole) {
        at += (int)strspn(path + at, "/");
        at += (int)strcspn(path + at, "/");
        is_there = enter(target, at);
    }
}

static bool is_name(const char *name, int length, const char *wanted)
{
    return (size_t)length == strlen(wanted) &&
           memcmp(name, wanted, (size_t)length) == 0;
}

bool target_find(Target *target, const char *path, const Target *near, Err *err)
{
    if (strcmp(path_name(path), "..") == 0)
        return err_set(err, ERR_USAGE, "%s: names a folder, not a file", path);
    *target = (Target){.path = path};
    enter_all(target, near);
    char *rest = mem_dup("");
    for (const char *at = path + target->length; *at;) {
        at += strspn(at, "/");
        int length = (int)strcspn(at, "/");
        if (is_name(at, length, "..")) {
            mem_free(rest);
            return err_set(
                err, ERR_USAGE,
                "%s: '..' follows %.*s, which is not a folder; name the folder "
                "itself",
                path, (int)(at - path) - 1, path);
        }
        if (length && !is_name(at, length, ".")) {
            char *longer = mem_printf("%s/%.*s", rest, length, at);
            mem_free(rest);
            rest = longer;
        }
        at += length;
    }
    target->rest = rest;
    return true;
}

void target_term(Target *target)
{
    mem_free(target->rest);
    target->rest = NULL;
}

int target_compare(const Target *a, const Target *b)
{
    if (a->device != b->device)
        return a->device < b->device ? -1 : 1;
    if (a->inode != b->inode)
        return a->inode < b->inode ? -1 : 1;
    int order = strcasecmp(a->rest, b->rest);
    return order ? order : strcmp(a->rest, b->rest);
}

/* Change the case of the first letter; false: the name has none. */
static bool turn_case(char *name)
{
    while (*name && !isalpha((unsigned char)*name))
        name++;
    if (*name)
        *name = (char)(*name ^ ('a' ^ 'A'));
    return *name;
}

/* Does `name`, which is in the folder, exist in the other case too? -1: it has no
 * letter. */
static int is_there_turned(int folder, const char *name)
{
    struct stat one, other;
    char *turned = mem_dup(name);
    int is_there = -1;
    if (turn_case(turned) && fstatat(folder, name, &one, AT_SYMLINK_NOFOLLOW) == 0)
        is_there = fstatat(folder, turned, &other, AT_SYMLINK_NOFOLLOW) == 0 &&
                   one.st_dev == other.st_dev && one.st_ino == other.st_ino;
    mem_free(turned);
    return is_there;
}

/* Test with a file in the folder. -1: there is none to test with. */
static int ask_entries(int folder)
{
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = again >= 0 ? fdopendir(again) : NULL;
    struct dirent *entry;
    int folds = -1;
    while (dir && folds < 0 && (entry = readdir(dir)))
        folds = is_there_turned(folder, entry->d_name);
    if (dir)
        closedir(dir);
    return folds;
}

static bool ask_new_file(int folder)
{
    char *name;
    struct stat made;
    int file = tempname_create(folder, "case", 0600, &name, &made);
    if (file < 0)
        return false;
    bool folds = is_there_turned(folder, name) > 0;
    unlinkat(folder, name, 0);
    close(file);
    mem_free(name);
    return folds;
}

bool target_folds(const Target *target, bool may_write)
{
    char *path = target->length ? mem_printf("%.*s", target->length, target->path)
                                : mem_dup(".");
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    mem_free(path);
    if (folder < 0)
        return false;
    int folds = ask_entries(folder);
    if (folds < 0 && may_write)
        folds = ask_new_file(folder);
    close(folder);
    return folds > 0;
}

bool target_is_same(const Target *a, const Target *b, target_folds_fn folds,
                    bool may_write)
{
    if (a->device != b->device || a->inode != b->inode ||
        strcasecmp(a->rest, b->rest) != 0)
        return false;
    return strcmp(a->rest, b->rest) == 0 || folds(a, may_write);
}

bool target_is_in(const Target *inner, const Target *outer)
{
    size_t length = strlen(outer->rest);
    return inner->device == outer->device && inner->inode == outer->inode &&
           strncmp(inner->rest, outer->rest, length) == 0 && inner->rest[length] == '/';
}
