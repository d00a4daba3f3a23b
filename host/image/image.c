#include "image/image.h"

#include <string.h>
#include <sys/mman.h>

#include "base/mem.h"

enum {
    ROW_ALIGNMENT = 64,
    LARGE = 64 << 20, /* bytes: malloc gives such a block pages of its own */
    STEP = 16 << 20,
};

size_t image_row_bytes(ImageInfo info)
{
    return (size_t)info.width * (size_t)info.channels * (size_t)(info.depth / 8);
}

static size_t stride_of(ImageInfo info)
{
    size_t bytes = image_row_bytes(info);
    return (bytes + ROW_ALIGNMENT - 1) / ROW_ALIGNMENT * ROW_ALIGNMENT;
}

static void require_valid(ImageInfo info)
{
    REQUIRE(info.width >= 1 && info.height >= 1);
    REQUIRE(info.channels >= 1 && info.channels <= 4);
    REQUIRE(info.depth == 8 || info.depth == 16);
}

size_t image_memory(ImageInfo info)
{
    size_t size;
    if (__builtin_mul_overflow(stride_of(info), (size_t)info.height, &size))
        size = SIZE_MAX;
    return size;
}

Image *image_new(ImageInfo info, Err *err)
{
    require_valid(info);
    return image_new_at(info, mem_alloc(image_memory(info), err), 0);
}

Image *image_new_at(ImageInfo info, uint8_t *data, size_t mapped)
{
    if (!data)
        return NULL;
    Image *image = mem_new(1, sizeof *image);
    image->info = info;
    image->stride = stride_of(info);
    image->data = data;
    image->mapped = mapped;
    atomic_init(&image->refs, 1);
    return image;
}

Image *image_reuse(Image **spare, ImageInfo info, Err *err)
{
    Image *image = *spare;
    *spare = NULL;
    REQUIRE(!image || !image_is_shared(image));
    if (!image || image->mapped || memcmp(&image->info, &info, sizeof info) != 0) {
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

/* Give the pages of a large image back in steps. While one call gives back gigabytes of
 * small pages no other thread can map memory, and a window would stand still. */
static void give_back(const Image *image)
{
    size_t size = image_memory(image->info);
    size_t end = size < LARGE ? 0 : size / STEP * STEP;
    for (size_t at = 0; at < end; at += STEP)
        madvise(image->data + at, STEP, MADV_DONTNEED);
}

void image_unref(Image **image)
{
    Image *old = *image;
    *image = NULL;
    if (!old || atomic_fetch_sub_explicit(&old->refs, 1, memory_order_acq_rel) > 1)
        return;
    meta_unref(&old->meta);
    give_back(old);
    if (old->mapped)
        munmap(old->data, old->mapped);
    else
        mem_free(old->data);
    mem_free(old);
}

uint8_t *image_row(const Image *image, int y)
{
    return image->data + (size_t)y * image->stride;
}

bool image_same_rows(const Image *a, const Image *b, int rows)
{
    ImageInfo i = a->info, k = b->info;
    if (i.width != k.width || i.channels != k.channels || i.depth != k.depth)
        return false;
    for (int y = 0; a->data != b->data && y < rows; y++)
        if (memcmp(image_row(a, y), image_row(b, y), image_row_bytes(i)) != 0)
            return false;
    return true;
}

bool image_same(const Image *a, const Image *b)
{
    return a->info.height == b->info.height && image_same_rows(a, b, a->info.height);
}
