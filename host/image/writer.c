#include "image/writer.h"

#include <errno.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "image/codec/formats.h"
#include "image/meta/icc_header.h"
#include "image/narrow.h"
#include "image/profile/profile.h"

struct Writer {
    /* immutable after open */
    const Format *format;
    char *path;
    ImageInfo info;      /* of the rows that come */
    ImageInfo stored;    /* of the rows in the file */
    Meta *meta;          /* NULL: none */
    SaveOptions options; /* with notes */
    /* owner thread only */
    Outfile *out;  /* NULL: the file is the caller's */
    FILE *file;    /* borrowed; NULL until it is open */
    void *encoder; /* the format's */
    uint8_t *row;  /* one stored row; NULL where rows go in as they come */
    int next;      /* row */
    Notes notes;   /* for the log, if the caller passed none */
};

/* The stream knows the system's reason (a full disk) better than the codec. */
static bool fail(const Writer *w, Err *err)
{
    err_starved(err, errno);
    if (w->file && ferror(w->file))
        err_set_errno(err, ERR_FILE, errno ? errno : EIO, "%s", "");
    return err_in(err, w->path);
}

/* `name` as in SaveOptions; NULL: not known. */
static const Format *choose_format(const char *path, const char *name)
{
    return name ? format_by_name(name) : format_by_path(path);
}

static bool find_format(Writer *w, const char *name, Err *err)
{
    char written[64];
    w->format = choose_format(w->path, name);
    if (w->format && w->format->encode)
        return true;
    const char *wanted = name ? name : path_ext(w->path);
    if (!*wanted)
        return err_set(err, ERR_USAGE,
                       "no extension that says which format to write (jpg, png, tif)");
    format_written(written, sizeof written, "and");
    if (w->format)
        return err_set(err, ERR_USAGE, "%s is only read; lutist writes %s",
                       w->format->name, written);
    return err_set(err, ERR_USAGE, "unknown image format %s; lutist writes %s", wanted,
                   written);
}

/* Only a JPEG file has another's quality. */
static void settle_quality(Writer *w)
{
    if (w->options.quality == QUALITY_KEEP && w->format != &format_jpeg)
        w->options.quality = 0;
}

static bool check_lossless(const Writer *w, Err *err)
{
    return !w->options.lossless || w->format != &format_jpeg ||
           err_set(err, ERR_USAGE,
                   "a JPEG file always loses something; without loss write PNG, TIFF, "
                   "WebP or JPEG XL");
}

uint64_t writer_memory(const char *path, ImageInfo info, const SaveOptions *options)
{
    const Format *format = choose_format(path, options->format);
    bool whole = format && format->encode && format->encode->held;
    return whole ? format->encode->held(info, options) : 0;
}

static bool is_same(ImageInfo a, ImageInfo b)
{
    return a.channels == b.channels && a.depth == b.depth;
}

static bool open_path(Writer *w, Err *err)
{
    const SaveOptions *options = &w->options;
    OutfileRules rules = {
        .folder = options->folder,
        .overwrite = options->overwrite,
        .guard = options->guard,
        .context = options->context,
        .temps = options->temps,
    };
    if (w->meta)
        rules.source = w->meta->access;
    w->out = outfile_open(w->path, &rules, err);
    w->file = w->out ? outfile_file(w->out) : NULL;
    return w->out != NULL;
}

static bool copy_meta(Writer *w, const Meta *meta, Err *err)
{
    if (!meta)
        return true;
    w->meta =
        meta_for_output(meta, w->info.width, w->info.height, w->options.cancel, err);
    if (w->meta && meta->geo.size && !w->meta->geo.size && w->format == &format_tiff &&
        !w->options.strip)
        notes_add(w->options.notes, "its place on the earth (GeoTIFF) is left out: the "
                                    "result is turned or of another size");
    return w->meta;
}

/* A damaged profile is kept as it is, because what it was may be known elsewhere. Only
 * for one that looks damaged is Little CMS asked. */
static void tell_of_damage(const Writer *w)
{
    Err why;
    if (!icc_header_is_odd(&w->meta->icc))
        return;
    Profile *profile = profile_open(&w->meta->icc, &why);
    if (!profile)
        notes_add(w->options.notes,
                  "its ICC profile is kept, but no conversion can use it: %s",
                  why.text);
    profile_unref(&profile);
}

/* A profile of other rows than these is left out: it would give wrong colours. */
static void check_profile(Writer *w)
{
    const char *kind = w->meta ? meta_icc_misfit(w->meta, w->stored.channels) : NULL;
    if (w->meta && w->meta->icc.size && !kind)
        tell_of_damage(w);
    if (!kind)
        return;
    notes_add(w->options.notes,
              "its ICC profile is left out: it is %s, and the result is %s", kind,
              w->stored.channels <= 2 ? "gray" : "RGB");
    meta_drop(&w->meta->icc);
}

/* Only PNG has chunks that declare a colour space; other files get a profile of it, and
 * so does one without the EXIF block that declared it. */
static bool declare_space(Writer *w, Err *err)
{
    Err why = {0};
    DeclaredSpace space = declared_space(w->meta);
    bool by_chunk = space.by == DECLARED_CICP || space.by == DECLARED_GAMMA;
    bool by_exif = space.by == DECLARED_EXIF && w->options.strip;
    if (!by_exif && (!by_chunk || w->format == &format_png))
        return true;
    Profile *profile = profile_declared(&space, &why);
    if (profile && w->stored.channels <= 2) {
        Profile *color = profile;
        profile = profile_gray(color, &why);
        profile_unref(&color);
    }
    const Block *icc = profile ? profile_icc(profile) : NULL;
    bool set = icc && meta_set(&w->meta->icc, icc->data, icc->size, &why);
    profile_unref(&profile);
    if (why.kind == ERR_MEMORY)
        return err_set(err, why.kind, "%s", why.text);
    if (!set)
        notes_add(w->options.notes, "its colour space (%s) is not kept: %s",
                  declared_by(&space), why.text);
    return true;
}

