#include "bench/bench_one_table.h"

#include <string.h>

#include "base/thread/thread.h"
#include "bench/bench_looks.h"
#include "bench/bench_picture.h"
#include "image/image.h"
#include "pipe/program/compile.h"
#include "pipe/program/run.h"

enum { WIDTH = 9600, MOST_ROWS = 4500 };
static const BenchLook ONE_TABLE = {"lut1d", "u8x3", 3, 8, 1, 1};

static Program *compile(Err *err)
{
    Plan *plan = bench_looks_plan(&ONE_TABLE, err);
    Program *program = plan ? compile_plan(plan, ONE_TABLE.channels, err) : NULL;
    plan_unref(&plan);
    return program;
}

/* The first run is not counted. */
static void time_runs(const Program *program, const Image *src, Image *dst, Pool *pool,
                      int runs, double *ms)
{
    for (int i = -1; i < runs; i++) {
        double begin = thread_clock_ms();
        run_image(program, src, dst, pool, NULL);
        if (i >= 0)
            ms[i] = thread_clock_ms() - begin;
    }
}

bool bench_one_table(uint64_t bytes, Pool *pool, int runs, double *ms, Err *err)
{
    uint64_t rows = bytes / (UINT64_C(3) * WIDTH) + 1;
    ImageInfo info = {WIDTH, rows < MOST_ROWS ? (int)rows : MOST_ROWS, 3, 8};
    Program *program = compile(err);
    Image *src = program ? image_new(info, err) : NULL;
    Image *dst = src ? image_new(info, err) : NULL;
    if (dst) {
        bench_picture_fill(src->data, src->stride, info, false);
        memset(dst->data, 0, image_memory(info));
        double part = (double)image_memory(info) / (double)bytes;
        time_runs(program, src, dst, pool, runs, ms);
        for (int i = 0; i < runs; i++)
            ms[i] /= part;
    }
    bool good = dst;
    image_unref(&dst);
    image_unref(&src);
    program_unref(&program);
    return good;
}
