#include "image/orient.h"

#include <string.h>

/* Upright rows taken from stored columns at a time: a cache line's worth. */
enum { COLUMNS = 16, PIXEL_MAX = 8 };

/* The directions in which an orientation reverses the stored image, before the
 * exchange. */
static bool reverses_x(int orientation)
{
    return orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
}

static bool reverses_y(int orientation)
{
    return orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
}

static bool exchanges(int orientation)
{
    return orientation >= 5;
}

ImageInfo orient_info(ImageInfo stored, int orientation)
{
    ImageInfo info = stored;
    if (exchanges(orientation)) {
        info.width = stored.height;
        info.height = stored.width;
    }
    return info;
}

static size_t pixel_bytes(ImageInfo info)
{
    return (size_t)info.channels * (size_t)info.depth / 8;
}

void orient_mirror(uint8_t *row, ImageInfo info)
{
    size_t size = pixel_bytes(info);
    uint8_t *left = row, *right = row + image_row_bytes(info) - size;
    for (; left < right; left += size, right -= size) {
        uint8_t pixel[PIXEL_MAX];
        memcpy(pixel, left, size);
        memcpy(left, right, size);
        memcpy(right, pixel, size);
    }
}

static void take_row(const Image *stored, int orientation, int y, uint8_t *row)
{
    int from = reverses_y(orientation) ? stored->info.height - 1 - y : y;
    memcpy(row, image_row(stored, from), image_row_bytes(stored->info));
    if (reverses_x(orientation))
        orient_mirror(row, stored->info);
}

/* Upright rows [y, y + count) are stored columns; go down the stored rows once. */
static void take_columns(const Image *stored, int orientation, int y, int count,
                         uint8_t *rows, size_t stride)
{
    size_t size = pixel_bytes(stored->info);
    int last_x = stored->info.width - 1, last_y = stored->info.height - 1;
    bool back_x = reverses_x(orientation), back_y = reverses_y(orientation);
    for (int x = 0; x <= last_y; x++) {
        const uint8_t *from = image_row(stored, back_y ? last_y - x : x);
        for (int i = 0; i < count; i++) {
            int column = back_x ? last_x - (y + i) : y + i;
            memcpy(rows + (size_t)i * stride + (size_t)x * size,
                   from + (size_t)column * size, size);
        }
    }
}

void orient_rows(const Image *stored, int orientation, int y, int count, uint8_t *rows,
                 size_t stride)
{
    int step = exchanges(orientation) ? COLUMNS : 1;
    for (int done = 0; done < count; done += step) {
        uint8_t *row = rows + (size_t)done * stride;
        int some = count - done < step ? count - done : step;
        if (exchanges(orientation))
            take_columns(stored, orientation, y + done, some, row, stride);
        else
            take_row(stored, orientation, y + done, row);
    }
}
