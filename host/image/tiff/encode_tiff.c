#include "image/tiff/encode_tiff.h"

#include <fcntl.h>
#include <string.h>

#include "base/mem.h"
#include "image/tiff/tiff_blocks.h"
#include "image/tiff/tiff_errors.h"

/* Measured on photographs of 8 and 16 bits: with differences between neighbours,
 * Deflate at its first level is half as fast again as LZW, both ways, and the files are
 * smaller by an eighth at 8 bits and a fifth at 16, where LZW gains next to nothing.
 * Level 6 takes three times as long for 3% at 8 bits and nothing at 16. Strips of 64
 * KiB cost 1%; larger ones than these gain nothing. */
enum { LEVEL = 1, STRIP_BYTES = 256 << 10 };

/* Leaves room for what stands beside the pixels in a file of 32-bit offsets. */
static const uint64_t CLASSIC_MAX = 4000000000;

typedef struct Encoder {
    TiffErrors errors;
    TIFF *tiff;
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
    const uint16_t alpha = EXTRASAMPLE_UNASSALPHA;
    bool gray = e->info.channels <= 2;
    TIFFSetField(e->tiff, TIFFTAG_IMAGEWIDTH, (uint32_t)e->info.width);
    TIFFSetField(e->tiff, TIFFTAG_IMAGELENGTH, (uint32_t)e->info.height);
    TIFFSetField(e->tiff, TIFFTAG_BITSPERSAMPLE, e->info.depth);
    TIFFSetField(e->tiff, TIFFTAG_SAMPLESPERPIXEL, e->info.channels);
    TIFFSetField(e->tiff, TIFFTAG_PHOTOMETRIC,
                 gray ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
    if (image_has_alpha(e->info))
        TIFFSetField(e->tiff, TIFFTAG_EXTRASAMPLES, 1, &alpha);
    TIFFSetField(e->tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(e->tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    TIFFSetField(e->tiff, TIFFTAG_ROWSPERSTRIP, (uint32_t)e->strip_rows);
    TIFFSetField(e->tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
    TIFFSetField(e->tiff, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
    TIFFSetField(e->tiff, TIFFTAG_ZIPQUALITY, LEVEL);
}

static uint64_t largest_file(const Encoder *e, const Meta *meta)
{
    uint64_t blocks =
        meta ? meta->exif.size + meta->icc.size + meta->xmp.size + 2 * meta->iptc.size
             : 0;
    return (uint64_t)e->row_bytes * (uint64_t)e->info.height + blocks;
}

static bool start(Encoder *e, const Meta *meta, Notes *notes, Err *err)
{
    bool big = largest_file(e, meta) > CLASSIC_MAX;
    e->errors.stage = TIFF_OUTPUT;
    e->tiff = tiff_errors_open(&e->errors, big ? "w8" : "w4");
    if (!tiff_errors_check(&e->errors, e->tiff, err))
        return false;
    put_layout(e);
    if (!tiff_blocks_put(e->tiff, e->errors.file, big, &e->info, meta, notes, err) ||
        !tiff_errors_check(&e->errors, true, err))
        return false;
    e->strip = mem_alloc(e->row_bytes * (size_t)e->strip_rows, err);
    return e->strip;
}

void *encode_tiff_create(FILE *file, const ImageInfo *info, const Meta *meta,
                         const SaveOptions *options, Err *err)
{
    Encoder *e = mem_new(1, sizeof *e);
    e->errors.file = file;
    e->info = *info;
    e->row_bytes = image_row_bytes(*info);
    e->strip_rows = rows_of_strip(e);
    if (!start(e, meta, options->notes, err)) {
        encode_tiff_discard(e);
        return NULL;
    }
    return e;
}

static bool write_strip(Encoder *e, Err *err)
{
    tmsize_t size = (tmsize_t)(e->row_bytes * (size_t)e->waiting);
    bool done = TIFFWriteEncodedStrip(e->tiff, e->next, e->strip, size) == size;
    e->next++;
    e->waiting = 0;
    return tiff_errors_check(&e->errors, done, err);
}

bool encode_tiff_rows(void *writer, const uint8_t *rows, size_t stride, int count,
                      Err *err)
{
    Encoder *e = writer;
    for (int i = 0; i < count; i++) {
        memcpy(e->strip + (size_t)e->waiting * e->row_bytes, rows + (size_t)i * stride,
               e->row_bytes);
        if (++e->waiting == e->strip_rows && !write_strip(e, err))
            return false;
    }
    return true;
}

bool encode_tiff_finish(void *writer, Err *err)
{
    Encoder *e = writer;
    if (e->waiting && !write_strip(e, err))
        return false;
    return tiff_errors_check(&e->errors, TIFFWriteDirectory(e->tiff), err);
}

void encode_tiff_discard(void *writer)
{
    Encoder *e = writer;
    if (!e)
        return;
    if (e->tiff) {
        /* All is written, or nothing more shall be: the file may be closed by now. */
        TIFFSetMode(e->tiff, O_RDONLY);
        TIFFClose(e->tiff);
    }
    mem_free(e->strip);
    mem_free(e);
}
