#include "image/png/png_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"
#include "image/codec/bytes.h"
#include "image/meta/exif.h"
#include "image/meta/photoshop.h"
#include "image/png/png_chunk.h"
#include "image/tiff/tiff_iptc.h"

enum { KEYWORD_MAX = 79 };

const char PNG_TEXT_XMP[] = "XML:com.adobe.xmp";
const char PNG_TEXT_IPTC[] = "Raw profile type iptc";
const char PNG_TEXT_COMMENT[] = "Comment";
static const char PROFILE[] = "Raw profile type ";

/* A text in the form of its chunk. */
typedef struct Text {
    const char *keyword; /* borrowed, terminated */
    bool packed;         /* the bytes are deflated */
    bool wide;           /* UTF-8, else Latin-1 */
    const uint8_t *data; /* borrowed */
    size_t size;
} Text;

/* Behind the next zero; NULL: there is none. */
static const uint8_t *behind_zero(const uint8_t *p, const uint8_t *end)
{
    const uint8_t *zero = p < end ? memchr(p, 0, (size_t)(end - p)) : NULL;
    return zero ? zero + 1 : NULL;
}

/* False: the chunk does not follow the standard. */
static bool parse(const uint8_t *chunk, size_t size, Text *text)
{
    const uint8_t *data = chunk + PNG_CHUNK_HEAD, *end = data + size;
    const uint8_t *p = behind_zero(data, end);
    if (!p || p - data > KEYWORD_MAX + 1)
        return false;
    bool profile = memcmp(chunk + 4, "iCCP", 4) == 0;
    *text = (Text){.keyword = (const char *)data, .packed = chunk[4] == 'z' || profile};
    if (text->packed) {
        p = p < end && *p == 0 ? p + 1 : NULL; /* the method */
    } else if (chunk[4] == 'i') {
        if (end - p < 2)
            return false;
        text->packed = p[0] == 1;
        text->wide = true;
        p = behind_zero(p + 2, end); /* the language */
        p = p ? behind_zero(p, end) : NULL;
    }
    text->data = p;
    text->size = p ? (size_t)(end - p) : 0;
    return p;
}

static bool starts_with(const char *text, const char *head)
{
    return strncmp(text, head, strlen(head)) == 0;
}

/* Inflate all of `from` into *to. Damaged data end early: not *whole. */
static bool inflate_text(const Source *source, z_stream *from, Block *to, bool *whole,
                         uint64_t *bytes, Err *err)
{
    uint8_t part[16 * 1024];
    int status = Z_OK;
    while (status == Z_OK) {
        from->next_out = part;
        from->avail_out = sizeof part;
        status = inflate(from, Z_NO_FLUSH);
        size_t got = sizeof part - from->avail_out;
        *bytes += got;
        if (!source_keeps(source, *bytes, err) || !source_go_on(source, err))
            return false;
        if (!meta_append(to, part, got, err))
            return false;
    }
    *whole = status == Z_STREAM_END;
    return true;
}

/* The text's bytes, plain; mem_free. */
static bool unpack(const Source *source, const Text *text, Block *plain, bool *whole,
                   uint64_t *bytes, Err *err)
{
    *plain = (Block){0};
    *whole = true;
    if (!text->packed)
        return meta_set(plain, text->data, text->size, err);
    z_stream stream = {.next_in = (Bytef *)text->data, .avail_in = (uInt)text->size};
    if (inflateInit(&stream) != Z_OK)
        return err_set(err, ERR_MEMORY, "out of memory");
    bool good = inflate_text(source, &stream, plain, whole, bytes, err);
    inflateEnd(&stream);
    if (!good)
        meta_drop(plain);
    return good;
}

