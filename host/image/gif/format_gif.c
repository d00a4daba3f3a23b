/* The first frame of a GIF file on its canvas; the others are for animations.
 * Canvas that the frame does not cover is transparent. */
#include <string.h>

#include "base/mem.h"
#include "image/bitmap/palette.h"
#include "image/codec/bytes.h"
#include "image/codec/format.h"
#include "image/gif/gif_extension.h"
#include "image/gif/gif_lzw.h"

enum { SCREEN_BYTES = 13, INTERLACED = 0x40 };

typedef struct Decoder {
    const Source *source;
    ImageInfo info;            /* of the canvas */
    int left, top, wide, high; /* the frame on it */
    Palette palette;           /* the frame's; unset colours are black */
    int transparent;           /* an index; -1: none */
    bool interlaced;
    uint8_t *indices; /* the whole frame, once the first row is wanted */
    int next;         /* row */
} Decoder;

static bool fail_short(Err *err)
{
    return err_set(err, ERR_FILE, "the GIF file is cut short");
}

static bool read_palette(Decoder *d, int flags)
{
    size_t colours = gif_colours(flags);
    for (size_t i = 0; i < colours; i++)
        if (fread(d->palette.colours[i], 3, 1, d->source->file) != 1)
            return false;
    return true;
}

/* Some files declare a canvas that is smaller than the frame; then the frame is the
 * canvas. */
static void place_frame(Decoder *d, const uint8_t *head, const uint8_t *frame)
{
    d->left = (int)le16(frame);
    d->top = (int)le16(frame + 2);
    d->wide = (int)le16(frame + 4);
    d->high = (int)le16(frame + 6);
    int width = (int)le16(head + 6), height = (int)le16(head + 8);
    bool inside = d->left + d->wide <= width && d->top + d->high <= height;
    if (!inside)
        d->left = d->top = 0;
    d->info = (ImageInfo){inside ? width : d->wide, inside ? height : d->high, 0, 8};
}

static void choose_alpha(Decoder *d)
{
    bool bare = d->wide < d->info.width || d->high < d->info.height;
    d->palette.count = PALETTE_MAX;
    d->palette.has_alpha = d->transparent >= 0 || bare;
    for (int i = 0; i < PALETTE_MAX; i++)
        d->palette.colours[i][3] = i == d->transparent ? 0 : 255;
    d->info.channels = palette_channels(&d->palette);
}

static uint64_t held(const void *decoder)
{
    const Decoder *d = decoder;
    return (uint64_t)d->wide * (uint64_t)d->high;
}

static bool read_header(Decoder *d, Meta *meta, Err *err)
{
    uint8_t head[SCREEN_BYTES], frame[GIF_FRAME_BYTES];
    FILE *file = d->source->file;
    if (fread(head, 1, sizeof head, file) != sizeof head || !read_palette(d, head[10]))
        return fail_short(err);
    GifExtensions extensions = {d->source, meta, -1, 0};
    int mark;
    while ((mark = fgetc(file)) == '!')
        if (!gif_extension_read(&extensions, err))
            return false;
    d->transparent = extensions.transparent;
    if (mark == ';')
        return err_set(err, ERR_FILE, "a GIF file without an image");
    if (mark != ',')
        return feof(file) ? fail_short(err)
                          : err_set(err, ERR_FILE, "damaged GIF file");
    if (fread(frame, 1, sizeof frame, file) != sizeof frame ||
        !read_palette(d, frame[8]))
        return fail_short(err);
    d->interlaced = frame[8] & INTERLACED;
    place_frame(d, head, frame);
    choose_alpha(d);
    if (!gif_extensions_read_rest(&extensions, err))
        return false;
    return source_admit(d->source, (uint64_t)d->info.width, (uint64_t)d->info.height, 0,
                        err) &&
           source_admit(d->source, (uint64_t)d->wide, (uint64_t)d->high,
                        held(d) / GIF_LZW_LONGEST, err);
}

static void close_decoder(void *decoder)
{
    Decoder *d = decoder;
    mem_free(d->indices);
}

static bool open_decoder(void *decoder, const Source *source, ImageInfo *info,
                         Meta *meta, Err *err)
{
    Decoder *d = decoder;
    d->source = source;
    if (!read_header(d, meta, err))
        return false;
    *info = d->info;
    return true;
}

static bool hold_whole(Decoder *d, Err *err)
{
    if (d->indices)
        return true;
    size_t count = (size_t)d->wide * (size_t)d->high;
    d->indices = mem_alloc(count, err);
    return d->indices && gif_lzw_decode(d->source, d->indices, count, err);
}

/* The stored row of row `y`. Interlacing stores every eighth row, then those
 * between. */
static int stored_row(const Decoder *d, int y)
{
    static const int first[] = {0, 4, 2, 1}, step[] = {8, 8, 4, 2};
    int before = 0;
    for (int pass = 0; d->interlaced && pass < 4; pass++) {
        if (y >= first[pass] && (y - first[pass]) % step[pass] == 0)
            return before + (y - first[pass]) / step[pass];
        if (d->high > first[pass])
            before += (d->high - first[pass] + step[pass] - 1) / step[pass];
    }
    return y;
}

static bool put_row(const Decoder *d, int y, uint8_t *row, Err *err)
{
    memset(row, 0, image_row_bytes(d->info));
    if (y < d->top || y >= d->top + d->high)
        return true;
    const uint8_t *from =
        d->indices + (size_t)stored_row(d, y - d->top) * (size_t)d->wide;
    row += (size_t)d->left * (size_t)d->info.channels;
    return palette_put(&d->palette, from, d->wide, row, err);
}

static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = decoder;
    if (!hold_whole(d, err))
        return false;
    for (int i = 0; i < count; i++)
        if (!put_row(d, d->next++, rows + (size_t)i * stride, err))
            return false;
    return true;
}

static bool match(const uint8_t *head, size_t size)
{
    return size >= 6 &&
           (memcmp(head, "GIF87a", 6) == 0 || memcmp(head, "GIF89a", 6) == 0);
}

static const char *const extensions[] = {"gif", NULL};

static const DecoderCalls decode = {sizeof(Decoder), open_decoder, read_rows,
                                    close_decoder, held};

const Format format_gif = {"gif", extensions, match, NULL, &decode, NULL};
