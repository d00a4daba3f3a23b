#include "image/heif/heif_blocks.h"

#include <string.h>

#include "base/mem.h"
#include "image/codec/bytes.h"
#include "image/meta/exif.h"

enum { BLOCKS_MAX = 16, OFFSET_BYTES = 4 };

typedef struct Picture {
    const HeifLibrary *lib;
    const struct heif_image_handle *handle;
    const Source *source;
} Picture;

/* Has a block bytes, and no more than may be kept? */
static bool is_wanted(const Picture *p, size_t size, const char *name)
{
    if (size && !source_keeps(p->source, size, NULL)) {
        notes_add(p->source->notes, "%zu bytes of %s were left out", size, name);
        return false;
    }
    return size;
}

/* EXIF begins with the offset of its TIFF structure, counted from behind it. */
static Block exif_of(const Block *whole)
{
    uint64_t skip = whole->size < OFFSET_BYTES
                        ? whole->size
                        : OFFSET_BYTES + (uint64_t)be32(whole->data);
    if (skip >= whole->size)
        return (Block){0};
    return exif_behind_mark(whole->data + skip, whole->size - (size_t)skip);
}

static bool take_block(const Picture *p, heif_item_id id, bool is_exif, Block *block,
                       Err *err)
{
    size_t size = p->lib->heif_image_handle_get_metadata_size(p->handle, id);
    if (block->data || !is_wanted(p, size, is_exif ? "EXIF" : "XMP"))
        return true;
    Block whole = {mem_try(size, 1, err), size};
    bool good = whole.data;
    if (good &&
        p->lib->heif_image_handle_get_metadata(p->handle, id, whole.data).code ==
            heif_error_Ok) {
        Block plain = is_exif ? exif_of(&whole) : whole;
        good = meta_set(block, plain.data, plain.size, err);
    }
    mem_free(whole.data);
    return good;
}

static bool take_blocks(const Picture *p, Meta *meta, Err *err)
{
    heif_item_id ids[BLOCKS_MAX];
    int count = p->lib->heif_image_handle_get_list_of_metadata_block_IDs(
        p->handle, NULL, ids, BLOCKS_MAX);
    for (int i = 0; i < count; i++) {
        const char *type =
            p->lib->heif_image_handle_get_metadata_type(p->handle, ids[i]);
        const char *content =
            p->lib->heif_image_handle_get_metadata_content_type(p->handle, ids[i]);
        bool is_exif = type && strcmp(type, "Exif") == 0;
        bool is_xmp = content && strcmp(content, "application/rdf+xml") == 0;
        if (is_exif && !take_block(p, ids[i], true, &meta->exif, err))
            return false;
        if (is_xmp && !take_block(p, ids[i], false, &meta->xmp, err))
            return false;
    }
    return true;
}

static bool take_profile(const Picture *p, Meta *meta, Err *err)
{
    size_t size = p->lib->heif_image_handle_get_raw_color_profile_size(p->handle);
    if (!is_wanted(p, size, "its ICC profile"))
        return true;
    Block icc = {mem_try(size, 1, err), size};
    bool good = icc.data;
    if (good &&
        p->lib->heif_image_handle_get_raw_color_profile(p->handle, icc.data).code ==
            heif_error_Ok)
        good = meta_set(&meta->icc, icc.data, icc.size, err);
    mem_free(icc.data);
    return good;
}

/* The rows are RGB of the full range, whatever the file's are. */
static void take_declared(const Picture *p, Meta *meta)
{
    enum { UNSPECIFIED = 2 };
    struct heif_color_profile_nclx *nclx = NULL;
    if (meta->icc.data ||
        p->lib->heif_image_handle_get_nclx_color_profile(p->handle, &nclx).code !=
            heif_error_Ok)
        return;
    int primaries = (int)nclx->color_primaries;
    int transfer = (int)nclx->transfer_characteristics;
    if (primaries != UNSPECIFIED && transfer != UNSPECIFIED && primaries < 256 &&
        transfer < 256) {
        meta->cicp[0] = (uint8_t)primaries;
        meta->cicp[1] = (uint8_t)transfer;
        meta->cicp[2] = 0;
        meta->cicp[3] = 1;
    }
    p->lib->heif_nclx_color_profile_free(nclx);
}

static bool is_alpha(const Picture *p, heif_item_id id)
{
    struct heif_image_handle *image = NULL;
    const char *type = NULL;
    if (p->lib->heif_image_handle_get_auxiliary_image_handle(p->handle, id, &image)
            .code != heif_error_Ok)
        return false;
    bool told = p->lib->heif_image_handle_get_auxiliary_type(image, &type).code ==
                    heif_error_Ok &&
                type;
    bool alpha = told && (strcmp(type, "urn:mpeg:hevc:2015:auxid:1") == 0 ||
                          strstr(type, "auxiliary:alpha"));
    if (told)
        p->lib->heif_image_handle_free_auxiliary_types(image, &type);
    p->lib->heif_image_handle_release(image);
    return alpha;
}

/* libheif 1.15 passes over the alpha channel of an AVIF file that it turns by a
 * quarter: the turned picture has another size. */
static void note_lost_alpha(const Picture *p)
{
    heif_item_id ids[BLOCKS_MAX];
    if (p->lib->heif_image_handle_has_alpha_channel(p->handle))
        return;
    int count = p->lib->heif_image_handle_get_list_of_auxiliary_image_IDs(
        p->handle, 0, ids, BLOCKS_MAX);
    for (int i = 0; i < count; i++)
        if (is_alpha(p, ids[i]))
            notes_add(p->source->notes,
                      "its alpha channel is not kept: libheif does not find it");
}

bool heif_blocks_take(const HeifLibrary *lib, const struct heif_image_handle *picture,
                      const Source *source, Meta *meta, Err *err)
{
    Picture p = {lib, picture, source};
    if (!take_profile(&p, meta, err) || !take_blocks(&p, meta, err))
        return false;
    take_declared(&p, meta);
    note_lost_alpha(&p);
    return meta_set_upright(meta, source->cancel, err);
}
