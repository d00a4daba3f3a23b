#include "pipe/cube/cube_hald.h"

#include "base/mem.h"
#include "image/codec/formats.h"
#include "image/reader.h"

enum { STRIP_BYTES = 1 << 18 };

/* -1: no level has such pictures. */
static int level_of(ImageInfo info)
{
    int64_t level = 2;
    while (level * level * level < info.width)
        level++;
    bool fits = level * level * level == info.width && info.width == info.height;
    return fits ? (int)level : -1;
}

static bool check_format(const Reader *reader, Err *err)
{
    const Format *format = reader_format(reader);
    if (format == &format_png || format == &format_tiff)
        return true;
    return err_set(err, ERR_FILE,
                   "is a picture of the format %s; a HaldCLUT is a PNG or TIFF file, "
                   "whose pixels are exact",
                   format->name);
}

static bool check_exact(const Reader *reader, Err *err)
{
    const char *reason = reader_inexact(reader);
    return !reason || err_set(err, ERR_FILE,
                              "%s, which changes values; save the HaldCLUT as RGB "
                              "without loss",
                              reason);
}

static bool check_size(ImageInfo info, Err *err)
{
    int level = level_of(info);
    if (level < 0)
        return err_set(err, ERR_FILE,
                       "%d x %d pixels are no HaldCLUT, which has L³ x L³: 64 x 64 at "
                       "level 4, 512 x 512 at level 8",
                       info.width, info.height);
    return level <= CUBE_HALD_MOST_LEVEL ||
           err_set(err, ERR_FILE, "is a HaldCLUT of level %d; %d is the highest", level,
                   CUBE_HALD_MOST_LEVEL);
}

static bool check_channels(ImageInfo info, Err *err)
{
    if (info.channels < 3)
        return err_set(err, ERR_FILE,
                       "is gray; a HaldCLUT has red, green and blue: save it as RGB");
    return !image_has_alpha(info) ||
           err_set(err, ERR_FILE,
                   "has an alpha channel; save the HaldCLUT without one");
}

static bool check_turn(const Reader *reader, Err *err)
{
    int orientation = reader_orientation(reader);
    return orientation == 1 ||
           err_set(
               err, ERR_FILE,
               "says that it must be turned (EXIF orientation %d), which a HaldCLUT "
               "must not: remove the tag",
               orientation);
}

static bool check_picture(const Reader *reader, const char *path, Err *err)
{
    ImageInfo info = reader_info(reader);
    return (check_format(reader, err) && check_size(info, err) &&
            check_channels(info, err) && check_exact(reader, err) &&
            check_turn(reader, err)) ||
           err_in(err, path);
}

static void normalise(double *values, const uint8_t *row, ImageInfo info)
{
    size_t n = 3 * (size_t)info.width;
    const uint16_t *wide = (const uint16_t *)(const void *)row;
    for (size_t i = 0; i < n; i++)
        values[i] = info.depth == 16 ? wide[i] / 65535.0 : row[i] / 255.0;
}

/* All rows, a strip at a time. */
static bool read_rows(Reader *reader, double *values, uint8_t *strip, int most,
                      Err *err)
{
    ImageInfo info = reader_info(reader);
    size_t stride = image_row_bytes(info);
    for (int y = 0, count; y < info.height; y += count) {
        count = info.height - y < most ? info.height - y : most;
        if (!reader_read(reader, strip, stride, count, err))
            return false;
        for (int i = 0; i < count; i++, values += 3 * (size_t)info.width)
            normalise(values, strip + (size_t)i * stride, info);
    }
    return true;
}

static Cube *read_lattice(Reader *reader, Err *err)
{
    ImageInfo info = reader_info(reader);
    int size = level_of(info) * level_of(info);
    size_t stride = image_row_bytes(info);
    int most = stride < STRIP_BYTES ? (int)(STRIP_BYTES / stride) : 1;
    double *values = cube_values_new(size, err);
    uint8_t *strip = values ? mem_alloc((size_t)most * stride, err) : NULL;
    bool good = strip && read_rows(reader, values, strip, most, err);
    mem_free(strip);
    if (good)
        return cube_take(values, size, (double[3]){0, 0, 0}, (double[3]){1, 1, 1});
    mem_free(values);
    return NULL;
}

Cube *cube_hald_read(FILE *file, const char *path, Cancel *cancel, Err *err)
{
    Reader *reader =
        reader_open(path, &(ReadOptions){.cancel = cancel, .file = file}, err);
    if (!reader)
        return NULL;
    Cube *cube = check_picture(reader, path, err) ? read_lattice(reader, err) : NULL;
    reader_close(reader);
    return cube;
}
