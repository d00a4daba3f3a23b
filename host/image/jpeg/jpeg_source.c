#include "image/jpeg/jpeg_source.h"

#include <jerror.h>
#include <string.h>
#include <unistd.h>

static JpegSource *source_of(j_decompress_ptr cinfo)
{
    return (JpegSource *)cinfo->src;
}

static CodecError *codec_error_of(j_decompress_ptr cinfo)
{
    return &((JpegErrors *)cinfo->err)->error;
}

void jpeg_source_check_cancel(j_decompress_ptr cinfo)
{
    if (cancel_is_set(source_of(cinfo)->source->cancel))
        codec_error_throw(codec_error_of(cinfo), ERR_CANCELLED, "interrupted");
}

static _Noreturn void throw_short(j_decompress_ptr cinfo)
{
    codec_error_throw(codec_error_of(cinfo), ERR_FILE, "the JPEG file is cut short");
}

static boolean fill(j_decompress_ptr cinfo)
{
    JpegSource *jpeg = source_of(cinfo);
    jpeg_source_check_cancel(cinfo);
    size_t got = fread(jpeg->buffer, 1, sizeof jpeg->buffer, jpeg->source->file);
    jpeg->end += got;
    if (!got && ferror(jpeg->source->file))
        throw_short(cinfo); /* reader.c tells the reason */
    if (!got) {
        jpeg->ended = true;
        memcpy(jpeg->buffer, "\xFF\xD9", 2);
        got = 2;
    }
    jpeg->manager.next_input_byte = jpeg->buffer;
    jpeg->manager.bytes_in_buffer = got;
    return TRUE;
}

void jpeg_source_read(j_decompress_ptr cinfo, uint8_t *bytes, size_t size)
{
    struct jpeg_source_mgr *manager = cinfo->src;
    while (size > 0) {
        if (!manager->bytes_in_buffer)
            fill(cinfo);
        if (source_of(cinfo)->ended)
            throw_short(cinfo);
        size_t some = manager->bytes_in_buffer < size ? manager->bytes_in_buffer : size;
        if (bytes) {
            memcpy(bytes, manager->next_input_byte, some);
            bytes += some;
        }
        manager->next_input_byte += some;
        manager->bytes_in_buffer -= some;
        size -= some;
    }
}

void jpeg_source_skip(j_decompress_ptr cinfo, size_t size)
{
    jpeg_source_read(cinfo, NULL, size);
}

static void skip_input(j_decompress_ptr cinfo, long size)
{
    if (size > 0)
        jpeg_source_skip(cinfo, (size_t)size);
}

static void do_nothing(j_decompress_ptr cinfo)
{
    (void)cinfo;
}

/* Are the `count` bytes that libjpeg has just skipped all 00 or FF? They end at its
 * read position. */
static bool is_padding(j_decompress_ptr cinfo, int count)
{
    const JpegSource *jpeg = source_of(cinfo);
    uint64_t end = jpeg->end - (jpeg->ended ? 0 : jpeg->manager.bytes_in_buffer);
    if (count < 0 || (uint64_t)count > end)
        return false;
    for (uint64_t at = end - (uint64_t)count; at < end;) {
        uint8_t bytes[4096];
        size_t some = end - at < sizeof bytes ? (size_t)(end - at) : sizeof bytes;
        if (pread(fileno(jpeg->source->file), bytes, some, (off_t)at) != (ssize_t)some)
            return false;
        for (size_t i = 0; i < some; i++)
            if (bytes[i] != 0 && bytes[i] != 0xFF)
                return false;
        at += some;
    }
    return true;
}

/* Warnings about oddities that change no pixel. */
static bool is_harmless(j_decompress_ptr cinfo)
{
    switch (cinfo->err->msg_code) {
    case JWRN_ADOBE_XFORM:
    case JWRN_BOGUS_ICC: /* the profile is left out */
    case JWRN_JFIF_MAJOR:
    case JWRN_NOT_SEQUENTIAL: /* parameters that mean nothing in a sequential scan */
        return true;
    case JWRN_EXTRANEOUS_DATA:
        /* Surplus bytes: some cameras pad, and between the segments of the header
         * nothing is lost. Behind pixels they are often the only sign that a flipped
         * bit cost some. */
        return cinfo->input_scan_number == 0 ||
               is_padding(cinfo, cinfo->err->msg_parm.i[0]);
    default:
        return false;
    }
}

static _Noreturn void throw_damage(j_common_ptr common)
{
    j_decompress_ptr cinfo = (j_decompress_ptr)common;
    if (source_of(cinfo)->ended)
        throw_short(cinfo);
    jpeg_errors_throw(common);
}

static void note_damage(j_decompress_ptr cinfo)
{
    char text[JMSG_LENGTH_MAX];
    const Source *source = source_of(cinfo)->source;
    cinfo->err->format_message((j_common_ptr)cinfo, text);
    if (source_of(cinfo)->ended)
        notes_damage(source->notes, "the JPEG file is cut short");
    else if (!source->notes->damaged) /* the first says enough */
        notes_damage(source->notes, "%s", jpeg_errors_plain(text));
}

static void take_message(j_common_ptr common, int level)
{
    j_decompress_ptr cinfo = (j_decompress_ptr)common;
    if (level >= 0 || is_harmless(cinfo))
        return;
    if (!source_of(cinfo)->source->lenient)
        throw_damage(common);
    note_damage(cinfo);
}

void jpeg_source_init(JpegSource *jpeg, j_decompress_ptr cinfo, const Source *source)
{
    jpeg->source = source;
    jpeg->manager = (struct jpeg_source_mgr){
        .init_source = do_nothing,
        .fill_input_buffer = fill,
        .skip_input_data = skip_input,
        .resync_to_restart = jpeg_resync_to_restart,
        .term_source = do_nothing,
    };
    cinfo->src = &jpeg->manager;
    cinfo->err->error_exit = throw_damage;
    cinfo->err->emit_message = take_message;
}
