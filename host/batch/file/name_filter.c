#include "batch/file/name_filter.h"

#include <fnmatch.h>
#include <string.h>

#include "base/mem.h"

/* Does it fit `path`, or a folder on the way to it? */
static bool fits_path(const char *pattern, const char *path)
{
    return fnmatch(pattern + (*pattern == '/'), path, FNM_PATHNAME | FNM_LEADING_DIR) ==
           0;
}

/* Does it fit one of the names in `path`? */
static bool fits_name(const char *pattern, const char *path)
{
    char *copy = mem_dup(path), *rest = copy, *name;
    bool fits = false;
    while (!fits && (name = strsep(&rest, "/")))
        fits = *name && fnmatch(pattern, name, 0) == 0;
    mem_free(copy);
    return fits;
}

static bool fits_any(const char *const *patterns, int count, const char *path)
{
    for (int i = 0; i < count; i++)
        if ((strchr(patterns[i], '/') ? fits_path : fits_name)(patterns[i], path))
            return true;
    return false;
}

bool name_filter_takes(const NameFilter *filter, const char *below)
{
    return (!filter->n_include ||
            fits_any(filter->include, filter->n_include, below)) &&
           !fits_any(filter->exclude, filter->n_exclude, below);
}

bool name_filter_prunes(const NameFilter *filter, const char *below)
{
    return fits_any(filter->exclude, filter->n_exclude, below);
}
