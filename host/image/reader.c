#include "image/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "image/codec/unsupported.h"
#include "image/disk_image.h"
#include "image/meta/exif.h"
#include "image/meta/xmp.h"
#include "image/orient.h"

enum {
    HEAD_BYTES = 512,
    BUFFER_BYTES = 128 * 1024,
    STEP_BYTES = 256 * 1024, /* of rows decoded at a time */
    CODEC_BYTES = 1 << 20,   /* a codec's and our buffer's bytes, for any file */
};

static const uint64_t DEFAULT_MAX_PIXELS = 268435456, DEFAULT_MAX_METADATA = 64 << 20;

struct Reader {
    /* immutable after open */
    const Format *format;
    char *path;
    struct stat found; /* as it was opened */
    Source source;
    int orientation; /* from stored to upright */
    Meta *meta;
    /* owner thread only */
    ImageInfo stored; /* as the file has it, or reduced */
    ImageInfo info;   /* upright */
    FILE *file;
    char *buffer;  /* stdio's */
    Notes notes;   /* for the log, if the caller passed none */
    void *decoder; /* the format's */
    Image *whole;  /* the stored image, where rows cannot stream */
    int next;      /* row */
    bool widens;   /* from 8 to 16 bits */
    bool failed;   /* a read failed: the decoder must not be called again */
};

static bool fail(const Reader *r, Err *err)
{
    if (!source_go_on(&r->source, NULL))
        return err_set(err, ERR_CANCELLED, "interrupted");
    err_starved(err, errno);
    if (r->file && ferror(r->file))
        err_set_errno(err, ERR_FILE, errno ? errno : EIO, "cannot be read");
    return err_in(err, r->path);
}

static bool check_kind(const struct stat *st, Err *err)
{
    if (S_ISDIR(st->st_mode)) {
        err_set(err, ERR_FILE, "is a folder, not an image");
        return err_code(err, EISDIR);
    }
    if (S_ISFIFO(st->st_mode))
        return err_set(err, ERR_FILE, "is a pipe; put the picture into a file first");
    if (!S_ISREG(st->st_mode))
        return err_set(err, ERR_FILE, "not an ordinary file");
    return st->st_size > 0 || err_set(err, ERR_FILE, "empty file");
}

/* The path is checked before it is opened, because opening a device can have effects,
 * and again after, because it may have been replaced. A FIFO does not block. */
static int open_path(const char *path, Err *err)
{
    struct stat st;
    if (stat(path, &st) != 0) {
        err_set_errno(err, ERR_FILE, errno, "%s", "");
        return -1;
    }
    if (!check_kind(&st, err))
        return -1;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        err_set_errno(err, ERR_FILE, errno, "%s", "");
    return fd;
}

static int open_again(FILE *file, Err *err)
{
    int fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
    if (fd < 0)
        err_set_errno(err, ERR_FILE, errno, "%s", "");
    return fd;
}

/* `file` as in ReadOptions. */
static bool open_file(Reader *r, FILE *file, Err *err)
{
    int fd = file ? open_again(file, err) : open_path(r->path, err);
    if (fd < 0)
        return false;
    r->file = fdopen(fd, "rb");
    if (!r->file) {
        int error = errno;
        close(fd);
        return err_set_errno(err, ERR_FILE, error, "%s", "");
    }
    r->buffer = mem_alloc(BUFFER_BYTES, NULL);
    if (r->buffer) /* else stdio uses its own, small one */
        setvbuf(r->file, r->buffer, _IOFBF, BUFFER_BYTES);
    if (fstat(fd, &r->found) != 0)
        return err_set_errno(err, ERR_FILE, errno, "%s", "");
    if (file)
        rewind(r->file); /* both share one offset */
    else
        r->meta->access = permissions_of(fd, &r->found);
    r->source.file = r->file;
    r->source.size = (uint64_t)r->found.st_size;
    return check_kind(&r->found, err);
}

static bool find_format(Reader *r, Err *err)
{
    uint8_t head[HEAD_BYTES];
    ssize_t got = pread(fileno(r->file), head, sizeof head, 0);
    size_t size = got > 0 ? (size_t)got : 0;
    if (got < 0)
        return err_set_errno(err, ERR_FILE, errno, "cannot be read");
    const Unsupported *foreign = unsupported_by_head(head, size);
    r->format = format_by_head(head, size, foreign ? "" : r->path);
    if (!r->format && foreign)
        return err_set(err, ERR_FILE, "%s is not read; %s", foreign->name,
                       foreign->advice);
    if (!r->format)
        return err_set(err, ERR_FILE, "not an image format lutist reads");
    if (!r->format->other)
        return true;
    const Format *other = r->format->other(&r->source);
    r->format = other ? other : r->format;
    rewind(r->file);
    return true;
}

