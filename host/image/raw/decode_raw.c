#include "image/raw/decode_raw.h"

#include <string.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "image/profile/profile.h"
#include "image/raw/raw_exif.h"
#include "image/raw/raw_extent.h"
#include "image/raw/raw_file.h"
#include "image/tiff/tiff_blocks.h"

typedef struct Decoder {
    const Source *source;
    const LibrawLibrary *lib;
    ImageInfo info;
    uint64_t sensor; /* its pixels */
    bool half;
    libraw_processed_image_t *image; /* once the first row is wanted */
    int next;                        /* row */
} Decoder;

static void set_info(Decoder *d, const RawFile *file)
{
    const libraw_image_sizes_t *sizes = &file->raw->sizes;
    d->sensor = (uint64_t)sizes->raw_width * sizes->raw_height;
    d->info = (ImageInfo){sizes->iwidth, sizes->iheight,
                          file->raw->idata.colors == 1 ? 1 : 3, 16};
}

/* Most raw files begin with directories as TIFF has them; others say what LibRaw found.
 */
static bool take_exif(const Source *source, const RawFile *file, Meta *meta, Err *err)
{
    IfdSource ifds;
    Ifd *ifd = ifd_source_file(&ifds, source) ? ifd_read(&ifds, ifds.first) : NULL;
    Err why = {0};
    bool taken = !ifd || tiff_blocks_take(&ifds, ifd, meta, source->notes, &why);
    ifd_free(ifd);
    if (ifds.starved || (!taken && why.kind == ERR_MEMORY))
        return err_set(err, ERR_MEMORY, "out of memory");
    return meta->exif.data || raw_exif_make(file->raw, &meta->exif, err);
}

/* The pixels are sRGB, and say so. */
static bool take_profile(const Source *source, Meta *meta, Err *err)
{
    Err why = {0};
    Profile *srgb = profile_srgb(&why);
    memset(meta->chroma, 0, sizeof meta->chroma);
    meta_drop(&meta->icc);
    if (!srgb && why.kind == ERR_MEMORY)
        return err_set(err, ERR_MEMORY, "%s", why.text);
    if (!srgb) {
        notes_add(source->notes, "its profile, sRGB, is left out: %s", why.text);
        return true;
    }
    const Block *icc = profile_icc(srgb);
    bool good = meta_set(&meta->icc, icc->data, icc->size, err);
    profile_unref(&srgb);
    return good;
}

static bool take_meta(Decoder *d, const RawFile *file, Meta *meta, Err *err)
{
    const libraw_iparams_t *found = &file->raw->idata;
    if (!take_exif(d->source, file, meta, err))
        return false;
    if (!meta->xmp.data && found->xmplen && found->xmpdata &&
        source_keeps(d->source, found->xmplen, NULL) &&
        !meta_set(&meta->xmp, found->xmpdata, found->xmplen, err))
        return false;
    return (d->info.channels == 1 || take_profile(d->source, meta, err)) &&
           meta_set_upright(meta, d->source->cancel, err);
}

/* The size that LibRaw will give; `meta` may be NULL. */
static bool look(Decoder *d, Meta *meta, Err *err)
{
    RawFile file;
    bool good = raw_file_open(&file, d->source, d->lib, d->half, err) &&
                raw_file_measure(&file, err);
    if (good) {
        set_info(d, &file);
        good = !meta || take_meta(d, &file, meta, err);
    }
    raw_file_close(&file);
    return good;
}

static bool open_decoder(void *decoder, const Source *source, ImageInfo *info,
                         Meta *meta, Err *err)
{
    Decoder *d = decoder;
    d->source = source;
    d->half = source->raw_half;
    d->lib = libraw_library(err);
    if (!d->lib || !raw_extent_check(source, err) || !look(d, meta, err))
        return false;
    *info = d->info;
    return true;
}

/* The sensor's 16 bits, four of 16 bits a pixel, and the result; and of each thread of
 * LibRaw, unless a pixel is one for four, a tile with all that is tried of it. */
static uint64_t held(const void *decoder)
{
    enum { TILE = 26 * 512 * 512 };
    const Decoder *d = decoder;
    uint64_t pixels = (uint64_t)d->info.width * (uint64_t)d->info.height;
    uint64_t tiles = d->half ? 0 : (uint64_t)thread_cpus() * TILE;
    return 2 * d->sensor + 14 * pixels + tiles;
}

static bool hold_whole(Decoder *d, Err *err)
{
    RawFile file;
    if (d->image)
        return true;
    if (!mem_expect((size_t)held(d), err))
        return false;
    bool opened = raw_file_open(&file, d->source, d->lib, d->half, err);
    d->image = opened ? raw_file_develop(&file, err) : NULL;
    raw_file_close(&file);
    if (!d->image)
        return false;
    return (d->image->type == LIBRAW_IMAGE_BITMAP && d->image->bits == 16 &&
            d->image->colors == d->info.channels && d->image->width == d->info.width &&
            d->image->height == d->info.height) ||
           err_set(err, ERR_FILE, "damaged raw file: its size is not its header's");
}

static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = decoder;
    size_t row_bytes = image_row_bytes(d->info);
    if (!hold_whole(d, err))
        return false;
    for (int i = 0; i < count; i++, d->next++)
        memcpy(rows + (size_t)i * stride, d->image->data + (size_t)d->next * row_bytes,
               row_bytes);
    return true;
}

/* A pixel for four of the sensor's, which is much faster. */
static bool reduce(void *decoder, int least, ImageInfo *info)
{
    Decoder *d = decoder;
    Err why;
    ImageInfo whole = d->info;
    int longer = whole.width > whole.height ? whole.width : whole.height;
    if (d->half || longer / 2 < least)
        return false;
    d->half = true;
    if (!look(d, NULL, &why)) {
        d->half = false;
        d->info = whole;
        return false;
    }
    *info = d->info;
    return true;
}

static void close_decoder(void *decoder)
{
    Decoder *d = decoder;
    if (d->image)
        d->lib->libraw_dcraw_clear_mem(d->image);
}

const DecoderCalls decode_raw = {
    .size = sizeof(Decoder),
    .open = open_decoder,
    .read = read_rows,
    .close = close_decoder,
    .held = held,
    .reduce = reduce,
};
