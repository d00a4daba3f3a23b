/* Truevision's TGA: indices, gray or colours of 15 to 32 bits, plain or in run lengths,
 * from the top or the bottom. Rows stream, unless runs come from the bottom. */
#include <string.h>

#include "base/mem.h"
#include "image/bitmap/palette.h"
#include "image/codec/bytes.h"
#include "image/codec/format.h"
#include "image/orient.h"

enum {
    HEAD_BYTES = 18,
    FOOT_BYTES = 26,
    INDEXED = 1,
    COLOUR = 2,
    GRAY = 3,
    RUNS = 8, /* added to the kind */
    LONGEST_RUN = 128,
    PIXEL_MAX = 4,
};

typedef struct Decoder {
    const Source *source;
    ImageInfo info;
    int kind; /* INDEXED, COLOUR or GRAY */
    bool runs, from_bottom, from_right, has_alpha;
    int stored;      /* bytes of a pixel in the file */
    uint64_t at;     /* where pixels begin */
    Palette palette; /* of INDEXED */
    uint8_t *bytes;  /* one stored row; all of them where they are held whole */
    int next;        /* row */
    /* the current packet of run lengths */
    int left;   /* pixels */
    bool plain; /* each of them is in the file */
    uint8_t pixel[PIXEL_MAX];
} Decoder;

static uint8_t widen(uint32_t five)
{
    return (uint8_t)((five * 255 + 15) / 31);
}

/* A stored colour of 2, 3 or 4 bytes. */
static void take_colour(const uint8_t *from, int bytes, uint8_t *rgba)
{
    if (bytes == 2) {
        uint32_t bits = le16(from);
        rgba[0] = widen(bits >> 10 & 31);
        rgba[1] = widen(bits >> 5 & 31);
        rgba[2] = widen(bits & 31);
        rgba[3] = bits >> 15 ? 255 : 0;
        return;
    }
    rgba[0] = from[2];
    rgba[1] = from[1];
    rgba[2] = from[0];
    rgba[3] = bytes == 4 ? from[3] : 255;
}

static bool refuse(const uint8_t *head, const char *what, Err *err)
{
    return err_set(err, ERR_FILE,
                   "a TGA file of kind %d with %d bits%s is not supported; save it as "
                   "24 or 32 bits of colour",
                   head[2], head[16], what);
}

/* More than 256 colours need indices of 16 bits, which no writer makes. */
static bool read_palette(Decoder *d, const uint8_t *head, Err *err)
{
    int first = (int)le16(head + 3), count = (int)le16(head + 5);
    int bytes = (head[7] + 7) / 8;
    uint8_t colour[PIXEL_MAX];
    if (head[1] == 0 || bytes < 2 || bytes > 4 || count < 1)
        return err_set(err, ERR_FILE, "damaged TGA file: no palette");
    d->palette.first = first;
    d->palette.has_alpha = d->has_alpha && bytes == 4;
    for (int i = 0; i < count; i++) {
        if (!source_take(d->source, "TGA", colour, (size_t)bytes, err))
            return false;
        if (i < PALETTE_MAX)
            take_colour(colour, bytes, d->palette.colours[i]);
    }
    d->palette.count = count < PALETTE_MAX ? count : PALETTE_MAX;
    return true;
}

/* The meaning of alpha; it stands in the extension area of newer files. */
static int alpha_meaning(const Source *source)
{
    enum { ATTRIBUTES = 494, UNKNOWN = -1 };
    static const char mark[] = "TRUEVISION-XFILE.";
    uint8_t foot[FOOT_BYTES];
    FILE *file = source->file;
    if (source->size < HEAD_BYTES + FOOT_BYTES ||
        fseeko(file, (off_t)source->size - FOOT_BYTES, SEEK_SET) != 0 ||
        fread(foot, 1, sizeof foot, file) != sizeof foot ||
        memcmp(foot + 8, mark, sizeof mark) != 0 || le32(foot) == 0 ||
        fseeko(file, (off_t)le32(foot) + ATTRIBUTES, SEEK_SET) != 0)
        return UNKNOWN;
    return getc(file);
}

/* The attribute bits are alpha if the header counts them and no extension denies it. */
static bool choose_alpha(Decoder *d, const uint8_t *head, Err *err)
{
    enum { IGNORED_MAX = 2, PREMULTIPLIED = 4, ATTRIBUTE_BITS = 15 };
    int bits = head[17] & ATTRIBUTE_BITS, meaning = alpha_meaning(d->source);
    if (bits && meaning == PREMULTIPLIED)
        return refuse(head, ", multiplied by alpha,", err);
    d->has_alpha = bits && (meaning < 0 || meaning > IGNORED_MAX);
    return true;
}

/* Check the bits of a pixel, and choose the channels for them. */
static bool choose_pixels(Decoder *d, const uint8_t *head, Err *err)
{
    int bits = head[16], channels = 0;
    d->stored = (bits + 7) / 8;
    if (d->kind == INDEXED && bits == 8)
        channels = palette_channels(&d->palette);
    else if (d->kind == COLOUR && (bits == 15 || bits == 24))
        channels = 3;
    else if (d->kind == COLOUR && (bits == 16 || bits == 32))
        channels = d->has_alpha ? 4 : 3;
    else if (d->kind == GRAY && bits == 8)
        channels = 1;
    else if (d->kind == GRAY && bits == 16 && d->has_alpha)
        channels = 2;
    d->info.channels = channels;
    return channels || refuse(head, "", err);
}

static uint64_t least_bytes(const Decoder *d)
{
    uint64_t pixels = (uint64_t)d->info.width * (uint64_t)d->info.height;
    uint64_t stored = (uint64_t)d->stored;
    return d->at + (d->runs ? pixels / LONGEST_RUN * (1 + stored) : pixels * stored);
}

