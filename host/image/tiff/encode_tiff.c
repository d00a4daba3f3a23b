#include "image/tiff/encode_tiff.h"

#include <fcntl.h>
#include <string.h>

#include "base/mem.h"
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
    size_t row_bytes;
    uint8_t *strip; /* rows that wait for the others of their strip */
    int strip_rows; /* of a whole one */
    int waiting;    /* rows in it */
    uint32_t next;  /* strip */
} Encoder;

static int rows_of_strip(const Encoder *e)
{
    size_t rows = STRIP_BYTES / e->row_bytes;
    if (rows > (size_t)e->info.height)
        rows = (size_t)e->info.height;
    return rows ? (int)rows : 1;
}

static void put_layout(const Encoder *e)
{
    const TiffLibrary *lib = e->tiff.lib;
    TIFF *handle = e->tiff.handle;
    const uint16_t alpha = EXTRASAMPLE_UNASSALPHA;
    bool gray = e->info.channels <= 2;
    lib->TIFFSetField(handle, TIFFTAG_IMAGEWIDTH, (uint32_t)e->info.width);
    lib->TIFFSetField(handle, TIFFTAG_IMAGELENGTH, (uint32_t)e->info.height);
    lib->TIFFSetField(handle, TIFFTAG_BITSPERSAMPLE, e->info.depth);
    lib->TIFFSetField(handle, TIFFTAG_SAMPLESPERPIXEL, e->info.channels);
    lib->TIFFSetField(handle, TIFFTAG_PHOTOMETRIC,
                      gray ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
    if (image_has_alpha(e->info))
        lib->TIFFSetField(handle, TIFFTAG_EXTRASAMPLES, 1, &alpha);
    lib->TIFFSetField(handle, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    lib->TIFFSetField(handle, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    lib->TIFFSetField(handle, TIFFTAG_ROWSPERSTRIP, (uint32_t)e->strip_rows);
    lib->TIFFSetField(handle, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
    lib->TIFFSetField(handle, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
    lib->TIFFSetField(handle, TIFFTAG_ZIPQUALITY, LEVEL);
}

static uint64_t largest_file(const Encoder *e, const Meta *meta)
{
    uint64_t blocks =
        meta ? meta->exif.size + meta->icc.size + meta->xmp.size + 2 * meta->iptc.size
             : 0;
    return (uint64_t)e->row_bytes * (uint64_t)e->info.height + blocks;
}

static bool start(Encoder *e, FILE *file, const Meta *meta, Notes *notes, Err *err)
{
    bool big = largest_file(e, meta) > CLASSIC_MAX;
    if (!tiff_file_open(&e->tiff, file, TIFF_OUTPUT, big ? "w8" : "w4", err))
        return false;
    put_layout(e);
    if (!tiff_blocks_put(&e->tiff, big, meta, notes, err) ||
        !tiff_file_check(&e->tiff, true, err))
        return false;
    e->strip = mem_alloc(e->row_bytes * (size_t)e->strip_rows, err);
    return e->strip;
}

static bool create(void *encoder, FILE *file, const ImageInfo *info, const Meta *meta,
                   const SaveOptions *options, Err *err)
{
    Encoder *e = encoder;
    e->info = *info;
    e->row_bytes = image_row_bytes(*info);
    e->strip_rows = rows_of_strip(e);
    return start(e, file, meta, options->notes, err);
}

static bool write_strip(Encoder *e, Err *err)
{
    tmsize_t size = (tmsize_t)(e->row_bytes * (size_t)e->waiting);
    bool done = e->tiff.lib->TIFFWriteEncodedStrip(e->tiff.handle, e->next, e->strip,
                                                   size) == size;
    e->next++;
    e->waiting = 0;
    return tiff_file_check(&e->tiff, done, err);
}

static bool write_rows(void *encoder, const uint8_t *rows, size_t stride, int count,
                       Err *err)
{
    Encoder *e = encoder;
    for (int i = 0; i < count; i++) {
        memcpy(e->strip + (size_t)e->waiting * e->row_bytes, rows + (size_t)i * stride,
               e->row_bytes);
        if (++e->waiting == e->strip_rows && !write_strip(e, err))
            return false;
    }
    return true;
}

static bool finish(void *encoder, Err *err)
{
    Encoder *e = encoder;
    if (e->waiting && !write_strip(e, err))
        return false;
    return tiff_file_check(&e->tiff, e->tiff.lib->TIFFWriteDirectory(e->tiff.handle),
                           err);
}

static void discard(void *encoder)
{
    Encoder *e = encoder;
    /* Read-only: TIFFClose must not write, because the file may be closed by now. */
    if (e->tiff.handle)
        e->tiff.lib->TIFFSetMode(e->tiff.handle, O_RDONLY);
    tiff_file_close(&e->tiff);
    mem_free(e->strip);
}

const EncoderCalls encode_tiff = {sizeof(Encoder), create,  write_rows,
                                  finish,          discard, NULL};
