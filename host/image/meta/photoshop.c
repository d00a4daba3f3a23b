#include "image/meta/photoshop.h"

#include <string.h>

#include "image/codec/bytes.h"

enum { FIXED_BYTES = 4 + 2, SIZE_BYTES = 4, EMPTY_NAME_BYTES = 2 };
enum { THUMBNAIL_BGR = 0x0409, THUMBNAIL = 0x040C };

const char PHOTOSHOP_HEAD[PHOTOSHOP_HEAD_BYTES] = "Photoshop 3.0";

Block photoshop_resources(const Block *block)
{
    if (block->size <= PHOTOSHOP_HEAD_BYTES ||
        memcmp(block->data, PHOTOSHOP_HEAD, PHOTOSHOP_HEAD_BYTES) != 0)
        return (Block){0};
    return (Block){block->data + PHOTOSHOP_HEAD_BYTES,
                   block->size - PHOTOSHOP_HEAD_BYTES};
}

bool photoshop_next(Block *rest, PhotoshopResource *resource)
{
    uint8_t *p = rest->data;
    if (rest->size <= FIXED_BYTES + EMPTY_NAME_BYTES + SIZE_BYTES)
        return false;
    size_t name = ((size_t)p[FIXED_BYTES] + 2) & ~(size_t)1;
    size_t head = FIXED_BYTES + name + SIZE_BYTES;
    if (memcmp(p, "8BIM", 4) != 0 || rest->size < head)
        return false;
    size_t size = be32(p + head - SIZE_BYTES), room = rest->size - head;
    if (size > room)
        return false;
    size_t padded = size + (size & 1);
    size_t whole = head + (padded < room ? padded : room);
    *resource = (PhotoshopResource){p[4] << 8 | p[5], {p + head, size}, {p, whole}};
    *rest = (Block){p + whole, rest->size - whole};
    return true;
}

void photoshop_drop_thumbnails(Block *block)
{
    Block rest = photoshop_resources(block);
    PhotoshopResource found;
    uint8_t *to = rest.data;
    if (!rest.size)
        return;
    while (photoshop_next(&rest, &found)) {
        if (found.number == THUMBNAIL || found.number == THUMBNAIL_BGR)
            continue;
        memmove(to, found.whole.data, found.whole.size);
        to += found.whole.size;
    }
    memmove(to, rest.data, rest.size);
    block->size = (size_t)(to + rest.size - block->data);
}
