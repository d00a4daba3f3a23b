#include "image/jpeg2000/decode_jpeg2000.h"

#include <errno.h>
#include <string.h>

#include "image/jpeg2000/jp2_boxes.h"
#include "image/jpeg2000/jpeg2000_samples.h"
#include "image/jpeg2000/openjpeg_library.h"

enum { BITS_MAX = 31 };

typedef struct Decoder {
    const Source *source;
    const OpenjpegLibrary *lib;
    opj_codec_t *codec;
    opj_stream_t *stream;
    opj_image_t *image;
    Jp2Header header; /* zeros for a bare codestream */
    bool is_bare;
    bool decoded;
    Jpeg2000Samples samples; /* with the layout of the rows */
    int next;                /* row */
    char text[128];          /* OpenJPEG's first error */
    int warnings;
} Decoder;

/* OpenJPEG reads the file through these. */
static OPJ_SIZE_T read_bytes(void *bytes, OPJ_SIZE_T size, void *context)
{
    const Source *source = context;
    size_t got = source_go_on(source, NULL) ? fread(bytes, 1, size, source->file) : 0;
    return got ? got : (OPJ_SIZE_T)-1;
}

static OPJ_OFF_T skip_bytes(OPJ_OFF_T count, void *context)
{
    return fseeko(((const Source *)context)->file, count, SEEK_CUR) == 0 ? count : -1;
}

static OPJ_BOOL seek_to(OPJ_OFF_T at, void *context)
{
    return fseeko(((const Source *)context)->file, at, SEEK_SET) == 0;
}

static void note_error(const char *text, void *context)
{
    Decoder *d = context;
    if (!d->text[0])
        snprintf(d->text, sizeof d->text, "%.*s", (int)strcspn(text, "\n"), text);
}

static void note_warning(const char *text, void *context)
{
    (void)text;
    ((Decoder *)context)->warnings++;
}

static bool fail_damaged(const Decoder *d, Err *err)
{
    if (!source_go_on(d->source, err))
        return false;
    return err_set(err, ERR_FILE, "damaged or cut short JPEG 2000 file%s%s",
                   d->text[0] ? ": " : "", d->text);
}

static bool open_codec(Decoder *d, Err *err)
{
    const OpenjpegLibrary *lib = d->lib;
    opj_dparameters_t parameters;
    d->codec = lib->opj_create_decompress(d->is_bare ? OPJ_CODEC_J2K : OPJ_CODEC_JP2);
    d->stream = lib->opj_stream_default_create(OPJ_TRUE);
    if (!d->codec || !d->stream)
        return err_set(err, ERR_MEMORY, "out of memory");
    lib->opj_set_error_handler(d->codec, note_error, d);
    lib->opj_set_warning_handler(d->codec, note_warning, d);
    lib->opj_stream_set_read_function(d->stream, read_bytes);
    lib->opj_stream_set_skip_function(d->stream, skip_bytes);
    lib->opj_stream_set_seek_function(d->stream, seek_to);
    lib->opj_stream_set_user_data(d->stream, (void *)d->source, NULL);
    lib->opj_stream_set_user_data_length(d->stream, d->source->size);
    lib->opj_set_default_decoder_parameters(&parameters);
    return (lib->opj_setup_decoder(d->codec, &parameters) &&
            lib->opj_decoder_set_strict_mode(d->codec, OPJ_TRUE) &&
            lib->opj_read_header(d->stream, d->codec, &d->image)) ||
           fail_damaged(d, err);
}

/* How many of the components are channels of a pixel: gray or RGB, and alpha. */
static int count_channels(const Decoder *d, int parts)
{
    int colours = parts >= 3 ? 3 : 1;
    bool alpha = parts > colours && (d->header.has_alpha || d->is_bare);
    if (parts > colours + alpha)
        notes_add(d->source->notes, "%d of its %d components are read", colours + alpha,
                  parts);
    return colours + alpha;
}

static int bits_of(const Decoder *d, int parts)
{
    int bits = d->header.palette ? d->header.palette_bits : 0;
    for (int i = 0; !d->header.palette && i < parts; i++) {
        int own = (int)d->image->comps[i].prec;
        bits = own > bits ? own : bits;
    }
    return bits;
}

