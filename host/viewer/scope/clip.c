#include "viewer/scope/clip.h"

#include <math.h>
#include <stdlib.h>

/* A threshold such as 0.02 × 255 = 5.1 lies between two samples. */
ClipLimits clip_limits(Clip clip, int depth)
{
    const double most = (1 << depth) - 1, tiny = 1e-9;
    return (ClipLimits){(unsigned)floor(clip.low * most + tiny),
                        (unsigned)ceil(clip.high * most - tiny)};
}

bool clip_read(const char *text, Clip *clip, Err *err)
{
    Clip read = {0, 1};
    char *end = NULL;
    bool fine = true;
    if (text) {
        read.low = strtod(text, &end);
        fine = end != text && *end == ',';
        const char *second = fine ? end + 1 : text;
        read.high = strtod(second, &end);
        fine = fine && end != second && *end == '\0';
    }
    if (!fine || !(0 <= read.low && read.low < read.high && read.high <= 1))
        return err_set(err, ERR_USAGE,
                       "%s: not two thresholds LOW,HIGH with 0 <= LOW < HIGH <= 1, "
                       "as in 0.02,0.98",
                       text);
    *clip = read;
    return true;
}
