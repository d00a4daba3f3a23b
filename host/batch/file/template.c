#include "batch/file/template.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"

typedef enum Field { FIELD_STEM, FIELD_EXT, FIELD_DIR, FIELD_INDEX, FIELDS } Field;

static const char *const FIELD_NAMES[FIELDS] = {"{stem}", "{ext}", "{dir}", "{index}"};

bool template_is(const char *text)
{
    return strchr(text, '{') != NULL;
}

/* The field that `text` starts with; FIELDS: none. */
static Field field_at(const char *text)
{
    int i = 0;
    while (i < FIELDS && strncmp(text, FIELD_NAMES[i], strlen(FIELD_NAMES[i])) != 0)
        i++;
    return (Field)i;
}

static bool is_double_brace(const char *text)
{
    return (text[0] == '{' || text[0] == '}') && text[0] == text[1];
}

static bool bad_field(const char *text, const char *at, Err *err)
{
    size_t length = strcspn(at + 1, "{}");
    if (at[0] == '{' && at[1 + length] == '}')
        return err_set(err, ERR_USAGE,
                       "%s: {%.*s} is unknown; use {stem}, {ext}, {dir} or {index}",
                       text, (int)length, at + 1);
    return err_set(err, ERR_USAGE,
                   "%s: a single '%c'; write '%c%c' for a brace in a name", text, *at,
                   *at, *at);
}

bool template_check(const char *text, Err *err)
{
    for (const char *at = text; *at; at++) {
        if (*at != '{' && *at != '}')
            continue;
        Field field = field_at(at);
        if (is_double_brace(at))
            at++;
        else if (field != FIELDS)
            at += strlen(FIELD_NAMES[field]) - 1;
        else
            return bad_field(text, at, err);
    }
    return true;
}

/* New string: the value of a field. */
static char *value_of(Field field, const TemplateInput *input)
{
    switch (field) {
    case FIELD_STEM:
        return path_stem(input->path);
    case FIELD_DIR:
        return path_dir(input->path);
    case FIELD_INDEX:
        return mem_printf("%0*d", input->width, input->index);
    case FIELD_EXT:
    case FIELDS:
        break;
    }
    return mem_dup(input->ext);
}

/* The output for the piece of template at *at, which moves on. */
static char *expand_piece(const char **at, const TemplateInput *input)
{
    const char *from = *at;
    Field field = field_at(from);
    if (is_double_brace(from)) {
        *at += 2;
        return mem_printf("%c", *from);
    }
    if (field != FIELDS) {
        *at += strlen(FIELD_NAMES[field]);
        return value_of(field, input);
    }
    size_t length = 1 + strcspn(from + 1, "{}");
    *at += length;
    return mem_printf("%.*s", (int)length, from);
}

char *template_expand(const char *text, const TemplateInput *input)
{
    char *all = mem_dup("");
    while (*text) {
        char *piece = expand_piece(&text, input);
        char *longer = mem_printf("%s%s", all, piece);
        mem_free(all);
        mem_free(piece);
        all = longer;
    }
    return all;
}

/* The length of the fixed part in the expansion. */
static size_t fixed_length(const char *text, const TemplateInput *input,
                           const char *result)
{
    size_t length = 0;
    for (const char *at = text; *at;) {
        Field field = is_double_brace(at) ? FIELDS : field_at(at);
        if (field != FIELDS && !(field == FIELD_DIR && at == text))
            break;
        char *piece = expand_piece(&at, input);
        length += strlen(piece);
        mem_free(piece);
    }
    while (length && result[length - 1] != '/')
        length--;
    return length;
}

/* Does the path stay below its start, and end in a name? */
static bool stays_inside(const char *path)
{
    int depth = 0;
    bool is_name = false;
    while (*path) {
        path += strspn(path, "/");
        size_t length = strcspn(path, "/");
        bool is_up = length == 2 && memcmp(path, "..", 2) == 0;
        is_name = length && !is_up && !(length == 1 && *path == '.');
        depth += is_name - is_up;
        if (depth < 0)
            return false;
        path += length;
    }
    return is_name;
}

char *template_folder(const char *text)
{
    static const TemplateInput none = {.path = "", .ext = ""};
    if (field_at(text) == FIELD_DIR)
        return NULL;
    char *result = template_expand(text, &none);
    size_t length = fixed_length(text, &none, result);
    result[length] = '\0';
    while (length > 1 && result[length - 1] == '/')
        result[--length] = '\0';
    if (length)
        return result;
    mem_free(result);
    return mem_dup(".");
}

bool template_check_result(const char *text, const TemplateInput *input,
                           const char *result, Err *err)
{
    size_t length = fixed_length(text, input, result);
    if (stays_inside(result + length))
        return true;
    return err_set(
        err, ERR_USAGE,
        "%s: would become %s, which is not a file inside %.*s; change -o, or "
        "rename the input",
        input->path, result, length ? (int)length : 1, length ? result : ".");
}
