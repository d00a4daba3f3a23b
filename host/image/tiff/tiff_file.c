#include "image/tiff/tiff_file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* The bytes of an image of the default limit, at eight a pixel. libtiff checks sizes
 * against the file's; this limit stands behind that check. */
static const tmsize_t ALLOCATION_MAX = (tmsize_t)2 << 30;

static bool has_any(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strstr(text, *words))
            return true;
    return false;
}

/* Is it about a tag that libtiff drops or whose value it refuses, and that decides the
 * meaning of pixels? */
static bool spoils_pixels(const char *text)
{
    static const char *const dropped[] = {"ignored", "Bad value", NULL};
    static const char *const tags[] = {
        "BitsPerSample",
        "Photometric",
        "FillOrder",
        "PlanarConfig",
        "ExtraSamples",
        "Predictor",
        "ColorMap",
        "SampleFormat",
        "YCbCr",
        "JPEGTables",
        "Group3Options",
        "Group4Options",
        "ReferenceBlackWhite",
        "InkSet",
        "RowsPerStrip",
        NULL,
    };
    return has_any(text, dropped) && has_any(text, tags);
}

static bool is_harmless(const char *text)
{
    static const char *const oddities[] = {
        "Old-style LZW",
        "not terminated with EOI", /* harmless, because missing rows are an error */
        "extraneous bytes before marker",
        "Unknown Adobe color transform",
        "encoded with progressive mode",
        "JPEG strip size exceeds", /* the last strip, of full height */
        NULL,
    };
    return has_any(text, oddities);
}

static bool counts(TiffStage stage, const char *text, bool is_error)
{
    switch (stage) {
    case TIFF_HEADER:
        return spoils_pixels(text);
    case TIFF_PIXELS:
        return is_error || !is_harmless(text);
    case TIFF_OUTPUT:
        break;
    }
    return is_error;
}

/* Keep the first complaint that counts. Until then keep the last error, which is the
 * reason of a failing call. */
static int take(TiffFile *file, bool is_error, const char *format, va_list args)
{
    char text[sizeof file->text];
    vsnprintf(text, sizeof text, format, args);
    for (char *c = text; *c; c++)
        if (*c == '\n')
            *c = ' ';
    bool does_count = counts(file->stage, text, is_error);
    if (!file->failed && (does_count || is_error))
        memcpy(file->text, text, sizeof text);
    file->failed = file->failed || does_count;
    return 1; /* libtiff's own handlers are not called */
}

static int take_error(TIFF *handle, void *file, const char *module, const char *format,
                      va_list args)
{
    (void)handle, (void)module;
    return take(file, true, format, args);
}

static int take_warning(TIFF *handle, void *file, const char *module,
                        const char *format, va_list args)
{
    (void)handle, (void)module;
    return take(file, false, format, args);
}

static tmsize_t read_bytes(thandle_t handle, void *bytes, tmsize_t size)
{
    TiffFile *file = handle;
    size_t got = fread(bytes, 1, (size_t)size, file->stream);
    file->cut = file->cut || got < (size_t)size;
    return (tmsize_t)got;
}

static tmsize_t write_bytes(thandle_t handle, void *bytes, tmsize_t size)
{
    const TiffFile *file = handle;
    return (tmsize_t)fwrite(bytes, 1, (size_t)size, file->stream);
}

/* libtiff goes on after some failures, and would write to another place. */
static toff_t fail_to_seek(TiffFile *file)
{
    if (file->stage == TIFF_OUTPUT && !file->failed) {
        snprintf(file->text, sizeof file->text, "%s", strerror(errno));
        file->failed = true;
    }
    return (toff_t)-1;
}

static toff_t seek(thandle_t handle, toff_t offset, int whence)
{
    TiffFile *file = handle;
    if (fseeko(file->stream, (off_t)offset, whence) != 0)
        return fail_to_seek(file);
    return (toff_t)ftello(file->stream);
}

static toff_t file_size(thandle_t handle)
{
    const TiffFile *file = handle;
    struct stat st;
    return fstat(fileno(file->stream), &st) == 0 ? (toff_t)st.st_size : 0;
}

static int leave_open(thandle_t handle)
{
    (void)handle;
    return 0;
}

static TIFF *open_handle(TiffFile *file, const char *access)
{
    const TiffLibrary *lib = file->lib;
    TIFFOpenOptions *options = lib->TIFFOpenOptionsAlloc();
    if (!options)
        return NULL;
    lib->TIFFOpenOptionsSetMaxSingleMemAlloc(options, ALLOCATION_MAX);
    lib->TIFFOpenOptionsSetErrorHandlerExtR(options, take_error, file);
    lib->TIFFOpenOptionsSetWarningHandlerExtR(options, take_warning, file);
    TIFF *handle =
        lib->TIFFClientOpenExt("the file", access, file, read_bytes, write_bytes, seek,
                               leave_open, file_size, NULL, NULL, options);
    lib->TIFFOpenOptionsFree(options);
    return handle;
}

bool tiff_file_open(TiffFile *file, FILE *stream, TiffStage stage, const char *access,
                    Err *err)
{
    *file = (TiffFile){.lib = tiff_library(err), .stream = stream, .stage = stage};
    if (!file->lib)
        return false;
    file->handle = open_handle(file, access);
    return tiff_file_check(file, file->handle, err);
}

void tiff_file_close(TiffFile *file)
{
    if (file->handle)
        file->lib->TIFFClose(file->handle);
    file->handle = NULL;
}

bool tiff_file_check(const TiffFile *file, bool done, Err *err)
{
    static const char *const memory[] = {"ut of memory", "No space for",
                                         "Failed to allocate memory", NULL};
    if (done && !file->failed && !file->cut)
        return true;
    if (has_any(file->text, memory))
        return err_set(err, ERR_MEMORY, "out of memory");
    if (file->stage == TIFF_OUTPUT)
        return *file->text ? err_set(err, ERR_FILE, "%s", file->text)
                           : err_set_errno(err, ERR_FILE, errno, "%s", "");
    if (file->cut)
        return err_set(err, ERR_FILE, "the TIFF file is cut short");
    return err_set(err, ERR_FILE, "damaged TIFF file%s%s", *file->text ? ": " : "",
                   file->text);
}
