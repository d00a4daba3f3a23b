#include "pipe/export/export.h"

#include <sys/stat.h>

#include "base/limits.h"
#include "base/mem.h"
#include "pipe/cube/cube_hald.h"
#include "pipe/cube/cube_text.h"
#include "pipe/cube/cube_write.h"
#include "pipe/export/export_colors.h"
#include "pipe/export/export_error.h"
#include "pipe/export/export_hald.h"
#include "pipe/export/export_points.h"
#include "pipe/plan/plan_points.h"

/* The plan at these points is compared with the table: every value of 8 bits. */
enum { REFERENCE_POINTS = 256 };

struct Export {
    char *path; /* owned; until the file is written, export_move changes it */
    /* immutable after new */
    ExportForm form;
    CubeHead head;   /* of a .cube file; its texts are owned */
    Plan *table;     /* a reference: at the table's points */
    Plan *reference; /* a reference */
};

static void fill_head(CubeHead *head, const ExportForm *form, const ExportLook *look)
{
    int count = look->params->count;
    const char **comments = mem_new((size_t)count + 1, sizeof *comments);
    head->title = mem_dup(look->script);
    head->dimensions = form->kind == EXPORT_CUBE_1D ? 1 : 3;
    head->size = form->points;
    comments[0] = mem_printf("Exported by lutist from the script %s", look->script);
    for (int i = 0; i < count; i++) {
        const Param *param = &look->params->params[i];
        char *literal = param_literal(param, look->values[i]);
        comments[i + 1] = mem_printf("%s=%s", param->name, literal);
        mem_free(literal);
    }
    head->comments = comments;
    head->n_comments = count + 1;
}

static void clear_head(CubeHead *head)
{
    for (int i = 0; i < head->n_comments; i++)
        mem_free((char *)head->comments[i]);
    mem_free((char **)head->comments);
    mem_free((char *)head->title);
}

/* The table takes a slice while it is written, and all of it when it is read back. */
static bool check_memory(const Export *export, Err *err)
{
    uint64_t points = (uint64_t) export->form.points, there = limits_memory("");
    if (export->form.kind != EXPORT_CUBE_1D)
        points *= points * points;
    uint64_t wanted = points * 3 * sizeof(double);
    if (export->form.kind == EXPORT_HALD)
        wanted += points * 3 * (uint64_t) export->form.depth / 8;
    return wanted <= there ||
           err_set(err, ERR_MEMORY,
                   "%s: needs %.0f MB of memory, and %.0f MB are available; "
                   "choose a smaller size",
                   export->path, (double)wanted / 1e6, (double)there / 1e6);
}

Export *export_new(const char *path, const ExportWish *wish, const ExportLook *look,
                   Err *err)
{
    Export *export = mem_new(1, sizeof *export);
    export->path = mem_dup(path);
    export->reference = look->plan(look->context, REFERENCE_POINTS, err);
    bool good = export->reference &&
                export_form_find(&export->form, path, wish,
                                 plan_points_is_tones(export->reference), err) &&
                check_memory(export, err);
    if (good) {
        fill_head(&export->head, &export->form, look);
        export->table = look->plan(look->context, export->form.points, err);
    }
    if (export->table)
        return export;
    export_free(export);
    return NULL;
}

void export_move(Export *export, const char *path)
{
    mem_free(export->path);
    export->path = mem_dup(path);
}

void export_free(Export *export)
{
    if (!export)
        return;
    clear_head(&export->head);
    plan_unref(&export->table);
    plan_unref(&export->reference);
    mem_free(export->path);
    mem_free(export);
}

static bool write_cube(const Export *export, FILE *file, ExportPoints *points, Err *err)
{
    bool flat = export->form.kind == EXPORT_CUBE_1D, good = true;
    cube_write_head(file, &export->head);
    for (int i = 0; good && i < points->slices; i++)
        good = export_points_slice(points, i, err) &&
               cube_write_rows(file,
                               (const double *const[3]){points->planes[0],
                                                        points->planes[1],
                                                        points->planes[2]},
                               points->count, flat, err);
    return good;
}

