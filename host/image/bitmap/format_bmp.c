/* Windows' and OS/2's bitmaps. Rows stream, also from the bottom, as they mostly are;
 * run lengths are unpacked to indices first. */
#include <string.h>

#include "base/mem.h"
#include "image/bitmap/bmp_header.h"
#include "image/codec/bytes.h"
#include "image/codec/format.h"

typedef struct Decoder {
    const Source *source;
    BmpHeader header;
    uint8_t *bytes;   /* a stored row */
    uint8_t *indices; /* of one row; of all rows where there are runs, from the first
                         read on */
    int next;         /* row */
} Decoder;

static bool match(const uint8_t *head, size_t size)
{
    /* Many texts begin with these two letters; the reserved bytes after the size are
     * zero. */
    return size >= 26 && memcmp(head, "BM", 2) == 0 &&
           memcmp(head + 6, "\0\0\0\0", 4) == 0;
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
    Decoder *d = decoder;
    d->source = source;
    if (!bmp_header_read(source, &d->header, meta, err))
        return false;
    *info = d->header.info;
    return true;
}

static uint64_t index_bytes(const Decoder *d)
{
    ImageInfo info = d->header.info;
    return (uint64_t)info.width * (uint64_t)(d->header.runs ? info.height : 1);
}

static uint64_t held(const void *decoder)
{
    const Decoder *d = decoder;
    return bmp_header_row_bytes(&d->header) + index_bytes(d);
}

/* The position of the next index of a run; rows count from the bottom. */
typedef struct Pen {
    int x, y;
} Pen;

/* Pixels past a row's end are left out, as other readers do. */
static void put_index(Decoder *d, Pen *pen, uint32_t index)
{
    ImageInfo info = d->header.info;
    if (pen->x < info.width && pen->y < info.height)
        d->indices[(size_t)(info.height - 1 - pen->y) * (size_t)info.width +
                   (size_t)pen->x] = (uint8_t)index;
    pen->x += pen->x < info.width;
}

static void put_run(Decoder *d, Pen *pen, int count, const uint8_t *bytes, bool same)
{
    for (int i = 0; i < count; i++)
        if (d->header.bits == 8)
            put_index(d, pen, bytes[same ? 0 : i]);
        else
            put_index(d, pen, bytes[same ? 0 : i / 2] >> (i % 2 ? 0 : 4) & 15);
}

/* `count` stored indices, padded to a multiple of two bytes. */
static bool put_plain(Decoder *d, Pen *pen, int count, Err *err)
{
    uint8_t bytes[256];
    size_t size = ((size_t)(count * d->header.bits) + 15) / 16 * 2;
    if (!source_take(d->source, "BMP", bytes, size, err))
        return false;
    put_run(d, pen, count, bytes, false);
    return true;
}

/* Are all pixels there and only the end marker missing? */
static bool is_full(const Decoder *d, const Pen *pen)
{
    ImageInfo info = d->header.info;
    if (pen->y + (pen->x >= info.width) < info.height)
        return false;
    notes_damage(d->source->notes, "the end marker is missing");
    return true;
}

static bool unpack(Decoder *d, Err *err)
{
    enum { LINE_END, IMAGE_END, MOVE };
    uint8_t two[2];
    for (Pen pen = {0, 0}; source_go_on(d->source, err);) {
        if (!source_take(d->source, "BMP", two, 2, err))
            return is_full(d, &pen);
        if (two[0])
            put_run(d, &pen, two[0], two + 1, true);
        else if (two[1] > MOVE && !put_plain(d, &pen, two[1], err))
            return false;
        else if (two[1] == IMAGE_END)
            return true;
        else if (two[1] == LINE_END)
            pen = (Pen){0, pen.y < d->header.info.height ? pen.y + 1 : pen.y};
        if (two[0] || two[1] != MOVE)
            continue;
        if (!source_take(d->source, "BMP", two, 2, err))
            return false;
        pen.x += pen.x < d->header.info.width ? two[0] : 0;
        pen.y += pen.y < d->header.info.height ? two[1] : 0;
    }
    return false;
}

