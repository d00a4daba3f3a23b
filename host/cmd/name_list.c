#include "cmd/name_list.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/thread/interrupt.h"

enum { PIECE = 1 << 16 };

void name_list_add(NameList *list, const char *const *names, int count)
{
    size_t old = (size_t)list->count, more = (size_t)count;
    list->names = mem_more(list->names, old, more, sizeof *list->names);
    for (size_t i = 0; i < more; i++)
        list->names[old + i] = names[i];
    list->count += count;
}

/* All of it, and a NUL. False: see errno. */
static bool read_all(FILE *file, char **text, size_t *size)
{
    size_t got = 1;
    *text = NULL;
    *size = 0;
    while (got) {
        *text = mem_more(*text, *size, PIECE + 1, 1);
        got = fread(*text + *size, 1, PIECE, file);
        *size += got;
    }
    (*text)[*size] = '\0';
    return !ferror(file);
}

/* The names are cut apart in place. */
static void split(NameList *list, size_t size, char end)
{
    for (char *at = list->text, *last = list->text + size; at < last;) {
        char *stop = memchr(at, end, (size_t)(last - at));
        if (stop)
            *stop = '\0';
        if (*at)
            name_list_add(list, (const char *const *)&at, 1);
        at = stop ? stop + 1 : last;
    }
}

static bool take(NameList *list, const char *path, size_t size, bool nul, Err *err)
{
    int before = list->count;
    if (!nul && memchr(list->text, '\0', size))
        return err_set(err, ERR_USAGE,
                       "--files-from %s: names end with a NUL there: "
                       "add -0",
                       path);
    split(list, size, nul ? '\0' : '\n');
    return list->count > before ||
           err_set(err, ERR_USAGE, "--files-from %s: names no file", path);
}

bool name_list_read(NameList *list, const char *path, bool nul, Err *err)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "re");
    size_t size = 0;
    bool read = file && read_all(file, &list->text, &size);
    int error = errno;
    if (file && !standard)
        fclose(file);
    if (cancel_is_set(interrupt_cancel()))
        return err_set(err, ERR_CANCELLED, "interrupted");
    if (!read)
        return err_set_errno(err, ERR_USAGE, error, "--files-from %s", path);
    return take(list, path, size, nul, err);
}

void name_list_clear(NameList *list)
{
    mem_free(list->names);
    mem_free(list->text);
    *list = (NameList){0};
}
