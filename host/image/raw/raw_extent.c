#include "image/raw/raw_extent.h"

#include <stdio.h>
#include <string.h>

#include "image/codec/boxes.h"
#include "image/codec/bytes.h"
#include "image/ifd/ifd.h"

enum { DIRECTORIES_MAX = 32 };
/* So many pixels of a sensor take a byte at least, however they are packed. */
enum { PIXELS_A_BYTE = 1024 };
enum { PHOTOMETRIC_MOSAIC = 32803, PHOTOMETRIC_LINEAR_RAW = 34892 };
enum {
    TAG_KIND = 254, /* 0: the picture itself */
    TAG_WIDTH = 256,
    TAG_HEIGHT = 257,
    TAG_PHOTOMETRIC = 262,
    TAG_STRIPS = 273,
    TAG_STRIP_BYTES = 279,
    TAG_PANASONIC_DATA = 280, /* in place of an offset of all ones */
    TAG_TILES = 324,
    TAG_TILE_BYTES = 325,
    TAG_MORE = 330,
};

/* The largest picture of those that the directories have: the sensor's. */
typedef struct Extent {
    uint64_t bytes; /* of its parts */
    uint64_t end;   /* of the last one, in the file */
    bool empty;     /* a directory says that its pixels take next to no bytes */
} Extent;

static bool fetch(IfdSource *source, const Ifd *ifd, int tag, IfdField **field)
{
    *field = ifd_find(ifd, tag);
    return *field && (*field)->size && ifd_fetch(source, *field);
}

/* Where a part begins. */
static uint64_t offset_of(IfdSource *source, const Ifd *ifd, const IfdField *offsets,
                          uint64_t i)
{
    IfdField *data;
    uint64_t offset = ifd_number(offsets, i);
    bool elsewhere =
        offset == UINT32_MAX && fetch(source, ifd, TAG_PANASONIC_DATA, &data);
    return elsewhere ? ifd_number(data, 0) : offset;
}

/* 0: it is not there. */
static uint64_t number_of(IfdSource *source, const Ifd *ifd, int tag)
{
    IfdField *field;
    return fetch(source, ifd, tag, &field) ? ifd_number(field, 0) : 0;
}

/* Are `bytes`, or those of one of its parts, too few for a sensor's picture? */
static bool is_empty(IfdSource *source, const Ifd *ifd, uint64_t bytes, bool gap)
{
    uint64_t kind = number_of(source, ifd, TAG_PHOTOMETRIC);
    uint64_t width = number_of(source, ifd, TAG_WIDTH);
    uint64_t height = number_of(source, ifd, TAG_HEIGHT);
    if ((kind != PHOTOMETRIC_MOSAIC && kind != PHOTOMETRIC_LINEAR_RAW) ||
        number_of(source, ifd, TAG_KIND) != 0 || !height)
        return false;
    return gap || bytes < width * height / PIXELS_A_BYTE;
}

static void take_parts(IfdSource *source, const Ifd *ifd, int places, int sizes,
                       Extent *largest)
{
    IfdField *offsets, *bytes;
    Extent all = {0};
    if (!fetch(source, ifd, places, &offsets) || !fetch(source, ifd, sizes, &bytes)) {
        if (offsets && !ifd_is_whole(source, offsets))
            *largest = (Extent){.bytes = UINT64_MAX, .end = UINT64_MAX};
        return;
    }
    bool gap = false;
    for (uint64_t i = 0; i < offsets->count && i < bytes->count; i++) {
        uint64_t size = ifd_number(bytes, i);
        uint64_t end = offset_of(source, ifd, offsets, i) + size;
        all.bytes += size;
        all.end = end > all.end ? end : all.end;
        gap = gap || !size;
    }
    all.empty = largest->empty || is_empty(source, ifd, all.bytes, gap);
    if (all.bytes > largest->bytes)
        *largest = all;
    largest->empty = all.empty;
}

static void take_directories(IfdSource *source, uint64_t at, int *left, Extent *largest)
{
    for (; at && (*left)-- > 0; at = ifd_next(source, at)) {
        Ifd *ifd = ifd_read(source, at);
        if (!ifd)
            return;
        take_parts(source, ifd, TAG_STRIPS, TAG_STRIP_BYTES, largest);
        take_parts(source, ifd, TAG_TILES, TAG_TILE_BYTES, largest);
        IfdField *more;
        bool leads = fetch(source, ifd, TAG_MORE, &more);
        for (uint64_t i = 0; leads && i<more->count && * left> 0; i++)
            take_directories(source, ifd_number(more, i), left, largest);
        ifd_free(ifd);
    }
}

static bool find_by_directories(const Source *file, Extent *largest, Err *err)
{
    IfdSource source;
    int left = DIRECTORIES_MAX;
    if (!ifd_source_file(&source, file) && !source.first)
        return true;
    take_directories(&source, source.first, &left, largest);
    return !source.starved || err_set(err, ERR_MEMORY, "out of memory");
}

/* Fujifilm's head tells where the sensor's data are. */
static uint64_t end_by_head(const uint8_t *head)
{
    enum { DATA_AT = 100, BYTES_AT = 104 };
    return (uint64_t)be32(head + DATA_AT) + be32(head + BYTES_AT);
}

bool raw_extent_check(const Source *source, Err *err)
{
    static const char fujifilm[] = "FUJIFILMCCD-RAW";
    uint8_t head[108] = {0};
    Extent sensor = {0};
    if (!source_seek(source, 0, err))
        return false;
    size_t got = fread(head, 1, sizeof head, source->file);
    if (got == sizeof head && memcmp(head + 4, "ftyp", 4) == 0)
        return boxes_are_whole(source, "CR3", err);
    if (memcmp(head, fujifilm, sizeof fujifilm - 1) == 0)
        sensor.end = end_by_head(head);
    else if (!find_by_directories(source, &sensor, err))
        return false;
    if (!source_go_on(source, err))
        return false;
    if (sensor.empty)
        return err_set(err, ERR_FILE, "the raw file has no pixels, only its headers");
    if (sensor.end <= source->size)
        return true;
    if (!source->lenient)
        return err_set(err, ERR_FILE, "the raw file is cut short");
    notes_damage(source->notes, "the raw file is cut short");
    return true;
}
