#include "pipe/color/color_conversion.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "image/profile/profile_transform.h"
#include "pipe/color/curve_expr.h"

enum {
    LATTICE = 33, /* points a side of a cube */
    GRID = 17,    /* values a channel that decide whether anything changes */
};
/* Half a step of 8 bits. */
static const double SAME = 0.5 / 255;
/* Matrices of equal primaries differ by the rounding of ICC's numbers. */
static const double MATRIX_SAME = 3e-5, ROUNDING = 5e-4;

static bool eval(void *context, const double *x, double *y, size_t n, Err *err)
{
    return expr_eval(context, x, y, n) ||
           err_set(err, ERR_SCRIPT, "a curve of an ICC profile gave no number");
}

/* Profiles of curves and a matrix. */

typedef Expr *make_expr_fn(const ProfileCurve *curve, Err *err);

/* Three curves as a tone; equal ones are one. */
static bool add_tone(ColorConversion *made, const ProfileShaper *shaper, int first,
                     make_expr_fn *make, Err *err)
{
    Stage *stage = &made->stages[made->count++];
    *stage = (Stage){.kind = STAGE_TONE};
    for (int c = 0; c < 3; c++) {
        int twin = 0;
        while (twin < c &&
               !profile_curve_equal(&shaper->curve[twin], &shaper->curve[c]))
            twin++;
        Curve *curve = &made->curves[first + c];
        stage->tone[c] = twin < c ? stage->tone[twin] : curve;
        if (twin < c)
            continue;
        Expr *expr = made->exprs[first + c] = make(&shaper->curve[c], err);
        *curve = (Curve){.eval = eval, .context = expr, .expr = expr};
        if (!expr)
            return false;
    }
    return true;
}

/* Gray stays gray where each row's sum is exactly 1, which ICC's numbers miss by their
 * rounding. In a gray picture it always stays so. */
static void level_rows(double matrix[3][4], bool gray)
{
    double most = gray ? 0.1 : ROUNDING;
    for (int r = 0; r < 3; r++) {
        double sum = matrix[r][0] + matrix[r][1] + matrix[r][2];
        for (int c = 0; c < 3 && fabs(sum - 1) < most; c++)
            matrix[r][c] /= sum;
    }
}

static bool is_unit(const double matrix[3][4])
{
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++)
            if (fabs(matrix[r][c] - (r == c)) > MATRIX_SAME)
                return false;
    return true;
}

/* The absolute intent keeps the difference between the media's whites, which a gray
 * picture cannot show. */
static void add_matrix(ColorConversion *made, const ColorRoute *route,
                       const ProfileShaper *from, const ProfileShaper *to)
{
    double inverse[3][3];
    bool absolute = route->intent == RENDER_ABSOLUTE && !route->gray;
    Stage stage = {.kind = STAGE_MATRIX};
    REQUIRE(profile_matrix_invert((const double(*)[3])to->matrix, inverse));
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++)
            for (int i = 0; i < 3; i++) {
                double ratio = absolute ? from->white[i] / to->white[i] : 1;
                stage.matrix[r][c] += inverse[r][i] * ratio * from->matrix[i][c];
            }
    level_rows(stage.matrix, route->gray);
    if (!is_unit((const double(*)[4])stage.matrix))
        made->stages[made->count++] = stage;
}

static bool from_shapers(ColorConversion *made, const ColorRoute *route,
                         const ProfileShaper *from, const ProfileShaper *to, Err *err)
{
    if (!add_tone(made, from, 0, curve_expr_to_light, err))
        return false;
    add_matrix(made, route, from, to);
    return add_tone(made, to, 3, curve_expr_from_light, err);
}

/* Profiles with tables. */

/* The lattice's colours of one blue value. */
static void lattice_plane(int blue, double *colors)
{
    for (int g = 0; g < LATTICE; g++)
        for (int r = 0; r < LATTICE; r++, colors += 3) {
            colors[0] = r / (LATTICE - 1.0);
            colors[1] = g / (LATTICE - 1.0);
            colors[2] = blue / (LATTICE - 1.0);
        }
}

static double *fill_lattice(const ColorRoute *route, Err *err)
{
    enum { PLANE = LATTICE * LATTICE };
    double *colors = mem_try((size_t)PLANE * 3, sizeof *colors, err);
    double *values = colors ? cube_values_new(LATTICE, err) : NULL;
    ProfileTransform *transform =
        values ? profile_transform_new(route->from, route->to, route->intent, err)
               : NULL;
    for (int blue = 0; transform && blue < LATTICE; blue++) {
        lattice_plane(blue, colors);
        profile_transform_colors(transform, colors, values + (size_t)blue * PLANE * 3,
                                 PLANE);
    }
    if (!transform) {
        mem_free(values);
        values = NULL;
    }
    profile_transform_free(transform);
    mem_free(colors);
    return values;
}

static bool add_cube(ColorConversion *made, const ColorRoute *route, Err *err)
{
    static const double lo[3] = {0, 0, 0}, hi[3] = {1, 1, 1};
    double *values = fill_lattice(route, err);
    if (!values)
        return false;
    made->cube = cube_take(values, LATTICE, lo, hi);
    snprintf(made->cube->name, sizeof made->cube->name, "%s", profile_name(route->to));
    made->stages[made->count++] =
        (Stage){.kind = STAGE_CUBE, .cube = made->cube, .mix = 1};
    return true;
}

