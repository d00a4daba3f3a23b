#include "python/image/py_pixels.h"

#include <string.h>

#include "python/errors/py_err.h"
#include "python/image/py_image.h"
#include "python/module/py_nogil.h"

/* The depth that a buffer's format means; 0: none of ours. */
static int depth_of(const Py_buffer *view)
{
    const char *format = view->format ? view->format : "B";
    if (*format == '@' || *format == '=' || *format == '<')
        format++;
    if (strcmp(format, "B") == 0)
        return 8;
    return strcmp(format, "H") == 0 && view->itemsize == 2 ? 16 : 0;
}

bool py_pixels_info(const Py_buffer *view, ImageInfo *info)
{
    ASSERT_GIL();
    int depth = depth_of(view);
    bool flat = view->ndim == 2;
    if (!depth || !(flat || view->ndim == 3)) {
        PyErr_Format(PyExc_ValueError,
                     "need uint8 or uint16 samples shaped (height, width) or "
                     "(height, width, channels), not %d dimensions of format %s",
                     view->ndim, view->format ? view->format : "B");
        return false;
    }
    Py_ssize_t height = view->shape[0], width = view->shape[1];
    Py_ssize_t channels = flat ? 1 : view->shape[2];
    bool fits = height > 0 && width > 0 && height <= 1 << 24 && width <= 1 << 24 &&
                channels >= 1 && channels <= 4;
    if (!fits) {
        PyErr_Format(
            PyExc_ValueError,
            "%zd x %zd pixels of %zd channels make no image: sizes start at 1, "
            "channels are 1 to 4",
            width, height, channels);
        return false;
    }
    *info = (ImageInfo){(int)width, (int)height, (int)channels, depth};
    return true;
}

static Py_ssize_t channel_stride(const Py_buffer *view)
{
    return view->ndim == 3 ? view->strides[2] : view->itemsize;
}

/* Do the samples of a row follow each other? */
static bool has_whole_rows(const Py_buffer *view, ImageInfo info)
{
    return channel_stride(view) == view->itemsize &&
           view->strides[1] == view->itemsize * info.channels;
}

/* One row of a buffer of any strides, sample by sample where they do not follow each
 * other. */
static void copy_row(uint8_t *to, const char *from, const Py_buffer *view,
                     ImageInfo info)
{
    Py_ssize_t sample = view->itemsize, pixel = view->strides[1];
    Py_ssize_t channel = channel_stride(view);
    if (has_whole_rows(view, info)) {
        memcpy(to, from, image_row_bytes(info));
        return;
    }
    for (int x = 0; x < info.width; x++)
        for (int c = 0; c < info.channels; c++, to += sample)
            memcpy(to, from + x * pixel + c * channel, (size_t)sample);
}

Image *py_pixels_copy(State *state, const Py_buffer *view, ImageInfo info)
{
    ASSERT_GIL();
    Err err;
    py_image_spare_drop(state);
    Image *image = image_new(info, &err);
    if (!image) {
        py_err_raise(state, &err);
        return NULL;
    }
    NoGil nogil = py_nogil_begin(state);
    for (int y = 0; y < info.height; y++)
        copy_row(image_row(image, y), (const char *)view->buf + y * view->strides[0],
                 view, info);
    py_nogil_end(&nogil);
    return image;
}

bool py_pixels_borrow(const Py_buffer *view, ImageInfo info, Image *image)
{
    ASSERT_GIL();
    bool rows = has_whole_rows(view, info) &&
                view->strides[0] >= (Py_ssize_t)image_row_bytes(info);
    bool aligned = ((uintptr_t)view->buf | (uintptr_t)view->strides[0]) %
                       (uintptr_t)view->itemsize ==
                   0;
    if (!rows || !aligned)
        return false;
    *image = (Image){
        .info = info, .stride = (size_t)view->strides[0], .data = view->buf, .refs = 1};
    return true;
}
