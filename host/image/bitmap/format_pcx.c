/* PCX: run lengths over planes of each row, so that rows stream. One to eight bits of
 * an index into a palette, or planes of eight bits for red, green and blue. */
#include <string.h>

#include "base/mem.h"
#include "image/bitmap/palette.h"
#include "image/codec/bytes.h"
#include "image/codec/format.h"

enum {
    HEAD_BYTES = 128,
    HEAD_COLOURS = 16,
    TAIL_MARK = 12, /* and then 256 colours at the end of the file */
    TAIL_BYTES = 1 + 3 * PALETTE_MAX,
    LONGEST_RUN = 63,
};

typedef struct Decoder {
    const Source *source;
    ImageInfo info;
    int bits, planes; /* of a pixel in a plane; how many */
    size_t line;      /* bytes of a plane's row in the file */
    off_t tail;       /* where a palette at the end begins; 0: there is none */
    int next;         /* row */
    bool has_palette;
    Palette palette;
    uint8_t *bytes;   /* a row, plane after plane */
    uint8_t *indices; /* a row */
    int value, run;   /* the byte that a run repeats, and how many are left */
} Decoder;

static bool match(const uint8_t *head, size_t size)
{
    return size >= 12 && head[0] == 10 && head[1] <= 5 && head[2] == 1;
}

static void set_colours(Palette *palette, const uint8_t *rgb, int count)
{
    palette->count = count;
    for (size_t i = 0; i < (size_t)count; i++)
        memcpy(palette->colours[i], rgb + 3 * i, 3);
}

/* 256 colours stand at the end of the file. A gray file and one of an older version
 * have none. */
static bool read_tail(Decoder *d, const uint8_t *head, Err *err)
{
    enum { VERSION = 5, GRAY = 2 };
    uint8_t tail[TAIL_BYTES];
    FILE *file = d->source->file;
    d->tail = d->source->size >= HEAD_BYTES + TAIL_BYTES
                  ? (off_t)(d->source->size - TAIL_BYTES)
                  : 0;
    if (d->tail && fseeko(file, d->tail, SEEK_SET) == 0 &&
        fread(tail, 1, sizeof tail, file) == sizeof tail && tail[0] == TAIL_MARK) {
        set_colours(&d->palette, tail + 1, PALETTE_MAX);
        return true;
    }
    d->tail = 0;
    d->has_palette = false;
    return head[1] < VERSION || head[68] == GRAY ||
           err_set(err, ERR_FILE, "the PCX file is cut short: it has no palette");
}

/* Many writers leave the palette of a black and white picture empty. */
static bool read_palette(Decoder *d, const uint8_t *head, Err *err)
{
    static const uint8_t black_and_white[] = {0, 0, 0, 255, 255, 255};
    const uint8_t *colours = head + 16;
    if (d->bits == 8)
        return read_tail(d, head, err);
    if (d->bits * d->planes == 1 && memcmp(colours, colours + 3, 3) == 0)
        set_colours(&d->palette, black_and_white, 2);
    else
        set_colours(&d->palette, colours, HEAD_COLOURS);
    return true;
}

static bool is_supported(const Decoder *d)
{
    if (d->bits == 8)
        return d->planes == 1 || d->planes == 3;
    return (d->bits == 1 && d->planes >= 1 && d->planes <= 4) ||
           ((d->bits == 2 || d->bits == 4) && d->planes == 1);
}

