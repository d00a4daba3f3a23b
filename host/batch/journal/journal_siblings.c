#include "batch/journal/journal_siblings.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"

/* NAME.EXT or NAME.LABEL.EXT, where `place` is NAME.EXT. */
static bool is_sibling(const char *place, const char *name)
{
    const char *ext = path_ext(place);
    size_t length = strlen(name), tail = *ext ? strlen(ext) + 1 : 0;
    size_t stem = strlen(place) - tail;
    if (strcmp(place, name) == 0)
        return true;
    return length > stem + 1 + tail && strncmp(name, place, stem) == 0 &&
           name[stem] == '.' && strcmp(name + length - tail, place + stem) == 0;
}

static void read_one(const char *path, journal_line_fn take, void *context)
{
    Journal *journal = NULL;
    Err err = {0};
    int unreadable = 0;
    if (!journal_open_to_read(&journal, path, &err))
        log_debug("%s", err.text);
    if (journal)
        unreadable = journal_each(journal, take, context, &err);
    if (unreadable < 0)
        log_debug("%s", err.text);
    if (unreadable > 0)
        log_debug("%s: lines that cannot be read: %d", path, unreadable);
    journal_close(journal);
}

void journal_siblings_each(const char *place, const char *own, journal_line_fn take,
                           void *context)
{
    struct dirent **found = NULL;
    char *folder = path_dir(place);
    int count = scandir(folder, &found, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char *path = path_join(folder, found[i]->d_name);
        if (is_sibling(path_name(place), found[i]->d_name) &&
            strcmp(path_name(path), path_name(own)) != 0)
            read_one(path, take, context);
        mem_free(path);
        free(found[i]);
    }
    free(found);
    mem_free(folder);
}
