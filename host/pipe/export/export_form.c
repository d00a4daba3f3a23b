#include "pipe/export/export_form.h"

#include <string.h>

#include "base/path.h"

typedef struct Name {
    const char *format;
    const char *extension, *other; /* other: one more, or NULL */
    int depth;                     /* of a picture */
    const char *image;             /* its format; NULL: a .cube file */
} Name;

/* The first with an extension is its usual one. */
static const Name NAMES[] = {
    {"cube", "cube"},
    {"cube1d", "cube"},
    {"cube3d", "cube"},
    {"png", "png", NULL, 16, "png"},
    {"png8", "png", NULL, 8, "png"},
    {"tiff", "tif", "tiff", 16, "tiff"},
    {"tiff8", "tif", "tiff", 8, "tiff"},
};
enum { N_NAMES = sizeof NAMES / sizeof *NAMES };

static const Name *by_format(const char *format)
{
    for (int i = 0; i < N_NAMES; i++)
        if (strcmp(NAMES[i].format, format) == 0)
            return &NAMES[i];
    return NULL;
}

static const Name *by_extension(const char *path)
{
    for (int i = 0; i < N_NAMES; i++)
        if (path_ext_is(path, NAMES[i].extension) ||
            (NAMES[i].other && path_ext_is(path, NAMES[i].other)))
            return &NAMES[i];
    return NULL;
}

static bool fail_extension(const char *path, Err *err)
{
    static const char known[] = "a look is exported as .cube, or as .png or .tif (a "
                                "HaldCLUT picture)";
    const char *extension = path_ext(path);
    if (path_ext_is(path, "jpg") || path_ext_is(path, "jpeg"))
        return err_set(err, ERR_USAGE,
                       "%s: JPEG would change the colours of the table; %s", path,
                       known);
    if (!*extension)
        return err_set(err, ERR_USAGE, "%s: the name has no extension; %s", path,
                       known);
    return err_set(err, ERR_USAGE, "%s: .%s is not the extension of a table; %s", path,
                   extension, known);
}

/* NULL: *err. */
static const Name *find_name(const char *path, const char *wanted, Err *err)
{
    const Name *by_path = by_extension(path);
    const Name *name = wanted ? by_format(wanted) : by_path;
    if (wanted && !name)
        err_set(err, ERR_USAGE,
                "unknown format %s; a look is exported as cube, cube1d, cube3d, png, "
                "png8, tiff or tiff8",
                wanted);
    else if (!name)
        fail_extension(path, err);
    else if (by_path && strcmp(by_path->extension, name->extension) != 0)
        err_set(err, ERR_USAGE, "%s: the extension contradicts the format %s", path,
                wanted);
    else
        return name;
    return NULL;
}

/* `usual` where none is wanted. `range` says what sizes there are. */
static bool take_size(int wanted, int usual, int least, int most, const char *range,
                      int *size, Err *err)
{
    *size = wanted ? wanted : usual;
    return (*size >= least && *size <= most) ||
           err_set(err, ERR_USAGE, "size %d: %s", wanted, range);
}

static bool find_hald(ExportForm *form, const ExportWish *wish, const Name *name,
                      Err *err)
{
    if (!take_size(wish->size, 8, 2, 16,
                   "a Hald picture's size is its level, 2 to 16 (level 8 has 64 points "
                   "a side)",
                   &form->level, err))
        return false;
    form->kind = EXPORT_HALD;
    form->points = form->level * form->level;
    form->depth = name->depth;
    form->image = name->image;
    return true;
}

/* With 65536 points every value of 8 and of 16 bits is one: the table is exact. */
static bool find_cube(ExportForm *form, const ExportWish *wish, bool flat, Err *err)
{
    form->kind = flat ? EXPORT_CUBE_1D : EXPORT_CUBE_3D;
    return flat ? take_size(wish->size, 65536, 2, 65536,
                            "a 1D table has from 2 to 65536 points", &form->points, err)
                : take_size(wish->size, 33, 2, 256,
                            "a 3D table has from 2 to 256 points a side", &form->points,
                            err);
}

bool export_form_find(ExportForm *form, const char *path, const ExportWish *wish,
                      bool tones, Err *err)
{
    *form = (ExportForm){0};
    const Name *name = find_name(path, wish->format, err);
    if (!name)
        return false;
    if (name->image)
        return find_hald(form, wish, name, err);
    bool flat = strcmp(name->format, "cube1d") == 0;
    if (flat && !tones)
        return err_set(err, ERR_USAGE,
                       "the look mixes the channels, which a 1D table cannot; leave "
                       "out the format cube1d");
    return find_cube(form, wish, flat || (tones && strcmp(name->format, "cube") == 0),
                     err);
}

bool export_form_check(const char *path, const ExportWish *wish, Err *err)
{
    ExportForm form;
    return export_form_find(&form, path, wish, true, err);
}
