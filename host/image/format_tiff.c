#include <string.h>

#include "image/codecs.h"
#include "image/tiff_ifd.h"

static const char *const extensions[] = {"tif", "tiff", NULL};

static bool match(const uint8_t *head, size_t size)
{
    static const char marks[][5] = {"II*\0", "MM\0*", "II+\0", "MM\0+"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (size >= 4 && memcmp(head, marks[i], 4) == 0)
            return true;
    return false;
}

static uint64_t number_of(IfdSource *source, const Ifd *ifd, int tag)
{
    IfdField *field = ifd_find(ifd, tag);
    return field && field->size && ifd_fetch(source, field) ? ifd_number(field, 0) : 0;
}

/* libtiff makes room for a directory's strips while it opens a file. */
static bool peek(FILE *file, uint32_t size[2])
{
    enum { WIDTH = 256, LENGTH = 257 };
    IfdSource source;
    Ifd *ifd = NULL;
    if (ifd_source_file(&source, file))
        ifd = ifd_read(&source, source.first);
    uint64_t width = ifd ? number_of(&source, ifd, WIDTH) : 0;
    uint64_t height = ifd ? number_of(&source, ifd, LENGTH) : 0;
    ifd_free(ifd);
    size[0] = (uint32_t)width;
    size[1] = (uint32_t)height;
    return width && height && width <= UINT32_MAX && height <= UINT32_MAX;
}

static ImageInfo storable(ImageInfo info)
{
    return info;
}

const Format format_tiff = {
    .name = "tiff",
    .extensions = extensions,
    .match = match,
    .peek = peek,
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
