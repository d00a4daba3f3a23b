#include "bench/bench_timing.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "kernels.h"

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_timing_median(double *times, int count, double *least)
{
    qsort(times, (size_t)count, sizeof *times, by_size);
    if (least)
        *least = times[0];
    return times[count / 2];
}

bool bench_timing_goes_on(int done, double begin)
{
    enum { LEAST = 3, LONG_MS = 5000 };
    return done < LEAST || (done < LONG_RUNS && thread_clock_ms() - begin < LONG_MS);
}

typedef void (*part_fn)(char *to, const char *from, size_t bytes);

typedef struct Copy {
    part_fn copy;
    char *to;
    const char *from;
    size_t bytes;
    int parts;
} Copy;

static void copy_part(void *arg, int index)
{
    const Copy *copy = arg;
    size_t parts = (size_t)copy->parts;
    size_t begin = copy->bytes * (size_t)index / parts;
    size_t end = copy->bytes * ((size_t)index + 1) / parts;
    copy->copy(copy->to + begin, copy->from + begin, end - begin);
}

static double copy_once(part_fn how, void *to, const void *from, size_t bytes,
                        Pool *pool)
{
    Copy copy = {how, to, from, bytes, pool_threads(pool)};
    double begin = thread_clock_ms();
    pool_for(pool, copy.parts, copy_part, &copy, NULL);
    return thread_clock_ms() - begin;
}

static void by_memcpy(char *to, const char *from, size_t bytes)
{
    memcpy(to, from, bytes);
}

double bench_timing_copy_once(void *to, const void *from, size_t bytes, Pool *pool)
{
    return copy_once(by_memcpy, to, from, bytes, pool);
}

static void by_streaming(char *to, const char *from, size_t bytes)
{
    kernels_at(cpu_level())->copy.stream(to, from, bytes);
}

double bench_timing_stream_once(void *to, const void *from, size_t bytes, Pool *pool)
{
    return copy_once(by_streaming, to, from, bytes, pool);
}

double bench_timing_copy(void *to, const void *from, size_t bytes, Pool *pool, int runs)
{
    double *times = mem_new((size_t)runs, sizeof *times);
    bench_timing_copy_once(to, from, bytes, pool);
    for (int i = 0; i < runs; i++)
        times[i] = bench_timing_copy_once(to, from, bytes, pool);
    double median = bench_timing_median(times, runs, NULL);
    mem_free(times);
    return median;
}
