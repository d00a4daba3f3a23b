#include "image/image.h"

#include <string.h>

#include "base/mem.h"

enum { ROW_ALIGNMENT = 64 };

size_t image_row_bytes(ImageInfo info)
{
    return (size_t)info.width * (size_t)info.channels * (size_t)(info.depth / 8);
}

static void require_valid(ImageInfo info)
{
    REQUIRE(info.width >= 1 && info.height >= 1);
    REQUIRE(info.channels >= 1 && info.channels <= 4);
    REQUIRE(info.depth == 8 || info.depth == 16);
}

Image *image_new(ImageInfo info, Err *err)
{
    require_valid(info);
    size_t stride = image_row_bytes(info);
    stride = (stride + ROW_ALIGNMENT - 1) / ROW_ALIGNMENT * ROW_ALIGNMENT;
    size_t size;
    if (__builtin_mul_overflow(stride, (size_t)info.height, &size))
        size = SIZE_MAX;
    uint8_t *data = mem_alloc(size, err);
    if (!data)
        return NULL;
    Image *image = mem_new(1, sizeof *image);
    image->info = info;
    image->stride = stride;
    image->data = data;
    atomic_init(&image->refs, 1);
    return image;
}

Image *image_reuse(Image **spare, ImageInfo info, Err *err)
{
    Image *image = *spare;
    *spare = NULL;
    REQUIRE(!image || !image_is_shared(image));
    if (!image || memcmp(&image->info, &info, sizeof info) != 0) {
        image_unref(&image);
        return image_new(info, err);
    }
    meta_unref(&image->meta);
    return image;
}

bool image_is_shared(const Image *image)
{
    return atomic_load_explicit(&image->refs, memory_order_acquire) > 1;
}

Image *image_ref(Image *image)
{
    atomic_fetch_add_explicit(&image->refs, 1, memory_order_relaxed);
    return image;
}

void image_unref(Image **image)
{
    Image *old = *image;
    *image = NULL;
    if (!old || atomic_fetch_sub_explicit(&old->refs, 1, memory_order_acq_rel) > 1)
        return;
    meta_unref(&old->meta);
    mem_free(old->data);
    mem_free(old);
}

uint8_t *image_row(const Image *image, int y)
{
    return image->data + (size_t)y * image->stride;
}
