#include "pipe/cube/cube_file.h"

#include <stdio.h>

#include "base/file/regular.h"
#include "base/path.h"
#include "base/text/printable.h"
#include "image/codec/format.h"
#include "image/codec/unsupported.h"
#include "pipe/cube/cube_hald.h"
#include "pipe/cube/cube_text.h"

enum { HEAD_BYTES = 512 };

/* A picture, also one that is refused, is not read as text. */
static bool is_picture(FILE *file)
{
    uint8_t head[HEAD_BYTES];
    size_t n = fread(head, 1, sizeof head, file);
    rewind(file);
    return format_by_head(head, n, "") || unsupported_by_head(head, n);
}

static bool load(FILE *file, uint64_t size, const char *path, Cancel *cancel,
                 CubeTables *out, Err *err)
{
    if (!is_picture(file))
        return cube_text_read(file, size, path, cancel, out, err);
    Cube *cube = cube_hald_read(file, path, cancel, err);
    if (!cube)
        return false;
    *out = (CubeTables){.cube = cube};
    return true;
}

bool cube_file_load(const char *path, Cancel *cancel, CubeTables *out, Err *err)
{
    uint64_t size;
    FILE *file = regular_open(path, "the table", &size, err);
    if (!file)
        return false;
    bool good = load(file, size, path, cancel, out, err);
    fclose(file);
    if (good && out->cube)
        printable_escape(out->cube->name, sizeof out->cube->name, path_name(path));
    return good;
}
