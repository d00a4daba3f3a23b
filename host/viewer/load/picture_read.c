#include "viewer/load/picture_read.h"

#include "image/reader.h"
#include "viewer/load/picture_store.h"

static Pyramid *read_bands(const char *path, const PictureReading *how, bool disk,
                           Pyramid *spare, Reader *reader, Err *err)
{
    BandReading bands = how->bands;
    bands.disk = disk;
    bands.spare = spare;
    if (!disk && !how->optional)
        bands.done = NULL;
    return picture_bands_read(reader, path, &bands, err);
}

static Pyramid *read_alone(const char *path, const PictureReading *how, Err *err)
{
    Err other;
    Reader *reader = reader_open(path, how->options, &other);
    bool fits = reader && picture_store_bytes(reader_info(reader)) <= how->bands.memory;
    Pyramid *pyramid = fits ? read_bands(path, how, false, NULL, reader, &other) : NULL;
    reader_close(reader);
    if (fits && !pyramid)
        *err = other;
    return pyramid;
}

Pyramid *picture_read(const char *path, const PictureReading *how, Err *err)
{
    Reader *reader = reader_open(path, how->options, err);
    if (!reader)
        return NULL;
    Pyramid *pyramid = NULL, *spare = NULL;
    bool fits = how->fits(how->bands.context, reader_info(reader), &spare);
    if (fits || !how->optional)
        pyramid = read_bands(path, how, !fits, spare, reader, err);
    else
        err_set(err, ERR_MEMORY, "%s: there is no room beside the others", path);
    pyramid_unref(&spare);
    reader_close(reader);
    bool again = !pyramid && !fits && !how->optional && err->kind != ERR_CANCELLED;
    return again ? read_alone(path, how, err) : pyramid;
}
