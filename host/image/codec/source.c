#include "image/codec/source.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

bool source_go_on(const Source *source, Err *err)
{
    return !cancel_is_set(source->cancel) || err_set(err, ERR_CANCELLED, "interrupted");
}

bool source_keeps(const Source *source, uint64_t bytes, Err *err)
{
    return bytes <= source->max_metadata ||
           err_set(err, ERR_FILE,
                   "more than %" PRIu64
                   " bytes of metadata, which is the limit (max-metadata)",
                   source->max_metadata);
}

bool source_holds(const Source *source, uint64_t bytes, Err *err)
{
    return bytes <= source->size ||
           err_set(err, ERR_FILE,
                   "its header claims more pixels than its %" PRIu64 " bytes can hold",
                   source->size);
}

bool source_seek(const Source *source, uint64_t at, Err *err)
{
    return fseeko(source->file, (off_t)at, SEEK_SET) == 0 ||
           err_set(err, ERR_FILE, "cannot be read: %s", strerror(errno));
}

bool source_take(const Source *source, const char *format, void *bytes, size_t size,
                 Err *err)
{
    return fread(bytes, 1, size, source->file) == size ||
           err_set(err, ERR_FILE, "the %s file is cut short", format);
}

bool source_admit(const Source *source, uint64_t width, uint64_t height, uint64_t least,
                  Err *err)
{
    if (width == 0 || height == 0)
        return err_set(err, ERR_FILE, "an image without pixels");
    if (width > INT32_MAX || height > INT32_MAX || height > source->max_pixels / width)
        return err_set(err, ERR_FILE,
                       "%" PRIu64 " × %" PRIu64
                       " pixels are more than the limit of %" PRIu64,
                       width, height, source->max_pixels);
    return source_holds(source, least, err);
}
