#include "image/png/png_packer.h"

#include <string.h>

#include <zlib.h>

#include "base/mem.h"
#include "image/codec/bands.h"
#include "image/png/png_filter.h"

enum {
    BAND_BYTES = 512 * 1024,
    WINDOW_BYTES = 32 * 1024, /* what deflate can refer to */
    MEMORY_LEVEL = 9,         /* zlib's most: faster and smaller than its default */
    SAMPLE_BYTES = 32 * 1024, /* of a band, to judge by */
    SLACK = 1024,             /* for the flush */
    HEAD_BYTES = 2,           /* of a zlib stream */
    SUM_BYTES = 4,            /* at its end */
    ZLIB_BYTES = 400 * 1024,
    BUFFERS = 3, /* a band's rows, filtered, and deflated */
};

/* How a band is packed. Every fourth band is tried with a few rows: the way that makes
 * them smallest is its own, and that of the bands behind it. */
typedef struct Way {
    int filter;   /* its number, or CHOSEN: the row's best */
    int level;    /* zlib's, if the caller wants none */
    int strategy; /* zlib's */
    int places;   /* that are searched for a repeat; 0: as the level says */
} Way;

enum { CHOSEN = -1, NONE = 0, LEFT = 1, WAYS = 4, BANDS_A_SAMPLE = 4 };
/* Of a repeat, from which on zlib hardly looks for a longer one. */
enum { LENGTH = 4 };

/* Ways with the same filter are neighbours. */
static const Way ways[WAYS] = {
    /* What repeats behind a filter is short. A higher level takes twice as long for
     * some percent. */
    {CHOSEN, 2, Z_FILTERED, 0},
    /* Where the filter leaves noise, the search for repeats costs more than it finds:
     * photographs of 16 bits, and many of 8. */
    {CHOSEN, 1, Z_RLE, 0},
    /* 16 bits made from 8: steps between the few values that occur repeat. */
    {LEFT, 2, Z_DEFAULT_STRATEGY, 0},
    /* Drawings: a filter hides what repeats, and a low level does not find it. This is
     * as small as level 6 in half the time. */
    {NONE, 4, Z_DEFAULT_STRATEGY, 128},
};

/* zlib counts in 32 bits, and so do chunks. */
static const size_t ROW_MOST = 1 << 30;

struct PngPacker {
    /* immutable */
    size_t row_bytes;
    size_t pixel; /* bytes */
    int height;
    int level;      /* zlib's; 0: that of the way */
    uint8_t *zeros; /* owned: the row above the first */
    png_packer_fn write;
    void *context;
    /* owner thread only */
    uLong sum;                 /* Adler-32 of what is written */
    struct BandPacker *sample; /* owned: for judging */
    Bands bands;
};

/* What one band is packed with. */
typedef struct BandPacker {
    z_stream zlib;
    uint8_t *filtered; /* owned: rows with their filters' numbers, with the window's */
    uint8_t *spare;    /* owned: a row */
    uint8_t *packed;   /* owned */
    size_t room;       /* of `packed` */
    size_t size;       /* of the result */
    size_t raw;        /* filtered bytes of the band's own */
    uLong sum;         /* their Adler-32 */
} BandPacker;

/* Rows that fill the window. */
static int window_rows(size_t row_bytes)
{
    return (int)((WINDOW_BYTES + row_bytes) / (row_bytes + 1));
}

static void close_packer(void *packer)
{
    BandPacker *p = packer;
    deflateEnd(&p->zlib);
    mem_free(p->filtered);
    mem_free(p->spare);
    mem_free(p->packed);
    mem_free(p);
}

static bool make_buffers(const PngPacker *packer, BandPacker *p, Err *err)
{
    size_t line = packer->row_bytes + 1, own = (size_t)packer->bands.rows * line;
    size_t all = (size_t)window_rows(packer->row_bytes) * line + own;
    if (deflateInit2(&p->zlib, ways[0].level, Z_DEFLATED, -MAX_WBITS, MEMORY_LEVEL,
                     ways[0].strategy) != Z_OK)
        return err_set(err, ERR_MEMORY, "out of memory");
    p->room = deflateBound(&p->zlib, (uLong)own) + SLACK;
    p->filtered = mem_alloc(all, err);
    p->spare = p->filtered ? mem_alloc(line, err) : NULL;
    p->packed = p->spare ? mem_alloc(HEAD_BYTES + p->room + SUM_BYTES, err) : NULL;
    return p->packed;
}

