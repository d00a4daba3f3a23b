#include "image/jpeg/decode_jpeg.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "image/jpeg/jpeg_coding.h"
#include "image/jpeg/jpeg_coefficients.h"
#include "image/jpeg/jpeg_errors.h"
#include "image/jpeg/jpeg_source.h"
#include "image/profile/ink_rows.h"

/* A progressive file may declare scans without end, each a pass over the whole image;
 * encoders write about ten. */
enum { SCANS_MAX = 100, CMYK = 4 };

typedef struct Decoder {
    struct jpeg_decompress_struct cinfo;
    JpegErrors errors;
    struct jpeg_progress_mgr progress;
    JpegSource source;
    JpegCoefficients coefficients;      /* and the header's blocks */
    InkRows ink_rows;                   /* by the file's CMYK profile */
    const ProfileTransform *by_profile; /* of ink_rows; NULL: inks_to_rgb */
    uint8_t *inks; /* one row of CMYK; NULL where the file has none */
    uint8_t *rows; /* where the next row goes */
    size_t stride; /* bytes from one to the next */
    int count;     /* how many are asked for */
    bool started;  /* jpeg_start_decompress has run */
    bool refined;  /* of a reduced image: another scan has come */
} Decoder;

static const Source *source_of(const Decoder *d)
{
    return d->coefficients.blocks.source;
}

static void watch_scans(j_common_ptr common)
{
    j_decompress_ptr cinfo = (j_decompress_ptr)common;
    jpeg_source_check_cancel(cinfo);
    if (cinfo->input_scan_number > SCANS_MAX)
        codec_error_throw(&((JpegErrors *)cinfo->err)->error, ERR_FILE,
                          "more than %d JPEG scans", SCANS_MAX);
}

/* CMYK and YCCK come out of libjpeg as CMYK; everything else as gray or RGB. */
static void choose_colours(Decoder *d)
{
    j_decompress_ptr cinfo = &d->cinfo;
    switch (cinfo->jpeg_color_space) {
    case JCS_GRAYSCALE:
    case JCS_RGB:
    case JCS_YCbCr:
        break;
    case JCS_CMYK:
    case JCS_YCCK:
        cinfo->out_color_space = JCS_CMYK;
        break;
    default:
        codec_error_throw(&d->errors.error, ERR_FILE,
                          "a JPEG file with %d unknown components",
                          cinfo->num_components);
    }
}

static uint64_t count_blocks(const Decoder *d)
{
    uint64_t blocks = 0;
    for (int i = 0; i < d->cinfo.num_components; i++)
        blocks += (uint64_t)d->cinfo.comp_info[i].width_in_blocks *
                  d->cinfo.comp_info[i].height_in_blocks;
    return blocks;
}

/* A block takes a bit at least, unless the coding is arithmetic. */
static void check_claim(Decoder *d)
{
    Err err;
    uint64_t least = d->cinfo.arith_code ? 0 : count_blocks(d) / 8;
    if (!source_admit(source_of(d), d->cinfo.image_width, d->cinfo.image_height, least,
                      &err))
        codec_error_throw(&d->errors.error, err.kind, "%s", err.text);
}

/* Has the file given every bit of the component's coefficients? */
static bool is_refined(const struct jpeg_decompress_struct *cinfo, int component)
{
    for (int k = 0; cinfo->progressive_mode && k < DCTSIZE2; k++)
        if (cinfo->coef_bits[component][k] != 0)
            return false;
    return true;
}

/* libjpeg complains about a scan that breaks off, but not about a missing one, and in
 * arithmetic coding not at all: there a scan may go on as zeros. A file that was made
 * without the last refinements has an end marker. NULL: nothing is missing. */
static const char *what_is_missing(const Decoder *d)
{
    if (d->source.ended && d->cinfo.arith_code)
        return "the JPEG file is cut short";
    for (int i = 0; i < d->cinfo.num_components; i++) {
        bool seen = d->cinfo.comp_info[i].quant_table != NULL;
        if (d->source.ended && !(seen && is_refined(&d->cinfo, i)))
            return "the JPEG file is cut short";
        if (!seen)
            return "damaged JPEG file: a component has no scan";
    }
    return NULL;
}

