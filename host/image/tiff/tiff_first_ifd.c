#include "image/tiff/tiff_first_ifd.h"

#include <string.h>

#include "image/codec/unsupported.h"
#include "image/ifd/ifd.h"

enum {
    TAG_FILE_TYPE = 254,
    TAG_WIDTH = 256,
    TAG_LENGTH = 257,
    TAG_PHOTOMETRIC = 262,
    TAG_MAKE = 271,
    TAG_SUB_DIRECTORIES = 330,
    TAG_DNG_VERSION = 50706,
    REDUCED = 1,         /* a file type: a preview */
    SENSOR = 32803,      /* a photometric interpretation: a colour a pixel */
    LINEAR_RAW = 34892,  /* another: the sensor's colours */
    DIRECTORIES_MAX = 16 /* looked at */
};

static uint64_t number_of(IfdSource *source, const Ifd *ifd, int tag, uint64_t index)
{
    IfdField *field = ifd_find(ifd, tag);
    return field && field->size && ifd_fetch(source, field) ? ifd_number(field, index)
                                                            : 0;
}

static bool is_sensor(IfdSource *source, const Ifd *ifd)
{
    uint64_t photometric = number_of(source, ifd, TAG_PHOTOMETRIC, 0);
    return photometric == SENSOR || photometric == LINEAR_RAW;
}

/* Does a directory below this one hold raw sensor data? */
static bool has_sensor(IfdSource *source, const Ifd *ifd)
{
    const IfdField *below = ifd_find(ifd, TAG_SUB_DIRECTORIES);
    bool found = false;
    for (uint64_t i = 0; below && i < below->count && i < DIRECTORIES_MAX; i++) {
        uint64_t at = number_of(source, ifd, TAG_SUB_DIRECTORIES, i);
        Ifd *sub = at ? ifd_read(source, at) : NULL;
        found = found || (sub && is_sensor(source, sub));
        ifd_free(sub);
    }
    return found;
}

static const Unsupported *raw_of(IfdSource *source, const Ifd *ifd)
{
    char maker[32] = "";
    IfdField *make = ifd_find(ifd, TAG_MAKE);
    if (ifd_find(ifd, TAG_DNG_VERSION))
        return unsupported_by_maker("DNG");
    if (make && make->size && ifd_fetch(source, make)) {
        size_t size = make->size < sizeof maker ? (size_t)make->size : sizeof maker - 1;
        memcpy(maker, make->data, size);
    }
    return unsupported_by_maker(maker);
}

static bool is_raw(IfdSource *source, const Ifd *ifd)
{
    bool preview = number_of(source, ifd, TAG_FILE_TYPE, 0) & REDUCED &&
                   ifd_find(ifd, TAG_SUB_DIRECTORIES);
    return preview || ifd_find(ifd, TAG_DNG_VERSION) || is_sensor(source, ifd) ||
           has_sensor(source, ifd);
}

static bool check_raw(IfdSource *source, const Ifd *ifd, Err *err)
{
    if (!is_raw(source, ifd))
        return true;
    const Unsupported *raw = raw_of(source, ifd);
    return err_set(err, ERR_FILE, "%s is not read; %s", raw->name, raw->advice);
}

bool tiff_first_ifd_is_raw(const Source *source)
{
    IfdSource ifds;
    Ifd *ifd = ifd_source_file(&ifds, source) ? ifd_read(&ifds, ifds.first) : NULL;
    bool raw = ifd && is_raw(&ifds, ifd);
    ifd_free(ifd);
    return raw;
}

bool tiff_first_ifd(const Source *source, Err *err)
{
    IfdSource ifds;
    Ifd *ifd = ifd_source_file(&ifds, source) ? ifd_read(&ifds, ifds.first) : NULL;
    if (!ifd)
        return ifds.starved ? err_set(err, ERR_MEMORY, "out of memory")
                            : err_set(err, ERR_FILE, "damaged TIFF header");
    uint64_t width = number_of(&ifds, ifd, TAG_WIDTH, 0);
    uint64_t height = number_of(&ifds, ifd, TAG_LENGTH, 0);
    bool good =
        check_raw(&ifds, ifd, err) && source_admit(source, width, height, 0, err);
    ifd_free(ifd);
    if (ifds.starved)
        return err_set(err, ERR_MEMORY, "out of memory");
    return good && source_seek(source, 0, err);
}