static void *open_packer(void *context, Err *err)
{
    BandPacker *p = mem_new(1, sizeof *p);
    if (make_buffers(context, p, err))
        return p;
    close_packer(p);
    return NULL;
}

/* `count` rows from the band's row `from` on; below 0 are those above it. Returns the
 * bytes. */
static size_t filter_rows(const PngPacker *packer, const Band *band, BandPacker *p,
                          int filter, int from, int count, uint8_t *dst)
{
    size_t size = packer->row_bytes;
    for (int y = from; y < from + count; y++, dst += size + 1) {
        const uint8_t *row = band->rows + (size_t)(band->above + y) * size;
        const uint8_t *above = band->y + y == 0 ? packer->zeros : row - size;
        if (filter == CHOSEN)
            png_filter_row(dst, row, above, size, packer->pixel, p->spare);
        else
            png_filter_by(filter, dst, row, above, size, packer->pixel);
    }
    return (size_t)count * (size + 1);
}

/* The rows above row `from` of the band that fill the window, filtered. */
static size_t filter_window(const PngPacker *packer, const Band *band, BandPacker *p,
                            int filter, int from)
{
    int rows = window_rows(packer->row_bytes), all = band->y + from;
    if (rows > all)
        rows = all;
    return filter_rows(packer, band, p, filter, from - rows, rows, p->filtered);
}

/* zlib's head: deflate with 32 KiB, the level in words, and a check of both. */
static size_t put_head(uint8_t *dst, int level)
{
    unsigned kind = level < 2 ? 0 : level < 6 ? 1 : level == 6 ? 2 : 3;
    unsigned head = 0x7800 | kind << 6;
    head += 31 - head % 31;
    dst[0] = (uint8_t)(head >> 8);
    dst[1] = (uint8_t)head;
    return HEAD_BYTES;
}

static int level_of(const PngPacker *packer, int kind)
{
    return packer->level ? packer->level : ways[kind].level;
}

static void set_way(const PngPacker *packer, z_stream *zlib, int kind)
{
    const Way *way = &ways[kind];
    REQUIRE(deflateReset(zlib) == Z_OK);
    REQUIRE(deflateParams(zlib, level_of(packer, kind), way->strategy) == Z_OK);
    if (way->places && !packer->level)
        REQUIRE(deflateTune(zlib, LENGTH, LENGTH, way->places, way->places) == Z_OK);
}

/* Deflate the `size` bytes of p->filtered that are behind a window into p->packed from
 * `head` on. */
static void deflate_bytes(const PngPacker *packer, BandPacker *p, int kind,
                          size_t window, size_t size, bool last, size_t head)
{
    z_stream *zlib = &p->zlib;
    set_way(packer, zlib, kind);
    REQUIRE(!window || deflateSetDictionary(zlib, p->filtered, (uInt)window) == Z_OK);
    zlib->next_in = p->filtered + window;
    zlib->avail_in = (uInt)size;
    zlib->next_out = p->packed + head;
    zlib->avail_out = (uInt)p->room;
    int state = deflate(zlib, last ? Z_FINISH : Z_SYNC_FLUSH);
    REQUIRE(state == (last ? Z_STREAM_END : Z_OK) && zlib->avail_out &&
            !zlib->avail_in);
    p->size = head + p->room - zlib->avail_out;
}

/* The way that makes some rows in the middle of the band smallest. */
static int best_way(const PngPacker *packer, const Band *band)
{
    BandPacker *p = packer->sample;
    int rows = window_rows(packer->row_bytes), best = 0;
    if (rows > band->count)
        rows = band->count;
    int from = (band->count - rows) / 2;
    size_t window = 0, size = 0, least = SIZE_MAX;
    for (int kind = 0; kind < WAYS; kind++) {
        if (!kind || ways[kind].filter != ways[kind - 1].filter) {
            window = filter_window(packer, band, p, ways[kind].filter, from);
            size = filter_rows(packer, band, p, ways[kind].filter, from, rows,
                               p->filtered + window);
        }
        if (size > SAMPLE_BYTES)
            size = SAMPLE_BYTES;
        deflate_bytes(packer, p, kind, window, size, true, 0);
        best = p->size < least ? kind : best;
        least = p->size < least ? p->size : least;
    }
    return best;
}

