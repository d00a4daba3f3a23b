#include "image/codec/format.h"

#include <stdio.h>
#include <strings.h>

#include "base/mem.h"
#include "base/path.h"
#include "image/codec/formats.h"

const Format *format_at(int index)
{
    static const Format *const all[] = {&format_jpeg,
                                        &format_png,
#ifndef LUTIST_NO_RAW
                                        &format_raw, /* some begin as TIFF files */
#endif
                                        &format_tiff,
                                        &format_webp,
#ifndef LUTIST_NO_JXL
                                        &format_jxl,
#endif
#ifndef LUTIST_NO_HEIF
                                        &format_heic,
                                        &format_avif,
#endif
#ifndef LUTIST_NO_JPEG2000
                                        &format_jpeg2000,
#endif
                                        &format_gif,
                                        &format_bmp,
                                        &format_pcx,
                                        &format_pnm,
                                        &format_qoi,
                                        &format_tga,
#ifndef LUTIST_NO_SDL
                                        &format_ico,
                                        &format_cur,
                                        &format_lbm,
                                        &format_xpm,
#endif
                                        NULL};
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

void format_written(char *text, size_t size, const char *last)
{
    const Format *format, *before = NULL;
    size_t at = 0;
    for (int i = 0; (format = format_at(i)); i++) {
        if (!format->encode)
            continue;
        if (before)
            at += (size_t)snprintf(text + at, size - at, "%s%s", at ? ", " : "",
                                   before->name);
        before = format;
        REQUIRE(at < size);
    }
    snprintf(text + at, size - at, " %s %s", last, before ? before->name : "");
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

void *format_open(const Format *format, const Source *source, ImageInfo *info,
                  Meta *meta, Err *err)
{
    void *decoder = mem_new(1, format->decode->size);
    if (format->decode->open(decoder, source, info, meta, err))
        return decoder;
    format_close(format, decoder);
    return NULL;
}

void format_close(const Format *format, void *decoder)
{
    if (decoder && format->decode->close)
        format->decode->close(decoder);
    mem_free(decoder);
}

void *format_create(const Format *format, FILE *file, const ImageInfo *info,
                    const Meta *meta, const SaveOptions *options, Err *err)
{
    void *encoder = mem_new(1, format->encode->size);
    if (format->encode->create(encoder, file, info, meta, options, err))
        return encoder;
    format_discard(format, encoder);
    return NULL;
}

void format_discard(const Format *format, void *encoder)
{
    if (encoder)
        format->encode->discard(encoder);
    mem_free(encoder);
}
