/* What crosses between a host and a script's process: read back as it was, and refused
 * where it is not what it claims to be. */
#include "cm.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "python/isolate/child_limits.h"
#include "python/isolate/wire/wire_params.h"
#include "python/isolate/wire/wire_stages.h"

/* Parameters. */

static ParamSet *make_params(void)
{
    Param *params = mem_new(3, sizeof *params);
    params[0] = (Param){.kind = PARAM_SLIDER,
                        .name = mem_dup("exposure"),
                        .label = mem_dup("Exposure"),
                        .unit = mem_dup("°"),
                        .lo = -1,
                        .hi = 1,
                        .step = 0.25};
    params[1] = (Param){.kind = PARAM_CHOICE,
                        .name = mem_dup("filter"),
                        .label = mem_dup("Filter"),
                        .unit = mem_dup(""),
                        .choices = mem_new(2, sizeof(char *)),
                        .n_choices = 2};
    params[1].choices[0] = mem_dup("red");
    params[1].choices[1] = mem_dup("grün");
    params[2] = (Param){.kind = PARAM_TOGGLE,
                        .name = mem_dup("on"),
                        .label = mem_dup("On"),
                        .unit = mem_dup("")};
    return param_set_new(params, 3);
}

static ParamSet *read_params(const Pack *pack, size_t size)
{
    Unpack unpack = unpack_begin(pack->data, size);
    ParamSet *set = unpack_params(&unpack);
    if (set && !unpack_done(&unpack))
        param_set_unref(&set);
    return set;
}

static void test_parameters_come_back(void **state)
{
    (void)state;
    Pack pack = {0}, again = {0};
    ParamSet *set = make_params();
    pack_params(&pack, set);
    ParamSet *copy = read_params(&pack, pack.size);
    assert_non_null(copy);
    assert_string_equal(copy->params[1].choices[1], "grün");
    pack_params(&again, copy);
    assert_int_equal(pack.size, again.size);
    assert_memory_equal(pack.data, again.data, pack.size);
    for (size_t size = 0; size < pack.size; size++)
        assert_null(read_params(&pack, size));
    param_set_unref(&set);
    param_set_unref(&copy);
    pack_term(&pack);
    pack_term(&again);
}

typedef void (*change_fn)(ParamSet *set);

static void empty_range(ParamSet *set)
{
    set->params[0].hi = set->params[0].lo;
}
static void infinite_range(ParamSet *set)
{
    set->params[0].hi = INFINITY;
}
static void log_from_zero(ParamSet *set)
{
    set->params[0].log = true;
}
static void negative_step(ParamSet *set)
{
    set->params[0].step = -1;
}
static void no_choices(ParamSet *set)
{
    set->params[1].kind = PARAM_TOGGLE;
    set->params[2].kind = PARAM_CHOICE;
}
static void unknown_kind(ParamSet *set)
{
    set->params[2].kind = (ParamKind)99;
}
static void no_name(ParamSet *set)
{
    set->params[0].name[0] = '\0';
}
static void same_names(ParamSet *set)
{
    memcpy(set->params[2].name, "on", 3);
    mem_free(set->params[1].name);
    set->params[1].name = mem_dup("on");
}
static void no_text(ParamSet *set)
{
    set->params[0].label[0] = (char)0xff;
}

static void test_impossible_parameters_are_refused(void **state)
{
    (void)state;
    static const change_fn changes[] = {empty_range,   infinite_range, log_from_zero,
                                        negative_step, no_choices,     unknown_kind,
                                        no_name,       same_names,     no_text};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        Pack pack = {0};
        ParamSet *set = make_params();
        changes[i](set);
        pack_params(&pack, set);
        assert_null(read_params(&pack, pack.size));
        param_set_unref(&set);
        pack_term(&pack);
    }
}

