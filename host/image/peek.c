#include "image/peek.h"

#include <ctype.h>
#include <string.h>

static uint32_t le16(const uint8_t *p)
{
    return (uint32_t)(p[0] | p[1] << 8);
}

static uint32_t le24(const uint8_t *p)
{
    return le16(p) | (uint32_t)p[2] << 16;
}

static uint32_t le32(const uint8_t *p)
{
    return le16(p) | le16(p + 2) << 16;
}

static uint32_t be16(const uint8_t *p)
{
    return (uint32_t)(p[0] << 8 | p[1]);
}

static uint32_t be32(const uint8_t *p)
{
    return be16(p) << 16 | be16(p + 2);
}

static bool get(FILE *file, uint8_t *bytes, size_t size)
{
    return fread(bytes, 1, size, file) == size;
}

static bool set(uint32_t size[2], uint32_t width, uint32_t height)
{
    size[0] = width;
    size[1] = height;
    return true;
}

/* A negative height means rows from the top. */
bool peek_bmp(FILE *file, uint32_t size[2])
{
    uint8_t head[26];
    if (!get(file, head, sizeof head))
        return false;
    if (le32(head + 14) == 12)
        return set(size, le16(head + 18), le16(head + 20));
    uint32_t height = le32(head + 22);
    return set(size, le32(head + 18), height >> 31 ? 0 - height : height);
}

bool peek_pcx(FILE *file, uint32_t size[2])
{
    uint8_t head[12];
    if (!get(file, head, sizeof head))
        return false;
    uint32_t left = le16(head + 4), top = le16(head + 6);
    uint32_t right = le16(head + 8), bottom = le16(head + 10);
    return right >= left && bottom >= top &&
           set(size, right - left + 1, bottom - top + 1);
}

/* A number after white space and comments. */
static bool get_number(FILE *file, uint32_t *number)
{
    int c = fgetc(file);
    while (isspace(c) || c == '#') {
        while (c == '#' && (c = fgetc(file)) != '\n' && c != EOF)
            c = '#';
        c = fgetc(file);
    }
    if (!isdigit(c))
        return false;
    for (*number = 0; isdigit(c); c = fgetc(file)) {
        if (*number > UINT32_MAX / 10 - 1)
            return false;
        *number = *number * 10 + (uint32_t)(c - '0');
    }
    return true;
}

bool peek_pnm(FILE *file, uint32_t size[2])
{
    uint8_t mark[2];
    return get(file, mark, sizeof mark) && get_number(file, &size[0]) &&
           get_number(file, &size[1]);
}

bool peek_qoi(FILE *file, uint32_t size[2])
{
    uint8_t head[12];
    return get(file, head, sizeof head) && set(size, be32(head + 4), be32(head + 8));
}

bool peek_tga(FILE *file, uint32_t size[2])
{
    uint8_t head[18];
    return get(file, head, sizeof head) && set(size, le16(head + 12), le16(head + 14));
}

bool peek_webp(FILE *file, uint32_t size[2])
{
    uint8_t head[30];
    if (!get(file, head, sizeof head))
        return false;
    if (memcmp(head + 12, "VP8X", 4) == 0)
        return set(size, le24(head + 24) + 1, le24(head + 27) + 1);
    if (memcmp(head + 12, "VP8L", 4) == 0) {
        uint32_t bits = le32(head + 21);
        return set(size, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    }
    return memcmp(head + 12, "VP8 ", 4) == 0 &&
           set(size, le16(head + 26) & 0x3FFF, le16(head + 28) & 0x3FFF);
}
