/* The Quite OK Image format (qoiformat.org/qoi-specification.pdf). Pixels come one
 * after the other, so that rows stream. */
#include <string.h>

#include "image/codec/bytes.h"
#include "image/codec/format.h"

enum { HEAD_BYTES = 14, END_BYTES = 8, LONGEST_RUN = 62, SEEN = 64 };
enum { LISTEN = 1 << 18 }; /* pixels between two looks at a cancel */

typedef struct Pixel {
    uint8_t r, g, b, a;
} Pixel;

typedef struct Decoder {
    const Source *source;
    ImageInfo info;
    int next;         /* row */
    Pixel now;        /* the last one decoded */
    int run;          /* how many more times it comes */
    Pixel seen[SEEN]; /* by hash */
} Decoder;

static bool match(const uint8_t *head, size_t size)
{
    return size >= 4 && memcmp(head, "qoif", 4) == 0;
}

static bool read_header(Decoder *d, Err *err)
{
    uint8_t head[HEAD_BYTES];
    if (!source_take(d->source, "QOI", head, sizeof head, err))
        return false;
    uint32_t width = be32(head + 4), height = be32(head + 8);
    if (head[12] < 3 || head[12] > 4)
        return err_set(err, ERR_FILE, "damaged QOI file: %d channels", head[12]);
    d->info = (ImageInfo){(int)width, (int)height, head[12], 8};
    return source_admit(d->source, width, height,
                        HEAD_BYTES + (uint64_t)width * height / LONGEST_RUN, err);
}

static bool open_decoder(void *decoder, const Source *source, ImageInfo *info,
                         Meta *meta, Err *err)
{
    (void)meta;
    Decoder *d = decoder;
    d->source = source;
    d->now.a = 255;
    if (!read_header(d, err))
        return false;
    *info = d->info;
    return true;
}

static uint8_t add(int a, int b)
{
    return (uint8_t)(a + b);
}

/* The two-bit tags; `byte` has the tag in its highest bits. */
static void take_small(Decoder *d, int byte, int second)
{
    Pixel *p = &d->now;
    int low = byte & 63;
    switch (byte >> 6) {
    case 0: /* a pixel seen before */
        *p = d->seen[low];
        break;
    case 1: /* differences of two bits */
        p->r = add(p->r, (low >> 4) - 2);
        p->g = add(p->g, (low >> 2 & 3) - 2);
        p->b = add(p->b, (low & 3) - 2);
        break;
    case 2: /* green's difference, and the others' differences from it */
        p->r = add(p->r, low - 32 + (second >> 4) - 8);
        p->g = add(p->g, low - 32);
        p->b = add(p->b, low - 32 + (second & 15) - 8);
        break;
    default:
        d->run = low;
        break;
    }
}

/* False: the file ends. */
static bool next_pixel(Decoder *d)
{
    enum { RGB = 0xFE, RGBA = 0xFF };
    FILE *file = d->source->file;
    Pixel *p = &d->now;
    if (d->run > 0) {
        d->run--;
        return true;
    }
    int byte = getc_unlocked(file), second = 0;
    bool whole = byte >= RGB, two = byte >> 6 == 2;
    if (whole) {
        uint8_t values[4] = {0, 0, 0, p->a};
        size_t count = byte == RGB ? 3 : 4;
        if (fread(values, 1, count, file) != count)
            return false;
        *p = (Pixel){values[0], values[1], values[2], values[3]};
    } else if (byte == EOF || (two && (second = getc_unlocked(file)) == EOF)) {
        return false;
    } else {
        take_small(d, byte, second);
    }
    d->seen[(p->r * 3 + p->g * 5 + p->b * 7 + p->a * 11) % SEEN] = *p;
    return true;
}

static bool read_row(Decoder *d, uint8_t *row, Err *err)
{
    size_t channels = (size_t)d->info.channels;
    for (int x = 0; x < d->info.width; x++, row += channels) {
        if (x % LISTEN == 0 && !source_go_on(d->source, err))
            return false;
        if (!next_pixel(d))
            return err_set(err, ERR_FILE, "the QOI file is cut short");
        memcpy(row, &d->now, channels);
    }
    d->next++;
    return true;
}

/* A wrong end marker is noted only: every pixel is there. */
static void check_end(const Decoder *d)
{
    uint8_t end[END_BYTES];
    if (fread(end, 1, sizeof end, d->source->file) != sizeof end ||
        memcmp(end, "\0\0\0\0\0\0\0\1", sizeof end) != 0)
        notes_damage(d->source->notes, "the end marker is missing");
}

static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = decoder;
    for (int i = 0; i < count; i++)
        if (!read_row(d, rows + (size_t)i * stride, err))
            return false;
    if (count && d->next == d->info.height)
        check_end(d);
    return true;
}

static const char *const extensions[] = {"qoi", NULL};

static const DecoderCalls decode = {sizeof(Decoder), open_decoder, read_rows, NULL,
                                    NULL};

const Format format_qoi = {"qoi", extensions, match, NULL, &decode, NULL};
