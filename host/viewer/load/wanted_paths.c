#include "viewer/load/wanted_paths.h"

#include <string.h>

#include "base/mem.h"

void wanted_paths_forget(WantedPaths *paths)
{
    for (int i = 0; i < paths->n_expected; i++)
        mem_free(paths->expected[i]);
    paths->n_expected = 0;
}

void wanted_paths_expect(WantedPaths *paths, char *path)
{
    REQUIRE(paths->n_expected < EXPECTED_MOST);
    paths->expected[paths->n_expected++] = path;
}

void wanted_paths_want(WantedPaths *paths, char *path)
{
    char *before = paths->wanted;
    wanted_paths_forget(paths);
    paths->wanted = path;
    if (before)
        wanted_paths_expect(paths, before);
}

void wanted_paths_term(WantedPaths *paths)
{
    wanted_paths_forget(paths);
    mem_free(paths->wanted);
}

int wanted_paths_all(const WantedPaths *paths, char **all)
{
    int count = 0;
    if (paths->wanted)
        all[count++] = paths->wanted;
    for (int i = 0; i < paths->n_expected; i++)
        all[count++] = paths->expected[i];
    return count;
}

bool wanted_paths_has(const WantedPaths *paths, const char *path)
{
    char *all[PICTURE_STORE_MOST];
    return wanted_paths_before(paths, path, all) < wanted_paths_all(paths, all);
}

int wanted_paths_before(const WantedPaths *paths, const char *path, char **before)
{
    int count = 0, all = wanted_paths_all(paths, before);
    while (count < all && strcmp(before[count], path) != 0)
        count++;
    return count;
}
