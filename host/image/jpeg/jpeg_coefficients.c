#include "image/jpeg/jpeg_coefficients.h"

#include <string.h>

#include "image/disk_image.h"

enum { DEEP = 16 }; /* bits of a coefficient */

/* libjpeg declares it and leaves its content to the memory manager. */
struct jvirt_barray_control {
    Image *image;   /* borrowed */
    JBLOCKROW *row; /* each row's blocks */
    int from;       /* the row where a part begins that is touched now */
};

static JpegCoefficients *coefficients_of(j_common_ptr cinfo)
{
    return cinfo->client_data;
}

static Image *new_component(j_common_ptr cinfo, JDIMENSION blocks, JDIMENSION rows)
{
    Err err = {0};
    JpegCoefficients *all = coefficients_of(cinfo);
    ImageInfo info = {(int)blocks * DCTSIZE2, (int)rows, 1, DEEP};
    Image *image = all->count < MAX_COMPONENTS ? disk_image_new(info, &err) : NULL;
    if (!image)
        codec_error_throw(&((JpegErrors *)cinfo->err)->error, err.kind, "%s", err.text);
    all->components[all->count++] = image;
    return image;
}

/* A disk image begins with zeros, which `zeros` asks for. */
static jvirt_barray_ptr request(j_common_ptr cinfo, int pool, boolean zeros,
                                JDIMENSION blocks, JDIMENSION rows, JDIMENSION most)
{
    (void)zeros, (void)most;
    Image *image = new_component(cinfo, blocks, rows);
    jvirt_barray_ptr array =
        cinfo->mem->alloc_small(cinfo, pool, sizeof(struct jvirt_barray_control));
    *array = (struct jvirt_barray_control){.image = image};
    array->row = cinfo->mem->alloc_large(cinfo, pool, rows * sizeof(JBLOCKROW));
    for (JDIMENSION y = 0; y < rows; y++)
        array->row[y] = (JBLOCKROW)(void *)image_row(image, (int)y);
    return array;
}

/* Each scan goes through all rows in order: those behind are forgotten. */
static JBLOCKARRAY reach(j_common_ptr cinfo, jvirt_barray_ptr array, JDIMENSION first,
                         JDIMENSION count, boolean writable)
{
    (void)cinfo, (void)count, (void)writable;
    int y = (int)first, step = disk_image_rows(array->image, array->from);
    if (y < array->from || y >= array->from + step) {
        disk_image_forget(array->image, array->from, 2 * step);
        array->from = y;
    }
    return array->row + first;
}

void jpeg_coefficients_to_disk(j_decompress_ptr cinfo)
{
    cinfo->mem->request_virt_barray = request;
    cinfo->mem->access_virt_barray = reach;
}

void jpeg_coefficients_term(JpegCoefficients *coefficients)
{
    for (int i = 0; i < coefficients->count; i++)
        image_unref(&coefficients->components[i]);
    coefficients->count = 0;
}
