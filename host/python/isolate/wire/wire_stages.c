#include "python/isolate/wire/wire_stages.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* lutist.stages.MOST_STAGES, each with three curves. */
enum { MOST_STAGES = 65536, MOST_CURVES = 3 * MOST_STAGES };

typedef enum CurveForm {
    FORM_TABLE,
    FORM_FUNCTION, /* its values must be asked for */
    FORM_RECORDED, /* a function with an expression */
    FORMS
} CurveForm;

/* Bytes of the shortest curve, stage and node. */
enum { LEAST_CURVE = 4, LEAST_STAGE = 16, NODE = sizeof(ExprNode) };

static CurveForm form_of(const Curve *curve)
{
    if (!curve->expr)
        return FORM_FUNCTION;
    return expr_table_size(curve->expr) ? FORM_TABLE : FORM_RECORDED;
}

static void pack_curve(Pack *pack, const Curve *curve, const char *why)
{
    CurveForm form = form_of(curve);
    pack_u32(pack, form);
    if (form == FORM_FUNCTION) {
        pack_text(pack, why);
        return;
    }
    int count;
    const ExprNode *nodes = expr_nodes(curve->expr, &count);
    pack_u32(pack, (uint32_t)count);
    pack_bytes(pack, nodes, (size_t)count * sizeof *nodes);
    size_t n = expr_tables_size(curve->expr);
    pack_u64(pack, n);
    pack_bytes(pack, expr_table_values(curve->expr), n * sizeof(double));
}

/* 0: none; else the curve's number and one. *next is the number after the last one that
 * was found: most curves are used in the order of their numbers. */
static uint32_t reference(const WireSource *source, const Curve *curve, int *next)
{
    for (int i = 0; curve && i < source->n_curves; i++) {
        int number = (*next + i) % source->n_curves;
        if (source->curve(source->context, number) == curve) {
            *next = number + 1;
            return (uint32_t)number + 1;
        }
    }
    return 0;
}

static void pack_stage(Pack *pack, const WireSource *source, const WireCubes *cubes,
                       const Stage *stage, int *next)
{
    pack_u32(pack, (uint32_t)stage->kind);
    if (stage->kind == STAGE_CUBE) {
        pack_u32(pack, (uint32_t)wire_cubes_find(cubes, stage->cube));
        pack_f64(pack, stage->mix);
    }
    if (stage->kind == STAGE_MATRIX)
        pack_bytes(pack, stage->matrix, sizeof stage->matrix);
    for (int c = 0; stage->kind == STAGE_TONE && c < 3; c++) {
        bool again = c > 0 && stage->tone[c] == stage->tone[c - 1];
        *next -= again && *next > 0;
        pack_u32(pack, reference(source, stage->tone[c], next));
    }
}

void pack_stages(Pack *pack, const WireSource *source, WireCubes *cubes)
{
    int next = 0;
    pack_cubes(pack, source->stages, source->count, cubes);
    pack_u32(pack, (uint32_t)source->n_curves);
    for (int i = 0; i < source->n_curves; i++)
        pack_curve(pack, source->curve(source->context, i),
                   source->why(source->context, i));
    pack_u32(pack, (uint32_t)source->count);
    for (int i = 0; i < source->count; i++)
        pack_stage(pack, source, cubes, &source->stages[i], &next);
}

/* A table's only function is its expression. */
static bool eval_table(void *context, const double *x, double *y, size_t n, Err *err)
{
    const WireCurve *curve = context;
    return expr_eval(curve->expr, x, y, n) ||
           err_set(err, ERR_SCRIPT, "a table gave no number");
}

static bool are_finite(const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(values[i]))
            return false;
    return true;
}

/* Parts that the operation does not use are 0: equal expressions have equal bytes. */
static bool is_plain(const ExprNode *node)
{
    if (node->op >= EXPR_OPS)
        return false;
    int used = expr_op_operands(node->op);
    return (used > 0 || node->a == 0) && (used > 1 || node->b == 0) &&
           (used > 2 || node->c == 0) &&
           (node->op == EXPR_CONST || expr_op_has_table(node->op) || node->value == 0);
}

/* Operations and operands are looked at when they become an expression. NULL: bad. */
static ExprNode *unpack_nodes(Unpack *unpack, int *count)
{
    *count = (int)unpack_count(unpack, NODE, EXPR_MOST_NODES);
    const void *bytes = unpack_bytes(unpack, (size_t)*count * NODE);
    if (!bytes)
        return NULL;
    ExprNode *nodes = mem_new((size_t)*count, sizeof *nodes);
    memcpy(nodes, bytes, (size_t)*count * sizeof *nodes);
    for (int i = 0; i < *count; i++)
        unpack->bad = unpack->bad || !is_plain(&nodes[i]);
    return nodes;
}

