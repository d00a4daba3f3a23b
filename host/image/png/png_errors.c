#include "image/png/png_errors.h"

#include <errno.h>
#include <string.h>

#include "image/png/png_chunk.h"

bool png_errors_run(PngErrors *errors, codec_error_fn step, void *state, Err *err)
{
    return codec_error_run(&errors->error, step, state, err) &&
           (!errors->starved || err_set(err, ERR_MEMORY, "out of memory"));
}

static bool is_starved(const char *text)
{
    return strstr(text, "emory");
}

_Noreturn void png_errors_error(png_structp png, png_const_charp text)
{
    PngErrors *errors = png_get_error_ptr(png);
    if (is_starved(text))
        codec_error_throw(&errors->error, ERR_MEMORY, "out of memory");
    codec_error_throw(&errors->error, ERR_FILE, "damaged PNG file: %s", text);
}

/* libpng's warnings concern metadata; other damage is an error by the CRC settings. */
void png_errors_warning(png_structp png, png_const_charp text)
{
    PngErrors *errors = png_get_error_ptr(png);
    errors->starved = errors->starved || is_starved(text);
    if (errors->source && strlen(text) > 4 && strcmp(text + 4, ": CRC error") == 0)
        png_chunk_note_damage(errors->source->notes, text);
}

static void check_cancel(PngErrors *errors)
{
    if (cancel_is_set(errors->cancel))
        codec_error_throw(&errors->error, ERR_CANCELLED, "interrupted");
}

void png_errors_read(png_structp png, png_bytep data, size_t size)
{
    PngErrors *errors = png_get_io_ptr(png);
    check_cancel(errors);
    if (fread(data, 1, size, errors->file) == size)
        return;
    errors->ended = true;
    codec_error_throw(&errors->error, ERR_FILE, "the PNG file is cut short");
}

void png_errors_write(png_structp png, png_bytep data, size_t size)
{
    PngErrors *errors = png_get_io_ptr(png);
    check_cancel(errors);
    if (fwrite(data, 1, size, errors->file) != size)
        codec_error_throw(&errors->error, ERR_FILE, "%s", strerror(errno));
}

void png_errors_flush(png_structp png)
{
    (void)png; /* the file is flushed once, when it is committed */
}
