#include "image/tiff/encode_tiff.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "image/codec/bands.h"
#include "image/tiff/tiff_blocks.h"

/* Measured on photographs of 8 and 16 bits, with differences between neighbours:
 * Deflate at its first level is 1.5 times as fast as LZW, both ways. The files are
 * smaller by an eighth at 8 bits and a fifth at 16, where LZW gains next to nothing.
 * Level 6 takes three times as long for 3% at 8 bits and nothing at 16. Strips of 64
 * KiB cost 1%; larger ones gain nothing. */
enum { LEVEL = 1, STRIP_BYTES = 256 << 10 };

/* Leaves room for metadata and tables in a file of 32-bit offsets. */
static const uint64_t CLASSIC_MAX = 4000000000;

typedef struct Encoder {
    TiffFile tiff;
    ImageInfo info;
    PackOptions pack;
    size_t row_bytes;
    Bands strips; /* each a strip of the file */
} Encoder;

/* A strip is packed by libtiff into a file of its own in memory, whose strip then goes
 * into the real one. */
typedef struct StripFile {
    char *bytes; /* owned, by free() */
    size_t size;
    uint64_t at, packed; /* the strip's place in it, and its bytes */
    bool good;
    Err err; /* unless it is good */
} StripFile;

static bool is_word(const char *word, const char *wanted)
{
    return word && strcmp(word, wanted) == 0;
}