/* A table alone is one whose values Python has checked. */
static Expr *make_expr(CurveForm form, const ExprNode *nodes, int count,
                       const double *values, size_t n, Err *err)
{
    if (form == FORM_RECORDED)
        return expr_new_with(nodes, count, values, n, err);
    return n >= 2 && are_finite(values, n)
               ? expr_with_table(nodes, count, values, n, err)
               : NULL;
}

/* NULL: bad, or *err is set. */
static Expr *unpack_expr(Unpack *unpack, CurveForm form, Err *err)
{
    int count;
    ExprNode *nodes = unpack_nodes(unpack, &count);
    size_t n = unpack_u64(unpack);
    double *values = unpack_numbers(unpack, n, err);
    Expr *expr = values ? make_expr(form, nodes, count, values, n, err) : NULL;
    mem_free(values);
    mem_free(nodes);
    return expr;
}

static void unpack_why(Unpack *unpack, WireCurve *curve)
{
    char *why = unpack_name(unpack);
    if (why)
        snprintf(curve->why, sizeof curve->why, "%s", why);
    mem_free(why);
}

static bool unpack_curve(Unpack *unpack, const Curve *function, WireCurve *curve,
                         Err *err)
{
    uint32_t form = unpack_u32(unpack);
    if (form == FORM_TABLE || form == FORM_RECORDED)
        curve->expr = unpack_expr(unpack, (CurveForm)form, err);
    else if (form == FORM_FUNCTION)
        unpack_why(unpack, curve);
    unpack->bad = unpack->bad || form >= FORMS;
    curve->curve = *function;
    if (form == FORM_TABLE)
        curve->curve = (Curve){.eval = eval_table};
    curve->curve.context = curve;
    curve->curve.expr = curve->expr;
    return !unpack->bad && (curve->expr || form == FORM_FUNCTION);
}

static bool unpack_curves(Unpack *unpack, const Curve *function, WireStages *read,
                          Err *err)
{
    uint32_t count = unpack_count(unpack, LEAST_CURVE, MOST_CURVES);
    read->curves = mem_try(count, sizeof *read->curves, err);
    if (!read->curves)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        WireCurve *curve = &read->curves[read->n_curves++];
        curve->number = i;
        if (!unpack_curve(unpack, function, curve, err))
            return false;
    }
    return true;
}

static void unpack_cube_stage(Unpack *unpack, const WireCubes *cubes, Stage *stage)
{
    uint32_t number = unpack_u32(unpack);
    stage->mix = unpack_finite(unpack);
    unpack->bad = unpack->bad || number >= (uint32_t)cubes->count;
    if (!unpack->bad)
        stage->cube = cubes->cubes[number];
}

static void unpack_stage(Unpack *unpack, const WireStages *read, const WireCubes *cubes,
                         Stage *stage)
{
    uint32_t kind = unpack_u32(unpack);
    unpack->bad = unpack->bad || kind > STAGE_CUBE;
    stage->kind = unpack->bad ? STAGE_MATRIX : (StageKind)kind;
    if (stage->kind == STAGE_CUBE)
        unpack_cube_stage(unpack, cubes, stage);
    for (int i = 0; stage->kind == STAGE_MATRIX && i < 12; i++)
        stage->matrix[i / 4][i % 4] = unpack_finite(unpack);
    for (int c = 0; stage->kind == STAGE_TONE && c < 3; c++) {
        uint32_t number = unpack_u32(unpack);
        unpack->bad = unpack->bad || number > (uint32_t)read->n_curves;
        if (!unpack->bad && number > 0)
            stage->tone[c] = &read->curves[number - 1].curve;
    }
}

static bool unpack_list(Unpack *unpack, const WireCubes *cubes, WireStages *read,
                        Err *err)
{
    uint32_t count = unpack_count(unpack, LEAST_STAGE, MOST_STAGES);
    read->stages = mem_try(count, sizeof *read->stages, err);
    if (!read->stages)
        return false;
    for (uint32_t i = 0; i < count && !unpack->bad; i++)
        unpack_stage(unpack, read, cubes, &read->stages[i]);
    read->count = (int)count;
    return !unpack->bad;
}

bool unpack_stages(Unpack *unpack, const Curve *function, WireCubes *cubes,
                   WireStages *read, Err *err)
{
    Err why = {0};
    if (unpack_cubes(unpack, cubes, &why) &&
        unpack_curves(unpack, function, read, &why) &&
        unpack_list(unpack, cubes, read, &why))
        return true;
    if (!why.kind)
        err_set(&why, ERR_SCRIPT, "the script's process sent invalid stages");
    if (err)
        *err = why;
    return false;
}

void wire_stages_clear(WireStages *read)
{
    for (int i = 0; i < read->n_curves; i++)
        expr_unref(&read->curves[i].expr);
    mem_free(read->curves);
    mem_free(read->stages);
    *read = (WireStages){0};
}
