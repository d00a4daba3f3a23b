#include "viewer/save/save_place.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "image/codec/format.h"

/* New: braces are doubled, so that they stand for themselves. */
static char *escape(const char *text)
{
    char *safe = mem_new(2 * strlen(text) + 1, 1), *to = safe;
    for (; *text; text++) {
        if (*text == '{' || *text == '}')
            *to++ = *text;
        *to++ = *text;
    }
    return safe;
}

/* Takes `path`. New: the template. */
static char *template_of(char *path, const char *end)
{
    char *safe = escape(path), *text = mem_printf("%s%s", safe, end);
    mem_free(safe);
    mem_free(path);
    return text;
}

/* New: DIR/STEM-LOOK. */
static char *base_of(const char *input, const char *look)
{
    char *folder = path_dir(input), *stem = path_stem(input);
    char *base = mem_printf("%s/%s-%s", folder, stem, look);
    mem_free(folder);
    mem_free(stem);
    return base;
}

char *save_place_free(const char *input, const char *look, int number)
{
    char end[32] = "{ext}";
    if (number > 1)
        snprintf(end, sizeof end, "-%d{ext}", number);
    return template_of(base_of(input, look), end);
}

static bool can_write(const char *path)
{
    const Format *format = format_by_path(path);
    return format && format->encode;
}

char *save_place_suggest(const char *input, const char *look)
{
    char *base = base_of(input, look);
    char *name = mem_printf("%s.%s", path_name(base),
                            can_write(input) ? path_ext(input) : "png");
    mem_free(base);
    return name;
}

char *save_place_named(const char *input, const char *name, Err *err)
{
    const char *last = path_name(name);
    if (!*last || strcmp(last, ".") == 0 || strcmp(last, "..") == 0) {
        err_set(err, ERR_USAGE, "A file needs a name.");
        return NULL;
    }
    bool bare = !*path_ext(name);
    if (!bare && !can_write(name)) {
        err_set(
            err, ERR_USAGE,
            ".%s cannot be written: end the name in .jpg, .png, .tif, .webp or .jxl.",
            path_ext(name));
        return NULL;
    }
    char *folder = path_dir(input), *typed = path_at_home(name);
    char *path = path_join(folder, typed);
    mem_free(folder);
    mem_free(typed);
    return template_of(path, bare ? "{ext}" : "");
}
