#include "bench/facts/decode_time.h"

#include "base/mem.h"
#include "base/thread/thread.h"
#include "bench/bench_timing.h"
#include "image/reader.h"

enum { MOST = 7, LEAST = 3, ROWS = 64 };
static const double LONG_MS = 5000;

static bool read_rows(Reader *reader, Err *err)
{
    ImageInfo info = reader_info(reader);
    info.height = ROWS;
    Image *rows = image_new(info, err);
    bool good = rows;
    for (int left = reader_info(reader).height; good && left > 0; left -= ROWS)
        good = reader_read(reader, rows->data, rows->stride, left < ROWS ? left : ROWS,
                           err);
    image_unref(&rows);
    return good;
}

static bool decode(const char *path, Err *err)
{
    ReadOptions options = {.max_pixels = UINT64_MAX};
    Reader *reader = reader_open(path, &options, err);
    bool good = reader && read_rows(reader, err);
    reader_close(reader);
    return good;
}

bool decode_time(const char *path, double *ms, Err *err)
{
    double times[MOST], all = 0;
    int runs = 0;
    while (runs < MOST && (runs < LEAST || all < LONG_MS)) {
        double begin = thread_clock_ms();
        if (!decode(path, err))
            return false;
        times[runs] = thread_clock_ms() - begin;
        all += times[runs++];
    }
    *ms = bench_timing_median(times, runs, NULL);
    return true;
}