static bool read_header(Decoder *d, Err *err)
{
    uint8_t head[HEAD_BYTES];
    if (!source_take(d->source, "PCX", head, sizeof head, err))
        return false;
    uint32_t left = le16(head + 4), top = le16(head + 6);
    uint32_t right = le16(head + 8), bottom = le16(head + 10);
    if (right < left || bottom < top)
        return err_set(err, ERR_FILE, "damaged PCX header");
    uint32_t width = right - left + 1, height = bottom - top + 1;
    d->bits = head[3];
    d->planes = head[65];
    d->line = le16(head + 66);
    if (!is_supported(d))
        return err_set(err, ERR_FILE,
                       "a PCX file of %d bits in %d planes is not supported", d->bits,
                       d->planes);
    if (d->line < ((uint64_t)width * (uint64_t)d->bits + 7) / 8)
        return err_set(err, ERR_FILE, "damaged PCX header");
    uint64_t bytes = (uint64_t)d->line * (uint64_t)d->planes * height;
    if (!source_admit(d->source, width, height, HEAD_BYTES + bytes / LONGEST_RUN * 2,
                      err))
        return false;
    d->info = (ImageInfo){(int)width, (int)height, 3, 8};
    d->has_palette = d->planes != 3 || d->bits != 8;
    if (d->has_palette && !read_palette(d, head, err))
        return false;
    d->info.channels = d->has_palette ? palette_channels(&d->palette) : d->planes;
    return source_seek(d->source, HEAD_BYTES, err);
}

static void close_decoder(void *decoder)
{
    Decoder *d = decoder;
    mem_free(d->bytes);
    mem_free(d->indices);
}

static bool open_decoder(void *decoder, const Source *source, ImageInfo *info,
                         Meta *meta, Err *err)
{
    (void)meta;
    Decoder *d = decoder;
    d->source = source;
    if (!read_header(d, err) ||
        !(d->bytes = mem_alloc(d->line * (size_t)d->planes, err)) ||
        !(d->indices = mem_alloc((size_t)d->info.width, err)))
        return false;
    *info = d->info;
    return true;
}

/* Some writers let a run go on over planes and rows. */
static bool unpack(Decoder *d, Err *err)
{
    FILE *file = d->source->file;
    size_t size = d->line * (size_t)d->planes;
    for (size_t i = 0; i < size; i++) {
        while (d->run == 0) {
            if (!source_go_on(d->source, err))
                return false;
            d->run = 1;
            d->value = getc_unlocked(file);
            if (d->value >= 0xC0) {
                d->run = d->value & 0x3F;
                d->value = getc_unlocked(file);
            }
            if (d->value == EOF)
                return err_set(err, ERR_FILE, "the PCX file is cut short");
        }
        d->bytes[i] = (uint8_t)d->value;
        d->run--;
    }
    return true;
}

/* Planes of one bit become indices; the first plane holds the lowest bit. */
static void join_planes(const Decoder *d)
{
    memset(d->indices, 0, (size_t)d->info.width);
    for (int p = 0; p < d->planes; p++) {
        const uint8_t *plane = d->bytes + (size_t)p * d->line;
        for (int x = 0; x < d->info.width; x++)
            d->indices[x] |= (uint8_t)((plane[x / 8] >> (7 - x % 8) & 1) << p);
    }
}

static bool read_row(Decoder *d, uint8_t *row, Err *err)
{
    int width = d->info.width;
    if (!unpack(d, err))
        return false;
    if (++d->next == d->info.height && d->tail && ftello(d->source->file) > d->tail)
        return err_set(err, ERR_FILE, "the PCX file is cut short");
    if (!d->has_palette) {
        for (int c = 0; c < d->planes; c++)
            for (int x = 0; x < width; x++)
                row[x * d->planes + c] = d->bytes[(size_t)c * d->line + (size_t)x];
        return true;
    }
    if (d->planes > 1)
        join_planes(d);
    else
        palette_unpack(d->bytes, d->bits, width, d->indices);
    return palette_put(&d->palette, d->indices, width, row, err);
}

static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    for (int i = 0; i < count; i++)
        if (!read_row(decoder, rows + (size_t)i * stride, err))
            return false;
    return true;
}

static const char *const extensions[] = {"pcx", NULL};

static const DecoderCalls decode = {sizeof(Decoder), open_decoder, read_rows,
                                    close_decoder, NULL};

const Format format_pcx = {"pcx", extensions, match, NULL, &decode, NULL};