static bool read_header(Decoder *d, Err *err)
{
    enum { FROM_RIGHT = 0x10, FROM_TOP = 0x20, INTERLEAVED = 0xC0 };
    uint8_t head[HEAD_BYTES];
    if (!source_take(d->source, "TGA", head, sizeof head, err))
        return false;
    uint32_t width = le16(head + 12), height = le16(head + 14);
    d->info = (ImageInfo){(int)width, (int)height, 0, 8};
    d->kind = head[2] & ~RUNS;
    d->runs = head[2] & RUNS;
    d->from_bottom = !(head[17] & FROM_TOP);
    d->from_right = head[17] & FROM_RIGHT;
    if (head[1] > 1 || d->kind < INDEXED || d->kind > GRAY)
        return err_set(err, ERR_FILE, "damaged or unknown TGA header");
    if (head[17] & INTERLEAVED)
        return refuse(head, ", interleaved,", err);
    uint64_t palette = (uint64_t)HEAD_BYTES + head[0];
    d->at = palette + (head[1] ? (uint64_t)(head[7] + 7) / 8 * le16(head + 5) : 0);
    if (!source_admit(d->source, width, height, 0, err) || !choose_alpha(d, head, err))
        return false;
    if (d->kind == INDEXED &&
        !(source_seek(d->source, palette, err) && read_palette(d, head, err)))
        return false;
    return choose_pixels(d, head, err) &&
           source_admit(d->source, width, height, least_bytes(d), err) &&
           source_seek(d->source, d->at, err);
}

static void close_decoder(void *decoder)
{
    Decoder *d = decoder;
    mem_free(d->bytes);
}

static bool is_whole(const Decoder *d)
{
    return d->runs && d->from_bottom;
}

static size_t row_bytes(const Decoder *d)
{
    return (size_t)d->info.width * (size_t)d->stored;
}

static uint64_t held(const void *decoder)
{
    const Decoder *d = decoder;
    return (uint64_t)row_bytes(d) * (uint64_t)(is_whole(d) ? d->info.height : 1);
}

static bool open_decoder(void *decoder, const Source *source, ImageInfo *info,
                         Meta *meta, Err *err)
{
    (void)meta;
    Decoder *d = decoder;
    d->source = source;
    if (!read_header(d, err))
        return false;
    *info = d->info;
    return true;
}

/* Some writers let a run go on over rows. */
static bool unpack_row(Decoder *d, uint8_t *row, Err *err)
{
    FILE *file = d->source->file;
    size_t stored = (size_t)d->stored;
    for (int x = 0; x < d->info.width; x++, row += stored) {
        bool first = d->left == 0;
        if (first) {
            int packet = getc_unlocked(file);
            if (packet == EOF)
                return err_set(err, ERR_FILE, "the TGA file is cut short");
            d->left = (packet & 127) + 1;
            d->plain = packet < 128;
        }
        if ((first || d->plain) &&
            !source_take(d->source, "TGA", d->pixel, stored, err))
            return false;
        memcpy(row, d->pixel, stored);
        d->left--;
    }
    return true;
}

static bool hold_whole(Decoder *d, Err *err)
{
    size_t size = row_bytes(d);
    d->bytes = mem_alloc((size_t)held(d), err);
    for (int y = 0; d->bytes && y < d->info.height; y++)
        if (!source_go_on(d->source, err) ||
            !unpack_row(d, d->bytes + (size_t)y * size, err))
            return false;
    return d->bytes;
}

static bool put_row(const Decoder *d, const uint8_t *from, uint8_t *row, Err *err)
{
    size_t channels = (size_t)d->info.channels, stored = (size_t)d->stored;
    size_t width = (size_t)d->info.width;
    if (d->kind == INDEXED) {
        if (!palette_put(&d->palette, from, d->info.width, row, err))
            return false;
    } else if (d->kind == GRAY) {
        memcpy(row, from, width * stored);
    } else {
        for (size_t x = 0; x < width; x++) {
            uint8_t rgba[4];
            take_colour(from + x * stored, d->stored, rgba);
            memcpy(row + x * channels, rgba, channels);
        }
    }
    if (d->from_right)
        orient_mirror(row, d->info);
    return true;
}

/* The file's row `y`. */
static bool read_row(Decoder *d, int y, uint8_t *row, Err *err)
{
    size_t size = row_bytes(d);
    if (is_whole(d))
        return put_row(d, d->bytes + (size_t)y * size, row, err);
    bool done = d->runs ? unpack_row(d, d->bytes, err)
                        : source_take(d->source, "TGA", d->bytes, size, err);
    return done && put_row(d, d->bytes, row, err);
}

static bool make_room(Decoder *d, Err *err)
{
    if (d->bytes)
        return true;
    if (is_whole(d))
        return hold_whole(d, err);
    d->bytes = mem_alloc(row_bytes(d), err);
    return d->bytes;
}

/* Rows are read in the file's order, which may be from the bottom. */
static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = decoder;
    if (!make_room(d, err))
        return false;
    int first = d->from_bottom ? d->info.height - d->next - count : d->next;
    if (!d->runs && !source_seek(d->source, d->at + row_bytes(d) * (size_t)first, err))
        return false;
    for (int i = 0; i < count; i++) {
        int to = d->from_bottom ? count - 1 - i : i;
        if (!read_row(d, first + i, rows + (size_t)to * stride, err))
            return false;
    }
    d->next += count;
    return true;
}

static const char *const extensions[] = {"tga", NULL};

static const DecoderCalls decode = {sizeof(Decoder), open_decoder, read_rows,
                                    close_decoder, held};

const Format format_tga = {"tga", extensions, NULL, NULL, &decode, NULL};