/* In an output, announcements of parts elsewhere in the file would be false. */
static bool drop_announcements(Reader *r, Err *err)
{
    unsigned lost;
    if (!xmp_drop_announcements(&r->meta->xmp, &lost, r->source.cancel, err))
        return false;
    if (lost & XMP_GAIN_MAP)
        notes_add(r->source.notes, NOTES_NO_GAIN_MAP);
    if (lost & XMP_MOTION)
        notes_add(r->source.notes, "its motion video is not kept");
    if (lost & XMP_EXTENSION)
        notes_add(r->source.notes, "the extension of its XMP data is not kept");
    if (lost & XMP_BROKEN)
        notes_damage(r->source.notes, "its XMP data are broken and left out");
    return true;
}

static bool open_decoder(Reader *r, Err *err)
{
    r->decoder = format_open(r->format, &r->source, &r->stored, r->meta, err);
    if (!r->decoder)
        return false;
    if (!source_admit(&r->source, (uint64_t)r->stored.width, (uint64_t)r->stored.height,
                      0, err))
        return false;
    r->orientation = meta_orientation(r->meta);
    r->info = orient_info(r->stored, r->orientation);
    if (r->orientation == 1) {
        r->meta->geo_width = r->info.width;
        r->meta->geo_height = r->info.height;
    }
    if (!r->meta->dpi)
        r->meta->dpi = exif_dpi(&r->meta->exif);
    return xmp_narrow(&r->meta->xmp, err) &&
           meta_set_upright(r->meta, r->source.cancel, err) &&
           drop_announcements(r, err);
}

static void take_options(Reader *r, const ReadOptions *options)
{
    r->source = (Source){
        .max_pixels = options->max_pixels ? options->max_pixels : DEFAULT_MAX_PIXELS,
        .max_metadata =
            options->max_metadata ? options->max_metadata : DEFAULT_MAX_METADATA,
        .cancel = options->cancel,
        .lenient = options->lenient,
        .raw_half = options->raw_half,
        .notes = options->notes ? options->notes : &r->notes,
    };
}

Reader *reader_open(const char *path, const ReadOptions *options, Err *err)
{
    const ReadOptions defaults = {0};
    Reader *r = mem_new(1, sizeof *r);
    r->path = mem_dup(path);
    r->meta = meta_new();
    take_options(r, options ? options : &defaults);
    errno = 0;
    if (open_file(r, options ? options->file : NULL, err) && find_format(r, err) &&
        open_decoder(r, err))
        return r;
    fail(r, err);
    reader_close(r);
    return NULL;
}

void reader_close(Reader *reader)
{
    if (!reader)
        return;
    notes_log(&reader->notes, reader->path);
    format_close(reader->format, reader->decoder);
    if (reader->file)
        fclose(reader->file);
    image_unref(&reader->whole);
    meta_unref(&reader->meta);
    mem_free(reader->buffer);
    mem_free(reader->path);
    mem_free(reader);
}

ImageInfo reader_info(const Reader *reader)
{
    return reader->info;
}

Meta *reader_meta(const Reader *reader)
{
    return reader->meta;
}

const struct stat *reader_found(const Reader *reader)
{
    return &reader->found;
}

const Format *reader_format(const Reader *reader)
{
    return reader->format;
}

int reader_orientation(const Reader *reader)
{
    return reader->orientation;
}

const char *reader_inexact(const Reader *reader)
{
    const DecoderCalls *decode = reader->format->decode;
    return decode->inexact ? decode->inexact(reader->decoder) : NULL;
}

static uint64_t image_bytes(ImageInfo info)
{
    return (uint64_t)image_row_bytes(info) * (uint64_t)info.height;
}

uint64_t reader_memory(const Reader *reader)
{
    const DecoderCalls *decode = reader->format->decode;
    uint64_t held = decode->held ? decode->held(reader->decoder) : 0;
    if (!orient_streams(reader->orientation) && !reader->source.disk)
        held += image_bytes(reader->stored);
    return held + meta_bytes(reader->meta) + CODEC_BYTES;
}

