/* export_form — which file a look is exported to: its format and its number of points.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPORT_EXPORT_FORM_H
#define LUTIST_PIPE_EXPORT_EXPORT_FORM_H

#include <stdbool.h>

#include "base/err.h"

/* As a user asks for it. Zeros are the defaults. */
typedef struct ExportWish {
    /* "cube", "cube1d", "cube3d"; for a Hald picture "png" and "tiff", of 16 bits,
     * "png8" and "tiff8"; NULL: by the path's extension. Of "cube" the look decides. */
    const char *format;
    int size; /* points a side; of a 1D table: points; of a Hald picture: its level */
} ExportWish;

typedef enum ExportKind { EXPORT_CUBE_1D, EXPORT_CUBE_3D, EXPORT_HALD } ExportKind;

typedef struct ExportForm {
    ExportKind kind;
    int points;        /* of a 1D table, else a side */
    int level, depth;  /* of a Hald picture; else 0 */
    const char *image; /* its format, "png" or "tiff"; else NULL */
} ExportForm;

/* The form that `wish` asks for at `path`. `tones`: the look treats each channel by
 * itself. Fails: ERR_USAGE. */
bool export_form_find(ExportForm *form, const char *path, const ExportWish *wish,
                      bool tones, Err *err);
/* Is there a look that has one? Fails: ERR_USAGE. */
bool export_form_check(const char *path, const ExportWish *wish, Err *err);

#endif