static int judge(void *context, const Band *band)
{
    const PngPacker *packer = context;
    bool tried = band->y / packer->bands.rows % BANDS_A_SAMPLE == 0;
    return tried ? best_way(packer, band) : band->kind_above;
}

static void pack(const void *context, const Band *band)
{
    const PngPacker *packer = context;
    BandPacker *p = band->packer;
    bool last = band->y + band->count == packer->height;
    size_t window = filter_window(packer, band, p, ways[band->kind_above].filter, 0);
    uint8_t *own = p->filtered + window;
    p->raw = filter_rows(packer, band, p, ways[band->kind].filter, 0, band->count, own);
    p->sum = adler32(adler32(0, NULL, 0), own, (uInt)p->raw);
    size_t head = band->y == 0 ? put_head(p->packed, level_of(packer, band->kind)) : 0;
    deflate_bytes(packer, p, band->kind, window, p->raw, last, head);
}

static bool put(void *context, const Band *band, Err *err)
{
    PngPacker *packer = context;
    BandPacker *p = band->packer;
    packer->sum = adler32_combine(packer->sum, p->sum, (z_off_t)p->raw);
    if (band->y + band->count == packer->height)
        for (int shift = 24; shift >= 0; shift -= 8)
            p->packed[p->size++] = (uint8_t)(packer->sum >> shift);
    return packer->write(packer->context, p->packed, p->size, err);
}

static void copy_bytes(uint8_t *dst, const uint8_t *src, size_t bytes)
{
    memcpy(dst, src, bytes);
}

/* PNG's samples have their high byte first. */
static void copy_swapped(uint8_t *dst, const uint8_t *src, size_t bytes)
{
    for (size_t i = 0; i < bytes; i += 2) {
        uint16_t value;
        memcpy(&value, src + i, sizeof value);
        dst[i] = (uint8_t)(value >> 8);
        dst[i + 1] = (uint8_t)value;
    }
}

static void set_bands(PngPacker *packer, ImageInfo info, SpareThreads *spare)
{
    static const BandCalls of_bytes = {open_packer, judge,        pack,
                                       put,         close_packer, copy_bytes};
    static const BandCalls of_words = {open_packer, judge,        pack,
                                       put,         close_packer, copy_swapped};
    packer->bands = (Bands){
        .calls = info.depth == 16 ? &of_words : &of_bytes,
        .context = packer,
        .spare = spare,
        .row_bytes = packer->row_bytes,
        .height = info.height,
        .rows = bands_rows_of(BAND_BYTES, packer->row_bytes, info.height),
        .above = window_rows(packer->row_bytes) + 1,
    };
}

PngPacker *png_packer_new(ImageInfo info, int level, SpareThreads *spare,
                          png_packer_fn write, void *context, Err *err)
{
    size_t row_bytes = image_row_bytes(info);
    if (row_bytes > ROW_MOST) {
        err_set(err, ERR_FILE, "PNG rows of more than 1 GiB are not written");
        return NULL;
    }
    PngPacker *packer = mem_new(1, sizeof *packer);
    packer->row_bytes = row_bytes;
    packer->pixel = (size_t)info.channels * (size_t)info.depth / 8;
    packer->height = info.height;
    packer->level = level;
    packer->write = write;
    packer->context = context;
    packer->sum = adler32(0, NULL, 0);
    set_bands(packer, info, spare);
    packer->zeros = mem_try(row_bytes, 1, err);
    packer->sample = packer->zeros ? open_packer(packer, err) : NULL;
    if (packer->sample && bands_begin(&packer->bands, err))
        return packer;
    png_packer_free(packer);
    return NULL;
}

void png_packer_free(PngPacker *packer)
{
    if (!packer)
        return;
    bands_term(&packer->bands);
    if (packer->sample)
        close_packer(packer->sample);
    mem_free(packer->zeros);
    mem_free(packer);
}

bool png_packer_add(PngPacker *packer, const uint8_t *rows, size_t stride, int count,
                    Err *err)
{
    return bands_add(&packer->bands, rows, stride, count, err);
}

uint64_t png_packer_memory(ImageInfo info, const SpareThreads *spare)
{
    size_t row = image_row_bytes(info);
    int rows = bands_rows_of(BAND_BYTES, row, info.height);
    uint64_t all = (uint64_t)rows + (uint64_t)window_rows(row) + 1;
    uint64_t band = BUFFERS * all * (row + 1) + ZLIB_BYTES;
    return (1 + (uint64_t)bands_most(rows, info.height, spare)) * band;
}
