#include "base/cgroup.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"

/* One hierarchy, named as /proc/self/cgroup does: "" is v2. */
typedef struct Tree {
    char *top;   /* its mount point, after `root`; NULL: not mounted */
    char *group; /* the folder of this process's group, at or below `top` */
} Tree;

typedef void (*visit_fn)(const char *folder, bool unified, void *context);

static FILE *open_below(const char *root, const char *path)
{
    char *whole = mem_printf("%s%s", root, path);
    FILE *file = fopen(whole, "re");
    mem_free(whole);
    return file;
}

/* Is `word` one of `list`, "a,b,c"? The empty word matches the empty list. */
static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    if (!length)
        return !*list;
    for (const char *at = list; (at = strstr(at, word)); at += length)
        if ((at == list || at[-1] == ',') && (at[length] == ',' || !at[length]))
            return true;
    return false;
}

/* New string: the group's path in the hierarchy of `controller`; NULL: it has none. */
static char *group_path(const char *root, const char *controller)
{
    FILE *file = open_below(root, "/proc/self/cgroup");
    char *line = NULL, *path = NULL;
    size_t size = 0;
    while (file && !path && getline(&line, &size, file) > 0) {
        char *rest = line;
        (void)strsep(&rest, ":");
        const char *controllers = strsep(&rest, ":");
        if (!rest || !has_word(controllers, controller))
            continue;
        rest[strcspn(rest, "\n")] = '\0';
        path = mem_dup(rest);
    }
    free(line);
    if (file)
        fclose(file);
    return path;
}

/* Is the line "ID PARENT DEV ROOT POINT OPTIONS… - TYPE SOURCE SUPER" a mount of that
 * hierarchy? */
static bool parse_mount(char *line, const char *controller, char **inner, char **point)
{
    char *type = strstr(line, " - ");
    if (!type)
        return false;
    *type = '\0';
    type += 3;
    type[strcspn(type, "\n")] = '\0';
    const char *kind = strsep(&type, " ");
    (void)strsep(&type, " ");
    for (int i = 0; i < 3; i++)
        (void)strsep(&line, " ");
    *inner = strsep(&line, " ");
    *point = strsep(&line, " ");
    if (!*controller)
        return *point && strcmp(kind, "cgroup2") == 0;
    return *point && type && strcmp(kind, "cgroup") == 0 && has_word(type, controller);
}

/* New string: the folder of `path` in the hierarchy whose folder `inner` is mounted at
 * `top`. A path outside of `inner` belongs to another namespace: then it is the mount
 * point. */
static char *group_folder(const char *top, const char *inner, const char *path)
{
    size_t length = strcmp(inner, "/") == 0 ? 0 : strlen(inner);
    bool inside = strncmp(path, inner, length) == 0 &&
                  (path[length] == '/' || !path[length]) && !strstr(path, "/..");
    const char *rest = inside ? path + length : "";
    while (*rest == '/')
        rest++;
    return *rest ? path_join(top, rest) : mem_dup(top);
}

static Tree find_tree(const char *root, const char *controller)
{
    Tree tree = {0};
    char *path = group_path(root, controller);
    FILE *file = path ? open_below(root, "/proc/self/mountinfo") : NULL;
    char *line = NULL, *inner, *point;
    size_t size = 0;
    while (file && !tree.top && getline(&line, &size, file) > 0) {
        if (!parse_mount(line, controller, &inner, &point))
            continue;
        tree.top = mem_printf("%s%s", root, point);
        tree.group = group_folder(tree.top, inner, path);
    }
    free(line);
    if (file)
        fclose(file);
    mem_free(path);
    return tree;
}

/* Visit the group and every one above it, up to the mount. */
static void climb(const char *root, const char *controller, visit_fn visit,
                  void *context)
{
    Tree tree = find_tree(root, controller);
    for (char *at = tree.group; at;) {
        visit(at, !*controller, context);
        char *above = strlen(at) > strlen(tree.top) ? path_dir(at) : NULL;
        mem_free(at);
        at = above;
    }
    mem_free(tree.top);
}

/* Read up to two numbers of a file; "max" is none. False: there is not even one. */
static bool read_numbers(const char *folder, const char *name, long long number[2])
{
    char *path = path_join(folder, name);
    FILE *file = fopen(path, "re");
    mem_free(path);
    if (!file)
        return false;
    int found = fscanf(file, "%lld %lld", &number[0], &number[1]);
    fclose(file);
    return found >= 1;
}

static void take_quota(const char *folder, bool unified, void *context)
{
    double *least = context;
    long long quota[2] = {0, 0}, period[2] = {0, 0};
    bool found = unified ? read_numbers(folder, "cpu.max", quota)
                         : read_numbers(folder, "cpu.cfs_quota_us", quota) &&
                               read_numbers(folder, "cpu.cfs_period_us", period);
    long long span = unified ? quota[1] : period[0];
    if (!found || quota[0] <= 0 || span <= 0)
        return;
    double cpus = (double)quota[0] / (double)span;
    if (*least == 0 || cpus < *least)
        *least = cpus;
}

double cgroup_cpus(const char *root)
{
    double least = 0;
    climb(root, "", take_quota, &least);
    climb(root, "cpu", take_quota, &least);
    return least;
}

/* The bytes of cached files: a sum of entries of memory.stat. */
static uint64_t cached_files(const char *folder, bool unified)
{
    const char *prefix = unified ? "" : "total_";
    char *path = path_join(folder, "memory.stat");
    FILE *file = fopen(path, "re");
    mem_free(path);
    char name[64];
    unsigned long long value;
    uint64_t sum = 0;
    size_t skip = strlen(prefix);
    while (file && fscanf(file, "%63s %llu", name, &value) == 2)
        if (strncmp(name, prefix, skip) == 0 &&
            (strcmp(name + skip, "inactive_file") == 0 ||
             strcmp(name + skip, "active_file") == 0))
            sum += value;
    if (file)
        fclose(file);
    return sum;
}

static void take_limit(const char *folder, bool unified, const char *limit,
                       uint64_t *least)
{
    long long most[2], used[2] = {0};
    if (!read_numbers(folder, limit, most) || most[0] < 0)
        return;
    read_numbers(folder, unified ? "memory.current" : "memory.usage_in_bytes", used);
    uint64_t cached = cached_files(folder, unified);
    uint64_t taken = (uint64_t)used[0] > cached ? (uint64_t)used[0] - cached : 0;
    uint64_t left = (uint64_t)most[0] > taken ? (uint64_t)most[0] - taken : 0;
    if (left < *least)
        *least = left;
}

static void take_memory(const char *folder, bool unified, void *context)
{
    if (unified) {
        take_limit(folder, unified, "memory.max", context);
        take_limit(folder, unified, "memory.high", context);
    } else {
        take_limit(folder, unified, "memory.limit_in_bytes", context);
    }
}

uint64_t cgroup_memory(const char *root)
{
    uint64_t least = UINT64_MAX;
    climb(root, "", take_memory, &least);
    climb(root, "memory", take_memory, &least);
    return least;
}
