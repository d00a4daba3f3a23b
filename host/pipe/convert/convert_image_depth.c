#include "pipe/convert/convert_image_depth.h"

#include "kernels.h"

enum { BAND_ROWS = 32 };

typedef struct Bands {
    const Image *source;
    Image *out;
    const ConvertDepthKernels *kernels;
} Bands;

static void convert_band(void *arg, int index)
{
    const Bands *bands = arg;
    ImageInfo info = bands->source->info;
    size_t samples = (size_t)info.width * (size_t)info.channels;
    int end =
        (index + 1) * BAND_ROWS < info.height ? (index + 1) * BAND_ROWS : info.height;
    for (int y = index * BAND_ROWS; y < end; y++) {
        void *from = image_row(bands->source, y), *to = image_row(bands->out, y);
        if (info.depth == 16)
            bands->kernels->narrow(to, from, samples);
        else
            bands->kernels->widen(to, from, samples);
    }
}

void convert_samples_to_u8(uint8_t *out, const uint16_t *samples, size_t n)
{
    kernels_at(cpu_level())->convert_depth.narrow(out, samples, n);
}

Image *convert_image_depth(Image *source, int depth, Pool *pool, Err *err)
{
    ImageInfo info = source->info;
    if (info.depth == depth)
        return image_ref(source);
    info.depth = depth;
    Image *out = image_new(info, err);
    if (!out)
        return NULL;
    out->meta = meta_ref(source->meta);
    Bands bands = {source, out, &kernels_at(cpu_level())->convert_depth};
    pool_for(pool, (info.height + BAND_ROWS - 1) / BAND_ROWS, convert_band, &bands,
             NULL);
    return out;
}
