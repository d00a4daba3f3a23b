#include "batch/journal/copies.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void copies_add(Copies *copies, const JournalLine *line)
{
    copies->all = mem_more(copies->all, (size_t)copies->count, 1, sizeof *copies->all);
    copies->all[copies->count] = (Copy){.key = mem_dup(line->output),
                                        .read = line->read,
                                        .written = line->written,
                                        .number = copies->count};
    copies->count++;
}

/* The newest of a key comes first. */
static int compare(const void *a, const void *b)
{
    const Copy *left = a, *right = b;
    int order = strcmp(left->key, right->key);
    return order ? order : right->number - left->number;
}

void copies_sort(Copies *copies)
{
    if (copies->count)
        qsort(copies->all, (size_t)copies->count, sizeof *copies->all, compare);
}

const Copy *copies_find(const Copies *copies, const char *key)
{
    int low = 0, high = copies->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (strcmp(copies->all[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < copies->count && strcmp(copies->all[low].key, key) == 0;
    return found ? &copies->all[low] : NULL;
}

void copies_clear(Copies *copies)
{
    for (int i = 0; i < copies->count; i++)
        mem_free(copies->all[i].key);
    mem_free(copies->all);
    *copies = (Copies){0};
}