static void put_packing(const Encoder *e, const TiffFile *tiff)
{
    const PackOptions *pack = &e->pack;
    bool plain = is_word(pack->compression, "none");
    bool lzw = is_word(pack->compression, "lzw");
    uint16_t compression = plain ? COMPRESSION_NONE
                           : lzw ? COMPRESSION_LZW
                                 : COMPRESSION_ADOBE_DEFLATE;
    tiff->lib->TIFFSetField(tiff->handle, TIFFTAG_COMPRESSION, compression);
    if (!plain && !is_word(pack->predictor, "none"))
        tiff->lib->TIFFSetField(tiff->handle, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
    if (!plain && !lzw)
        tiff->lib->TIFFSetField(tiff->handle, TIFFTAG_ZIPQUALITY,
                                pack->level ? pack->level : LEVEL);
}

static void put_layout(const Encoder *e, const TiffFile *tiff, int height)
{
    const TiffLibrary *lib = tiff->lib;
    TIFF *handle = tiff->handle;
    const uint16_t alpha = EXTRASAMPLE_UNASSALPHA;
    bool gray = e->info.channels <= 2;
    lib->TIFFSetField(handle, TIFFTAG_IMAGEWIDTH, (uint32_t)e->info.width);
    lib->TIFFSetField(handle, TIFFTAG_IMAGELENGTH, (uint32_t)height);
    lib->TIFFSetField(handle, TIFFTAG_BITSPERSAMPLE, e->info.depth);
    lib->TIFFSetField(handle, TIFFTAG_SAMPLESPERPIXEL, e->info.channels);
    lib->TIFFSetField(handle, TIFFTAG_PHOTOMETRIC,
                      gray ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
    if (image_has_alpha(e->info))
        lib->TIFFSetField(handle, TIFFTAG_EXTRASAMPLES, 1, &alpha);
    lib->TIFFSetField(handle, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    lib->TIFFSetField(handle, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    lib->TIFFSetField(handle, TIFFTAG_ROWSPERSTRIP, (uint32_t)e->strips.rows);
    put_packing(e, tiff);
}

static uint64_t largest_file(const Encoder *e, const Meta *meta)
{
    uint64_t blocks = meta ? meta->exif.size + meta->geo.size + meta->icc.size +
                                 meta->xmp.size + 2 * meta->iptc.size
                           : 0;
    return (uint64_t)e->row_bytes * (uint64_t)e->info.height + blocks;
}

static void *open_strip(void *context, Err *err)
{
    (void)context;
    return mem_try(1, sizeof(StripFile), err);
}

static bool pack_into(const Encoder *e, const Band *band, StripFile *strip, FILE *file)
{
    TiffFile tiff;
    tmsize_t size = (tmsize_t)(e->row_bytes * (size_t)band->count);
    if (!tiff_file_open(&tiff, file, TIFF_OUTPUT, "w4", &strip->err))
        return false;
    put_layout(e, &tiff, band->count);
    bool done =
        tiff.lib->TIFFWriteEncodedStrip(tiff.handle, 0, band->rows, size) == size;
    bool good = tiff_file_check(&tiff, done, &strip->err);
    strip->at = tiff.lib->TIFFGetStrileOffset(tiff.handle, 0);
    strip->packed = tiff.lib->TIFFGetStrileByteCount(tiff.handle, 0);
    tiff.lib->TIFFSetMode(tiff.handle, O_RDONLY); /* no directory is wanted */
    tiff_file_close(&tiff);
    return good;
}

static void pack(const void *context, const Band *band)
{
    StripFile *strip = band->packer;
    free(strip->bytes);
    strip->bytes = NULL;
    FILE *file = open_memstream(&strip->bytes, &strip->size);
    strip->good = file && pack_into(context, band, strip, file);
    bool whole = file && !ferror(file);
    whole = file && fclose(file) == 0 && whole && strip->bytes;
    if (!whole) /* nothing else can fail in memory */
        strip->good = err_set(&strip->err, ERR_MEMORY, "out of memory");
}

static bool put(void *context, const Band *band, Err *err)
{
    const Encoder *e = context;
    const StripFile *strip = band->packer;
    tmsize_t size = (tmsize_t)strip->packed;
    if (!strip->good) {
        *err = strip->err;
        return false;
    }
    uint32_t number = (uint32_t)(band->y / e->strips.rows);
    bool done = e->tiff.lib->TIFFWriteRawStrip(e->tiff.handle, number,
                                               strip->bytes + strip->at, size) == size;
    return tiff_file_check(&e->tiff, done, err);
}

static void close_strip(void *packer)
{
    StripFile *strip = packer;
    free(strip->bytes);
    mem_free(strip);
}

static void copy_row(uint8_t *dst, const uint8_t *src, size_t bytes)
{
    memcpy(dst, src, bytes);
}

static void set_strips(Encoder *e, SpareThreads *spare)
{
    static const BandCalls calls = {open_strip, NULL, pack, put, close_strip, copy_row};
    e->strips = (Bands){
        .calls = &calls,
        .context = e,
        .spare = spare,
        .row_bytes = e->row_bytes,
        .height = e->info.height,
        .rows = bands_rows_of(STRIP_BYTES, e->row_bytes, e->info.height),
    };
}

static bool start(Encoder *e, FILE *file, const Meta *meta, Notes *notes, Err *err)
{
    bool big = largest_file(e, meta) > CLASSIC_MAX;
    if (!tiff_file_open(&e->tiff, file, TIFF_OUTPUT, big ? "w8" : "w4", err))
        return false;
    put_layout(e, &e->tiff, e->info.height);
    return tiff_blocks_put(&e->tiff, big, meta, notes, err) &&
           tiff_file_check(&e->tiff, true, err) && bands_begin(&e->strips, err);
}

static bool create(void *encoder, FILE *file, const ImageInfo *info, const Meta *meta,
                   const SaveOptions *options, Err *err)
{
    Encoder *e = encoder;
    if (!pack_options_check(&options->pack, err))
        return false;
    e->info = *info;
    e->pack = options->pack;
    e->row_bytes = image_row_bytes(*info);
    set_strips(e, options->spare);
    return start(e, file, meta, options->notes, err);
}

static bool write_rows(void *encoder, const uint8_t *rows, size_t stride, int count,
                       Err *err)
{
    return bands_add(&((Encoder *)encoder)->strips, rows, stride, count, err);
}

static bool finish(void *encoder, Err *err)
{
    Encoder *e = encoder;
    return tiff_file_check(&e->tiff, e->tiff.lib->TIFFWriteDirectory(e->tiff.handle),
                           err);
}

static void discard(void *encoder)
{
    Encoder *e = encoder;
    bands_term(&e->strips);
    /* Read-only: TIFFClose must not write, because the file may be closed by now. */
    if (e->tiff.handle)
        e->tiff.lib->TIFFSetMode(e->tiff.handle, O_RDONLY);
    tiff_file_close(&e->tiff);
}

/* A strip's rows, libtiff's two copies, and what it becomes. */
static uint64_t held(ImageInfo info, const SaveOptions *options)
{
    enum { COPIES = 5 };
    size_t row = image_row_bytes(info);
    int rows = bands_rows_of(STRIP_BYTES, row, info.height);
    return (uint64_t)bands_most(rows, info.height, options->spare) * COPIES *
           (uint64_t)rows * row;
}

const EncoderCalls encode_tiff = {sizeof(Encoder), create, write_rows, finish,
                                  discard,         NULL,   held};