/* A few rows at a time, with a look at the cancel between. */
static bool decode(Reader *r, uint8_t *rows, size_t stride, int count, Err *err)
{
    size_t most = STEP_BYTES / image_row_bytes(r->stored);
    int step = most ? (int)most : 1;
    for (int done = 0, some; done < count; done += some) {
        some = count - done < step ? count - done : step;
        if (!source_go_on(&r->source, err) ||
            !r->format->decode->read(r->decoder, rows + (size_t)done * stride, stride,
                                     some, err))
            return false;
    }
    return true;
}

static bool hold_whole(Reader *r, Err *err)
{
    if (r->whole)
        return true;
    r->whole = disk_image_or_memory(r->stored, r->source.disk, err);
    for (int y = 0, rows; r->whole && y < r->stored.height; y += rows) {
        rows = disk_image_rows(r->whole, y);
        if (!decode(r, image_row(r->whole, y), r->whole->stride, rows, err))
            return false;
        disk_image_forget(r->whole, y, rows);
    }
    return r->whole;
}

static bool read_upright(Reader *r, uint8_t *rows, size_t stride, int count, Err *err)
{
    if (!orient_streams(r->orientation)) {
        if (!hold_whole(r, err))
            return false;
        orient_rows(r->whole, r->orientation, r->next, count, rows, stride);
        return true;
    }
    if (!decode(r, rows, stride, count, err))
        return false;
    for (int i = 0; r->orientation == 2 && i < count; i++)
        orient_mirror(rows + (size_t)i * stride, r->stored);
    return true;
}

void reader_use_disk(Reader *reader)
{
    REQUIRE(!reader->next);
    reader->source.disk = true;
}

void reader_widen(Reader *reader)
{
    REQUIRE(!reader->next);
    reader->widens = reader->info.depth == 8;
    reader->info.depth = 16;
}

/* In place: the row's bytes are the last half of its memory, and are read before they
 * are written. */
static void widen_row(uint8_t *row, size_t samples)
{
    for (size_t i = 0; i < samples; i++) {
        uint16_t value = (uint16_t)(row[samples + i] * 257);
        memcpy(row + 2 * i, &value, sizeof value);
    }
}

static bool read_widened(Reader *r, uint8_t *rows, size_t stride, int count, Err *err)
{
    size_t samples = (size_t)r->info.width * (size_t)r->info.channels;
    if (!read_upright(r, rows + samples, stride, count, err))
        return false;
    for (int i = 0; i < count; i++)
        widen_row(rows + (size_t)i * stride, samples);
    return true;
}

typedef bool (*shrink_fn)(void *decoder, int least, ImageInfo *info);

static bool shrink(Reader *reader, shrink_fn way, int least)
{
    REQUIRE(!reader->next);
    if (!way || !way(reader->decoder, least, &reader->stored))
        return false;
    reader->info = orient_info(reader->stored, reader->orientation);
    if (reader->widens)
        reader->info.depth = 16;
    return true;
}

bool reader_reduce(Reader *reader, int least)
{
    return shrink(reader, reader->format->decode->reduce, least);
}

bool reader_sketch(Reader *reader, int least)
{
    return shrink(reader, reader->format->decode->sketch, least);
}

bool reader_refine(Reader *reader)
{
    const DecoderCalls *decode = reader->format->decode;
    REQUIRE(reader->next == reader->info.height && !reader->failed);
    if (!decode->refine || !decode->refine(reader->decoder))
        return false;
    image_unref(&reader->whole);
    reader->next = 0;
    return true;
}

bool reader_read(Reader *reader, uint8_t *rows, size_t stride, int count, Err *err)
{
    REQUIRE(count >= 0 && count <= reader->info.height - reader->next);
    REQUIRE(!reader->failed);
    errno = 0;
    bool read = reader->widens ? read_widened(reader, rows, stride, count, err)
                               : read_upright(reader, rows, stride, count, err);
    if (!read) {
        reader->failed = true;
        return fail(reader, err);
    }
    reader->next += count;
    return true;
}

Image *reader_load(const char *path, const ReadOptions *options, Err *err)
{
    Reader *reader = reader_open(path, options, err);
    if (!reader)
        return NULL;
    ImageInfo info = reader_info(reader);
    Image *image = image_new(info, err);
    if (!image)
        err_in(err, path);
    else if (reader_read(reader, image->data, image->stride, info.height, err))
        image->meta = meta_ref(reader_meta(reader));
    else
        image_unref(&image);
    reader_close(reader);
    return image;
}