static bool set_layout(Decoder *d, Err *err)
{
    const opj_image_t *image = d->image;
    if (image->numcomps < 1 || image->x1 <= image->x0 || image->y1 <= image->y0)
        return fail_damaged(d, err);
    uint32_t width = image->x1 - image->x0, height = image->y1 - image->y0;
    if (!source_admit(d->source, width, height, 0, err))
        return false;
    if (d->header.space == JP2_CMYK)
        return err_set(err, ERR_FILE,
                       "a JPEG 2000 file of CMYK is not read; save it as TIFF");
    int parts = d->header.palette ? d->header.palette : (int)image->numcomps;
    int channels = count_channels(d, parts), bits = bits_of(d, parts);
    if (bits < 1 || bits > BITS_MAX)
        return err_set(err, ERR_FILE, "a JPEG 2000 file of %d bits is not read", bits);
    d->samples.info = (ImageInfo){(int)width, (int)height, channels, bits > 8 ? 16 : 8};
    return true;
}

static bool open_decoder(void *decoder, const Source *source, ImageInfo *info,
                         Meta *meta, Err *err)
{
    Decoder *d = decoder;
    d->source = source;
    d->is_bare = getc(source->file) == 0xFF;
    if ((!d->is_bare && !jp2_boxes_read(source, &d->header, meta, err)) ||
        !source_seek(source, 0, err))
        return false;
    d->lib = openjpeg_library(err);
    if (!d->lib || !open_codec(d, err) || !set_layout(d, err))
        return false;
    *info = d->samples.info;
    return true;
}

/* Every component, and once more while a tile is decoded; the largest tile is all. */
static uint64_t held(const void *decoder)
{
    const Decoder *d = decoder;
    ImageInfo info = d->samples.info;
    uint64_t pixels = (uint64_t)info.width * (uint64_t)info.height;
    uint64_t parts = d->header.palette ? (uint64_t)d->header.palette + 1
                                       : (uint64_t)d->image->numcomps;
    return 2 * sizeof(OPJ_INT32) * parts * pixels;
}

static bool is_whole(const opj_image_comp_t *part)
{
    return part->data && part->w > 0 && part->h > 0 && part->dx > 0 && part->dy > 0 &&
           part->prec >= 1 && part->prec <= BITS_MAX;
}

/* Colours come first; opacity is where the file says. */
static bool choose_components(Decoder *d, Err *err)
{
    Jpeg2000Samples *s = &d->samples;
    const opj_image_t *image = d->image;
    if (image->numcomps < (uint32_t)s->info.channels)
        return fail_damaged(d, err);
    for (int i = 0; i < s->info.channels; i++)
        s->component[i] = i;
    for (uint32_t i = 0; image_has_alpha(s->info) && i < image->numcomps; i++)
        if (image->comps[i].alpha)
            s->component[s->info.channels - 1] = (int)i;
    for (int i = 0; i < s->info.channels; i++)
        if (!is_whole(&image->comps[s->component[i]]))
            return fail_damaged(d, err);
    return true;
}

/* Without a word on its space a picture with smaller components is none of RGB. */
static bool is_ycc(const Decoder *d)
{
    const opj_image_comp_t *parts = d->image->comps;
    if (d->samples.info.channels < 3)
        return false;
    return d->header.space == JP2_YCC || parts[1].dx > parts[0].dx;
}

static bool decode(Decoder *d, Err *err)
{
    if (d->decoded)
        return true;
    d->warnings = 0;
    errno = 0;
    if (!d->lib->opj_decode(d->codec, d->stream, d->image))
        return errno == ENOMEM ? err_set(err, ERR_MEMORY, "out of memory")
                               : fail_damaged(d, err);
    /* A warning here is about samples that are lost. */
    if (d->warnings || !choose_components(d, err))
        return fail_damaged(d, err);
    d->samples.image = d->image;
    d->samples.is_ycc = is_ycc(d);
    d->decoded = true;
    return true;
}

static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = decoder;
    if (!decode(d, err))
        return false;
    for (int i = 0; i < count; i++)
        jpeg2000_samples_row(&d->samples, d->next++, rows + (size_t)i * stride);
    return true;
}

static void close_decoder(void *decoder)
{
    Decoder *d = decoder;
    if (!d->lib)
        return;
    d->lib->opj_image_destroy(d->image);
    d->lib->opj_stream_destroy(d->stream);
    d->lib->opj_destroy_codec(d->codec);
}

const DecoderCalls decode_jpeg2000 = {sizeof(Decoder), open_decoder, read_rows,
                                      close_decoder, held};
