#include "image/webp_blocks.h"

#include <string.h>

#include "base/mem.h"

enum { RIFF_BYTES = 12, CHUNK_BYTES = 8, MOST_BYTES = 64 << 20 };

static uint32_t le32(const uint8_t *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Where a chunk of that name goes; NULL: nowhere. */
static Block *block_for(Meta *meta, const uint8_t *name)
{
    if (memcmp(name, "EXIF", 4) == 0)
        return &meta->exif;
    if (memcmp(name, "ICCP", 4) == 0)
        return &meta->icc;
    return memcmp(name, "XMP ", 4) == 0 ? &meta->xmp : NULL;
}

static void take(FILE *file, uint32_t size, Block *block)
{
    static const uint8_t mark[] = "Exif\0"; /* six bytes that some writers put first */
    uint8_t *data = mem_alloc(size, NULL);
    if (!data)
        return;
    if (fread(data, 1, size, file) == size) {
        bool marked = size > sizeof mark && memcmp(data, mark, sizeof mark) == 0;
        size_t skip = marked ? sizeof mark : 0;
        meta_set(block, data + skip, size - skip);
    }
    mem_free(data);
}

void webp_blocks_take(FILE *file, Meta *meta)
{
    uint8_t head[CHUNK_BYTES];
    long at = RIFF_BYTES;
    while (fseek(file, at, SEEK_SET) == 0 &&
           fread(head, 1, sizeof head, file) == sizeof head) {
        uint32_t size = le32(head + 4);
        Block *block = block_for(meta, head);
        if (block && !block->data && size > 0 && size <= MOST_BYTES)
            take(file, size, block);
        at += (long)CHUNK_BYTES + (long)size + (long)(size & 1);
    }
}
