#include "image/png/png_chunks.h"

#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/mem.h"
#include "image/codec/bytes.h"
#include "image/meta/exif.h"
#include "image/png/png_chunk.h"
#include "image/png/png_text.h"

enum { SIGNATURE_BYTES = 8, WINDOW_BYTES = 16 * 1024, TAKEN_MAX = 65536 };

const uint8_t PNG_CHUNKS_TAKEN[] = "cICP\0eXIf\0tEXt\0zTXt\0iTXt\0iCCP\0"
                                   "bKGD\0hIST\0oFFs\0pCAL\0sCAL\0sPLT\0sTER\0tIME";
const int PNG_CHUNKS_N_TAKEN = sizeof PNG_CHUNKS_TAKEN / 5;

/* A buffer for small reads of neighbouring bytes: a file may have millions of
 * chunks. */
typedef struct Window {
    int fd;
    uint64_t at; /* in the file */
    size_t size; /* bytes read there */
    uint8_t bytes[WINDOW_BYTES];
} Window;

typedef struct Walk {
    const Source *source;
    Meta *meta;
    Window window;
    uint64_t at;    /* of the chunk */
    uint64_t bytes; /* of metadata, so far */
    int taken;      /* chunks of metadata */
    bool pixels;    /* have begun */
    bool profile;   /* is read */
} Walk;

static bool peek_head(Window *window, uint64_t at, uint8_t head[PNG_CHUNK_HEAD])
{
    if (at < window->at || at + PNG_CHUNK_HEAD > window->at + window->size) {
        ssize_t got = pread(window->fd, window->bytes, WINDOW_BYTES, (off_t)at);
        window->at = at;
        window->size = got > 0 ? (size_t)got : 0;
    }
    if (window->size - (at - window->at) < PNG_CHUNK_HEAD)
        return false;
    memcpy(head, window->bytes + (at - window->at), PNG_CHUNK_HEAD);
    return true;
}

static bool is_type(const uint8_t *type, const char *name)
{
    return memcmp(type, name, 4) == 0;
}

static bool is_text(const uint8_t *type)
{
    return is_type(type, "tEXt") || is_type(type, "zTXt") || is_type(type, "iTXt");
}

/* Only the first profile counts, and it comes before the pixels. */
static bool is_wanted(const Walk *walk, const uint8_t *type)
{
    if (is_type(type, "iCCP"))
        return !walk->pixels && !walk->profile;
    return is_text(type) || is_type(type, "eXIf") ||
           (is_type(type, "cICP") && !walk->pixels);
}

/* `chunk` has everything from its length to its checksum. */
static bool take(Walk *walk, const uint8_t *chunk, uint32_t size, Err *err)
{
    Block *exif = &walk->meta->exif;
    if (is_type(chunk + 4, "cICP")) {
        if (size == sizeof walk->meta->cicp)
            memcpy(walk->meta->cicp, chunk + PNG_CHUNK_HEAD, size);
        return true;
    }
    if (is_type(chunk + 4, "iCCP")) {
        walk->profile = true;
        return png_text_take_profile(walk->source, walk->meta, chunk, size,
                                     &walk->bytes, err);
    }
    if (is_text(chunk + 4))
        return png_text_take(walk->source, walk->meta, chunk, size, &walk->bytes, err);
    Block data = exif_behind_mark(chunk + PNG_CHUNK_HEAD, size);
    return exif->data || meta_set(exif, data.data, data.size, err);
}

/* Read piece by piece, with a look at the cancel between two. *sum covers all but the
 * length. */
static bool read_bytes(const Walk *walk, uint8_t *chunk, size_t whole, uLong *sum,
                       Err *err)
{
    enum { PIECE = 1 << 20, LENGTH_BYTES = 4, SUM_BYTES = 4 };
    *sum = crc32(0, NULL, 0);
    for (size_t at = 0, some; at < whole; at += some) {
        some = whole - at < PIECE ? whole - at : PIECE;
        if (!source_go_on(walk->source, err))
            return false;
        off_t from = (off_t)(walk->at + at);
        if (pread(walk->window.fd, chunk + at, some, from) != (ssize_t)some)
            return err_set(err, ERR_FILE, "the PNG file is cut short");
        size_t first = at ? at : LENGTH_BYTES, last = at + some;
        if (last > whole - SUM_BYTES)
            last = whole - SUM_BYTES;
        if (first < last)
            *sum = crc32(*sum, chunk + first, (uInt)(last - first));
    }
    return true;
}

static bool read_chunk(Walk *walk, uint32_t size, Err *err)
{
    if (++walk->taken > TAKEN_MAX)
        return err_set(err, ERR_FILE, "more than %d PNG chunks of metadata", TAKEN_MAX);
    walk->bytes += size + PNG_CHUNK_FRAME;
    if (!source_keeps(walk->source, walk->bytes, err))
        return false;
    uLong sum;
    size_t whole = (size_t)size + PNG_CHUNK_FRAME;
    uint8_t *chunk = mem_try(whole, 1, err);
    if (!chunk)
        return false;
    bool good = read_bytes(walk, chunk, whole, &sum, err);
    if (good && sum == be32(chunk + PNG_CHUNK_HEAD + size))
        good = take(walk, chunk, size, err);
    else if (good)
        png_chunk_note_damage(walk->source->notes, (const char *)chunk + 4);
    mem_free(chunk);
    return good;
}

/* One chunk. *more: another may follow. */
static bool step(Walk *walk, bool *whole, bool *more, Err *err)
{
    uint8_t head[PNG_CHUNK_HEAD];
    *more = peek_head(&walk->window, walk->at, head);
    if (!*more)
        return true;
    const uint8_t *type = head + 4;
    uint32_t size = be32(head);
    uint64_t end = walk->at + size + PNG_CHUNK_FRAME;
    bool pixels = is_type(type, "IDAT");
    walk->pixels = walk->pixels || pixels;
    if (end > walk->source->size) {
        *whole = !pixels;
        *more = false;
        return walk->pixels || err_set(err, ERR_FILE, "the PNG file is cut short");
    }
    if (is_wanted(walk, type) && !read_chunk(walk, size, err))
        return false;
    walk->at = end;
    *more = !is_type(type, "IEND");
    return true;
}

bool png_chunks_read(const Source *source, Meta *meta, bool *whole, Err *err)
{
    Walk walk = {.source = source,
                 .meta = meta,
                 .window.fd = fileno(source->file),
                 .at = SIGNATURE_BYTES};
    bool more = true, good = true;
    *whole = true;
    while (more && good)
        good = source_go_on(source, err) && step(&walk, whole, &more, err);
    return good;
}
