#include <string.h>

#include "image/tiff/decode_tiff.h"
#include "image/tiff/encode_tiff.h"

static const char *const extensions[] = {"tif", "tiff", NULL};

static bool match(const uint8_t *head, size_t size)
{
    static const char marks[][5] = {"II*\0", "MM\0*", "II+\0", "MM\0+"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (size >= 4 && memcmp(head, marks[i], 4) == 0)
            return true;
    return false;
}

static ImageInfo storable(ImageInfo info)
{
    return info;
}

const Format format_tiff = {
    .name = "tiff",
    .extensions = extensions,
    .match = match,
    .open = decode_tiff_open,
    .read = decode_tiff_rows,
    .close = decode_tiff_close,
    .held = decode_tiff_held,
    .create = encode_tiff_create,
    .write = encode_tiff_rows,
    .finish = encode_tiff_finish,
    .discard = encode_tiff_discard,
    .storable = storable,
};
