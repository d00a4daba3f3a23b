#include "cmd/info/describe_color.h"

#include <math.h>

#include "base/text/printable.h"

typedef struct Ends {
    double at[3];
} Ends;

/* Where the axes end. */
static Ends ends_of(const Lut3d *table)
{
    Ends ends;
    for (int c = 0; c < 3; c++)
        ends.at[c] = table->lo[c] + (table->size - 1) / table->scale[c];
    return ends;
}

static bool is_same(const double ends[3])
{
    return ends[0] == ends[1] && ends[0] == ends[2];
}

/* "0 to 1", or the channels' ends where they differ. */
static void print_domain(FILE *file, const double lo[3], const double hi[3])
{
    bool same = is_same(lo) && is_same(hi);
    for (int c = 0; c < (same ? 1 : 3); c++)
        fprintf(file, "%s%g to %g", c ? ", " : "", lo[c], hi[c]);
}

void describe_tables(FILE *file, const char *path, const CubeTables *tables)
{
    printable_put(file, path);
    fputs(": ", file);
    if (tables->title) {
        fputc('"', file);
        printable_put(file, tables->title);
        fputs("\", ", file);
    }
    if (tables->rows) {
        fprintf(file, "1D table, %d points, domain ", tables->n_rows);
        print_domain(file, tables->lo, tables->hi);
    }
    if (tables->cube) {
        const Lut3d *table = &tables->cube->table;
        Ends hi = ends_of(table);
        fprintf(file, "%s3D table, %d points a side, domain ",
                tables->rows ? "; then " : "", table->size);
        print_domain(file, table->lo, hi.at);
    }
    fputc('\n', file);
}

static void put_three(Json *json, const char *name, const double values[3])
{
    json_begin(json, name, '[');
    for (int c = 0; c < 3; c++)
        json_number(json, NULL, nearbyint(values[c] * 1e9) / 1e9);
    json_end(json, ']');
}

static void put_table(Json *json, int dimensions, int size, const double lo[3],
                      const double hi[3])
{
    json_begin(json, NULL, '{');
    json_number(json, "dimensions", dimensions);
    json_number(json, "size", size);
    put_three(json, "lo", lo);
    put_three(json, "hi", hi);
    json_end(json, '}');
}

void describe_json_tables(Json *json, const char *path, const CubeTables *tables)
{
    const Cube *cube = tables->cube;
    json_begin(json, NULL, '{');
    json_text(json, "cube", path);
    json_text(json, "title", tables->title);
    json_begin(json, "tables", '[');
    if (tables->rows)
        put_table(json, 1, tables->n_rows, tables->lo, tables->hi);
    if (cube)
        put_table(json, 3, cube->table.size, cube->table.lo, ends_of(&cube->table).at);
    json_end(json, ']');
    json_end(json, '}');
}

static const char *space_word(const Profile *profile)
{
    static const char *const words[] = {
        [PROFILE_GRAY] = "gray", [PROFILE_RGB] = "RGB", [PROFILE_CMYK] = "CMYK"};
    return words[profile_space(profile)];
}

static const char *form_word(const Profile *profile)
{
    if (!profile_to_light(profile))
        return "tables";
    return profile_space(profile) == PROFILE_GRAY ? "a curve" : "curves and a matrix";
}

void describe_profile(FILE *file, const char *path, const Profile *profile)
{
    printable_put(file, path);
    fprintf(file, ": ICC profile, %s, %s, %s, %zu bytes%s\n", profile_name(profile),
            space_word(profile), form_word(profile), profile_icc(profile)->size,
            profile_is_target(profile) ? "" : ", one way only");
}

void describe_json_profile(Json *json, const char *path, const Profile *profile)
{
    json_begin(json, NULL, '{');
    json_text(json, "icc", path);
    json_text(json, "profile", profile_name(profile));
    json_text(json, "space", space_word(profile));
    json_text(json, "form", form_word(profile));
    json_number(json, "bytes", (double)profile_icc(profile)->size);
    json_bool(json, "two_way", profile_is_target(profile));
    json_end(json, '}');
}
