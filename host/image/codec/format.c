#include "image/codec/format.h"

#include <strings.h>

#include "base/path.h"

const Format *format_at(int index)
{
    static const Format *const all[] = {
        &format_jpeg, &format_png, &format_tiff, &format_webp, &format_gif,
        &format_bmp,  &format_pcx, &format_pnm,  &format_qoi,  &format_tga,
        &format_ico,  &format_cur, &format_lbm,  &format_xpm,  NULL};
    return all[index];
}

static bool has_extension(const Format *format, const char *ext)
{
    for (const char *const *known = format->extensions; *known; known++)
        if (strcasecmp(*known, ext) == 0)
            return true;
    return false;
}

const Format *format_by_name(const char *name)
{
    const Format *format;
    for (int i = 0; (format = format_at(i)); i++)
        if (strcasecmp(format->name, name) == 0 || has_extension(format, name))
            return format;
    return NULL;
}

const Format *format_by_path(const char *path)
{
    const Format *format;
    for (int i = 0; (format = format_at(i)); i++)
        if (has_extension(format, path_ext(path)))
            return format;
    return NULL;
}

const Format *format_by_head(const uint8_t *head, size_t size, const char *path)
{
    const Format *format;
    for (int i = 0; (format = format_at(i)); i++)
        if (format->match && format->match(head, size))
            return format;
    format = format_by_path(path);
    return format && !format->match ? format : NULL;
}

bool format_is_image_name(const char *path)
{
    return format_by_path(path) != NULL;
}