/* A cube makes light, and the target's curves make samples of it. Light has no edge
 * where a colour leaves the target's range, which a cell of the lattice could not
 * follow. */
static bool by_light(ColorConversion *made, const ColorRoute *route,
                     const ProfileShaper *to, Err *err)
{
    ColorRoute linear = *route;
    Profile *light = profile_linear(route->to, err);
    linear.to = light;
    bool good = light && add_cube(made, &linear, err) &&
                add_tone(made, to, 3, curve_expr_from_light, err);
    profile_unref(&light);
    return good;
}

/* Does it change anything? */

static void apply_tone(const Stage *stage, double *const planes[3], size_t n)
{
    for (int c = 0; c < 3; c++)
        expr_eval(stage->tone[c]->expr, planes[c], planes[c], n);
}

static void apply_matrix(const Stage *stage, double *const planes[3], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const double in[3] = {planes[0][i], planes[1][i], planes[2][i]};
        for (int r = 0; r < 3; r++)
            planes[r][i] = stage->matrix[r][0] * in[0] + stage->matrix[r][1] * in[1] +
                           stage->matrix[r][2] * in[2];
    }
}

static void apply(const ColorConversion *conversion, double *const planes[3], size_t n)
{
    for (int i = 0; i < conversion->count; i++) {
        const Stage *stage = &conversion->stages[i];
        if (stage->kind == STAGE_TONE)
            apply_tone(stage, planes, n);
        else if (stage->kind == STAGE_MATRIX)
            apply_matrix(stage, planes, n);
        else
            cube_eval(stage->cube, stage->mix, kernels_at(CPU_SCALAR), planes, n);
    }
}

/* `blue` is one of GRID values, or, where it is -1, the colours are gray. */
static bool keeps_colors(const ColorConversion *conversion, bool gray, int blue)
{
    enum { COUNT = GRID * GRID };
    double in[3][COUNT], out[3][COUNT];
    for (int i = 0; i < COUNT; i++) {
        double level = i / (COUNT - 1.0);
        int green = i / GRID;
        in[0][i] = gray ? level : i % GRID / (GRID - 1.0);
        in[1][i] = gray ? level : green / (GRID - 1.0);
        in[2][i] = gray ? level : blue / (GRID - 1.0);
    }
    memcpy(out, in, sizeof out);
    apply(conversion, (double *const[3]){out[0], out[1], out[2]}, COUNT);
    for (int c = 0; c < 3; c++)
        for (int i = 0; i < COUNT; i++)
            if (!(fabs(out[c][i] - in[c][i]) < SAME))
                return false;
    return true;
}

static bool changes_nothing(const ColorConversion *conversion)
{
    if (!keeps_colors(conversion, true, 0))
        return false;
    for (int blue = 0; blue < GRID; blue++)
        if (!keeps_colors(conversion, false, blue))
            return false;
    return true;
}

static bool is_same(const Profile *a, const Profile *b)
{
    const Block *x = profile_icc(a), *y = profile_icc(b);
    return x->size == y->size && memcmp(x->data, y->data, x->size) == 0;
}

static bool fill(ColorConversion *made, const ColorRoute *route, Err *err)
{
    const ProfileShaper *from = profile_to_light(route->from);
    const ProfileShaper *to = profile_from_light(route->to);
    if (from && to)
        return from_shapers(made, route, from, to, err);
    return to ? by_light(made, route, to, err) : add_cube(made, route, err);
}

bool color_conversion_new(const ColorRoute *route, ColorConversion **made, Err *err)
{
    *made = NULL;
    if (is_same(route->from, route->to))
        return true;
    ColorConversion *conversion = mem_new(1, sizeof *conversion);
    atomic_init(&conversion->refs, 1);
    bool good = fill(conversion, route, err);
    if (!good || changes_nothing(conversion))
        color_conversion_unref(&conversion);
    *made = conversion;
    return good;
}

ColorConversion *color_conversion_ref(ColorConversion *conversion)
{
    if (conversion)
        atomic_fetch_add_explicit(&conversion->refs, 1, memory_order_relaxed);
    return conversion;
}

void color_conversion_unref(ColorConversion **conversion)
{
    ColorConversion *old = *conversion;
    *conversion = NULL;
    if (!old || atomic_fetch_sub_explicit(&old->refs, 1, memory_order_acq_rel) > 1)
        return;
    for (int i = 0; i < 6; i++)
        expr_unref(&old->exprs[i]);
    cube_unref(&old->cube);
    mem_free(old);
}

Stage *color_conversion_after(const ColorConversion *conversion, const Stage *stages,
                              int count, int *total)
{
    int more = conversion ? conversion->count : 0;
    Stage *all = mem_new((size_t)count + (size_t)more + 1, sizeof *all);
    *total = count + more;
    if (count)
        memcpy(all, stages, (size_t)count * sizeof *all);
    for (int i = 0; i < more; i++)
        all[count + i] = conversion->stages[i];
    return all;
}