/* Its samples mean other colours to whoever takes them for sRGB. */
static void tell_of_colors(const Writer *w)
{
    Err why = {0};
    Profile *profile = profile_of_picture(w->meta, &why);
    if (profile && !strstr(profile_name(profile), "sRGB"))
        notes_add(w->options.notes,
                  "what tells its colours (%s) is left out: they will look otherwise; "
                  "--convert srgb keeps them",
                  profile_name(profile));
    profile_unref(&profile);
}

/* PNG alone can say so; everywhere else the picture will look flat. */
static void tell_of_hdr(const Writer *w)
{
    const char *hdr = declared_hdr(w->meta);
    bool kept = w->format == &format_png && w->options.strip != STRIP_ALL;
    if (hdr && !kept)
        notes_add(w->options.notes,
                  "that it is HDR (%s) is not kept: it will look flat; PNG can tell it",
                  hdr);
}

static void strip(Writer *w)
{
    if (w->options.strip == STRIP_ALL) {
        tell_of_colors(w);
        meta_strip_colors(w->meta);
    }
    meta_strip(w->meta);
}

static bool start(Writer *w, FILE *file, const Meta *meta, Err *err)
{
    if (!find_format(w, w->options.format, err) || !check_lossless(w, err) ||
        !copy_meta(w, meta, err))
        return false;
    settle_quality(w);
    const EncoderCalls *encode = w->format->encode;
    w->stored = encode->storable ? encode->storable(w->info) : w->info;
    if (w->options.pack.depth == 8)
        w->stored.depth = 8;
    check_profile(w);
    if (!declare_space(w, err))
        return false;
    tell_of_hdr(w);
    if (w->meta && w->options.strip)
        strip(w);
    if (!is_same(w->stored, w->info)) {
        w->row = mem_alloc(image_row_bytes(w->stored), err);
        if (!w->row)
            return false;
    }
    w->file = file;
    if (!file && !open_path(w, err))
        return false;
    w->encoder =
        format_create(w->format, w->file, &w->stored, w->meta, &w->options, err);
    return w->encoder != NULL;
}

Writer *writer_open(const char *path, ImageInfo info, const Meta *meta,
                    const SaveOptions *options, Err *err)
{
    return writer_open_file(NULL, path, info, meta, options, err);
}

Writer *writer_open_file(FILE *file, const char *name, ImageInfo info, const Meta *meta,
                         const SaveOptions *options, Err *err)
{
    Writer *w = mem_new(1, sizeof *w);
    w->path = mem_dup(name);
    w->info = info;
    w->options = options ? *options : (SaveOptions){0};
    if (!w->options.notes)
        w->options.notes = &w->notes;
    errno = 0;
    if (start(w, file, meta, err))
        return w;
    fail(w, err);
    writer_abort(w);
    return NULL;
}

static bool write_narrowed(Writer *w, const uint8_t *rows, size_t stride, int count,
                           Err *err)
{
    for (int i = 0; i < count; i++) {
        narrow_row(w->row, w->stored, rows + (size_t)i * stride, w->info);
        if (!w->format->encode->write(w->encoder, w->row, 0, 1, err))
            return false;
    }
    return true;
}

bool writer_write(Writer *writer, const uint8_t *rows, size_t stride, int count,
                  Err *err)
{
    REQUIRE(count >= 0 && count <= writer->info.height - writer->next);
    errno = 0;
    bool done = writer->row ? write_narrowed(writer, rows, stride, count, err)
                            : writer->format->encode->write(writer->encoder, rows,
                                                            stride, count, err);
    if (!done)
        return fail(writer, err);
    writer->next += count;
    return true;
}

static void release(Writer *w)
{
    if (w->format)
        format_discard(w->format, w->encoder);
    notes_log(&w->notes, w->path);
    meta_unref(&w->meta);
    mem_free(w->row);
    mem_free(w->path);
    mem_free(w);
}

/* False: the writer is gone. */
static bool finish(Writer *writer, Err *err)
{
    REQUIRE(writer->next == writer->info.height);
    errno = 0;
    if (writer->format->encode->finish(writer->encoder, err))
        return true;
    fail(writer, err);
    writer_abort(writer);
    return false;
}

bool writer_end(Writer *writer, Err *err)
{
    if (!finish(writer, err))
        return false;
    bool good = fflush(writer->file) == 0 || fail(writer, err);
    release(writer);
    return good;
}

Outfile *writer_finish(Writer *writer, Err *err)
{
    if (!finish(writer, err))
        return NULL;
    Outfile *out = writer->out;
    if (!outfile_flush(out, err)) {
        outfile_abort(out);
        out = NULL;
    }
    release(writer);
    return out;
}

void writer_abort(Writer *writer)
{
    if (!writer)
        return;
    outfile_abort(writer->out);
    release(writer);
}

bool writer_save(const Image *image, const char *path, const SaveOptions *options,
                 Err *err)
{
    Writer *writer = writer_open(path, image->info, image->meta, options, err);
    if (!writer)
        return false;
    if (!writer_write(writer, image->data, image->stride, image->info.height, err)) {
        writer_abort(writer);
        return false;
    }
    Outfile *out = writer_finish(writer, err);
    return out && outfile_save(out, err);
}
