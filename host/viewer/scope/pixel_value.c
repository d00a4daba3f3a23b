#include "viewer/scope/pixel_value.h"

#include <stdio.h>
#include <string.h>

#include "pipe/program/run.h"

/* A pixel of either depth. */
typedef union Pixel {
    uint8_t shallow[8];
    uint16_t deep[4];
} Pixel;

static unsigned sample(const Pixel *pixel, int depth, int index)
{
    return depth == 8 ? pixel->shallow[index] : pixel->deep[index];
}

static size_t put(char *text, size_t used, const char *before, unsigned value)
{
    int n = snprintf(text + used, PIXEL_VALUE_TEXT - used, "%s%u", before, value);
    return used + (size_t)n;
}

/* The longest text, of two 16-bit pixels with alpha at six-digit places, has 69 bytes.
 */
static size_t put_pixel(char *text, size_t used, const Pixel *pixel, ImageInfo info)
{
    bool alpha = image_has_alpha(info);
    int colors = info.channels - alpha;
    for (int c = 0; c < colors; c++)
        used = put(text, used, c ? " " : "", sample(pixel, info.depth, c));
    return alpha ? put(text, used, " / ", sample(pixel, info.depth, colors)) : used;
}

void pixel_value_text(ImageInfo info, int x, int y, const uint8_t *pixel,
                      const Program *program, char text[PIXEL_VALUE_TEXT])
{
    info.width = info.height = 1;
    size_t bytes = image_row_bytes(info);
    Pixel in = {0}, out = {0};
    memcpy(&in, pixel, bytes);
    size_t used = (size_t)snprintf(text, PIXEL_VALUE_TEXT, "%d, %d: ", x, y);
    used = put_pixel(text, used, &in, info);
    if (!program)
        return;
    run_rows(program, info, in.shallow, bytes, out.shallow, sizeof out, 1);
    used += (size_t)snprintf(text + used, PIXEL_VALUE_TEXT - used, " → ");
    put_pixel(text, used, &out, program_output(program, info));
}
