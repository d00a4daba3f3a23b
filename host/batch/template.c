#include "batch/template.h"

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
                       "%s: there is no {%.*s}: only {stem}, {ext}, {dir} and {index}",
                       text, (int)length, at + 1);
    return err_set(err, ERR_USAGE, "%s: '%c' stands alone; '%c%c' is a brace in a name",
                   text, *at, *at, *at);
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

/* New string: what a field becomes. */
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

/* The piece of output that the piece of template at *at stands for; moves *at on. */
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