static void test_values_come_back(void **state)
{
    (void)state;
    Pack pack = {0};
    ParamSet *set = make_params();
    ParamValue *values = param_defaults(set);
    pack_values(&pack, set, values);
    Unpack unpack = unpack_begin(pack.data, pack.size);
    ParamValue *copy = unpack_values(&unpack, set);
    assert_true(copy && unpack_done(&unpack));
    for (int i = 0; i < set->count; i++)
        assert_true(param_check(&set->params[i], copy[i], NULL));
    param_values_free(copy, set->count);
    unpack = unpack_begin(pack.data, pack.size - 1);
    assert_null(unpack_values(&unpack, set));
    param_values_free(values, set->count);
    param_set_unref(&set);
    pack_term(&pack);
}

/* Stages. */

static bool square(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context;
    (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] * x[i];
    return true;
}

typedef struct Source {
    Curve curves[3];
    Stage stages[4];
} Source;

static const Curve *curve_at(const void *context, int number)
{
    return &((const Source *)context)->curves[number];
}

/* As long as a reason can be. */
static const char WHY[CURVE_WHY] =
    "it prints ........................................................................"
    "............................................................................ the "
    "end of the reason, in full";

static const char *why_at(const void *context, int number)
{
    (void)context;
    return number == 2 ? WHY : "";
}

/* A recorded function, a table, and a function that must be asked. */
static Source make_source(void)
{
    static const double table[] = {0.0, 0.25, 1.0};
    static const ExprNode nodes[] = {{.op = EXPR_X},
                                     {.op = EXPR_CONST, .value = 0.5},
                                     {.op = ARITH_MUL, .a = 0, .b = 1}};
    Source source = {.curves = {{.eval = square, .expr = expr_new(nodes, 3)},
                                {.expr = expr_table(table, 3, NULL)},
                                {.eval = square}}};
    return source;
}

static void fill_stages(Source *source)
{
    Stage *stages = source->stages;
    for (int c = 0; c < 3; c++)
        stages[0].tone[c] = &source->curves[0];
    stages[1].kind = stages[3].kind = STAGE_MATRIX;
    for (int i = 0; i < 12; i++)
        stages[1].matrix[i / 4][i % 4] = stages[3].matrix[i / 4][i % 4] = i / 7.0;
    stages[2].tone[0] = &source->curves[2];
    stages[2].tone[2] = &source->curves[1];
}

static void source_clear(Source *source)
{
    for (int i = 0; i < 2; i++) {
        Expr *expr = (Expr *)source->curves[i].expr;
        expr_unref(&expr);
    }
}

static void pack_source(Pack *pack, const Source *source)
{
    WireSource wire = {.stages = source->stages,
                       .count = 4,
                       .n_curves = 3,
                       .curve = curve_at,
                       .why = why_at,
                       .context = source};
    WireCubes cubes = {0};
    pack_stages(pack, &wire, &cubes);
    wire_cubes_clear(&cubes);
}

static const Curve FUNCTION = {.eval = square};

/* Can they be read? They are freed again. */
static bool can_read(const void *bytes, size_t size)
{
    Err err = {0};
    WireStages read = {0};
    WireCubes cubes = {0};
    Unpack unpack = unpack_begin(bytes, size);
    bool good =
        unpack_stages(&unpack, &FUNCTION, &cubes, &read, &err) && unpack_done(&unpack);
    wire_stages_clear(&read);
    wire_cubes_clear(&cubes);
    return good;
}

