#include "image/meta/meta.h"

#include <string.h>

#include "base/mem.h"
#include "image/codec/bytes.h"
#include "image/meta/exif.h"
#include "image/meta/icc_header.h"
#include "image/meta/photoshop.h"
#include "image/meta/xmp.h"

enum { COMMENT_HEAD = 4 };

Meta *meta_new(void)
{
    Meta *meta = mem_new(1, sizeof *meta);
    atomic_init(&meta->refs, 1);
    return meta;
}

Meta *meta_ref(Meta *meta)
{
    if (meta)
        atomic_fetch_add_explicit(&meta->refs, 1, memory_order_relaxed);
    return meta;
}

void meta_unref(Meta **meta)
{
    Meta *old = *meta;
    *meta = NULL;
    if (!old || atomic_fetch_sub_explicit(&old->refs, 1, memory_order_acq_rel) > 1)
        return;
    mem_free(old->exif.data);
    mem_free(old->icc.data);
    mem_free(old->xmp.data);
    mem_free(old->iptc.data);
    mem_free(old->texts.data);
    mem_free(old->comments.data);
    mem_free(old->geo.data);
    mem_free(old->coding.data);
    mem_free(old);
}

void meta_drop(Block *block)
{
    mem_free(block->data);
    *block = (Block){0};
}

bool meta_set(Block *block, const void *data, size_t size, Err *err)
{
    uint8_t *copy = NULL;
    if (size) {
        copy = mem_try(size, 1, err);
        if (!copy)
            return false;
        memcpy(copy, data, size);
    }
    mem_free(block->data);
    *block = (Block){copy, size};
    return true;
}

/* The room that meta_append gives a block of that size: the next power of two. */
static size_t room_for(size_t size)
{
    size_t room = 64;
    while (room < size)
        room *= 2;
    return room;
}

static bool enlarge(Block *block, size_t room, Err *err)
{
    uint8_t *larger = mem_try(room, 1, err);
    if (!larger)
        return false;
    if (block->data)
        memcpy(larger, block->data, block->size);
    mem_free(block->data);
    block->data = larger;
    return true;
}

bool meta_append(Block *block, const void *data, size_t size, Err *err)
{
    size_t whole = block->size + size, room = room_for(whole);
    if ((!block->data || room > room_for(block->size)) && !enlarge(block, room, err))
        return false;
    if (data)
        memcpy(block->data + block->size, data, size);
    else
        memset(block->data + block->size, 0, size);
    block->size = whole;
    return true;
}

uint64_t meta_bytes(const Meta *meta)
{
    return (uint64_t)meta->exif.size + meta->icc.size + meta->xmp.size +
           meta->iptc.size + meta->texts.size + meta->comments.size + meta->geo.size;
}

bool meta_add_comment(Block *comments, const void *data, size_t size, Err *err)
{
    uint8_t head[COMMENT_HEAD];
    for (int i = 0; i < COMMENT_HEAD; i++)
        head[i] = (uint8_t)(size >> (24 - 8 * i));
    size_t before = comments->size;
    if (size <= UINT32_MAX && meta_append(comments, head, sizeof head, err) &&
        meta_append(comments, data, size, err) && meta_append(comments, NULL, 1, err))
        return true;
    comments->size = before;
    return size > UINT32_MAX;
}

bool meta_next_comment(Block *rest, Block *comment)
{
    if (rest->size < COMMENT_HEAD)
        return false;
    *comment = (Block){rest->data + COMMENT_HEAD, be32(rest->data)};
    rest->data += COMMENT_HEAD + comment->size + 1;
    rest->size -= COMMENT_HEAD + comment->size + 1;
    return true;
}

