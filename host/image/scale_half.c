#include "image/scale.h"

enum { BAND_ROWS = 32 };

typedef struct Job {
    const Image *source;
    Image *out;
} Job;

/* The mean of four samples or, with alpha, of four colours that count as much as they
 * are opaque. `channels` is a constant where these are inlined. */
#define DEFINE_HALVE(SAMPLE, TYPE, WIDE)                                               \
    static inline void mean_##SAMPLE(TYPE *out, const TYPE *const p[4], int channels)  \
    {                                                                                  \
        for (int c = 0; c < channels; c++)                                             \
            out[c] =                                                                   \
                (TYPE)(((uint32_t)p[0][c] + p[1][c] + p[2][c] + p[3][c] + 2) / 4);     \
    }                                                                                  \
    static inline void mean_alpha_##SAMPLE(TYPE *out, const TYPE *const p[4],          \
                                           int channels)                               \
    {                                                                                  \
        int a = channels - 1;                                                          \
        WIDE total = (WIDE)p[0][a] + p[1][a] + p[2][a] + p[3][a];                      \
        for (int c = 0; c < a; c++) {                                                  \
            WIDE sum = total / 2;                                                      \
            for (int i = 0; i < 4; i++)                                                \
                sum += (WIDE)p[i][c] * p[i][a];                                        \
            out[c] = (TYPE)(total ? sum / total : 0);                                  \
        }                                                                              \
        out[a] = (TYPE)((total + 2) / 4);                                              \
    }                                                                                  \
    static inline void row_##SAMPLE(TYPE *out, const TYPE *upper, const TYPE *lower,   \
                                    int width, int channels)                           \
    {                                                                                  \
        for (int x = 0; x < width; x += 2, out += channels) {                          \
            int left = x * channels;                                                   \
            int right = x + 1 < width ? left + channels : left;                        \
            const TYPE *const p[4] = {upper + left, upper + right, lower + left,       \
                                      lower + right};                                  \
            if (channels == 2 || channels == 4)                                        \
                mean_alpha_##SAMPLE(out, p, channels);                                 \
            else                                                                       \
                mean_##SAMPLE(out, p, channels);                                       \
        }                                                                              \
    }                                                                                  \
    static void halve_##SAMPLE(void *out, const void *upper, const void *lower,        \
                               ImageInfo info)                                         \
    {                                                                                  \
        if (info.channels == 1)                                                        \
            row_##SAMPLE(out, upper, lower, info.width, 1);                            \
        else if (info.channels == 2)                                                   \
            row_##SAMPLE(out, upper, lower, info.width, 2);                            \
        else if (info.channels == 3)                                                   \
            row_##SAMPLE(out, upper, lower, info.width, 3);                            \
        else                                                                           \
            row_##SAMPLE(out, upper, lower, info.width, 4);                            \
    }

DEFINE_HALVE(u8, uint8_t, uint32_t)
DEFINE_HALVE(u16, uint16_t, uint64_t)

static void halve_band(void *arg, int index)
{
    Job *job = arg;
    ImageInfo info = job->source->info;
    int y = index * BAND_ROWS, end = y + BAND_ROWS;
    for (; y < end && y < job->out->info.height; y++) {
        const void *upper = image_row(job->source, 2 * y);
        int below = 2 * y + 1 < info.height ? 2 * y + 1 : 2 * y;
        const void *lower = image_row(job->source, below);
        if (info.depth == 8)
            halve_u8(image_row(job->out, y), upper, lower, info);
        else
            halve_u16(image_row(job->out, y), upper, lower, info);
    }
}

Image *scale_half(const Image *source, Pool *pool, Cancel *cancel, Err *err)
{
    ImageInfo info = source->info;
    info.width = info.width / 2 + info.width % 2;
    info.height = info.height / 2 + info.height % 2;
    Image *out = image_new(info, err);
    if (!out)
        return NULL;
    Job job = {source, out};
    int bands = (info.height + BAND_ROWS - 1) / BAND_ROWS;
    if (!pool_for(pool, bands, halve_band, &job, cancel)) {
        err_set(err, ERR_CANCELLED, "scaling was cancelled");
        image_unref(&out);
    }
    return out;
}