static int digit(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (uint8_t)tolower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static const uint8_t *skip_space(const uint8_t *p, const uint8_t *end)
{
    while (p < end && isspace(*p))
        p++;
    return p;
}

/* Convert the hex digits from `p` on to bytes at `to`. Returns their number; 0 where
 * other letters are between, or once the cancel is set. */
static size_t decode_digits(const Source *source, const uint8_t *p, const uint8_t *end,
                            uint8_t *to)
{
    enum { PIECE = 64 << 10 };
    size_t size = 0;
    for (p = skip_space(p, end); end - p >= 2; p = skip_space(p + 2, end)) {
        int high = digit(p[0]), low = digit(p[1]);
        bool heard = size % PIECE == 0 && !source_go_on(source, NULL);
        if (high < 0 || low < 0 || heard)
            return 0;
        to[size++] = (uint8_t)(high << 4 | low);
    }
    return size;
}

/* Decode, in place: an empty line, a name of words, the number of bytes, their digits.
 * False: the text has another form. */
static bool decode_profile(const Source *source, Block *text)
{
    const uint8_t *p = text->data, *end = p + text->size;
    size_t size = 0;
    p = skip_space(p, end);
    while (p < end && *p != '\n')
        p++;
    for (p = skip_space(p, end); p < end && isdigit(*p) && size < SIZE_MAX / 20; p++)
        size = size * 10 + (size_t)(*p - '0');
    text->size = decode_digits(source, p, end, text->data);
    return text->size > 0 && text->size == size;
}

static bool has_head(const Block *block, const char *head, size_t size)
{
    return block->size > size && memcmp(block->data, head, size) == 0;
}

static bool take_behind(Block *to, const Block *from, size_t head, Err *err)
{
    return to->data || meta_set(to, from->data + head, from->size - head, err);
}

static bool take_iptc(Block *to, const Block *from, Err *err)
{
    static const Block none = {0};
    if (to->data)
        return true;
    if (has_head(from, PHOTOSHOP_HEAD, PHOTOSHOP_HEAD_BYTES))
        return meta_set(to, from->data, from->size, err);
    if (has_head(from, "8BIM", 4))
        return tiff_iptc_join(to, from, &none, err);
    return tiff_iptc_join(to, &none, from, err);
}

/* "APP1" is EXIF or XMP data, as in a JPEG file; others may have JPEG's marks, too. */
static bool take_profile(Meta *meta, const char *type, const Block *data, Err *err)
{
    static const char xmp[] = "http://ns.adobe.com/xap/1.0/";
    Block exif = exif_behind_mark(data->data, data->size);
    bool app1 = strcasecmp(type, "APP1") == 0, marked = exif.size < data->size;
    if (has_head(data, xmp, sizeof xmp))
        return take_behind(&meta->xmp, data, sizeof xmp, err);
    if (marked || app1 || strcasecmp(type, "exif") == 0)
        return take_behind(&meta->exif, &exif, 0, err);
    if (strcasecmp(type, "xmp") == 0)
        return take_behind(&meta->xmp, data, 0, err);
    if (strcasecmp(type, "iptc") == 0 || strcasecmp(type, "8bim") == 0)
        return take_iptc(&meta->iptc, data, err);
    if (strcasecmp(type, "icc") == 0 || strcasecmp(type, "icm") == 0)
        return take_behind(&meta->icc, data, 0, err);
    return true;
}

/* ImageMagick's copies of single EXIF values; they describe the picture as it was. */
static bool is_stale(const char *keyword)
{
    return starts_with(keyword, "exif:") || starts_with(keyword, "tiff:");
}

bool png_text_take(const Source *source, Meta *meta, const uint8_t *chunk,
                   uint32_t size, uint64_t *bytes, Err *err)
{
    Text text;
    Block plain;
    bool whole;
    if (!parse(chunk, size, &text) || is_stale(text.keyword))
        return true;
    bool xmp = strcmp(text.keyword, PNG_TEXT_XMP) == 0;
    if (!xmp && !starts_with(text.keyword, PROFILE))
        return meta_append(&meta->texts, chunk, (size_t)size + PNG_CHUNK_FRAME, err);
    if (!unpack(source, &text, &plain, &whole, bytes, err))
        return false;
    bool good = true;
    if (xmp && plain.size)
        good = take_behind(&meta->xmp, &plain, 0, err);
    else if (plain.size && decode_profile(source, &plain))
        good = take_profile(meta, text.keyword + sizeof PROFILE - 1, &plain, err);
    meta_drop(&plain);
    return good && source_go_on(source, err);
}

bool png_text_take_profile(const Source *source, Meta *meta, const uint8_t *chunk,
                           uint32_t size, uint64_t *bytes, Err *err)
{
    Text text;
    Block plain = {0};
    bool whole = false;
    if (parse(chunk, size, &text) && !unpack(source, &text, &plain, &whole, bytes, err))
        return false;
    bool good = true;
    if (whole && plain.size)
        good = meta_set(&meta->icc, plain.data, plain.size, err);
    else
        png_chunk_note_damage(source->notes, (const char *)chunk + 4);
    meta_drop(&plain);
    return good;
}

/* The first `most` bytes of a text, or those before a fault; mem_free. */
static bool begin(const Text *text, size_t most, Block *plain, Err *err)
{
    if (!text->packed)
        return meta_set(plain, text->data, text->size < most ? text->size : most, err);
    z_stream stream = {.next_in = (Bytef *)text->data, .avail_in = (uInt)text->size};
    uint8_t *to = mem_try(most, 1, err);
    if (!to)
        return false;
    if (inflateInit(&stream) != Z_OK) {
        mem_free(to);
        return err_set(err, ERR_MEMORY, "out of memory");
    }
    stream.next_out = to;
    stream.avail_out = (uInt)most;
    inflate(&stream, Z_SYNC_FLUSH);
    inflateEnd(&stream);
    *plain = (Block){to, most - stream.avail_out};
    return true;
}

/* From Latin-1 to UTF-8. */
static bool widen(Block *text, Err *err)
{
    uint8_t *to = mem_try(2 * text->size + 1, 1, err), *end = to;
    if (!to)
        return false;
    for (size_t i = 0; i < text->size; i++) {
        uint8_t letter = text->data[i];
        if (letter >= 0x80)
            *end++ = (uint8_t)(0xC0 | letter >> 6);
        *end++ = letter < 0x80 ? letter : (uint8_t)(0x80 | (letter & 0x3F));
    }
    mem_free(text->data);
    *text = (Block){to, (size_t)(end - to)};
    return true;
}

static bool add_comment(const Text *text, size_t most, Block *comments, Notes *notes,
                        Err *err)
{
    Block plain = {0};
    bool good =
        begin(text, most + 1, &plain, err) && (text->wide || widen(&plain, err));
    if (good && plain.size > most)
        notes_add(notes, "a comment of more than %zu bytes is left out", most);
    else if (good && plain.size)
        good = meta_add_comment(comments, plain.data, plain.size, err);
    meta_drop(&plain);
    return good;
}

bool png_text_comments(Block texts, size_t most, Block *comments, Notes *notes,
                       Cancel *cancel, Err *err)
{
    bool good = true;
    while (good && texts.size >= PNG_CHUNK_FRAME) {
        Text text;
        size_t size = be32(texts.data), whole = size + PNG_CHUNK_FRAME;
        if (cancel_is_set(cancel))
            return err_set(err, ERR_CANCELLED, "interrupted");
        if (parse(texts.data, size, &text) &&
            strcmp(text.keyword, PNG_TEXT_COMMENT) == 0)
            good = add_comment(&text, most, comments, notes, err);
        texts.data += whole;
        texts.size -= whole;
    }
    return good;
}