static bool make_room(Decoder *d, Err *err)
{
    if (d->bytes)
        return true;
    size_t indices = (size_t)index_bytes(d);
    d->indices = mem_alloc(indices, err);
    d->bytes = d->indices ? mem_alloc(bmp_header_row_bytes(&d->header), err) : NULL;
    if (!d->bytes || !d->header.runs)
        return d->bytes;
    memset(d->indices, 0, indices); /* what runs pass over */
    return unpack(d, err);
}

static uint16_t scale(uint32_t value, uint32_t max, uint32_t top)
{
    if (max == top || max == 0)
        return (uint16_t)value;
    return (uint16_t)(((uint64_t)value * top + max / 2) / max);
}

static void put_masked(const Decoder *d, uint8_t *row)
{
    ImageInfo info = d->header.info;
    uint32_t top = info.depth == 16 ? 65535 : 255;
    size_t bytes = (size_t)d->header.bits / 8, channels = (size_t)info.channels;
    for (size_t x = 0; x < (size_t)info.width; x++) {
        const uint8_t *from = d->bytes + x * bytes;
        uint32_t pixel = bytes == 2 ? le16(from) : le32(from);
        for (size_t c = 0; c < channels; c++) {
            BmpMask mask = d->header.masks[c];
            uint16_t sample = scale(pixel >> mask.shift & mask.max, mask.max, top);
            if (info.depth == 16)
                memcpy(row + 2 * (x * channels + c), &sample, 2);
            else
                row[x * channels + c] = (uint8_t)sample;
        }
    }
}

static void put_plain_row(const Decoder *d, uint8_t *row)
{
    const uint8_t *from = d->bytes;
    for (int x = 0; x < d->header.info.width; x++, from += 3, row += 3) {
        row[0] = from[2];
        row[1] = from[1];
        row[2] = from[0];
    }
}

/* Read the file's next stored row. */
static bool read_row(Decoder *d, uint8_t *row, Err *err)
{
    const BmpHeader *h = &d->header;
    if (!source_take(d->source, "BMP", d->bytes, bmp_header_row_bytes(h), err))
        return false;
    if (h->bits == 24) {
        put_plain_row(d, row);
        return true;
    }
    if (h->bits > 8) {
        put_masked(d, row);
        return true;
    }
    palette_unpack(d->bytes, h->bits, h->info.width, d->indices);
    return palette_put(&h->palette, d->indices, h->info.width, row, err);
}

static bool put_runs(const Decoder *d, uint8_t *rows, size_t stride, int count,
                     Err *err)
{
    size_t width = (size_t)d->header.info.width;
    for (int i = 0; i < count; i++)
        if (!palette_put(&d->header.palette, d->indices + (size_t)(d->next + i) * width,
                         (int)width, rows + (size_t)i * stride, err))
            return false;
    return true;
}

/* Rows are read in the file's order, which may be from the bottom. */
static bool stream(Decoder *d, uint8_t *rows, size_t stride, int count, Err *err)
{
    const BmpHeader *h = &d->header;
    int first = h->from_top ? d->next : h->info.height - d->next - count;
    if (!source_seek(d->source, h->at + bmp_header_row_bytes(h) * (size_t)first, err))
        return false;
    for (int i = 0; i < count; i++) {
        int to = h->from_top ? i : count - 1 - i;
        if (!read_row(d, rows + (size_t)to * stride, err))
            return false;
    }
    return true;
}

static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = decoder;
    if (!make_room(d, err))
        return false;
    bool done = d->header.runs ? put_runs(d, rows, stride, count, err)
                               : stream(d, rows, stride, count, err);
    d->next += count;
    return done;
}

static const char *const extensions[] = {"bmp", "dib", NULL};

static const DecoderCalls decode = {sizeof(Decoder), open_decoder, read_rows,
                                    close_decoder, held};

const Format format_bmp = {"bmp", extensions, match, NULL, &decode, NULL};
