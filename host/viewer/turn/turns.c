#include "viewer/turn/turns.h"

#include <string.h>

#include "base/mem.h"

void turns_term(Turns *turns)
{
    for (int i = 0; i < turns->count; i++)
        mem_free(turns->files[i].path);
    mem_free(turns->files);
    *turns = (Turns){0};
}

static TurnedFile *find(const Turns *turns, const char *path)
{
    for (int i = 0; i < turns->count; i++)
        if (strcmp(turns->files[i].path, path) == 0)
            return &turns->files[i];
    return NULL;
}

int turns_of(const Turns *turns, const char *path)
{
    const TurnedFile *file = find(turns, path);
    return file ? file->quarters : 0;
}

void turns_set(Turns *turns, const char *path, int quarters)
{
    TurnedFile *file = find(turns, path);
    if (!file) {
        turns->files =
            mem_more(turns->files, (size_t)turns->count, 1, sizeof *turns->files);
        file = &turns->files[turns->count++];
        file->path = mem_dup(path);
    }
    file->quarters = quarters;
}
