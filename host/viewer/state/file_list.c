#include "viewer/state/file_list.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/path.h"
#include "image/codec/format.h"

/* Compare two runs of digits by value; move both pointers past them. */
static int compare_numbers(const char **a, const char **b)
{
    while (**a == '0')
        ++*a;
    while (**b == '0')
        ++*b;
    size_t length_a = strspn(*a, "0123456789"), length_b = strspn(*b, "0123456789");
    int order = length_a != length_b ? (length_a < length_b ? -1 : 1)
                                     : strncmp(*a, *b, length_a);
    *a += length_a;
    *b += length_b;
    return order;
}

int file_list_compare(const char *a, const char *b)
{
    const char *whole_a = a, *whole_b = b;
    while (*a && *b) {
        int order;
        if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b))
            order = compare_numbers(&a, &b);
        else
            order = tolower((unsigned char)*a++) - tolower((unsigned char)*b++);
        if (order)
            return order;
    }
    return *a || *b ? (*a ? 1 : -1) : strcmp(whole_a, whole_b);
}

static int by_name(const void *a, const void *b)
{
    return file_list_compare(*(char *const *)a, *(char *const *)b);
}

/* Takes `path`. */
static void add(FileList *files, char *path)
{
    files->paths = mem_more(files->paths, (size_t)files->count, 1, sizeof(char *));
    files->paths[files->count++] = path;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* `whole` is the folder's path for the system. */
static bool add_folder(FileList *files, const char *folder, const char *whole, Err *err)
{
    DIR *dir = opendir(whole);
    if (!dir)
        return err_set_errno(err, ERR_FILE, errno, "%s", folder);
    int first = files->count;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.' || !format_is_image_name(entry->d_name))
            continue;
        char *path = path_join(whole, entry->d_name);
        if (!is_folder(path))
            add(files, path_join(folder, entry->d_name));
        mem_free(path);
    }
    closedir(dir);
    if (files->count == first)
        return err_set(err, ERR_FILE, "%s: no images in this folder", folder);
    qsort(files->paths + first, (size_t)(files->count - first), sizeof *files->paths,
          by_name);
    return true;
}

static void note_inputs(FileList *files, const char *const *inputs, int count)
{
    files->inputs = mem_new((size_t)count, sizeof *files->inputs);
    files->n_inputs = count;
    for (int i = 0; i < count; i++)
        files->inputs[i] = mem_dup(inputs[i]);
}

bool file_list_open(FileList *files, const char *const *inputs, int count, Err *err)
{
    return file_list_open_in(files, "", inputs, count, err);
}

bool file_list_open_in(FileList *files, const char *folder, const char *const *inputs,
                       int count, Err *err)
{
    *files = (FileList){0};
    bool fine = true;
    for (int i = 0; i < count; i++) {
        char *whole = path_join(folder, inputs[i]);
        if (is_folder(whole))
            fine = add_folder(files, inputs[i], whole, err) && fine;
        else
            add(files, mem_dup(inputs[i]));
        mem_free(whole);
    }
    if (files->count) {
        note_inputs(files, inputs, count);
        return true;
    }
    return fine ? err_set(err, ERR_FILE, "no image was named") : false;
}

bool file_list_is_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    return dir && closedir(dir) == 0;
}

static void free_paths(char **paths, int count)
{
    for (int i = 0; i < count; i++)
        mem_free(paths[i]);
    mem_free(paths);
}

void file_list_close(FileList *files)
{
    free_paths(files->paths, files->count);
    free_paths(files->inputs, files->n_inputs);
    *files = (FileList){0};
}

const char *file_list_path(const FileList *files)
{
    return files->paths[files->at];
}

const char *file_list_beside(const FileList *files, int step)
{
    int at = files->at + step;
    return at >= 0 && at < files->count ? files->paths[at] : NULL;
}

int file_list_find(const FileList *files, const char *path)
{
    for (int i = 0; i < files->count; i++)
        if (strcmp(files->paths[i], path) == 0)
            return i;
    return -1;
}

bool file_list_step(FileList *files, int step)
{
    int wanted = files->at + step;
    int last = files->count - 1;
    int to = wanted > last ? last : wanted;
    to = to < 0 ? 0 : to;
    bool moved = to != files->at;
    files->at = to;
    files->back = step < 0;
    return moved;
}

static void set_path(FileList *files, int at, char *path)
{
    files->paths = mem_more(files->paths, (size_t)files->count, 1, sizeof(char *));
    memmove(files->paths + at + 1, files->paths + at,
            (size_t)(files->count - at) * sizeof(char *));
    files->paths[at] = path;
    files->count++;
}

/* Behind the nearest of the files before the wanted one that are still there. */
static int place_in(const FileList *files, const FileList *fresh)
{
    enum { NEAR = 64 };
    for (int i = files->at - 1; i >= 0 && i >= files->at - NEAR; i--) {
        int found = file_list_find(fresh, files->paths[i]);
        if (found >= 0)
            return found + 1;
    }
    return files->at < fresh->count ? files->at : fresh->count;
}

static bool is_same(const FileList *a, const FileList *b)
{
    bool same = a->count == b->count;
    for (int i = 0; same && i < a->count; i++)
        same = strcmp(a->paths[i], b->paths[i]) == 0;
    return same;
}

static void swap_inputs(FileList *a, FileList *b)
{
    FileList old = *a;
    a->inputs = b->inputs;
    a->n_inputs = b->n_inputs;
    b->inputs = old.inputs;
    b->n_inputs = old.n_inputs;
}

bool file_list_refresh(FileList *files, FileList *fresh)
{
    const char *wanted = files->count ? file_list_path(files) : NULL;
    fresh->back = files->back;
    fresh->at = wanted ? file_list_find(fresh, wanted) : 0;
    if (fresh->at < 0) {
        fresh->at = place_in(files, fresh);
        set_path(fresh, fresh->at, mem_dup(wanted));
    }
    bool changed = !is_same(files, fresh);
    if (files->n_inputs)
        swap_inputs(files, fresh);
    file_list_close(files);
    *files = *fresh;
    *fresh = (FileList){0};
    return changed;
}

void file_list_forget(FileList *files, const char *path)
{
    int at = file_list_find(files, path);
    if (at < 0 || at == files->at)
        return;
    mem_free(files->paths[at]);
    memmove(files->paths + at, files->paths + at + 1,
            (size_t)(--files->count - at) * sizeof(char *));
    files->at -= at < files->at;
}

bool file_list_go(FileList *files, const char *path)
{
    int at = file_list_find(files, path);
    bool moved = at >= 0 && at != files->at;
    files->at = moved ? at : files->at;
    return moved;
}
