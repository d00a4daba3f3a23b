#include "viewer/load/picture_read.h"

#include "image/reader.h"
#include "viewer/load/picture_store.h"

static Pyramid *read_in_memory(Reader *reader, const char *path, const DiskReading *how,
                               Err *err)
{
    Pyramid *pyramid = NULL;
    ImageInfo info = reader_info(reader);
    Image *image = image_new(info, err);
    if (!image)
        err_in(err, path);
    else if (reader_read(reader, image->data, image->stride, info.height, err)) {
        image->meta = meta_ref(reader_meta(reader));
        pyramid = pyramid_new(image);
    }
    image_unref(&image);
    if (pyramid && !pyramid_build(pyramid, how->pool, how->cancel, err))
        pyramid_unref(&pyramid);
    return pyramid;
}

Pyramid *picture_read(const char *path, const ReadOptions *options,
                      const DiskReading *how, Err *err)
{
    Reader *reader = reader_open(path, options, err);
    Pyramid *pyramid = NULL;
    if (reader && picture_store_bytes(reader_info(reader)) > how->memory)
        pyramid = disk_picture_read(reader, path, how, err);
    else if (reader)
        pyramid = read_in_memory(reader, path, how, err);
    reader_close(reader);
    return pyramid;
}
