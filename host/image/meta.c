#include "image/meta.h"

#include <string.h>

#include "base/mem.h"
#include "image/exif.h"
#include "image/photoshop.h"
#include "image/xmp.h"

Meta *meta_new(void)
{
    return mem_new(1, sizeof(Meta));
}

void meta_set(Block *block, const void *data, size_t size)
{
    uint8_t *copy = NULL;
    if (size) {
        copy = mem_new(size, 1);
        memcpy(copy, data, size);
    }
    mem_free(block->data);
    *block = (Block){copy, size};
}

/* What meta_append has asked for when a block is so large: the next power of two. */
static size_t room_for(size_t size)
{
    size_t room = 64;
    while (room < size)
        room *= 2;
    return room;
}

void meta_append(Block *block, const void *data, size_t size)
{
    size_t whole = block->size + size;
    if (!block->data || room_for(whole) > room_for(block->size))
        block->data = mem_grow(block->data, room_for(whole), 1);
    memcpy(block->data + block->size, data, size);
    block->size = whole;
}

static void block_copy(Block *to, const Block *from)
{
    *to = (Block){0};
    meta_set(to, from->data, from->size);
}

Meta *meta_copy(const Meta *meta)
{
    if (!meta)
        return NULL;
    Meta *copy = meta_new();
    *copy = *meta;
    block_copy(&copy->exif, &meta->exif);
    block_copy(&copy->icc, &meta->icc);
    block_copy(&copy->xmp, &meta->xmp);
    block_copy(&copy->iptc, &meta->iptc);
    block_copy(&copy->texts, &meta->texts);
    return copy;
}

void meta_free(Meta *meta)
{
    if (!meta)
        return;
    mem_free(meta->exif.data);
    mem_free(meta->icc.data);
    mem_free(meta->xmp.data);
    mem_free(meta->iptc.data);
    mem_free(meta->texts.data);
    mem_free(meta);
}

uint64_t meta_bytes(const Meta *meta)
{
    return (uint64_t)meta->exif.size + meta->icc.size + meta->xmp.size +
           meta->iptc.size + meta->texts.size;
}

bool meta_icc_fits(const Meta *meta, int channels)
{
    enum { SPACE_AT = 16, HEADER_BYTES = 128 };
    if (!meta || meta->icc.size < HEADER_BYTES)
        return false;
    const uint8_t *space = meta->icc.data + SPACE_AT;
    if (memcmp(space, "GRAY", 4) == 0)
        return channels <= 2;
    /* An RGB profile on gray rows still says how bright they are. */
    return memcmp(space, "RGB ", 4) == 0;
}

int meta_orientation(const Meta *meta)
{
    return meta ? exif_orientation(&meta->exif) : 1;
}

void meta_set_upright(Meta *meta)
{
    /* Lightroom and others repeat it in the packet, and some viewers believe that one.
     * A packet that alone declares an orientation is left as it is: it was not applied
     * either. */
    if (exif_set_upright(&meta->exif))
        xmp_set_upright(&meta->xmp);
}

Meta *meta_for_output(const Meta *meta, int width, int height)
{
    Meta *fitted = meta_copy(meta);
    if (!fitted)
        return NULL;
    exif_set_size(&fitted->exif, width, height);
    exif_drop_thumbnail(&fitted->exif);
    xmp_set_size(&fitted->xmp, width, height);
    photoshop_drop_thumbnails(&fitted->iptc);
    return fitted;
}
