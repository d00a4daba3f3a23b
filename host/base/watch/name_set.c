#include "base/watch/name_set.h"

#include <search.h>
#include <string.h>

#include "base/mem.h"

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

bool name_set_add(NameSet *set, const char *name)
{
    char *copy = mem_dup(name);
    char *const *found = mem_tsearch(copy, &set->tree, compare);
    if (*found == copy)
        return true;
    mem_free(copy);
    return false;
}

void name_set_clear(NameSet *set)
{
    tdestroy(set->tree, mem_free);
    *set = (NameSet){0};
}
