/* format — one file format: how to read and write its rows.
 *
 * Each format is one file that fills this struct. Rows come top to bottom, each exactly
 * once, as image.h describes them; a caller asks for as many at a time as it likes.
 * `void *` is the format's own state, made by open/create.
 * Threads: one reader or writer belongs to one thread at a time; different ones are
 *          independent.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_CODEC_FORMAT_H
#define LUTIST_IMAGE_CODEC_FORMAT_H

#include <stdbool.h>
#include <stdio.h>

#include "image/codec/source.h"
#include "image/file_options.h"
#include "image/image.h"

typedef struct Format Format;
struct Format {
    const char *name;              /* "jpeg" */
    const char *const *extensions; /* "jpg", "jpeg", …, NULL; the first is written */
    /* Do the first bytes of a file (64, unless it is shorter) look like it? NULL: it
     * has no mark of its own and is known by its extension. */
    bool (*match)(const uint8_t *head, size_t size);

    /* Read the header: fills *info with what `read` will give (not yet turned
     * upright) and *meta with the file's blocks; an orientation is a part of the EXIF
     * block, wherever the file has it. `source` outlives the reader; its file is at its
     * start. NULL on failure; err's text then has no path. */
    void *(*open)(const Format *self, const Source *source, ImageInfo *info, Meta *meta,
                  Err *err);
    /* The next `count` rows. Damaged or truncated data is a failure. */
    bool (*read)(void *reader, uint8_t *rows, size_t stride, int count, Err *err);
    void (*close)(void *reader); /* NULL is fine */
    /* Bytes that `read` will hold of the image at once, by the header; NULL: no more
     * than a few rows. `open` takes none of them. */
    uint64_t (*held)(const void *reader);
    /* The library behind the format and its version, "libtiff 4.5.0". Fails: ERR_FILE
     * where it cannot be opened. NULL: lutist's own code. */
    bool (*library)(char *text, size_t size, Err *err);

    /* These five are NULL where the format is only read. */
    void *(*create)(FILE *file, const ImageInfo *info, const Meta *meta,
                    const SaveOptions *options, Err *err);
    bool (*write)(void *writer, const uint8_t *rows, size_t stride, int count,
                  Err *err);
    /* The end of the file; all rows have been written. */
    bool (*finish)(void *writer, Err *err);
    void (*discard)(void *writer); /* frees, finished or not; NULL is fine */
    /* The nearest to `info` that the format can store (JPEG: no alpha, 8 bits). */
    ImageInfo (*storable)(ImageInfo info);
};

extern const Format format_jpeg;
extern const Format format_png;
extern const Format format_tiff;
/* These are only read. */
extern const Format format_webp; /* the first frame */
extern const Format format_gif;  /* the first frame */
extern const Format format_bmp;
extern const Format format_pcx;
extern const Format format_pnm;
extern const Format format_qoi;
extern const Format format_tga;
/* Through SDL2_image, which is opened with the first such file. */
extern const Format format_ico;
extern const Format format_cur;
extern const Format format_lbm;
extern const Format format_xpm;

/* Number `index` of all formats; NULL past the last. Formats of one library stand side
 * by side. */
const Format *format_at(int index);
/* By name or extension ("jpeg", "jpg", "png", "tiff", …); NULL: not known. */
const Format *format_by_name(const char *name);
/* By a path's extension. */
const Format *format_by_path(const char *path);
/* By the first bytes of the file; the extension of `path` counts only for formats that
 * have no mark of their own (TGA). NULL: not known. */
const Format *format_by_head(const uint8_t *head, size_t size, const char *path);
/* Does the extension look like an image's that lutist reads? For walking folders. */
bool format_is_image_name(const char *path);

#endif
