#include <png.h>
#include <stdio.h>
#include <string.h>

#include "image/png/decode_png.h"
#include "image/png/encode_png.h"

static const char *const extensions[] = {"png", NULL};

static bool match(const uint8_t *head, size_t size)
{
    static const uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    return size >= sizeof signature && memcmp(head, signature, sizeof signature) == 0;
}

static ImageInfo storable(ImageInfo info)
{
    return info;
}

static bool describe(char *text, size_t size, Err *err)
{
    (void)err;
    snprintf(text, size, "libpng %s", png_get_libpng_ver(NULL));
    return true;
}

const Format format_png = {
    .name = "png",
    .extensions = extensions,
    .match = match,
    .open = decode_png_open,
    .read = decode_png_rows,
    .close = decode_png_close,
    .held = decode_png_held,
    .library = describe,
    .create = encode_png_create,
    .write = encode_png_rows,
    .finish = encode_png_finish,
    .discard = encode_png_discard,
    .storable = storable,
};