static void test_stages_come_back(void **state)
{
    (void)state;
    Pack pack = {0};
    Err err = {0};
    Source source = make_source();
    fill_stages(&source);
    pack_source(&pack, &source);
    WireStages read = {0};
    WireCubes cubes = {0};
    Unpack unpack = unpack_begin(pack.data, pack.size);
    assert_true(unpack_stages(&unpack, &FUNCTION, &cubes, &read, &err));
    assert_true(unpack_done(&unpack));
    assert_int_equal(read.count, 4);
    assert_true(read.stages[0].tone[0] == &read.curves[0].curve);
    assert_true(read.stages[0].tone[2] == &read.curves[0].curve);
    assert_true(read.stages[2].tone[0] == &read.curves[2].curve);
    assert_null(read.stages[2].tone[1]);
    assert_true(read.stages[2].tone[2] == &read.curves[1].curve);
    assert_true(expr_equal(read.curves[0].expr, source.curves[0].expr));
    assert_true(expr_equal(read.curves[1].expr, source.curves[1].expr));
    assert_null(read.curves[2].expr);
    assert_true(read.curves[1].curve.eval && read.curves[1].curve.eval != square);
    assert_string_equal(read.curves[2].why, WHY);
    assert_memory_equal(read.stages[3].matrix, source.stages[3].matrix,
                        sizeof source.stages[3].matrix);
    wire_stages_clear(&read);
    wire_cubes_clear(&cubes);
    for (size_t size = 0; size < pack.size; size++)
        assert_false(can_read(pack.data, size));
    pack_u32(&pack, 0);
    assert_false(can_read(pack.data, pack.size)); /* something is left */
    source_clear(&source);
    pack_term(&pack);
}

/* One curve of these nodes or values, and no stage. */
static bool can_read_nodes(const ExprNode *nodes, uint32_t count)
{
    Pack pack = {0};
    pack_u32(&pack, 0); /* cubes */
    pack_u32(&pack, 1);
    pack_u32(&pack, 2); /* recorded */
    pack_u32(&pack, count);
    pack_bytes(&pack, nodes, count * sizeof *nodes);
    pack_u64(&pack, 0); /* tables */
    pack_u32(&pack, 0);
    bool good = can_read(pack.data, pack.size);
    pack_term(&pack);
    return good;
}

static void pack_table_nodes(Pack *pack)
{
    static const ExprNode nodes[] = {{.op = EXPR_X}, {.op = EXPR_TABLE}};
    pack_u32(pack, 0); /* a table */
    pack_u32(pack, 2);
    pack_bytes(pack, nodes, sizeof nodes);
}

static bool can_read_table(const double *values, uint64_t n, size_t sent)
{
    Pack pack = {0};
    pack_u32(&pack, 0); /* cubes */
    pack_u32(&pack, 1);
    pack_table_nodes(&pack);
    pack_u64(&pack, n);
    pack_bytes(&pack, values, sent * sizeof *values);
    pack_u32(&pack, 0);
    bool good = can_read(pack.data, pack.size);
    pack_term(&pack);
    return good;
}

static void test_impossible_curves_are_refused(void **state)
{
    (void)state;
    static const ExprNode good[] = {{.op = EXPR_X}, {.op = ARITH_NEG}};
    static const ExprNode bad[][2] = {
        {{.op = EXPR_X}, {.op = EXPR_OPS}},             /* no operation */
        {{.op = EXPR_X}, {.op = ARITH_NEG, .a = 1}},    /* of itself */
        {{.op = EXPR_X}, {.op = ARITH_ADD, .b = 2}},    /* of a later node */
        {{.op = EXPR_X}, {.op = EXPR_TABLE}},           /* without a table */
        {{.op = EXPR_X}, {.op = ARITH_NEG, .b = 1}},    /* an operand too many */
        {{.op = EXPR_X}, {.op = ARITH_NEG, .value = 1}} /* a value too many */
    };
    static const double table[] = {0, 1, INFINITY, NAN};
    assert_true(can_read_nodes(good, 2));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(can_read_nodes(bad[i], 2));
    assert_false(can_read_nodes(good, 0));
    assert_true(can_read_table(table, 2, 2));
    assert_false(can_read_table(table, 1, 1));
    assert_false(can_read_table(table, 3, 3));
    assert_false(can_read_table(table + 2, 2, 2));
    assert_false(can_read_table(table, UINT64_MAX / 8 + 3, 2));
}

/* Some curves that are tables, and one stage that uses curve `number`, from 1 up. */
static bool can_read_stage(uint32_t kind, uint32_t number, double value)
{
    static const double table[] = {0, 1};
    Pack pack = {0};
    pack_u32(&pack, 0);
    pack_u32(&pack, 1);
    pack_table_nodes(&pack);
    pack_u64(&pack, 2);
    pack_bytes(&pack, table, sizeof table);
    pack_u32(&pack, 1);
    pack_u32(&pack, kind);
    for (int i = 0; kind == STAGE_TONE && i < 3; i++)
        pack_u32(&pack, i == 1 ? number : 0);
    for (int i = 0; kind != STAGE_TONE && i < 12; i++)
        pack_f64(&pack, value);
    bool good = can_read(pack.data, pack.size);
    pack_term(&pack);
    return good;
}

