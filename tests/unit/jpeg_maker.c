#include "jpeg_maker.h"

static void describe(struct jpeg_compress_struct *cinfo, const JpegMaker *maker)
{
    cinfo->input_components = maker->channels;
    cinfo->in_color_space = maker->from;
    jpeg_set_defaults(cinfo);
    jpeg_set_colorspace(cinfo, maker->to);
    jpeg_set_quality(cinfo, 100, TRUE);
    cinfo->restart_interval = maker->restart;
    cinfo->arith_code = maker->arithmetic;
    if (maker->progressive)
        jpeg_simple_progression(cinfo);
    if (maker->scans) {
        cinfo->scan_info = maker->scans;
        cinfo->num_scans = maker->n_scans;
    }
}

void make_jpeg(const char *path, JpegMaker maker, int width, int height,
               const uint8_t *rows, size_t stride)
{
    struct jpeg_compress_struct cinfo;
    struct jpeg_error_mgr errors;
    FILE *file = fopen(path, "wb");
    cinfo.err = jpeg_std_error(&errors);
    jpeg_create_compress(&cinfo);
    jpeg_stdio_dest(&cinfo, file);
    cinfo.image_width = (JDIMENSION)width;
    cinfo.image_height = (JDIMENSION)height;
    describe(&cinfo, &maker);
    jpeg_start_compress(&cinfo, TRUE);
    for (int y = 0; y < height; y++) {
        JSAMPROW row = (JSAMPROW)rows + (size_t)y * stride;
        jpeg_write_scanlines(&cinfo, &row, 1);
    }
    jpeg_finish_compress(&cinfo);
    jpeg_destroy_compress(&cinfo);
    fclose(file);
}
