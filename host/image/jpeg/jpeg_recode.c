#include "image/jpeg/jpeg_recode.h"

#include "image/jpeg/jpeg_coding.h"
#include "image/jpeg/jpeg_errors.h"

enum { ROWS = 16 }; /* the tallest row of blocks */

typedef struct Recode {
    struct jpeg_decompress_struct in;
    struct jpeg_compress_struct out;
    JpegErrors errors; /* of both */
    FILE *from, *to;
} Recode;

static void start(Recode *r)
{
    j_decompress_ptr in = &r->in;
    j_compress_ptr out = &r->out;
    jpeg_create_decompress(in);
    jpeg_create_compress(out);
    jpeg_stdio_src(in, r->from);
    jpeg_stdio_dest(out, r->to);
    jpeg_read_header(in, TRUE);
    jpeg_start_decompress(in);
    if (in->out_color_space != JCS_RGB && in->out_color_space != JCS_GRAYSCALE)
        codec_error_throw(&r->errors.error, ERR_FILE, "its colours are inks");
    out->image_width = in->output_width;
    out->image_height = in->output_height;
    out->input_components = in->output_components;
    out->in_color_space = in->out_color_space;
    jpeg_set_defaults(out);
    jpeg_coding_set(out, JPEG_CODING_QUALITY);
    jpeg_start_compress(out, TRUE);
}

static void pass_rows(Recode *r)
{
    JSAMPARRAY rows = r->in.mem->alloc_sarray(
        (j_common_ptr)&r->in, JPOOL_IMAGE,
        r->in.output_width * (JDIMENSION)r->in.output_components, ROWS);
    while (r->in.output_scanline < r->in.output_height) {
        JDIMENSION count = jpeg_read_scanlines(&r->in, rows, ROWS);
        jpeg_write_scanlines(&r->out, rows, count);
    }
}

static void run(void *state)
{
    Recode *r = state;
    start(r);
    pass_rows(r);
    jpeg_finish_decompress(&r->in);
    jpeg_finish_compress(&r->out);
}

bool jpeg_recode(FILE *from, FILE *to, Err *err)
{
    Recode r = {.from = from, .to = to};
    r.in.err = r.out.err = jpeg_errors_init(&r.errors);
    bool done = codec_error_run(&r.errors.error, run, &r, err);
    jpeg_destroy_decompress(&r.in);
    jpeg_destroy_compress(&r.out);
    return done;
}
