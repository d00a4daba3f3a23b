#include "image/gif/gif_extension.h"

#include <string.h>

enum { CONTROL = 0xF9, COMMENT = 0xFE, APPLICATION = 0xFF };
enum { BLOCK_MAX = 255, NAME_BYTES = 11, TRAILER_BYTES = 257 };

/* What the blocks of one extension are. */
typedef enum Content { OTHER, FRAME_CONTROL, TEXT, PROFILE, PACKET } Content;

static bool is_named(const uint8_t *block, size_t size, const char *name)
{
    return size == NAME_BYTES && memcmp(block, name, NAME_BYTES) == 0;
}

/* By the first block of an application's extension. */
static Content application_content(const Meta *meta, const uint8_t *block, size_t size)
{
    if (is_named(block, size, "ICCRGBG1012") && !meta->icc.data)
        return PROFILE;
    return is_named(block, size, "XMP DataXMP") && !meta->xmp.data ? PACKET : OTHER;
}

static Content content_of(int kind)
{
    return kind == CONTROL ? FRAME_CONTROL : kind == COMMENT ? TEXT : OTHER;
}

static bool keep(GifExtensions *e, Block *kept, const uint8_t *bytes, size_t size,
                 Err *err)
{
    e->bytes += size;
    return source_keeps(e->source, e->bytes, err) &&
           meta_append(kept, bytes, size, err);
}

/* `block` begins with its size. A packet has no sizes of its own: those that a reader
 * sees are letters of it. */
static bool take_block(GifExtensions *e, Content content, const uint8_t *block,
                       Block *kept, Err *err)
{
    size_t size = block[0];
    if (content == FRAME_CONTROL && size >= 4)
        e->transparent = block[1] & 1 ? block[4] : -1;
    if (content == PACKET)
        return keep(e, kept, block, 1 + size, err);
    return (content != TEXT && content != PROFILE) ||
           keep(e, kept, block + 1, size, err);
}

/* Behind a packet the bytes 1, 255, 254 … 0 lead from wherever a reader has come to
 * the extension's end. A packet without them was stored in another way. */
static bool cut_trailer(Block *packet)
{
    if (packet->size <= TRAILER_BYTES)
        return false;
    packet->size -= TRAILER_BYTES;
    const uint8_t *trailer = packet->data + packet->size;
    for (int i = 1; i < TRAILER_BYTES; i++)
        if (trailer[i] != 256 - i)
            return false;
    return trailer[0] == 1;
}

/* Takes `kept`. */
static bool store(Meta *meta, Content content, Block *kept, Err *err)
{
    bool good = true;
    Block *to = content == PROFILE ? &meta->icc : &meta->xmp;
    if (content == TEXT && kept->size)
        good = meta_add_comment(&meta->comments, kept->data, kept->size, err);
    else if (content == PROFILE || (content == PACKET && cut_trailer(kept)))
        good = meta_set(to, kept->data, kept->size, err);
    meta_drop(kept);
    return good;
}

/* *whole: it is not cut short. */
static bool read_blocks(GifExtensions *e, Content *content, Block *kept, bool *whole,
                        Err *err)
{
    uint8_t block[1 + BLOCK_MAX];
    FILE *file = e->source->file;
    int kind = fgetc(file), size;
    *content = content_of(kind);
    for (bool first = true; (size = fgetc(file)) > 0; first = false) {
        block[0] = (uint8_t)size;
        if (!source_go_on(e->source, err))
            return false;
        if (fread(block + 1, 1, (size_t)size, file) != (size_t)size)
            break;
        if (kind == APPLICATION && first)
            *content = application_content(e->meta, block + 1, (size_t)size);
        else if (!take_block(e, *content, block, kept, err))
            return false;
    }
    *whole = size == 0;
    return true;
}

static bool read_one(GifExtensions *e, bool *whole, Err *err)
{
    Content content;
    Block kept = {0};
    bool good = read_blocks(e, &content, &kept, whole, err);
    if (good && *whole)
        return store(e->meta, content, &kept, err);
    meta_drop(&kept);
    return good;
}

bool gif_extension_read(GifExtensions *extensions, Err *err)
{
    bool whole;
    return read_one(extensions, &whole, err) &&
           (whole || err_set(err, ERR_FILE, "the GIF file is cut short"));
}

/* The blocks of a frame's indices. *more: the file goes on behind them. */
static bool skip_frame(const GifExtensions *e, bool *more, Err *err)
{
    FILE *file = e->source->file;
    int size = fgetc(file); /* of a code */
    while (size != EOF && (size = fgetc(file)) > 0) {
        uint8_t block[BLOCK_MAX];
        if (!source_go_on(e->source, err))
            return false;
        if (fread(block, 1, (size_t)size, file) != (size_t)size)
            size = EOF;
    }
    *more = size == 0;
    return true;
}

/* A frame's head and palette. */
static bool skip_head(FILE *file)
{
    uint8_t head[GIF_FRAME_BYTES], palette[3 * 256];
    if (fread(head, 1, sizeof head, file) != sizeof head)
        return false;
    size_t colours = gif_colours(head[GIF_FRAME_BYTES - 1]);
    return fread(palette, 3, colours, file) == colours;
}

static bool read_rest(GifExtensions *e, Err *err)
{
    int mark;
    bool more;
    FILE *file = e->source->file;
    if (!skip_frame(e, &more, err))
        return false;
    while (more && (mark = fgetc(file)) != ';') {
        if (mark == '!') {
            if (!read_one(e, &more, err))
                return false;
        } else if (mark != ',' || !skip_head(file)) {
            break;
        } else if (!skip_frame(e, &more, err)) {
            return false;
        }
    }
    return true;
}

bool gif_extensions_read_rest(GifExtensions *extensions, Err *err)
{
    FILE *file = extensions->source->file;
    off_t back = ftello(file);
    return read_rest(extensions, err) &&
           source_seek(extensions->source, (uint64_t)back, err);
}
