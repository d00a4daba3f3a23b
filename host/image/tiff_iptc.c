#include "image/tiff_iptc.h"

#include <string.h>

#include "base/mem.h"
#include "image/photoshop.h"
#include "image/tiff_ifd.h"

enum { RECORD = 0x0404, SIZE_BYTES = 4, EMPTY_NAME_BYTES = 2 };

/* The IPTC record; zeroed where there is none. */
static Block find_record(const Block *resources)
{
    Block rest = *resources;
    PhotoshopResource found;
    while (photoshop_next(&rest, &found))
        if (found.number == RECORD)
            return found.data;
    return (Block){0};
}

static void append_record(IfdBytes *bytes, const Block *iptc)
{
    static const uint8_t start[] = {'8', 'B', 'I', 'M', RECORD >> 8, RECORD & 0xFF};
    uint8_t size[SIZE_BYTES];
    for (int i = 0; i < SIZE_BYTES; i++)
        size[i] = (uint8_t)(iptc->size >> 8 * (SIZE_BYTES - 1 - i));
    ifd_append(bytes, NULL, (bytes->size - PHOTOSHOP_HEAD_BYTES) & 1);
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
    ifd_append(&bytes, PHOTOSHOP_HEAD, PHOTOSHOP_HEAD_BYTES);
    ifd_append(&bytes, resources->data, resources->size);
    if (iptc->size && iptc->size <= UINT32_MAX && !find_record(resources).data)
        append_record(&bytes, iptc);
    meta_set(block, bytes.data, bytes.size);
    mem_free(bytes.data);
}

void tiff_iptc_split(const Block *block, Block *resources, Block *iptc)
{
    *resources = *iptc = (Block){0};
    if (block->size <= PHOTOSHOP_HEAD_BYTES ||
        memcmp(block->data, PHOTOSHOP_HEAD, PHOTOSHOP_HEAD_BYTES) != 0)
        return;
    *resources =
        (Block){block->data + PHOTOSHOP_HEAD_BYTES, block->size - PHOTOSHOP_HEAD_BYTES};
    *iptc = find_record(resources);
}
