#include "pipe/export/export_hald.h"

#include <math.h>

#include "base/mem.h"

static ImageInfo info_of(const ExportForm *form)
{
    int side = form->level * form->level * form->level;
    return (ImageInfo){side, side, 3, form->depth};
}

static void round_pixels(const ExportPoints *points, int depth, uint8_t *pixels)
{
    uint16_t *wide = (uint16_t *)pixels;
    double white = depth == 16 ? 65535 : 255;
    for (size_t i = 0; i < points->count; i++)
        for (size_t c = 0; c < 3; c++) {
            double value = fmin(fmax(points->planes[c][i], 0), 1) * white;
            if (depth == 16)
                wide[3 * i + c] = (uint16_t)(value + 0.5);
            else
                pixels[3 * i + c] = (uint8_t)(value + 0.5);
        }
}

/* A slice of the lattice is `level` rows of the picture. */
static bool write_slices(Writer *writer, const ExportForm *form, ExportPoints *points,
                         Err *err)
{
    size_t stride = image_row_bytes(info_of(form));
    uint8_t *pixels = mem_alloc(stride * (size_t)form->level, err);
    bool good = pixels;
    for (int i = 0; good && i < points->slices; i++) {
        good = export_points_slice(points, i, err);
        if (good)
            round_pixels(points, form->depth, pixels);
        good = good && writer_write(writer, pixels, stride, form->level, err);
    }
    mem_free(pixels);
    return good;
}

Outfile *export_hald_write(const char *path, const ExportForm *form,
                           const SaveOptions *options, ExportPoints *points, Err *err)
{
    Writer *writer = writer_open(path, info_of(form), NULL, options, err);
    if (!writer)
        return NULL;
    if (write_slices(writer, form, points, err))
        return writer_finish(writer, err);
    writer_abort(writer);
    return NULL;
}
