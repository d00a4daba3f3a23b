#include "image/orient.h"

#include <string.h>

#include "image/disk_image.h"

/* Stored columns and rows that are exchanged at a time: a few cache lines' worth. */
enum { COLUMNS = 16, ROWS = 64, PIXEL_MAX = 8 };

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

static void take_row(const Image *stored, int orientation, int from, uint8_t *row)
{
    memcpy(row, image_row(stored, from), image_row_bytes(stored->info));
    if (reverses_x(orientation))
        orient_mirror(row, stored->info);
}

/* Columns [x, end) of upright rows [y, y + count), and where the rows go. */
typedef struct Part {
    int x, end, y, count;
    uint8_t *rows;
    size_t stride;
} Part;

/* Upright columns are stored rows, of pixels of `size` bytes. */
static inline void copy_columns(const Image *stored, int orientation, const Part *part,
                                size_t size)
{
    int last_x = stored->info.width - 1, last_y = stored->info.height - 1;
    bool back_x = reverses_x(orientation), back_y = reverses_y(orientation);
    for (int x = part->x; x < part->end; x++) {
        const uint8_t *from = image_row(stored, back_y ? last_y - x : x);
        for (int i = 0; i < part->count; i++) {
            int column = back_x ? last_x - (part->y + i) : part->y + i;
            memcpy(part->rows + (size_t)i * part->stride + (size_t)x * size,
                   from + (size_t)column * size, size);
        }
    }
}

/* The sizes of most pictures, and of the screen, are constants: then a pixel's copy is
 * no call. */
static void take_columns(const Image *stored, int orientation, const Part *part)
{
    size_t size = pixel_bytes(stored->info);
    if (size == 3)
        copy_columns(stored, orientation, part, 3);
    else if (size == 4)
        copy_columns(stored, orientation, part, 4);
    else
        copy_columns(stored, orientation, part, size);
}

/* The stored rows that a part is of are gone through once, and forgotten. */
static void exchange(const Image *stored, int orientation, Part part)
{
    int count = part.count, most = COLUMNS, columns = part.end - part.x;
    for (int done = 0; done < count; done += most) {
        part.count = count - done < most ? count - done : most;
        take_columns(stored, orientation, &part);
        part.y += part.count;
        part.rows += (size_t)part.count * part.stride;
    }
    bool back = reverses_y(orientation);
    disk_image_forget(stored, back ? stored->info.height - part.end : part.x, columns);
}

void orient_rows(const Image *stored, int orientation, int y, int count, uint8_t *rows,
                 size_t stride)
{
    int columns = exchanges(orientation) ? stored->info.height : 0;
    for (int x = 0; x < columns; x += ROWS) {
        int end = x + ROWS < columns ? x + ROWS : columns;
        exchange(stored, orientation, (Part){x, end, y, count, rows, stride});
    }
    for (int i = 0; !columns && i < count; i++) {
        int from = reverses_y(orientation) ? stored->info.height - 1 - y - i : y + i;
        take_row(stored, orientation, from, rows + (size_t)i * stride);
        disk_image_forget(stored, from, 1);
    }
}
