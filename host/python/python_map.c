#include "python/python_map.h"

#include <string.h>

#include "python/modes/py_map.h"
#include "python/module/py_err.h"

enum { MOST_INTERRUPTS = 1 };

static bool stopped(Err *err)
{
    return err_set(err, ERR_CANCELLED, "stopped");
}

bool python_map_run(const Mapping *map, Err *err)
{
    ASSERT_NO_GIL();
    bool done = false;
    PyGILState_STATE gil = PyGILState_Ensure();
    State *state = py_state();
    bool good = state && py_map_run(state, map, &done);
    if (!good)
        py_err_fetch(err);
    PyGILState_Release(gil);
    return good && (done || stopped(err));
}

bool python_map_has_mode(Mode mode, Err *err)
{
    ASSERT_NO_GIL();
    PyGILState_STATE gil = PyGILState_Ensure();
    bool found = py_map_has_mode(mode);
    if (!found)
        py_err_fetch(err);
    PyGILState_Release(gil);
    return found;
}

static void copy_rows(uint8_t *to, size_t to_stride, const uint8_t *from,
                      size_t from_stride, size_t bytes, int rows)
{
    for (int y = 0; y < rows; y++)
        memcpy(to + (size_t)y * to_stride, from + (size_t)y * from_stride, bytes);
}

static bool run_patiently(const Mapping *map, Err *err)
{
    for (int interrupts = 0;; interrupts++) {
        if (python_map_run(map, err))
            return true;
        if (err->kind != ERR_CANCELLED || interrupts == MOST_INTERRUPTS)
            return false;
    }
}

/* Python works on copies, so it keeps no reference to the worker's memory. */
bool python_map_strip(Mode mode, const BatchStrip *strip, Err *err)
{
    ImageInfo in = strip->in;
    in.height = strip->rows;
    Image *src = image_new(in, err);
    Image *dst = src ? image_new(program_output(strip->program, in), err) : NULL;
    bool good = dst != NULL;
    if (good) {
        copy_rows(src->data, src->stride, strip->src, strip->src_stride,
                  image_row_bytes(in), in.height);
        Mapping map = {.mode = mode, .program = strip->program, .src = src, .dst = dst};
        good = run_patiently(&map, err);
    }
    if (good)
        copy_rows(strip->dst, strip->dst_stride, dst->data, dst->stride,
                  image_row_bytes(dst->info), in.height);
    image_unref(&dst);
    image_unref(&src);
    return good;
}
