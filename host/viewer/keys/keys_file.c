#include "viewer/keys/keys_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/text/bom.h"
#include "base/text/printable.h"
#include "base/text/suggest.h"

/* The longest file, and the longest line. */
enum { MOST_BYTES = 64 << 10, MOST_LINE = 8 << 10 };
static const char BLANK[] = " \t";

char *keys_file_path(void)
{
    return path_own(PATH_CONFIG, "keys.conf");
}

static void add_fault(KeysFaults *faults, int line, const char *text)
{
    if (faults->count++ >= KEYS_FAULTS)
        return;
    faults->list =
        mem_more(faults->list, (size_t)faults->count - 1, 1, sizeof *faults->list);
    faults->list[faults->count - 1] = (KeysFault){line, mem_dup(text)};
}

void keys_file_clear(KeysFaults *faults)
{
    for (int i = 0; i < faults->count && i < KEYS_FAULTS; i++)
        mem_free(faults->list[i].text);
    mem_free(faults->list);
    *faults = (KeysFaults){0};
}

char *keys_file_tell(const char *name, const KeysFault *fault)
{
    return fault->line ? mem_printf("%s:%d: %s", name, fault->line, fault->text)
                       : mem_printf("%s: %s", name, fault->text);
}

/* Lines. */

/* Where a comment begins, else the end. */
static char *find_comment(char *line)
{
    for (char *at = line; (at = strchr(at, '#')); at++) {
        bool before = at == line || strchr(BLANK, at[-1]);
        bool after = !at[1] || strchr(BLANK, at[1]);
        if (at == line || (before && after))
            return at;
    }
    return line + strlen(line);
}

/* Without blanks around it and without the comment. */
static char *trim(char *line)
{
    line += strspn(line, BLANK);
    char *end = find_comment(line);
    while (end > line && strchr(BLANK, end[-1]))
        end--;
    *end = '\0';
    return line;
}

/* Cut the first word off; *rest is what follows it. */
static char *take_word(char *line, char **rest)
{
    char *end = line + strcspn(line, BLANK);
    *rest = end + strspn(end, BLANK);
    *end = '\0';
    return line;
}

/* A NUL ends `line` behind its length. */
static bool is_text(const char *line, size_t length)
{
    for (size_t i = 0; i < length;) {
        int bytes = printable_sequence((const uint8_t *)line + i);
        bool control = (unsigned char)line[i] < ' ' && line[i] != '\t';
        if (!bytes || control)
            return false;
        i += (size_t)bytes;
    }
    return true;
}

static bool refuse_action(const char *name, ActionTable table, Err *err)
{
    const char **names = mem_new((size_t)table.count, sizeof *names);
    for (int i = 0; i < table.count; i++)
        names[i] = table.rows[i].name;
    const char *meant = suggest_name(name, names, table.count);
    mem_free(names);
    if (meant)
        return err_set(err, ERR_USAGE, "'%.60s' is not an action; did you mean '%s'?",
                       name, meant);
    return err_set(err, ERR_USAGE, "'%.60s' is not an action; 'lutist keys' lists them",
                   name);
}

static bool bind(Bindings *bindings, char *line, Err *err)
{
    char *name, *argument;
    const char *key = take_word(line, &name);
    Stroke stroke;
    if (!stroke_parse(key, strlen(key), &stroke, err))
        return false;
    take_word(name, &argument);
    if (!*name)
        return err_set(err, ERR_USAGE,
                       "the action is missing; a line is 'key action [argument]'");
    if (strcmp(name, "ignore") == 0 || strcmp(name, "unbind") == 0) {
        bindings_add(bindings, stroke, BINDING_IGNORE, "");
        return !*argument || err_set(err, ERR_USAGE, "%s takes no argument", name);
    }
    int row = action_row_find(bindings->table, name, strlen(name));
    if (row < 0)
        return refuse_action(name, bindings->table, err);
    if (!action_row_check(&bindings->table.rows[row], argument, err))
        return false;
    bindings_add(bindings, stroke, row, argument);
    return true;
}

static void read_line(const char *text, size_t length, int number, Bindings *bindings,
                      KeysFaults *faults)
{
    char space[MOST_LINE];
    Err err;
    if (length && text[length - 1] == '\r')
        length--;
    if (length >= MOST_LINE) {
        add_fault(faults, number, "the line is too long");
        return;
    }
    memcpy(space, text, length);
    space[length] = '\0';
    if (!is_text(space, length)) {
        add_fault(faults, number, "the line is not UTF-8 text; remove it");
        return;
    }
    char *line = trim(space);
    if (*line && !bind(bindings, line, &err))
        add_fault(faults, number, err.text);
}

void keys_file_parse(const char *text, size_t size, Bindings *bindings,
                     KeysFaults *faults)
{
    size_t at = bom_length(text, size);
    for (int number = 1; at < size; number++) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t length = end ? (size_t)(end - text) - at : size - at;
        read_line(text + at, length, number, bindings, faults);
        at += length + 1;
    }
}

/* The file. */

/* Read it into `text`, of MOST_BYTES and one more. False: *err. */
static bool read_all(int file, char *text, size_t *size, Err *err)
{
    struct stat about;
    if (fstat(file, &about) != 0)
        return err_set_errno(err, ERR_FILE, errno, "it cannot be read");
    if (!S_ISREG(about.st_mode))
        return err_set(err, ERR_FILE, "it is not an ordinary file");
    ssize_t got = 1;
    for (*size = 0; got > 0 && *size <= MOST_BYTES; *size += (size_t)got) {
        got = read(file, text + *size, MOST_BYTES + 1 - *size);
        if (got < 0)
            return err_set_errno(err, ERR_FILE, errno, "it cannot be read");
    }
    return *size <= MOST_BYTES ||
           err_set(err, ERR_FILE, "it is longer than 64 KiB, so none of it counts");
}

void keys_file_load(const char *path, Bindings *bindings, KeysFaults *faults)
{
    /* What is no file, such as a pipe, must not hold the window up. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        if (errno != ENOENT && errno != ENOTDIR)
            add_fault(faults, 0, strerror(errno));
        return;
    }
    char *text = mem_new(MOST_BYTES + 2, 1);
    size_t size = 0;
    Err err;
    if (read_all(file, text, &size, &err))
        keys_file_parse(text, size, bindings, faults);
    else
        add_fault(faults, 0, err.text);
    mem_free(text);
    close(file);
}
