#include "image/jpeg/jpeg_planes.h"

#include <string.h>

static bool has_full_color(const struct jpeg_compress_struct *cinfo)
{
    bool full =
        cinfo->in_color_space == JCS_RGB && cinfo->jpeg_color_space == JCS_YCbCr;
    for (int i = 0; full && i < cinfo->num_components; i++)
        full = cinfo->comp_info[i].h_samp_factor == 1 &&
               cinfo->comp_info[i].v_samp_factor == 1;
    return full;
}

void jpeg_planes_start(JpegPlanes *planes, j_compress_ptr cinfo)
{
    *planes = (JpegPlanes){0};
    cinfo->raw_data_in = has_full_color(cinfo);
    if (cinfo->raw_data_in)
        planes->convert = kernels_at(cpu_level())->ycbcr.from_rgb;
    JDIMENSION whole = (cinfo->image_width + DCTSIZE - 1) / DCTSIZE * DCTSIZE;
    for (int i = 0; planes->convert && i < 3; i++)
        planes->rows[i] =
            cinfo->mem->alloc_sarray((j_common_ptr)cinfo, JPOOL_IMAGE, whole, DCTSIZE);
    jpeg_start_compress(cinfo, TRUE);
}

static void put_block_row(JpegPlanes *planes, j_compress_ptr cinfo)
{
    jpeg_write_raw_data(cinfo, planes->rows, DCTSIZE);
    planes->count = 0;
}

/* The last sample of a row is repeated to the end of its last block. */
static void fill_block(JSAMPROW row, size_t width, size_t whole)
{
    memset(row + width, row[width - 1], whole - width);
}

void jpeg_planes_put(JpegPlanes *planes, j_compress_ptr cinfo, const uint8_t *rgb)
{
    size_t width = cinfo->image_width;
    size_t whole = (size_t)cinfo->comp_info[0].width_in_blocks * DCTSIZE;
    uint8_t *rows[3];
    for (int i = 0; i < 3; i++)
        rows[i] = planes->rows[i][planes->count];
    planes->convert(rows, rgb, width);
    for (int i = 0; i < 3; i++)
        fill_block(rows[i], width, whole);
    if (++planes->count == DCTSIZE)
        put_block_row(planes, cinfo);
}

void jpeg_planes_end(JpegPlanes *planes, j_compress_ptr cinfo)
{
    for (int i = 0; planes->count && i < 3; i++)
        for (int y = planes->count; y < DCTSIZE; y++)
            planes->rows[i][y] = planes->rows[i][planes->count - 1];
    if (planes->count)
        put_block_row(planes, cinfo);
}
