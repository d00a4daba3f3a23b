#include "image/jpeg_blocks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"

enum {
    APP1 = JPEG_APP0 + 1,
    APP2 = JPEG_APP0 + 2,
    APP13 = JPEG_APP0 + 13,
    SEGMENT_MAX = 65533,
};

/* What a segment begins with, including the terminating zero. */
static const char EXIF[] = "Exif\0"; /* and one more zero: sizeof is 6 */
static const char XMP[] = "http://ns.adobe.com/xap/1.0/";
static const char PHOTOSHOP[] = "Photoshop 3.0";

void jpeg_blocks_keep(struct jpeg_decompress_struct *cinfo)
{
    jpeg_save_markers(cinfo, APP1, 0xFFFF);
    jpeg_save_markers(cinfo, APP2, 0xFFFF);
    jpeg_save_markers(cinfo, APP13, 0xFFFF);
}

static bool is_marker(jpeg_saved_marker_ptr m, int code, const char *head, size_t size)
{
    return m->marker == code && m->data_length > size &&
           memcmp(m->data, head, size) == 0;
}

/* The first of several wins, as it does in other readers. */
static void take_first(Block *block, jpeg_saved_marker_ptr m, size_t head)
{
    if (!block->data)
        meta_set(block, m->data + head, m->data_length - head);
}

/* Photoshop's data may go over several segments, each with the same head. */
static void take_photoshop(Block *block, jpeg_saved_marker_ptr m)
{
    size_t head = block->data ? sizeof PHOTOSHOP : 0;
    size_t more = m->data_length - head;
    block->data = mem_grow(block->data, block->size + more, 1);
    memcpy(block->data + block->size, m->data + head, more);
    block->size += more;
}

static double density(const struct jpeg_decompress_struct *cinfo)
{
    double per_inch = cinfo->density_unit == 1   ? 1.0
                      : cinfo->density_unit == 2 ? 2.54
                                                 : 0.0;
    return cinfo->saw_JFIF_marker ? cinfo->X_density * per_inch : 0;
}

void jpeg_blocks_take(struct jpeg_decompress_struct *cinfo, Meta *meta)
{
    for (jpeg_saved_marker_ptr m = cinfo->marker_list; m; m = m->next) {
        if (is_marker(m, APP1, EXIF, sizeof EXIF))
            take_first(&meta->exif, m, sizeof EXIF);
        else if (is_marker(m, APP1, XMP, sizeof XMP))
            take_first(&meta->xmp, m, sizeof XMP);
        else if (is_marker(m, APP13, PHOTOSHOP, sizeof PHOTOSHOP))
            take_photoshop(&meta->iptc, m);
    }
    JOCTET *profile;
    unsigned size;
    if (jpeg_read_icc_profile(cinfo, &profile, &size)) {
        meta_set(&meta->icc, profile, size);
        free(profile);
    }
    meta->dpi = density(cinfo);
}

void jpeg_blocks_put_density(struct jpeg_compress_struct *cinfo, const Meta *meta)
{
    if (!meta || meta->dpi < 1 || meta->dpi > UINT16_MAX)
        return;
    cinfo->density_unit = 1;
    cinfo->X_density = cinfo->Y_density = (UINT16)lround(meta->dpi);
}

/* One segment: a head and what follows it. */
static void put_segment(struct jpeg_compress_struct *cinfo, int code, const char *head,
                        size_t head_size, const uint8_t *data, size_t size)
{
    jpeg_write_m_header(cinfo, code, (unsigned)(head_size + size));
    for (size_t i = 0; i < head_size; i++)
        jpeg_write_m_byte(cinfo, (uint8_t)head[i]);
    for (size_t i = 0; i < size; i++)
        jpeg_write_m_byte(cinfo, data[i]);
}

static void put_single(struct jpeg_compress_struct *cinfo, const char *what,
                       const char *head, size_t head_size, const Block *block)
{
    if (!block->data)
        return;
    if (block->size <= SEGMENT_MAX - head_size)
        put_segment(cinfo, APP1, head, head_size, block->data, block->size);
    else
        log_info("%zu bytes of %s do not fit into a JPEG file and were left out",
                 block->size, what);
}

static void put_photoshop(struct jpeg_compress_struct *cinfo, const Block *block)
{
    size_t at = sizeof PHOTOSHOP; /* the block brings the first head itself */
    while (at < block->size) {
        size_t room = SEGMENT_MAX - sizeof PHOTOSHOP;
        size_t size = block->size - at < room ? block->size - at : room;
        put_segment(cinfo, APP13, PHOTOSHOP, sizeof PHOTOSHOP, block->data + at, size);
        at += size;
    }
}

void jpeg_blocks_put(struct jpeg_compress_struct *cinfo, const Meta *meta)
{
    if (!meta)
        return;
    put_single(cinfo, "EXIF", EXIF, sizeof EXIF, &meta->exif);
    put_single(cinfo, "XMP", XMP, sizeof XMP, &meta->xmp);
    put_photoshop(cinfo, &meta->iptc);
    if (meta_icc_fits(meta, cinfo->input_components))
        jpeg_write_icc_profile(cinfo, meta->icc.data, (unsigned)meta->icc.size);
}
