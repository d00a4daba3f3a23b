/* format — one file format: how it is known, and how its rows are read and written.
 *
 * Rows come top to bottom, each exactly once, as image.h describes them; a caller asks
 * for as many at a time as it likes.
 * A new format needs a Format of its own (as format_qoi.c has), a place in formats.h
 * and format.c's list, and its MIME type in assets/lutist.desktop.
 * Threads: one decoder or encoder belongs to one thread at a time; different ones are
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

/* What reads a format's files. `decoder` is the format's own struct, one a file. */
typedef struct DecoderCalls {
    size_t size; /* of the struct; zeroed before `open` */
    /* Read the header: fills *info with what `read` will give (not yet turned
     * upright) and *meta with the file's blocks; an orientation is a part of the EXIF
     * block, wherever the file has it. `source` outlives the decoder; its file is at
     * its start. On failure err's text has no path, and `close` is called. */
    bool (*open)(void *decoder, const Source *source, ImageInfo *info, Meta *meta,
                 Err *err);
    /* The next `count` rows. Damaged or truncated data is a failure. */
    bool (*read)(void *decoder, uint8_t *rows, size_t stride, int count, Err *err);
    /* Release what the struct holds, also half open; NULL: it holds nothing. */
    void (*close)(void *decoder);
    /* Bytes that `read` will hold of the image at once, by the header; NULL: no more
     * than a few rows. `open` takes none of them. */
    uint64_t (*held)(const void *decoder);
    /* Why the file's pixels need not be those that were saved: a compression with loss,
     * or a palette of fewer colours than there are pixels, to which others were
     * rounded. NULL: no reason is known.
     * The member is NULL where the format does not tell. */
    const char *(*inexact)(const void *decoder);
    /* Before the first `read`: decode a smaller image of the whole picture, fast, whose
     * longer side has at least `least` pixels. *info becomes its layout. Of a
     * progressive file the first scans are enough. False: there is none, and nothing
     * has changed. NULL: the format has none. */
    bool (*reduce)(void *decoder, int least, ImageInfo *info);
    /* After the last row of a smaller image: go on in the file until a better one can
     * be read, again from the first row. False: there is none. NULL: the format has
     * none. */
    bool (*refine)(void *decoder);
    /* As `reduce`, where that has none: a rough smaller image from a few of the rows
     * (sketch.h), in a fraction of the time and of the file's bytes. NULL: the format
     * has none. */
    bool (*sketch)(void *decoder, int least, ImageInfo *info);
} DecoderCalls;

/* What writes a format's files. `encoder` is the format's own struct, one a file. */
typedef struct EncoderCalls {
    size_t size; /* of the struct; zeroed before `create` */
    /* Write the header. `info` is storable; `meta` outlives the encoder. On failure
     * `discard` is called. */
    bool (*create)(void *encoder, FILE *file, const ImageInfo *info, const Meta *meta,
                   const SaveOptions *options, Err *err);
    /* Adds no notes: a reader on another thread may share them. */
    bool (*write)(void *encoder, const uint8_t *rows, size_t stride, int count,
                  Err *err);
    /* The end of the file; all rows have been written. */
    bool (*finish)(void *encoder, Err *err);
    /* Release what the struct holds, finished, unfinished or half created. */
    void (*discard)(void *encoder);
    /* The nearest to `info` that the format can store (JPEG: no alpha, 8 bits; WebP: no
     * gray); NULL: it stores all. */
    ImageInfo (*storable)(ImageInfo info);
    /* Bytes that writing will hold of an image like `info` at once; NULL: no more than
     * a few rows. */
    uint64_t (*held)(ImageInfo info, const SaveOptions *options);
} EncoderCalls;

typedef struct Format {
    const char *name;              /* "jpeg" */
    const char *const *extensions; /* "jpg", "jpeg", …, NULL; the first is written */
    /* Do the first bytes of a file (64, unless it is shorter) look like it? NULL: it
     * has no mark of its own and is known by its extension. */
    bool (*match)(const uint8_t *head, size_t size);
    /* The library behind the format and its version, "libtiff 4.5.0". Fails: ERR_FILE
     * where it cannot be opened. NULL: lutist's own code. */
    bool (*library)(char *text, size_t size, Err *err);
    const DecoderCalls *decode;
    const EncoderCalls *encode; /* NULL: the format is only read */
    /* Files of another format that begin alike: that format, by a look further into the
     * file, which is at its start; NULL: it is this one's. The member is NULL where no
     * other does. */
    const struct Format *(*other)(const Source *source);
} Format;

/* A new decoder, as DecoderCalls.open says. NULL: it failed, and all is released. */
void *format_open(const Format *format, const Source *source, ImageInfo *info,
                  Meta *meta, Err *err);
void format_close(const Format *format, void *decoder); /* NULL decoder is fine */
/* The same for writing; the format has `encode`. */
void *format_create(const Format *format, FILE *file, const ImageInfo *info,
                    const Meta *meta, const SaveOptions *options, Err *err);
void format_discard(const Format *format, void *encoder); /* NULL encoder is fine */

/* Number `index` of all formats; NULL past the last. Formats of one library stand side
 * by side. */
const Format *format_at(int index);
/* By name or extension ("jpeg", "jpg", "png", "tiff", …); NULL: not known. */
const Format *format_by_name(const char *name);
/* The names of those that are written, "jpeg, png or webp" with "or" as `last`. */
void format_written(char *text, size_t size, const char *last);
/* By a path's extension. */
const Format *format_by_path(const char *path);
/* By the first bytes of the file; the extension of `path` counts only for formats that
 * have no mark of their own (TGA). NULL: not known. */
const Format *format_by_head(const uint8_t *head, size_t size, const char *path);
/* Does the extension look like an image's that lutist reads? For walking folders. */
bool format_is_image_name(const char *path);

#endif
