#include "image/png_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"
#include "image/photoshop.h"
#include "image/png_chunks.h"
#include "image/tiff_iptc.h"

enum { KEYWORD_MAX = 79, DIGITS_A_LINE = 72 };

const char PNG_TEXT_XMP[] = "XML:com.adobe.xmp";
const char PNG_TEXT_IPTC[] = "Raw profile type iptc";
static const char PROFILE[] = "Raw profile type ";

/* A text as its chunk has it. */
typedef struct Text {
    const char *keyword; /* borrowed, terminated */
    bool packed;         /* the bytes are deflated */
    const uint8_t *data; /* borrowed */
    size_t size;
} Text;

/* Behind the next zero; NULL: there is none. */
static const uint8_t *behind_zero(const uint8_t *p, const uint8_t *end)
{
    const uint8_t *zero = p < end ? memchr(p, 0, (size_t)(end - p)) : NULL;
    return zero ? zero + 1 : NULL;
}

/* False: not as the standard has it. */
static bool parse(const uint8_t *chunk, size_t size, Text *text)
{
    const uint8_t *data = chunk + PNG_CHUNK_HEAD, *end = data + size;
    const uint8_t *p = behind_zero(data, end);
    if (!p || p - data > KEYWORD_MAX + 1)
        return false;
    *text = (Text){.keyword = (const char *)data, .packed = chunk[4] == 'z'};
    if (chunk[4] == 'z')
        p = p < end && *p == 0 ? p + 1 : NULL; /* the method */
    if (chunk[4] == 'i') {
        if (end - p < 2)
            return false;
        text->packed = p[0] == 1;
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

/* Inflate all of `from` into *to, which grows by as much. Damaged data end early. */
static bool inflate_text(const Source *source, z_stream *from, Block *to,
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
        meta_append(to, part, got);
    }
    return true;
}

/* The text's bytes, plain; mem_free. */
static bool unpack(const Source *source, const Text *text, Block *plain,
                   uint64_t *bytes, Err *err)
{
    *plain = (Block){0};
    if (!text->packed) {
        meta_set(plain, text->data, text->size);
        return true;
    }
    z_stream stream = {.next_in = (Bytef *)text->data, .avail_in = (uInt)text->size};
    if (inflateInit(&stream) != Z_OK)
        return err_set(err, ERR_MEMORY, "out of memory");
    bool good = inflate_text(source, &stream, plain, bytes, err);
    inflateEnd(&stream);
    if (!good)
        mem_free(plain->data);
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

/* White space, a name, white space, the number of bytes, and their digits. In place;
 * false: it is something else. */
static bool decode_profile(Block *text)
{
    const uint8_t *p = text->data, *end = p + text->size;
    uint8_t *to = text->data;
    size_t size = 0;
    p = skip_space(p, end);
    while (p < end && !isspace(*p))
        p++;
    for (p = skip_space(p, end); p < end && isdigit(*p) && size < SIZE_MAX / 20; p++)
        size = size * 10 + (size_t)(*p - '0');
    for (p = skip_space(p, end); end - p >= 2; p = skip_space(p + 2, end)) {
        int high = digit(p[0]), low = digit(p[1]);
        if (high < 0 || low < 0)
            return false;
        *to++ = (uint8_t)(high << 4 | low);
    }
    text->size = (size_t)(to - text->data);
    return text->size > 0 && text->size == size;
}

static bool has_head(const Block *block, const char *head, size_t size)
{
    return block->size > size && memcmp(block->data, head, size) == 0;
}

static void take_behind(Block *to, const Block *from, size_t head)
{
    if (!to->data)
        meta_set(to, from->data + head, from->size - head);
}

static void take_iptc(Block *to, const Block *from)
{
    static const Block none = {0};
    if (to->data)
        return;
    if (has_head(from, PHOTOSHOP_HEAD, PHOTOSHOP_HEAD_BYTES))
        meta_set(to, from->data, from->size);
    else if (has_head(from, "8BIM", 4))
        tiff_iptc_join(to, from, &none);
    else
        tiff_iptc_join(to, &none, from);
}

/* "APP1" is EXIF or XMP data, as in a JPEG file; others may have JPEG's marks, too. */
static void take_profile(Meta *meta, const char *type, const Block *data)
{
    static const char exif[6] = "Exif\0", xmp[] = "http://ns.adobe.com/xap/1.0/";
    bool app1 = strcasecmp(type, "APP1") == 0;
    if (has_head(data, exif, sizeof exif))
        take_behind(&meta->exif, data, sizeof exif);
    else if (has_head(data, xmp, sizeof xmp))
        take_behind(&meta->xmp, data, sizeof xmp);
    else if (app1 || strcasecmp(type, "exif") == 0)
        take_behind(&meta->exif, data, 0);
    else if (strcasecmp(type, "xmp") == 0)
        take_behind(&meta->xmp, data, 0);
    else if (strcasecmp(type, "iptc") == 0 || strcasecmp(type, "8bim") == 0)
        take_iptc(&meta->iptc, data);
    else if (strcasecmp(type, "icc") == 0 || strcasecmp(type, "icm") == 0)
        take_behind(&meta->icc, data, 0);
}

/* ImageMagick's copies of single EXIF values: of the picture as it was. */
static bool is_stale(const char *keyword)
{
    return starts_with(keyword, "exif:") || starts_with(keyword, "tiff:");
}

bool png_text_take(const Source *source, Meta *meta, const uint8_t *chunk,
                   uint32_t size, uint64_t *bytes, Err *err)
{
    Text text;
    Block plain;
    if (!parse(chunk, size, &text) || is_stale(text.keyword))
        return true;
    bool xmp = strcmp(text.keyword, PNG_TEXT_XMP) == 0;
    if (!xmp && !starts_with(text.keyword, PROFILE)) {
        meta_append(&meta->texts, chunk, (size_t)size + PNG_CHUNK_FRAME);
        return true;
    }
    if (!unpack(source, &text, &plain, bytes, err))
        return false;
    if (xmp)
        take_behind(&meta->xmp, &plain, 0);
    else if (decode_profile(&plain))
        take_profile(meta, text.keyword + sizeof PROFILE - 1, &plain);
    mem_free(plain.data);
    return true;
}

char *png_text_of_profile(const char *type, const Block *block)
{
    static const char digits[] = "0123456789abcdef";
    char *head = mem_printf("\n%s\n%8zu\n", type, block->size);
    size_t used = strlen(head), lines = 2 * block->size / DIGITS_A_LINE + 2;
    char *text = mem_grow(head, used + 2 * block->size + lines, 1);
    for (size_t i = 0; i < block->size; i++) {
        text[used++] = digits[block->data[i] >> 4];
        text[used++] = digits[block->data[i] & 15];
        if ((i + 1) % (DIGITS_A_LINE / 2) == 0)
            text[used++] = '\n';
    }
    text[used++] = '\n';
    text[used] = '\0';
    return text;
}