/* Behind the last row. */
static void finish(Decoder *d)
{
    const char *missing = what_is_missing(d);
    if (missing && !source_of(d)->lenient)
        codec_error_throw(&d->errors.error, ERR_FILE, "%s", missing);
    if (missing)
        notes_damage(source_of(d)->notes, "%s", missing);
    jpeg_finish_decompress(&d->cinfo);
    if (d->source.ended && !source_of(d)->notes->damaged)
        notes_damage(source_of(d)->notes, "the end marker is missing");
}

static void read_header(void *state)
{
    Decoder *d = state;
    jpeg_create_decompress(&d->cinfo);
    d->cinfo.client_data = &d->coefficients;
    d->progress.progress_monitor = watch_scans;
    d->cinfo.progress = &d->progress;
    jpeg_source_init(&d->source, &d->cinfo, source_of(d));
    jpeg_blocks_watch(&d->cinfo);
    jpeg_read_header(&d->cinfo, TRUE);
    choose_colours(d);
    jpeg_blocks_end(&d->cinfo);
    check_claim(d);
}

static bool is_cmyk(const Decoder *d)
{
    return d->cinfo.out_color_space == JCS_CMYK;
}

static bool open_decoder(void *decoder, const Source *source, ImageInfo *info,
                         Meta *meta, Err *err)
{
    Decoder *d = decoder;
    d->cinfo.err = jpeg_errors_init(&d->errors);
    d->coefficients.blocks = (JpegBlocks){.source = source, .meta = meta};
    if (!codec_error_run(&d->errors.error, read_header, d, err))
        return false;
    *info = (ImageInfo){
        .width = (int)d->cinfo.image_width,
        .height = (int)d->cinfo.image_height,
        .channels = d->cinfo.out_color_space == JCS_GRAYSCALE ? 1 : 3,
        .depth = 8,
    };
    if (!jpeg_blocks_join(&d->coefficients.blocks, err) ||
        !jpeg_coding_take(&d->cinfo, meta, err))
        return false;
    return !is_cmyk(d) || ink_rows_begin(&d->ink_rows, meta, source->notes, err);
}

static uint64_t held(const void *decoder)
{
    const Decoder *d = decoder;
    j_decompress_ptr cinfo = (j_decompress_ptr)&d->cinfo;
    bool scans = jpeg_has_multiple_scans(cinfo) && !source_of(d)->disk;
    uint64_t coefficients = scans ? count_blocks(d) * sizeof(JBLOCK) : 0;
    return coefficients + ink_rows_held(&d->ink_rows);
}

/* The conversion without a profile: ink takes light away. Adobe, which makes nearly all
 * CMYK files, stores the light that is left. */
static void inks_to_rgb(const Decoder *d, uint8_t *rgb)
{
    uint8_t flip = d->cinfo.saw_Adobe_marker ? 0 : 255;
    const uint8_t *ink = d->inks;
    if (d->by_profile) {
        ink_rows_bytes(d->by_profile, ink, flip, rgb, d->cinfo.output_width);
        return;
    }
    for (JDIMENSION x = 0; x < d->cinfo.output_width; x++, ink += CMYK, rgb += 3) {
        unsigned light = ink[3] ^ flip;
        for (int c = 0; c < 3; c++)
            rgb[c] = (uint8_t)(((ink[c] ^ flip) * light + 127) / 255);
    }
}

static void read_row(Decoder *d)
{
    JSAMPROW row = d->inks ? d->inks : d->rows;
    jpeg_read_scanlines(&d->cinfo, &row, 1);
    if (d->inks)
        inks_to_rgb(d, d->rows);
    d->rows += d->stride;
}

/* Has a scan with the means of all blocks come? */
static bool has_means(const Decoder *d)
{
    for (int i = 0; i < d->cinfo.num_components; i++)
        if (d->cinfo.coef_bits[i][0] < 0)
            return false;
    return true;
}

