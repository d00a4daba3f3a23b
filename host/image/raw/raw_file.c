#include "image/raw/raw_file.h"

#include <stdio.h>

static bool succeeded(const RawFile *file, int code, Err *err)
{
    if (code == LIBRAW_SUCCESS)
        return true;
    if (!source_go_on(file->source, err))
        return false;
    if (code == LIBRAW_UNSUFFICIENT_MEMORY)
        return err_set(err, ERR_MEMORY, "out of memory");
    if (code == LIBRAW_FILE_UNSUPPORTED)
        return err_set(err, ERR_FILE,
                       "LibRaw %s does not know this camera's raw files; develop it "
                       "into a TIFF file first, e.g. with darktable",
                       file->lib->libraw_version());
    if (code == LIBRAW_IO_ERROR) /* it stands for bytes that are not there */
        return err_set(err, ERR_FILE, "damaged or cut short raw file");
    if (code > 0) /* an errno */
        return err_set_errno(err, ERR_FILE, code, "cannot be read");
    return err_set(err, ERR_FILE, "damaged or cut short raw file: %s",
                   file->lib->libraw_strerror(code));
}

static void note_damage(void *context, const char *name, const int offset)
{
    (void)name;
    (void)offset;
    ((RawFile *)context)->errors++;
}

/* LibRaw stops where this is not 0. */
static int look_at_cancel(void *context, enum LibRaw_progress stage, int step,
                          int steps)
{
    (void)stage;
    (void)step;
    (void)steps;
    return !source_go_on(((const RawFile *)context)->source, NULL);
}

static void set_parameters(libraw_output_params_t *params, bool half)
{
    params->use_camera_wb = 1;
    params->output_bps = 16;
    params->output_color = 1; /* sRGB */
    params->gamm[0] = 1 / 2.4;
    params->gamm[1] = 12.92;
    params->no_auto_bright = 1;
    params->half_size = half;
}

/* LibRaw's own functions for errors print. */
static bool make_raw(RawFile *file, Err *err)
{
    enum { NO_MESSAGES = 3 };
    file->raw = file->lib->libraw_init(NO_MESSAGES);
    if (!file->raw)
        return err_set(err, ERR_MEMORY, "out of memory");
    file->lib->libraw_set_dataerror_handler(file->raw, note_damage, file);
    file->lib->libraw_set_progress_handler(file->raw, look_at_cancel, file);
    return true;
}

bool raw_file_open(RawFile *file, const Source *source, const LibrawLibrary *lib,
                   bool half, Err *err)
{
    char path[40];
    *file = (RawFile){.source = source, .lib = lib};
    if (!make_raw(file, err))
        return false;
    /* The open file, whatever has its name now. */
    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(source->file));
    set_parameters(&file->raw->params, half);
    return succeeded(file, lib->libraw_open_file(file->raw, path), err);
}

void raw_file_close(RawFile *file)
{
    if (file->raw)
        file->lib->libraw_close(file->raw);
    *file = (RawFile){0};
}

bool raw_file_measure(RawFile *file, Err *err)
{
    const libraw_image_sizes_t *sizes = &file->raw->sizes;
    return source_admit(file->source, sizes->raw_width, sizes->raw_height, 0, err) &&
           succeeded(file, file->lib->libraw_adjust_sizes_info_only(file->raw), err);
}

libraw_processed_image_t *raw_file_develop(RawFile *file, Err *err)
{
    const LibrawLibrary *lib = file->lib;
    int code = 0;
    if (!succeeded(file, lib->libraw_unpack(file->raw), err))
        return NULL;
    if (file->errors) {
        err_set(err, ERR_FILE, "damaged or cut short raw file");
        return NULL;
    }
    if (!succeeded(file, lib->libraw_dcraw_process(file->raw), err))
        return NULL;
    libraw_processed_image_t *image =
        lib->libraw_dcraw_make_mem_image(file->raw, &code);
    if (!image)
        succeeded(file, code ? code : LIBRAW_UNSUFFICIENT_MEMORY, err);
    return image;
}
