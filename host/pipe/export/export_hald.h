/* export_hald — a table as a HaldCLUT picture.
 *
 * As cube_hald.h reads it. Values are clamped to 0 to 1 and rounded.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPORT_EXPORT_HALD_H
#define LUTIST_PIPE_EXPORT_EXPORT_HALD_H

#include "image/writer.h"
#include "pipe/export/export_form.h"
#include "pipe/export/export_points.h"

/* All slices of `points`. NULL: *err; as writer_open. */
Outfile *export_hald_write(const char *path, const ExportForm *form,
                           const SaveOptions *options, ExportPoints *points, Err *err);
#endif
