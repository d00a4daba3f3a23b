#include "viewer/picture/pyramid.h"

#include <math.h>

#include "pipe/convert/halve_image.h"

void pyramid_set(Pyramid *pyramid, Image *source)
{
    if (pyramid->count && pyramid->levels[0] == source)
        return;
    for (int i = 0; i < pyramid->count; i++)
        image_unref(&pyramid->levels[i]);
    pyramid->count = source ? 1 : 0;
    if (source)
        pyramid->levels[0] = image_ref(source);
}

/* Halve while at least one and a half times the view's pixels are left: the last
 * scaling step removes the frequencies that halving blurs or aliases. */
static int level_for(ScaleArea area, int out_width, int out_height)
{
    int level = 0;
    while (level + 1 < PYRAMID_LEVELS && area.width >= 3.0 * out_width &&
           area.height >= 3.0 * out_height) {
        area.width /= 2;
        area.height /= 2;
        level++;
    }
    return level;
}

static bool grow(Pyramid *pyramid, int level, Pool *pool, Cancel *cancel, Err *err)
{
    while (pyramid->count <= level) {
        Image *last = pyramid->levels[pyramid->count - 1];
        Image *half = halve_image(last, pool, cancel, err);
        if (!half)
            return false;
        pyramid->levels[pyramid->count++] = half;
    }
    return true;
}

/* `area` in the pixels of a level. The level's last column may stand for less than a
 * whole one: the division is exact, and fmin keeps a rounded size inside. */
static ScaleArea on_level(ScaleArea area, int level, ImageInfo info)
{
    double size = ldexp(1, level);
    ScaleArea scaled = {area.x / size, area.y / size, area.width / size,
                        area.height / size};
    scaled.width = fmin(scaled.width, info.width - scaled.x);
    scaled.height = fmin(scaled.height, info.height - scaled.y);
    return scaled;
}

Image *pyramid_view(Pyramid *pyramid, ScaleArea area, int out_width, int out_height,
                    Pool *pool, Cancel *cancel, Err *err)
{
    int level = level_for(area, out_width, out_height);
    if (!grow(pyramid, level, pool, cancel, err))
        return NULL;
    Image *image = pyramid->levels[level];
    return scale_area(image, on_level(area, level, image->info), out_width, out_height,
                      pool, cancel, err);
}
