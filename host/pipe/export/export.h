/* export — a look as a file for other programs: a .cube table, or a HaldCLUT picture.
 *
 * The room host/pipe/export: the whole work (here), the form of the file (export_form),
 * the picture (export_hald), the comparison with the look (export_error, at the colours
 * of export_colors).
 *
 * A look of tones alone becomes a one-dimensional table, any other a lattice. A .cube
 * file keeps values outside 0 to 1; a Hald picture clamps them. The file is read back
 * before it gets its name, and interpolated as its format says (straight lines,
 * tetrahedra): the report tells how far that is from the look.
 * Threads: one at a time for an Export; prepared on one thread, it may be written on
 *          another.
 * Python:  unaware; the plans come from a callback.
 */
#ifndef LUTIST_PIPE_EXPORT_EXPORT_H
#define LUTIST_PIPE_EXPORT_EXPORT_H

#include "base/file/outfile.h"
#include "base/thread/cancel.h"
#include "base/thread/pool.h"
#include "pipe/export/export_form.h"
#include "pipe/param.h"
#include "pipe/plan/plan.h"

/* How the file is written. Borrowed. */
typedef struct ExportPlace {
    Folder *folder;         /* that contains the path; NULL: the path is opened */
    bool overwrite;         /* replace an existing file */
    outfile_guard_fn guard; /* asked before a file is replaced; may be NULL */
    void *context;          /* the guard's */
    TempList *temps;        /* as in OutfileRules */
    Pool *pool;             /* may be NULL, as the cancel */
    Cancel *cancel;
} ExportPlace;

/* The look: what the file's comments say of it, and its plans. */
typedef struct ExportLook {
    const char *script; /* its name; the table's title */
    const ParamSet *params;
    const ParamValue *values; /* one for each parameter */
    /* plan_points_new of its stages. */
    Plan *(*plan)(void *context, int points, Err *err);
    void *context;
} ExportLook;

typedef struct ExportReport {
    ExportForm form;
    double largest, mean; /* errors of a channel, clamped, in steps of 8 bits */
    int at[3];            /* of the largest: red, green and blue from 0 to 255 */
} ExportReport;

typedef struct Export Export;

/* Ask for the plans. `path` and the look's texts are copied. Fails: ERR_USAGE (the look
 * does not fit the form that is asked for); as the callback. */
Export *export_new(const char *path, const ExportWish *wish, const ExportLook *look,
                   Err *err);
/* Write to `path` instead, a name for the same form. It is copied. */
void export_move(Export *export, const char *path);
/* Write, read back, compare, and give the file its name. On failure nothing is left.
 * Fails: ERR_FILE (with EEXIST where the name is taken), ERR_MEMORY, ERR_CANCELLED. */
bool export_write(const Export *export, const ExportPlace *place, ExportReport *report,
                  Err *err);
void export_free(Export *export); /* NULL is fine */

/* "3D, 33 points a side; error at most 0.313 of 255 among 263,936 colours, in the mean
 * 0.027" in `text`. */
void export_describe(const ExportReport *report, char *text, size_t size);

#endif
