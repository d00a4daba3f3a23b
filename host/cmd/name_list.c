#include "cmd/name_list.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text/bom.h"
#include "base/thread/interrupt.h"

enum { PIECE = 1 << 16, MOST_BYTES = 1 << 30 }; /* more than ten million names */

void name_list_add(NameList *list, const char *const *names, int count)
{
    size_t old = (size_t)list->count, more = (size_t)count;
    list->names = mem_more(list->names, old, more, sizeof *list->names);
    for (size_t i = 0; i < more; i++)
        list->names[old + i] = names[i];
    list->count += count;
}

/* All of it, and a NUL. A file that has no end, as /dev/zero, is left where it can be
 * no list: behind a NUL, if names are lines, and behind MOST_BYTES. False: see errno.
 */
static bool read_all(FILE *file, bool nul, char **text, size_t *size)
{
    size_t got;
    *text = NULL;
    *size = 0;
    do {
        *text = mem_more(*text, *size, PIECE + 1, 1);
        got = fread(*text + *size, 1, PIECE, file);
        *size += got;
    } while (got && *size <= MOST_BYTES &&
             (nul || !memchr(*text + *size - got, '\0', got)));
    (*text)[*size] = '\0';
    return !ferror(file);
}

/* Do all lines end as on Windows? */
static bool has_crlf(const char *text, size_t size)
{
    const char *last = text + size, *end = memchr(text, '\n', size);
    bool crlf = end;
    while (crlf && end) {
        crlf = end > text && end[-1] == '\r';
        end = memchr(end + 1, '\n', (size_t)(last - end - 1));
    }
    return crlf;
}

/* The names are cut apart in place. */
static void split(NameList *list, size_t size, bool nul)
{
    size_t mark = nul ? 0 : bom_length(list->text, size);
    bool crlf = !nul && has_crlf(list->text, size);
    for (char *at = list->text + mark, *last = list->text + size; at < last;) {
        char *stop = memchr(at, nul ? '\0' : '\n', (size_t)(last - at));
        char *end = stop ? stop : last;
        if (crlf && end > at && end[-1] == '\r')
            end--;
        *end = '\0';
        if (*at)
            name_list_add(list, (const char *const *)&at, 1);
        at = stop ? stop + 1 : last;
    }
}

static bool take(NameList *list, const char *path, size_t size, bool nul, Err *err)
{
    int before = list->count;
    if (size > MOST_BYTES)
        return err_set(err, ERR_USAGE, "--files-from %s: a list has at most 1 GiB",
                       path);
    if (!nul && memchr(list->text, '\0', size))
        return err_set(err, ERR_USAGE,
                       "--files-from %s: names end with a NUL there: "
                       "add -0",
                       path);
    split(list, size, nul);
    return list->count > before ||
           err_set(err, ERR_USAGE, "--files-from %s: names no file", path);
}

bool name_list_read(NameList *list, const char *path, bool nul, Err *err)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "re");
    size_t size = 0;
    bool read = file && read_all(file, nul, &list->text, &size);
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
