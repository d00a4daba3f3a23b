#include "pipe/resize/depth.h"

#include "kernels.h"

enum { BAND_ROWS = 32 };

typedef struct Job {
    const Image *source;
    Image *out;
    const ConvertDepthKernels *kernels;
} Job;

static void convert_band(void *arg, int index)
{
    const Job *job = arg;
    ImageInfo info = job->source->info;
    size_t samples = (size_t)info.width * (size_t)info.channels;
    int end =
        (index + 1) * BAND_ROWS < info.height ? (index + 1) * BAND_ROWS : info.height;
    for (int y = index * BAND_ROWS; y < end; y++) {
        void *from = image_row(job->source, y), *to = image_row(job->out, y);
        if (info.depth == 16)
            job->kernels->narrow(to, from, samples);
        else
            job->kernels->widen(to, from, samples);
    }
}

Image *depth_convert(Image *source, int depth, Pool *pool, Err *err)
{
    ImageInfo info = source->info;
    if (info.depth == depth)
        return image_ref(source);
    info.depth = depth;
    Image *out = image_new(info, err);
    if (!out)
        return NULL;
    out->meta = meta_ref(source->meta);
    Job job = {source, out, &kernels_at(cpu_level())->convert_depth};
    pool_for(pool, (info.height + BAND_ROWS - 1) / BAND_ROWS, convert_band, &job, NULL);
    return out;
}
