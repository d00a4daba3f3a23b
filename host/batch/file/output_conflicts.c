#include "batch/file/output_conflicts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file/folder.h"
#include "base/mem.h"
#include "base/path.h"

/* A file of the list, by the place of its input or output. */
typedef struct Spot {
    Target target;
    int index; /* in the list */
} Spot;

typedef struct Spots {
    Spot *spots; /* owned */
    int count;
} Spots;

static void spots_term(Spots *all)
{
    for (int i = 0; i < all->count; i++)
        target_term(&all->spots[i].target);
    mem_free(all->spots);
}

static int by_target(const void *a, const void *b)
{
    const Spot *left = a, *right = b;
    int order = target_compare(&left->target, &right->target);
    return order ? order : left->index - right->index;
}

static void sort(Spots *all)
{
    if (all->count)
        qsort(all->spots, (size_t)all->count, sizeof *all->spots, by_target);
}

/* The target before the next one; NULL: there is none. */
static const Target *last(const Spots *all)
{
    return all->count ? &all->spots[all->count - 1].target : NULL;
}

static bool find_outputs(Spots *all, const InputList *list, Err *err)
{
    *all = (Spots){.spots = mem_new((size_t)list->count, sizeof *all->spots)};
    for (int i = 0; i < list->count && !cancel_is_set(list->cancel); i++) {
        const BatchFile *file = &list->files[i];
        Spot *next = &all->spots[all->count];
        if (!file->output)
            continue;
        if (!target_find(&next->target, file->output, last(all), err)) {
            spots_term(all);
            return false;
        }
        next->index = i;
        all->count++;
    }
    sort(all);
    return true;
}

/* An input whose place is unknown does not exist. */
static void find_inputs(Spots *all, const InputList *list)
{
    *all = (Spots){.spots = mem_new((size_t)list->count, sizeof *all->spots)};
    for (int i = 0; i < list->count && !cancel_is_set(list->cancel); i++) {
        Spot *next = &all->spots[all->count];
        next->index = i;
        all->count += target_find(&next->target, list->files[i].input, last(all), NULL);
    }
    sort(all);
}

/* Free the marked files and close the gaps. */
static void drop(InputList *list, const bool *marked)
{
    int kept = 0;
    for (int i = 0; i < list->count; i++) {
        if (marked[i])
            inputs_free_file(&list->files[i]);
        else
            list->files[kept++] = list->files[i];
    }
    list->count = kept;
}

int output_conflicts_repeats(InputList *list, char **first)
{
    Spots all;
    find_inputs(&all, list);
    bool *marked = mem_new((size_t)list->count, sizeof *marked);
    int repeats = 0, lowest = list->count;
    for (int i = 1; i < all.count; i++) {
        if (target_compare(&all.spots[i - 1].target, &all.spots[i].target) != 0)
            continue;
        int index = all.spots[i].index;
        marked[index] = true;
        lowest = index < lowest ? index : lowest;
        repeats++;
    }
    *first = repeats ? mem_dup(list->files[lowest].input) : NULL;
    drop(list, marked);
    mem_free(marked);
    spots_term(&all);
    return repeats;
}

static bool may_read(const char *path, const struct stat *found)
{
    bool own = found->st_uid == geteuid() && found->st_mode & S_IRUSR;
    return own || faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0 || errno != EACCES;
}

/* New string: why the file that `found` describes cannot be read; NULL: no reason is
 * known. */
static char *input_fault(const char *path, const struct stat *found)
{
    if (S_ISFIFO(found->st_mode))
        return mem_printf("%s: is a pipe; put the picture into a file first", path);
    if (!S_ISREG(found->st_mode))
        return mem_printf("%s: not an ordinary file", path);
    return may_read(path, found) ? NULL : mem_printf("%s: %s", path, strerror(EACCES));
}

/* A link is claimed twice: as itself and as its target. */
static void examine_input(BatchFile *file, Claims *claims)
{
    struct stat found;
    bool there = lstat(file->input, &found) == 0;
    bool link = there && S_ISLNK(found.st_mode);
    if (there)
        claims_add_input(claims, &found, file->input);
    if (!there || (link && stat(file->input, &found) != 0)) {
        file->reason = mem_printf("%s: %s", file->input, strerror(errno));
        return;
    }
    file->reason = input_fault(file->input, &found);
    if (!file->reason && link)
        claims_add_input(claims, &found, file->input);
    file->size = file->reason ? 0 : (uint64_t)found.st_size;
}

void output_conflicts_inputs(InputList *list, Claims *claims)
{
    for (int i = 0; i < list->count && !cancel_is_set(list->cancel); i++) {
        BatchFile *file = &list->files[i];
        if (!file->reason)
            examine_input(file, claims);
    }
}

