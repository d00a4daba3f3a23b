#include "viewer/control/folder_list.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/path.h"
#include "viewer/state/file_list.h"

bool folder_list_matches(const char *name, const char *pattern)
{
    static const char blank[] = " \t";
    char *copy = mem_dup(pattern), *rest = NULL;
    bool found = false;
    for (char *part = strtok_r(copy, blank, &rest); part && !found;
         part = strtok_r(NULL, blank, &rest))
        found = fnmatch(part, name, FNM_CASEFOLD) == 0;
    mem_free(copy);
    return found;
}

static bool is_folder(const char *path, const char *name)
{
    struct stat info;
    char *whole = path_join(path, name);
    bool folder = stat(whole, &info) == 0 && S_ISDIR(info.st_mode);
    mem_free(whole);
    return folder;
}

static void add(FolderList *list, const char *name, bool folder)
{
    list->entries =
        mem_more(list->entries, (size_t)list->count, 1, sizeof(FolderEntry));
    list->entries[list->count++] = (FolderEntry){mem_dup(name), folder};
}

static int by_kind_and_name(const void *a, const void *b)
{
    const FolderEntry *one = a, *other = b;
    if (one->folder != other->folder)
        return one->folder ? -1 : 1;
    return file_list_compare(one->name, other->name);
}

bool folder_list_read(FolderList *list, const char *path, const char *pattern, Err *err)
{
    DIR *dir = opendir(path);
    if (!dir)
        return err_set_errno(err, ERR_FILE, errno, "%s", path);
    FolderList read = {.path = mem_dup(path)};
    bool top = strcmp(path, "/") == 0;
    if (!top)
        add(&read, "..", true);
    for (struct dirent *entry; (entry = readdir(dir));) {
        const char *name = entry->d_name;
        bool folder = name[0] != '.' && is_folder(path, name);
        if (folder || (name[0] != '.' && folder_list_matches(name, pattern)))
            add(&read, name, folder);
    }
    closedir(dir);
    if (read.count > !top)
        qsort(read.entries + !top, (size_t)(read.count - !top), sizeof *read.entries,
              by_kind_and_name);
    folder_list_close(list);
    *list = read;
    return true;
}

void folder_list_close(FolderList *list)
{
    for (int i = 0; i < list->count; i++)
        mem_free(list->entries[i].name);
    mem_free(list->entries);
    mem_free(list->path);
    *list = (FolderList){0};
}

int folder_list_find(const FolderList *list, const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->entries[i].name, name) == 0)
            return i;
    return -1;
}

int folder_list_step(const FolderList *list, const char *name, int step)
{
    int way = step < 0 ? -1 : 1, left = step * way, found = -1;
    int from = way > 0 ? 0 : list->count - 1;
    for (int i = from; i >= 0 && i < list->count && left; i += way) {
        const FolderEntry *entry = &list->entries[i];
        bool beyond = !name[0] || file_list_compare(entry->name, name) * way > 0;
        if (entry->folder || !beyond)
            continue;
        found = i;
        left--;
    }
    return found;
}

char *folder_list_path(const FolderList *list, int entry)
{
    const char *name = list->entries[entry].name;
    return strcmp(name, "..") == 0 ? path_dir(list->path) : path_join(list->path, name);
}
