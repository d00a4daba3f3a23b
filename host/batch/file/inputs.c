#include "batch/file/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "image/codec/format.h"
#include "image/codec/unsupported.h"

typedef struct Walk {
    InputList *list;
    size_t below; /* see BatchFile */
    const InputRules *rules;
    bool has_folders; /* the folder has subfolders */
    char *left_out; /* the first file of a known kind that lutist does not read; or NULL
                     */
    int n_left_out; /* how many there are */
    bool filtered;  /* the filter passed over an image */
    struct stat not_into;
} Walk;

typedef struct Names {
    char **names;
    int count, room;
} Names;

static BatchFile *add(InputList *list, const char *path, size_t below)
{
    if (list->count == list->room) {
        list->room = list->room ? list->room * 2 : 16;
        list->files = mem_grow(list->files, (size_t)list->room, sizeof *list->files);
    }
    BatchFile *file = &list->files[list->count++];
    *file = (BatchFile){.input = mem_dup(path), .below = below};
    return file;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The folder's entries, sorted, without hidden ones. False: see errno. */
static bool list_names(const char *folder, Names *all)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return false;
    struct dirent *entry;
    while ((errno = 0, entry = readdir(dir))) {
        if (entry->d_name[0] == '.')
            continue;
        if (all->count == all->room) {
            all->room = all->room ? all->room * 2 : 64;
            all->names = mem_grow(all->names, (size_t)all->room, sizeof *all->names);
        }
        all->names[all->count++] = mem_dup(entry->d_name);
    }
    int failed = errno;
    closedir(dir);
    if (all->count)
        qsort(all->names, (size_t)all->count, sizeof *all->names, by_name);
    errno = failed;
    return !failed;
}

static void names_clear(Names *all)
{
    for (int i = 0; i < all->count; i++)
        mem_free(all->names[i]);
    mem_free(all->names);
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static void walk_folder(Walk *walk, const char *folder);

/* A link without a target is listed, so that its failure is reported. */
static bool is_ordinary(const char *path, const struct stat *itself)
{
    struct stat target;
    if (!S_ISLNK(itself->st_mode))
        return S_ISREG(itself->st_mode);
    return stat(path, &target) != 0 || S_ISREG(target.st_mode);
}

static void walk_entry(Walk *walk, const char *path)
{
    struct stat itself;
    if (lstat(path, &itself) != 0) {
        if (errno != ENOENT) /* it was removed meanwhile */
            add(walk->list, path, walk->below)->reason =
                mem_printf("%s: %s", path, strerror(errno));
    } else if (S_ISDIR(itself.st_mode)) {
        walk->has_folders = true;
        if (walk->rules->recursive && !same_file(&itself, &walk->not_into) &&
            !name_filter_prunes(&walk->rules->filter, path + walk->below))
            walk_folder(walk, path);
    } else if (!name_filter_takes(&walk->rules->filter, path + walk->below)) {
        walk->filtered = walk->filtered || format_is_image_name(path);
    } else if (format_is_image_name(path)) {
        if (is_ordinary(path, &itself))
            add(walk->list, path, walk->below);
    } else if (unsupported_by_path(path)) {
        walk->left_out = walk->left_out ? walk->left_out : mem_dup(path);
        walk->n_left_out++;
    }
}

/* A folder may be listed but not entered: then its files cannot be opened. */
static bool may_enter(const char *folder)
{
    return faccessat(AT_FDCWD, folder, X_OK, AT_EACCESS) == 0 || errno != EACCES;
}

static void walk_names(Walk *walk, const char *folder, const Names *all)
{
    for (int i = 0; i < all->count && !cancel_is_set(walk->list->cancel); i++) {
        char *path = path_join(folder, all->names[i]);
        walk_entry(walk, path);
        mem_free(path);
    }
}

static void walk_folder(Walk *walk, const char *folder)
{
    Names all = {0};
    char *reason = NULL;
    if (!list_names(folder, &all))
        reason =
            mem_printf("%s: the folder cannot be read: %s", folder, strerror(errno));
    else if (all.count && !may_enter(folder))
        reason = mem_printf("%s: the files in this folder cannot be reached: %s; "
                            "chmod +x on it permits that",
                            folder, strerror(EACCES));
    if (reason)
        add(walk->list, folder, 0)->reason = reason;
    else
        walk_names(walk, folder, &all);
    names_clear(&all);
}

/* Why the folder gives no file. */
static char *no_image(const Walk *walk, const char *folder)
{
    const Unsupported *kind =
        walk->left_out ? unsupported_by_path(walk->left_out) : NULL;
    const char *folders = walk->has_folders && !walk->rules->recursive
                              ? " (-r goes into its folders)"
                              : "";
    if (walk->filtered)
        return mem_printf("%s: --include and --exclude leave no image in this folder%s",
                          folder, folders);
    if (!kind)
        return mem_printf("%s: there is no image in this folder%s", folder, folders);
    return mem_printf(
        "%s: there is no image in this folder that lutist reads%s: %s, one "
        "of %d, is %s; %s",
        folder, folders, walk->left_out + walk->below, walk->n_left_out, kind->name,
        kind->advice);
}

static void add_folder(InputList *list, const char *folder, const InputRules *rules,
                       const struct stat *not_into)
{
    char *inside = path_join(folder, "");
    Walk walk = {
        .list = list,
        .below = strlen(inside),
        .rules = rules,
        .not_into = *not_into,
    };
    int before = list->count;
    walk_folder(&walk, folder);
    if (list->count == before && !cancel_is_set(list->cancel))
        add(list, folder, 0)->reason = no_image(&walk, folder);
    else if (walk.left_out)
        log_debug("%s: skipped, because lutist cannot read them: %d, first %s", folder,
                  walk.n_left_out, walk.left_out + walk.below);
    mem_free(walk.left_out);
    mem_free(inside);
}

/* A file that was given. */
static void add_file(InputList *list, const char *path, const NameFilter *filter)
{
    const char *name = path_name(path);
    if (name_filter_takes(filter, name))
        add(list, path, (size_t)(name - path));
}

void inputs_expand(InputList *list, const char *const *names, int count,
                   const InputRules *rules)
{
    struct stat left_out = {0}, found;
    if (rules->not_into && stat(rules->not_into, &left_out) != 0)
        left_out = (struct stat){0};
    for (int i = 0; i < count && !cancel_is_set(list->cancel); i++) {
        if (stat(names[i], &found) == 0 && S_ISDIR(found.st_mode))
            add_folder(list, names[i], rules, &left_out);
        else
            add_file(list, names[i], &rules->filter);
    }
}

void inputs_take(InputList *list, const char *const *names, const char *const *outputs,
                 int count)
{
    for (int i = 0; i < count; i++)
        add(list, names[i], 0)->output = mem_dup(outputs[i]);
}

void inputs_free_file(BatchFile *file)
{
    mem_free(file->input);
    mem_free(file->output);
    mem_free(file->reason);
}

void inputs_clear(InputList *list)
{
    for (int i = 0; i < list->count; i++)
        inputs_free_file(&list->files[i]);
    mem_free(list->files);
    *list = (InputList){0};
}
