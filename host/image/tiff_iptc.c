#include "image/tiff_iptc.h"

#include <string.h>

#include "base/mem.h"
#include "image/bytes.h"
#include "image/tiff_ifd.h"

enum { RECORD = 0x0404, FIXED_BYTES = 4 + 2, SIZE_BYTES = 4, EMPTY_NAME_BYTES = 2 };

static const char HEAD[] = "Photoshop 3.0"; /* with its terminating zero */

/* The data of resource `number`; zeroed where there is none. Names and data are padded
 * to even sizes. */
static Block find(const Block *resources, int number)
{
    const uint8_t *p = resources->data, *end = p + resources->size;
    while (p && end - p > FIXED_BYTES + EMPTY_NAME_BYTES + SIZE_BYTES) {
        int found = p[4] << 8 | p[5];
        size_t name = ((size_t)p[FIXED_BYTES] + 2) & ~(size_t)1;
        if (memcmp(p, "8BIM", 4) != 0 ||
            (size_t)(end - p) < FIXED_BYTES + name + SIZE_BYTES)
            break;
        p += FIXED_BYTES + name + SIZE_BYTES;
        size_t size = be32(p - SIZE_BYTES);
        if (size > (size_t)(end - p))
            break;
        if (found == number)
            return (Block){(uint8_t *)p, size};
        size_t padded = size + (size & 1);
        p += padded < (size_t)(end - p) ? padded : (size_t)(end - p);
    }
    return (Block){0};
}

static void append_record(IfdBytes *bytes, const Block *iptc)
{
    static const uint8_t start[] = {'8', 'B', 'I', 'M', RECORD >> 8, RECORD & 0xFF};
    uint8_t size[SIZE_BYTES];
    for (int i = 0; i < SIZE_BYTES; i++)
        size[i] = (uint8_t)(iptc->size >> 8 * (SIZE_BYTES - 1 - i));
    ifd_append(bytes, NULL, (bytes->size - sizeof HEAD) & 1);
    ifd_append(bytes, start, sizeof start);
    ifd_append(bytes, NULL, EMPTY_NAME_BYTES);
    ifd_append(bytes, size, sizeof size);
    ifd_append(bytes, iptc->data, iptc->size);
    ifd_append(bytes, NULL, iptc->size & 1);
}

void tiff_iptc_join(Block *block, const Block *resources, const Block *iptc)
{
    IfdBytes bytes = {0};
    if (!resources->size && !iptc->size)
        return;
    ifd_append(&bytes, HEAD, sizeof HEAD);
    ifd_append(&bytes, resources->data, resources->size);
    if (iptc->size && iptc->size <= UINT32_MAX && !find(resources, RECORD).data)
        append_record(&bytes, iptc);
    meta_set(block, bytes.data, bytes.size);
    mem_free(bytes.data);
}

void tiff_iptc_split(const Block *block, Block *resources, Block *iptc)
{
    *resources = *iptc = (Block){0};
    if (block->size <= sizeof HEAD || memcmp(block->data, HEAD, sizeof HEAD) != 0)
        return;
    *resources = (Block){block->data + sizeof HEAD, block->size - sizeof HEAD};
    *iptc = find(resources, RECORD);
}
