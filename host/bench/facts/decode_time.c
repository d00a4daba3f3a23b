#include "bench/facts/decode_time.h"

#include "base/mem.h"
#include "base/thread/thread.h"
#include "image/reader.h"

enum { ROWS = 64 };

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

bool decode_time(const char *path, double ms[LONG_RUNS], int *count, Err *err)
{
    double first = thread_clock_ms();
    for (*count = 0; bench_timing_goes_on(*count, first); ++*count) {
        double begin = thread_clock_ms();
        if (!decode(path, err))
            return false;
        ms[*count] = thread_clock_ms() - begin;
    }
    return true;
}
