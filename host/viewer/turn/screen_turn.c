#include "viewer/turn/screen_turn.h"

#include "base/mem.h"
#include "image/orient.h"

enum { STRIP = 64 }; /* rows */

/* The EXIF orientation whose undoing is so many quarters clockwise. */
static const int ORIENTATIONS[] = {1, 6, 3, 8};

typedef struct Turning {
    Image flat; /* the screen's pixels, not turned */
    int orientation;
    uint32_t *out;
} Turning;

void screen_scratch_term(ScreenScratch *scratch)
{
    mem_free(scratch->pixels);
    *scratch = (ScreenScratch){0};
}

static bool have_room(ScreenScratch *scratch, size_t count, Err *err)
{
    if (scratch->capacity >= count)
        return true;
    screen_scratch_term(scratch);
    scratch->pixels = mem_alloc(count * sizeof *scratch->pixels, err);
    scratch->capacity = scratch->pixels ? count : 0;
    return scratch->pixels;
}

static void turn_strip(void *arg, int index)
{
    const Turning *turning = arg;
    ImageInfo info = orient_info(turning->flat.info, turning->orientation);
    size_t stride = image_row_bytes(info);
    int y = index * STRIP;
    int count = info.height - y < STRIP ? info.height - y : STRIP;
    orient_rows(&turning->flat, turning->orientation, y, count,
                (uint8_t *)turning->out + (size_t)y * stride, stride);
}

static bool turn(const ScreenScratch *scratch, ImageInfo info, int quarters,
                 uint32_t *out, Pool *pool, Cancel *cancel)
{
    Turning turning = {.orientation = ORIENTATIONS[quarters], .out = out};
    turning.flat.info = (ImageInfo){info.width, info.height, 4, 8};
    turning.flat.stride = image_row_bytes(turning.flat.info);
    turning.flat.data = (uint8_t *)scratch->pixels;
    int rows = orient_info(info, turning.orientation).height;
    return pool_for(pool, (rows + STRIP - 1) / STRIP, turn_strip, &turning, cancel);
}

bool screen_turn_convert(const Image *image, const ScreenLook *look, int quarters,
                         ScreenScratch *scratch, uint32_t *out, Pool *pool,
                         Cancel *cancel, Err *err)
{
    ImageInfo info = image->info;
    if (quarters && !have_room(scratch, (size_t)info.width * (size_t)info.height, err))
        return false;
    uint32_t *flat = quarters ? scratch->pixels : out;
    bool fine = screen_pixels_convert(image, look, flat, pool, cancel) &&
                (!quarters || turn(scratch, info, quarters, out, pool, cancel));
    return fine || err_set(err, ERR_CANCELLED, "something newer is wanted");
}