const char *meta_icc_misfit(const Meta *meta, int channels)
{
    enum { SPACE_AT = 16 };
    if (!icc_header_is_there(&meta->icc))
        return NULL;
    const uint8_t *space = meta->icc.data + SPACE_AT;
    if (memcmp(space, "GRAY", 4) == 0)
        return channels <= 2 ? NULL : "one of gray";
    if (memcmp(space, "CMYK", 4) == 0)
        return "one of CMYK";
    /* An RGB profile still describes the brightness of gray rows. */
    return memcmp(space, "RGB ", 4) == 0 ? NULL : "of another colour space";
}

bool meta_icc_fits(const Meta *meta, int channels)
{
    return meta->icc.size && !meta_icc_misfit(meta, channels);
}

int meta_orientation(const Meta *meta)
{
    return meta ? exif_orientation(&meta->exif) : 1;
}

bool meta_set_upright(Meta *meta, Cancel *cancel, Err *err)
{
    /* Lightroom and others repeat the orientation in the XMP packet, and some viewers
     * believe that one. If the packet alone declares an orientation, it is left as it
     * is: it was not applied either. */
    return !exif_set_upright(&meta->exif) || xmp_set_upright(&meta->xmp, cancel, err);
}

static bool copy_blocks(Meta *to, const Meta *from, Err *err)
{
    return meta_set(&to->exif, from->exif.data, from->exif.size, err) &&
           meta_set(&to->icc, from->icc.data, from->icc.size, err) &&
           meta_set(&to->xmp, from->xmp.data, from->xmp.size, err) &&
           meta_set(&to->iptc, from->iptc.data, from->iptc.size, err) &&
           meta_set(&to->texts, from->texts.data, from->texts.size, err) &&
           meta_set(&to->comments, from->comments.data, from->comments.size, err) &&
           meta_set(&to->geo, from->geo.data, from->geo.size, err) &&
           meta_set(&to->coding, from->coding.data, from->coding.size, err);
}

/* All but the blocks. */
static void copy_values(Meta *to, const Meta *from)
{
    to->access = from->access;
    to->dpi = from->dpi;
    to->geo_width = from->geo_width;
    to->geo_height = from->geo_height;
    memcpy(to->cicp, from->cicp, sizeof to->cicp);
    to->srgb_intent = from->srgb_intent;
    to->gamma = from->gamma;
    memcpy(to->chroma, from->chroma, sizeof to->chroma);
}

Meta *meta_with_icc(const Meta *meta, const Block *icc, bool srgb, Err *err)
{
    Meta *copy = meta_new();
    copy->access = meta->access;
    copy->dpi = meta->dpi;
    copy->geo_width = meta->geo_width;
    copy->geo_height = meta->geo_height;
    if (!copy_blocks(copy, meta, err) ||
        !meta_set(&copy->icc, icc->data, icc->size, err)) {
        meta_unref(&copy);
        return NULL;
    }
    exif_set_colors(&copy->exif, srgb);
    return copy;
}

void meta_strip(Meta *meta)
{
    meta_drop(&meta->exif);
    meta_drop(&meta->xmp);
    meta_drop(&meta->iptc);
    meta_drop(&meta->texts);
    meta_drop(&meta->comments);
    meta_drop(&meta->geo);
    meta->dpi = 0;
}

void meta_strip_colors(Meta *meta)
{
    meta_drop(&meta->icc);
    memset(meta->cicp, 0, sizeof meta->cicp);
    memset(meta->chroma, 0, sizeof meta->chroma);
    meta->srgb_intent = 0;
    meta->gamma = 0;
}

Meta *meta_for_output(const Meta *meta, int width, int height, Cancel *cancel, Err *err)
{
    Meta *fitted = meta_new();
    copy_values(fitted, meta);
    if (!copy_blocks(fitted, meta, err) ||
        !xmp_set_size(&fitted->xmp, width, height, cancel, err)) {
        meta_unref(&fitted);
        return NULL;
    }
    if (width != meta->geo_width || height != meta->geo_height)
        meta_drop(&fitted->geo);
    exif_set_size(&fitted->exif, width, height);
    exif_drop_thumbnail(&fitted->exif);
    photoshop_drop_thumbnails(&fitted->iptc);
    return fitted;
}