static void test_impossible_stages_are_refused(void **state)
{
    (void)state;
    assert_true(can_read_stage(STAGE_TONE, 1, 0));
    assert_false(can_read_stage(STAGE_TONE, 2, 0));
    assert_false(can_read_stage(STAGE_TONE, UINT32_MAX, 0));
    assert_true(can_read_stage(STAGE_MATRIX, 0, 1));
    assert_false(can_read_stage(STAGE_MATRIX, 0, NAN));
    assert_false(can_read_stage(STAGE_MATRIX, 0, -INFINITY));
    assert_false(can_read_stage(99, 0, 1));
}

/* A count is held against what has come before memory is taken. */
static void test_a_count_needs_its_bytes(void **state)
{
    (void)state;
    Pack pack = {0};
    pack_u32(&pack, 3 * 65536);
    assert_false(can_read(pack.data, pack.size));
    Unpack unpack = unpack_begin(pack.data, pack.size);
    assert_int_equal(unpack_count(&unpack, 1, UINT32_MAX), 0);
    assert_true(unpack.bad);
    pack_term(&pack);
}

/* Errors. */

static void test_errors_come_back(void **state)
{
    (void)state;
    static Err err = {.kind = ERR_SCRIPT, .code = 5, .text = "film.py:3: no"}, copy;
    Pack pack = {0};
    snprintf(err.trace, sizeof err.trace, "Traceback\n  here\n");
    pack_err(&pack, &err);
    Unpack unpack = unpack_begin(pack.data, pack.size);
    assert_true(unpack_err(&unpack, &copy) && unpack_done(&unpack));
    assert_memory_equal(&err, &copy, sizeof err);
    for (size_t size = 0; size < pack.size; size++) {
        unpack = unpack_begin(pack.data, size);
        assert_false(unpack_err(&unpack, &copy));
    }
    memset(pack.data, ERR_NONE, 1);
    unpack = unpack_begin(pack.data, pack.size);
    assert_false(unpack_err(&unpack, &copy));
    memset(pack.data, 0x7f, 1);
    unpack = unpack_begin(pack.data, pack.size);
    assert_false(unpack_err(&unpack, &copy));
    pack_term(&pack);
}

/* Limits. */

static void test_the_memory_limit(void **state)
{
    (void)state;
    const uint64_t gib = 1u << 30;
    uint64_t bytes = 0;
    Err err = {0};
    assert_true(child_limits_memory(NULL, 8 * gib, &bytes, &err) && bytes == 4 * gib);
    assert_true(child_limits_memory("", gib / 2, &bytes, &err) && bytes == gib);
    assert_true(child_limits_memory("3g", 8 * gib, &bytes, &err) && bytes == 3 * gib);
    assert_true(child_limits_memory("512M", gib, &bytes, &err) && bytes == gib / 2);
    assert_true(child_limits_memory("None", gib, &bytes, &err) && bytes == UINT64_MAX);
    static const char *const bad[] = {"0", "-1",  "2x",
                                      "G", "2GB", "99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(child_limits_memory(bad[i], gib, &bytes, &err));
        assert_non_null(strstr(err.text, bad[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parameters_come_back),
        cmocka_unit_test(test_impossible_parameters_are_refused),
        cmocka_unit_test(test_values_come_back),
        cmocka_unit_test(test_stages_come_back),
        cmocka_unit_test(test_impossible_curves_are_refused),
        cmocka_unit_test(test_impossible_stages_are_refused),
        cmocka_unit_test(test_a_count_needs_its_bytes),
        cmocka_unit_test(test_errors_come_back),
        cmocka_unit_test(test_the_memory_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