/* A .cube file, flushed. NULL: *err. */
static Outfile *make_cube(const Export *export, const ExportPlace *place,
                          ExportPoints *points, Err *err)
{
    OutfileRules rules = {.folder = place->folder,
                          .overwrite = place->overwrite,
                          .guard = place->guard,
                          .context = place->context,
                          .temps = place->temps};
    Outfile *file = outfile_open(export->path, &rules, err);
    if (file && write_cube(export, outfile_file(file), points, err) &&
        outfile_flush(file, err))
        return file;
    outfile_abort(file);
    return NULL;
}

static Outfile *make_hald(const Export *export, const ExportPlace *place,
                          ExportPoints *points, Err *err)
{
    SaveOptions options = {.format = export->form.image,
                           .cancel = place->cancel,
                           .overwrite = place->overwrite,
                           .folder = place->folder,
                           .guard = place->guard,
                           .context = place->context,
                           .temps = place->temps};
    return export_hald_write(export->path, &export->form, &options, points, err);
}

/* The table as other programs will read it. */
static bool read_back(const Export *export, Outfile *out, Cancel *cancel,
                      CubeTables *found, Err *err)
{
    struct stat info;
    FILE *file = outfile_file(out);
    outfile_identify(out, &info);
    rewind(file);
    if (export->form.kind != EXPORT_HALD)
        return cube_text_read(file, (uint64_t)info.st_size, export->path, cancel, found,
                              err);
    *found = (CubeTables){.cube = cube_hald_read(file, export->path, cancel, err)};
    return found->cube;
}

static bool compare(const Export *export, Outfile *file, const ExportPlace *place,
                    ExportReport *report, Err *err)
{
    CubeTables found;
    ExportError error;
    if (!read_back(export, file, place->cancel, &found, err))
        return false;
    bool done = export_error_find(&found, export->reference, place->pool, place->cancel,
                                  &error, err);
    cube_tables_clear(&found);
    if (!done)
        return false;
    *report = (ExportReport){.form = export->form,
                             .largest = error.largest,
                             .mean = error.mean,
                             .at = {error.at[0], error.at[1], error.at[2]}};
    return true;
}

/* Complete but for its name. NULL: *err. */
static Outfile *make_file(const Export *export, const ExportPlace *place, Err *err)
{
    ExportPoints points;
    if (!export_points_init(&points, export->table, export->head.dimensions,
                            export->form.points, err))
        return NULL;
    points.pool = place->pool;
    points.cancel = place->cancel;
    Outfile *file = export->form.kind == EXPORT_HALD
                        ? make_hald(export, place, &points, err)
                        : make_cube(export, place, &points, err);
    export_points_term(&points);
    return file;
}

bool export_write(const Export *export, const ExportPlace *place, ExportReport *report,
                  Err *err)
{
    ExportReport found;
    Outfile *file = make_file(export, place, err);
    if (!file)
        return false;
    if (!compare(export, file, place, &found, err)) {
        outfile_abort(file);
        return false;
    }
    if (!outfile_save(file, err))
        return false;
    *report = found;
    return true;
}

void export_describe(const ExportReport *report, char *text, size_t size)
{
    const ExportForm *form = &report->form;
    char what[96];
    if (form->kind == EXPORT_CUBE_1D)
        snprintf(what, sizeof what, "1D, %d points", form->points);
    else if (form->kind == EXPORT_CUBE_3D)
        snprintf(what, sizeof what, "3D, %d points a side", form->points);
    else
        snprintf(what, sizeof what,
                 "Hald picture of level %d, %d points a side, %d bits", form->level,
                 form->points, form->depth);
    snprintf(text, size,
             "%s; error at most %.3f of 255 among %d,%03d colours, in the mean %.3f",
             what, report->largest, EXPORT_COLORS / 1000, EXPORT_COLORS % 1000,
             report->mean);
}
