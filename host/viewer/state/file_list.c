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

static bool add_folder(FileList *files, const char *folder, Err *err)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return err_set_errno(err, ERR_FILE, errno, "%s", folder);
    int first = files->count;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.' || !format_is_image_name(entry->d_name))
            continue;
        char *path = path_join(folder, entry->d_name);
        if (is_folder(path))
            mem_free(path);
        else
            add(files, path);
    }
    closedir(dir);
    if (files->count == first)
        return err_set(err, ERR_FILE, "%s: no images in this folder", folder);
    qsort(files->paths + first, (size_t)(files->count - first), sizeof *files->paths,
          by_name);
    return true;
}

bool file_list_open(FileList *files, const char *const *inputs, int count, Err *err)
{
    *files = (FileList){0};
    bool fine = true;
    for (int i = 0; i < count; i++) {
        if (is_folder(inputs[i]))
            fine = add_folder(files, inputs[i], err) && fine;
        else
            add(files, mem_dup(inputs[i]));
    }
    if (files->count)
        return true;
    return fine ? err_set(err, ERR_FILE, "no image was named") : false;
}

void file_list_close(FileList *files)
{
    for (int i = 0; i < files->count; i++)
        mem_free(files->paths[i]);
    mem_free(files->paths);
    *files = (FileList){0};
}

const char *file_list_path(const FileList *files)
{
    return files->paths[files->at];
}

bool file_list_step(FileList *files, int step)
{
    int wanted = files->at + step;
    int last = files->count - 1;
    int to = wanted < 0 ? 0 : wanted > last ? last : wanted;
    bool moved = to != files->at;
    files->at = to;
    return moved;
}
