#include <string.h>

#include "python/modes/py_map.h"

enum { MOST_INTERRUPTS = 1 };

static void copy_rows(uint8_t *to, size_t to_stride, const uint8_t *from,
                      size_t from_stride, size_t bytes, int rows)
{
    for (int y = 0; y < rows; y++)
        memcpy(to + (size_t)y * to_stride, from + (size_t)y * from_stride, bytes);
}

static bool run_patiently(State *state, const Mapping *map, Err *err)
{
    for (int interrupts = 0;; interrupts++) {
        if (py_map_whole(state, map, err))
            return true;
        if (err->kind != ERR_CANCELLED || interrupts == MOST_INTERRUPTS)
            return false;
    }
}

/* Python works on copies, so it keeps no reference to the worker's memory. */
bool py_map_strip(State *state, Mode mode, const BatchStrip *strip, Err *err)
{
    ASSERT_GIL();
    ImageInfo in = strip->in;
    in.height = strip->rows;
    Image *src = image_new(in, err);
    Image *dst = src ? image_new(program_output(strip->program, in), err) : NULL;
    bool good = dst != NULL;
    if (good) {
        copy_rows(src->data, src->stride, strip->src, strip->src_stride,
                  image_row_bytes(in), in.height);
        Mapping map = {.mode = mode, .program = strip->program, .src = src, .dst = dst};
        good = run_patiently(state, &map, err);
    }
    if (good)
        copy_rows(strip->dst, strip->dst_stride, dst->data, dst->stride,
                  image_row_bytes(dst->info), in.height);
    image_unref(&dst);
    image_unref(&src);
    return good;
}