/* To the end of a scan, or of the file. */
static bool read_scan(Decoder *d)
{
    int got;
    do {
        jpeg_source_check_cancel(&d->cinfo);
        got = jpeg_consume_input(&d->cinfo);
    } while (got != JPEG_REACHED_EOI && got != JPEG_SCAN_COMPLETED);
    return got == JPEG_SCAN_COMPLETED;
}

/* The means of the blocks are the picture at an eighth of its size. They come first. */
static void start_with_means(Decoder *d)
{
    while (read_scan(d) && !has_means(d))
        ;
    jpeg_start_output(&d->cinfo, d->cinfo.input_scan_number);
}

static void read_rows(void *state)
{
    Decoder *d = state;
    if (!d->started) {
        if (source_of(d)->disk)
            jpeg_coefficients_to_disk(&d->cinfo);
        jpeg_start_decompress(&d->cinfo);
        if (d->cinfo.buffered_image)
            start_with_means(d);
    }
    d->started = true;
    for (int i = 0; i < d->count; i++)
        read_row(d);
    bool all = d->cinfo.output_scanline == d->cinfo.output_height;
    if (all && !d->cinfo.buffered_image)
        finish(d);
}

static bool decode_rows(void *decoder, uint8_t *rows, size_t stride, int count,
                        Err *err)
{
    Decoder *d = decoder;
    if (is_cmyk(d) && !d->inks) {
        d->inks = mem_alloc((size_t)d->cinfo.image_width * CMYK, err);
        if (!d->inks ||
            !ink_rows_transform(&d->ink_rows, source_of(d)->notes, &d->by_profile, err))
            return false;
    }
    d->rows = rows;
    d->stride = stride;
    d->count = count;
    return codec_error_run(&d->errors.error, read_rows, d, err);
}

/* One scan more. */
static void start_again(void *state)
{
    Decoder *d = state;
    jpeg_finish_output(&d->cinfo);
    d->refined = read_scan(d);
    if (d->refined)
        jpeg_start_output(&d->cinfo, d->cinfo.input_scan_number);
}

static bool refine(void *decoder)
{
    Decoder *d = decoder;
    Err err;
    return d->cinfo.buffered_image &&
           codec_error_run(&d->errors.error, start_again, d, &err) && d->refined;
}

static void set_scale(void *state)
{
    Decoder *d = state;
    d->cinfo.scale_num = 1;
    jpeg_calc_output_dimensions(&d->cinfo);
}

/* A file with a scan a component, but not progressive, has no early means. */
static bool reduce(void *decoder, int least, ImageInfo *info)
{
    Decoder *d = decoder;
    j_decompress_ptr cinfo = &d->cinfo;
    Err err;
    JDIMENSION width = cinfo->image_width, height = cinfo->image_height;
    JDIMENSION longer = width > height ? width : height, part = 8;
    bool scans = jpeg_has_multiple_scans(cinfo);
    if (scans) /* twice as large: the means come fast, and later scans refine them */
        least *= 2;
    while (part > (scans ? 2u : 1u) && longer / part < (JDIMENSION)least)
        part /= 2;
    if (part == 1 || (scans && !cinfo->progressive_mode) || is_cmyk(d))
        return false;
    cinfo->scale_denom = part;
    cinfo->buffered_image = scans;
    if (!codec_error_run(&d->errors.error, set_scale, d, &err))
        return false;
    info->width = (int)cinfo->output_width;
    info->height = (int)cinfo->output_height;
    return true;
}

static void close_decoder(void *decoder)
{
    Decoder *d = decoder;
    jpeg_destroy_decompress(&d->cinfo);
    jpeg_blocks_term(&d->coefficients.blocks);
    jpeg_coefficients_term(&d->coefficients);
    ink_rows_term(&d->ink_rows);
    mem_free(d->inks);
}

const DecoderCalls decode_jpeg = {sizeof(Decoder), open_decoder, decode_rows,
                                  close_decoder,   held,         NULL,
                                  reduce,          refine};