static bool fail_same(const InputList *list, const Spot *a, const Spot *b, Err *err)
{
    const BatchFile *first = &list->files[a->index], *second = &list->files[b->index];
    bool exact = strcmp(a->target.rest, b->target.rest) == 0;
    return err_set(
        err, ERR_USAGE,
        "%s and %s would both become %s%s; {index} or {dir} in -o keeps them "
        "apart",
        first->input, second->input, first->output,
        exact ? "" : " where upper and lower case are one");
}

bool output_conflicts_outputs(const InputList *list, CaseProbe probe, Err *err)
{
    Spots all;
    if (!find_outputs(&all, list, err))
        return false;
    bool apart = true;
    for (int i = 1; i < all.count && apart; i++) {
        const Spot *a = &all.spots[i - 1], *b = &all.spots[i];
        if (target_is_same(&a->target, &b->target, probe.folds, probe.may_write))
            apart = fail_same(list, a, b, err);
    }
    spots_term(&all);
    return apart;
}

/* New string: why no file may get the name of the input `other`. */
static char *is_input(const BatchFile *file, const char *other)
{
    if (strcmp(other, file->input) == 0)
        return mem_printf("%s: would overwrite its own input", file->output);
    return mem_printf("%s: would overwrite the input %s", file->output, other);
}

static bool is_newer(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec > b->tv_nsec;
}

/* True: the file is not to be done. */
static bool skip(BatchFile *file, const struct stat *there, Existing existing)
{
    struct stat input;
    if ((existing != EXISTING_SKIPPED && existing != EXISTING_RENEWED) ||
        !S_ISREG(there->st_mode) || !there->st_size)
        return false;
    bool renewed = existing == EXISTING_RENEWED && stat(file->input, &input) == 0 &&
                   is_newer(&input.st_mtim, &there->st_mtim);
    file->replaces = renewed;
    file->skipped = !renewed;
    return file->skipped;
}

/* New string: why no file `name` can be made in the folder of that output; NULL: it
 * can. */
static char *room_objection(const char *output, FolderCheck *last)
{
    Err err = {0};
    char *folder = path_dir(output);
    bool fine =
        folder_check(folder, path_name(output), last, &err) || err_in(&err, output);
    mem_free(folder);
    return fine ? NULL : mem_dup(err.text);
}

/* New string: the objection to writing the output of `file` to `path`; NULL: none. */
static char *objection(BatchFile *file, const char *path, Existing existing,
                       Claims *claims, FolderCheck *last)
{
    struct stat found;
    Err err = {0};
    int code = lstat(path, &found) == 0 ? 0 : errno;
    bool there = file->exists = !code;
    if (code == ENAMETOOLONG)
        return mem_printf("%s: %s", file->output, strerror(code));
    const char *other = there ? claims_input(claims, &found) : NULL;
    if (other)
        return is_input(file, other);
    if (there && skip(file, &found, existing))
        return NULL;
    if (code == ENOENT && *path_name(path))
        return room_objection(file->output, last);
    OutfileRules rules = {.overwrite = existing == EXISTING_REPLACED || file->replaces};
    return outfile_check(file->output, &rules, &err) ? NULL : mem_dup(err.text);
}

void output_conflicts_existing(InputList *list, Existing existing, Claims *claims)
{
    char *here = folder_working();
    FolderCheck last = {0};
    for (int i = 0; i < list->count && !cancel_is_set(list->cancel); i++) {
        BatchFile *file = &list->files[i];
        if (file->reason || file->skipped || file->elsewhere)
            continue;
        char *path = path_join(here, file->output);
        file->reason = objection(file, path, existing, claims, &last);
        mem_free(path);
    }
    folder_check_term(&last);
    mem_free(here);
}

static bool spares_inputs(const char *path, Claims *claims, Err *err)
{
    struct stat found;
    if (lstat(path, &found) != 0)
        return true;
    const char *input = claims_input(claims, &found);
    return !input || err_set(err, ERR_USAGE, "%s: is the input %s", path, input);
}

static bool check_apart(const Target *output, const Target *beside, const char *input,
                        CaseProbe probe, Err *err)
{
    if (target_is_same(output, beside, probe.folds, probe.may_write))
        return err_set(err, ERR_USAGE, "%s: is the output of %s", beside->path, input);
    if (target_is_in(output, beside))
        return err_set(err, ERR_USAGE, "%s: will be the folder of the output of %s",
                       beside->path, input);
    if (target_is_in(beside, output))
        return err_set(err, ERR_USAGE, "%s: lies in the output of %s", beside->path,
                       input);
    return true;
}

bool output_conflicts_beside(const InputList *list, const char *path, CaseProbe probe,
                             Claims *claims, Err *err)
{
    Target beside;
    Spots all;
    if (!spares_inputs(path, claims, err) || !target_find(&beside, path, NULL, err))
        return false;
    bool apart = true;
    if (find_outputs(&all, list, NULL)) {
        for (int i = 0; i < all.count && apart; i++)
            apart = check_apart(&all.spots[i].target, &beside,
                                list->files[all.spots[i].index].input, probe, err);
        spots_term(&all);
    }
    target_term(&beside);
    return apart;
}
