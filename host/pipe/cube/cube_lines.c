#include "pipe/cube/cube_lines.h"

#include <errno.h>
#include <string.h>

#include "base/mem.h"
#include "base/text/bom.h"

bool cube_lines_init(CubeLines *lines, FILE *file, uint64_t size, const char *name,
                     Cancel *cancel, Err *err)
{
    char *block = mem_alloc(CUBE_LINES_LONGEST, err);
    if (!block)
        return false;
    *lines = (CubeLines){.file = file,
                         .name = name,
                         .cancel = cancel,
                         .left = size,
                         .block = block,
                         .next = block,
                         .end = block};
    return true;
}

void cube_lines_term(CubeLines *lines)
{
    mem_free(lines->block);
    *lines = (CubeLines){0};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void skip_byte_order_mark(CubeLines *lines)
{
    lines->next += bom_length(lines->next, (size_t)(lines->end - lines->next));
}

/* Move the rest to the block's beginning and read more behind it. */
static bool fill(CubeLines *lines, Err *err)
{
    size_t kept = (size_t)(lines->end - lines->next);
    size_t room = CUBE_LINES_LONGEST - kept;
    if (cancel_is_set(lines->cancel))
        return err_set(err, ERR_CANCELLED, "stopped");
    if (room == 0)
        return err_set(err, ERR_FILE, "%s, line %d: is longer than %d bytes",
                       lines->name, lines->number + 1, CUBE_LINES_LONGEST - 1);
    memmove(lines->block, lines->next, kept);
    room = room < lines->left ? room : (size_t)lines->left;
    errno = 0;
    size_t got = fread(lines->block + kept, 1, room, lines->file);
    if (ferror(lines->file))
        return err_set_errno(err, ERR_FILE, errno ? errno : EIO, "%s", lines->name);
    lines->left = got < room ? 0 : lines->left - got; /* the file may have shrunk */
    lines->next = lines->block;
    lines->end = lines->block + kept + got;
    if (lines->number == 0 && kept == 0)
        skip_byte_order_mark(lines);
    return true;
}

/* The next line's end in the block; NULL: more must be read. A carriage return at the
 * block's end may have its line feed behind it. */
static const char *find_end(const CubeLines *lines)
{
    const char *at = lines->next;
    while (at < lines->end && *at != '\n' && *at != '\r')
        at++;
    bool known =
        at < lines->end && (*at == '\n' || at + 1 < lines->end || !lines->left);
    return known ? at : NULL;
}

/* Take the line up to `end`; NULL: up to the end of the file. */
static void take_line(CubeLines *lines, const char *end)
{
    bool two = end && *end == '\r' && end + 1 < lines->end && end[1] == '\n';
    lines->at = lines->next;
    lines->stop = end ? end : lines->end;
    lines->next = end ? end + 1 + two : lines->end;
    lines->number++;
    while (lines->at < lines->stop && is_blank(*lines->at))
        lines->at++;
    while (lines->at < lines->stop && is_blank(lines->stop[-1]))
        lines->stop--;
}

bool cube_lines_next(CubeLines *lines, Err *err)
{
    for (;;) {
        const char *end = find_end(lines);
        while (!end && lines->left > 0) {
            if (!fill(lines, err))
                return false;
            end = find_end(lines);
        }
        lines->more = lines->next < lines->end;
        if (!lines->more) {
            lines->number++;
            return true;
        }
        take_line(lines, end);
        if (lines->at < lines->stop && *lines->at != '#')
            return true;
    }
}

size_t cube_lines_word(CubeLines *lines, const char **word)
{
    while (lines->at < lines->stop && is_blank(*lines->at))
        lines->at++;
    *word = lines->at;
    while (lines->at < lines->stop && !is_blank(*lines->at))
        lines->at++;
    return (size_t)(lines->at - *word);
}

uint64_t cube_lines_left(const CubeLines *lines)
{
    return lines->left +
           (uint64_t)(lines->end - (lines->more ? lines->at : lines->end));
}
