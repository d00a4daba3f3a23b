#include "image/tiff/tiff_iptc.h"

#include <string.h>

#include "image/meta/photoshop.h"

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

static bool append_record(Block *block, const Block *iptc, Err *err)
{
    static const uint8_t start[] = {'8', 'B', 'I', 'M', RECORD >> 8, RECORD & 0xFF};
    uint8_t size[SIZE_BYTES];
    for (int i = 0; i < SIZE_BYTES; i++)
        size[i] = (uint8_t)(iptc->size >> 8 * (SIZE_BYTES - 1 - i));
    size_t odd = (block->size - PHOTOSHOP_HEAD_BYTES) & 1;
    return meta_append(block, NULL, odd, err) &&
           meta_append(block, start, sizeof start, err) &&
           meta_append(block, NULL, EMPTY_NAME_BYTES, err) &&
           meta_append(block, size, sizeof size, err) &&
           meta_append(block, iptc->data, iptc->size, err) &&
           meta_append(block, NULL, iptc->size & 1, err);
}

static bool append_all(Block *block, const Block *resources, const Block *iptc,
                       Err *err)
{
    bool wanted =
        iptc->size && iptc->size <= UINT32_MAX && !find_record(resources).data;
    return meta_append(block, PHOTOSHOP_HEAD, PHOTOSHOP_HEAD_BYTES, err) &&
           meta_append(block, resources->data, resources->size, err) &&
           (!wanted || append_record(block, iptc, err));
}

bool tiff_iptc_join(Block *block, const Block *resources, const Block *iptc, Err *err)
{
    Block joined = {0};
    if (!resources->size && !iptc->size)
        return true;
    if (!append_all(&joined, resources, iptc, err)) {
        meta_drop(&joined);
        return false;
    }
    meta_drop(block);
    *block = joined;
    return true;
}

void tiff_iptc_split(const Block *block, Block *resources, Block *iptc)
{
    *resources = photoshop_resources(block);
    *iptc = find_record(resources);
}
