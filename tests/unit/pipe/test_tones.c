/* Values that a plan leaves for the next one: only changed tones are worked out again,
 * bit for bit. */
#include "cm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/plan/plan.h"
#include "pipe/tone/tone_cache_parts.h"
#include "pipe/tone/tone_chain.h"

enum { MOST = 64 };

/* x ** power * gain, as an expression and as a function that counts its calls. */
typedef struct Power {
    Curve curve;
    Expr *expr;
    double power, gain;
    int calls, values;
    bool lies; /* the function does something else than the expression */
} Power;

static bool eval(void *context, const double *x, double *y, size_t n, Err *err)
{
    Power *power = context;
    power->calls++;
    power->values += (int)n;
    for (size_t i = 0; i < n; i++) {
        if (x[i] < 0)
            return err_set(err, ERR_SCRIPT, "negative: %g", x[i]);
        y[i] = pow(x[i], power->power) * power->gain + (power->lies ? 0.25 : 0);
    }
    return true;
}

static bool agrees(void *context, const double *x, const double *y, size_t n)
{
    Power *power = context;
    for (size_t i = 0; i < n; i++)
        if (pow(x[i], power->power) * power->gain + (power->lies ? 0.25 : 0) != y[i])
            return false;
    return true;
}

static void power_init(Power *power, double exponent, double gain)
{
    const ExprNode nodes[] = {{.op = EXPR_X},
                              {.op = EXPR_CONST, .value = exponent},
                              {.op = ARITH_POW, .a = 0, .b = 1},
                              {.op = EXPR_CONST, .value = gain},
                              {.op = ARITH_MUL, .a = 2, .b = 3}};
    *power = (Power){.power = exponent, .gain = gain};
    power->expr = expr_new(nodes, 5);
    power->curve = (Curve){eval, power, power->expr, agrees};
}

static void opaque_init(Power *power, double exponent, double gain)
{
    *power = (Power){.power = exponent, .gain = gain};
    power->curve = (Curve){eval, power};
}

/* A look of one curve a stage for all channels. */
typedef struct Look {
    Power powers[MOST];
    Stage stages[MOST];
    int count;
} Look;

static void look_init(Look *look, int count)
{
    look->count = count;
    for (int i = 0; i < count; i++) {
        power_init(&look->powers[i], 1.05 - 0.01 * (i % 7), 0.99 + 0.01 * (i % 3));
        const Curve *curve = &look->powers[i].curve;
        look->stages[i] = (Stage){.kind = STAGE_TONE, .tone = {curve, curve, curve}};
    }
}

static void look_change(Look *look, int stage, double power)
{
    expr_unref(&look->powers[stage].expr);
    power_init(&look->powers[stage], power, 1.01);
}

static void look_clear(Look *look)
{
    for (int i = 0; i < look->count; i++)
        expr_unref(&look->powers[i].expr);
}

static Plan *make(const Look *look, ToneCache *tones, Pool *pool)
{
    Err err;
    Plan *plan = plan_new_with(look->stages, look->count, 16, tones, pool, &err);
    assert_non_null(plan);
    return plan;
}

static void assert_same_tones(const Plan *a, const Plan *b)
{
    for (int c = 0; c < 3; c++)
        assert_memory_equal(a->tone[c], b->tone[c], (size_t)a->levels * sizeof(double));
}

/* The number of vectors worked out for the look's plan, which equals a plan made from
 * nothing. */
static unsigned long cost(const Look *look, ToneCache *tones, Pool *pool)
{
    unsigned long before = tone_cache_evaluations(tones);
    Plan *plan = make(look, tones, pool), *fresh = make(look, NULL, NULL);
    assert_same_tones(plan, fresh);
    plan_unref(&plan);
    plan_unref(&fresh);
    return tone_cache_evaluations(tones) - before;
}

static void only_what_follows_a_change_is_worked_out(void **state)
{
    (void)state;
    Look look;
    look_init(&look, 10);
    ToneCache *tones = tone_cache_new();
    Pool *pool = pool_new(3, NULL);
    assert_int_equal(cost(&look, tones, pool), 10);
    assert_int_equal(cost(&look, tones, pool), 0);
    look_change(&look, 9, 0.8);
    assert_int_equal(cost(&look, tones, pool), 1);
    look_change(&look, 4, 0.8);
    assert_int_equal(cost(&look, tones, pool), 6);
    look_change(&look, 0, 0.8);
    assert_int_equal(cost(&look, tones, NULL), 10);
    look.count = 7; /* stages leave at the end */
    assert_int_equal(cost(&look, tones, pool), 0);
    look.count = 10;
    for (int i = 0; i < 10; i++)
        assert_int_equal(look.powers[i].calls, 0);
    assert_int_equal(cost(&look, tones, pool), 3);
    look_clear(&look);
    tone_cache_free(tones);
    pool_free(pool);
}

/* A plan keeps its values when the next one reuses the cache's memory. */
static void plans_outlive_what_they_were_made_from(void **state)
{
    (void)state;
    Look look;
    look_init(&look, 4);
    ToneCache *tones = tone_cache_new();
    Plan *plan = make(&look, tones, NULL), *fresh = make(&look, NULL, NULL);
    for (int i = 0; i < 4; i++) {
        look_change(&look, i, 0.7);
        cost(&look, tones, NULL);
    }
    tone_cache_free(tones);
    assert_same_tones(plan, fresh);
    plan_unref(&fresh);
    plan_unref(&plan);
    look_clear(&look);
}

static void channels_share_what_is_equal(void **state)
{
    (void)state;
    Look look;
    look_init(&look, 6);
    Power twin, other;
    power_init(&twin, look.powers[2].power, look.powers[2].gain);
    power_init(&other, 0.5, 1);
    /* Equal by content, not by pointer, in stage 2; blue differs from stage 3 on. */
    look.stages[2].tone[1] = &twin.curve;
    look.stages[3].tone[2] = &other.curve;
    look.stages[4].tone[2] = NULL;
    ToneCache *tones = tone_cache_new();
    Plan *plan = make(&look, tones, NULL);
    assert_int_equal(tone_cache_evaluations(tones), 6 + 2);
    assert_ptr_equal(plan->tone[0], plan->tone[1]);
    assert_true(plan->tone[0] != plan->tone[2]);
    plan_unref(&plan);
    assert_int_equal(cost(&look, tones, NULL), 0);
    expr_unref(&twin.expr);
    expr_unref(&other.expr);
    look_clear(&look);
    tone_cache_free(tones);
}

static void a_curve_without_expression_is_called_every_time(void **state)
{
    (void)state;
    Look look;
    look_init(&look, 5);
    expr_unref(&look.powers[2].expr);
    opaque_init(&look.powers[2], 0.9, 1);
    ToneCache *tones = tone_cache_new();
    assert_int_equal(cost(&look, tones, NULL), 5);
    int before = look.powers[2].calls;
    /* The same values: later nodes stay. */
    assert_int_equal(cost(&look, tones, NULL), 1);
    assert_true(look.powers[2].calls > before);
    look.powers[2].power = 0.8;
    assert_int_equal(cost(&look, tones, NULL), 3);
    look_change(&look, 4, 0.8);
    assert_int_equal(cost(&look, tones, NULL), 2);
    look_change(&look, 1, 0.8);
    assert_int_equal(cost(&look, tones, NULL), 4);
    look_clear(&look);
    tone_cache_free(tones);
}

static void an_expression_without_a_value_gives_way_to_its_curve(void **state)
{
    (void)state;
    Look look;
    look_init(&look, 4);
    /* 0 ** -1 has no value; the function says that it is HUGE. */
    look_change(&look, 1, -1);
    ToneCache *tones = tone_cache_new();
    for (int again = 0; again < 2; again++) {
        Plan *plan = make(&look, tones, NULL);
        assert_true(plan->tone[0][0] > 1e25);
        assert_int_equal(look.powers[1].calls, again + 1);
        assert_string_equal(tone_cache_distrust_reason(tones, &look.powers[1].curve),
                            "for some value it raises, or cannot be recorded");
        assert_null(tone_cache_distrust_reason(tones, &look.powers[0].curve));
        plan_unref(&plan);
    }
    look_change(&look, 1, 1);
    cost(&look, tones, NULL);
    assert_int_equal(look.powers[1].calls, 0);
    look_clear(&look);
    tone_cache_free(tones);
}

static void a_curve_that_does_not_agree_is_called(void **state)
{
    (void)state;
    Look look;
    look_init(&look, 3);
    look.powers[1].lies = true;
    ToneCache *tones = tone_cache_new();
    Plan *plan = make(&look, tones, NULL);
    for (int i = 0; i < 65536; i += 257) {
        double x = i / 65535.0;
        for (int k = 0; k < 3; k++)
            x = pow(x, look.powers[k].power) * look.powers[k].gain + (k == 1) * 0.25;
        assert_true(plan->tone[0][i] == x);
    }
    assert_int_equal(look.powers[1].calls, 1);
    assert_non_null(tone_cache_distrust_reason(tones, &look.powers[1].curve));
    plan_unref(&plan);
    /* It has values again, and is trusted again. */
    look.powers[1].lies = false;
    assert_int_equal(cost(&look, tones, NULL), 2);
    assert_int_equal(look.powers[1].calls, 1);
    look_clear(&look);
    tone_cache_free(tones);
}

static void a_failure_leaves_the_next_plan_right(void **state)
{
    (void)state;
    Look look;
    look_init(&look, 4);
    ToneCache *tones = tone_cache_new();
    cost(&look, tones, NULL);
    Power *minus = &look.powers[2];
    look_change(&look, 2, 1);
    minus->gain = 1;
    const ExprNode nodes[] = {{.op = EXPR_X}, {.op = ARITH_NEG}};
    Power negative = {.expr = expr_new(nodes, 2)};
    negative.curve = (Curve){eval, &negative, negative.expr, NULL};
    look.stages[1].tone[0] = look.stages[1].tone[1] = look.stages[1].tone[2] =
        &negative.curve;
    Err err;
    /* -x ** 1.03 has no value, and the function refuses it by name. */
    look_change(&look, 2, 1.03);
    assert_null(plan_new_with(look.stages, 4, 16, tones, NULL, &err));
    assert_int_equal(err.kind, ERR_SCRIPT);
    assert_non_null(strstr(err.text, "negative: -"));
    look.stages[1].tone[0] = look.stages[1].tone[1] = look.stages[1].tone[2] =
        &look.powers[1].curve;
    cost(&look, tones, NULL);
    assert_int_equal(cost(&look, tones, NULL), 0);
    expr_unref(&negative.expr);
    look_clear(&look);
    tone_cache_free(tones);
}

static void tones_after_a_matrix_are_kept_too(void **state)
{
    (void)state;
    Look look;
    look_init(&look, 4);
    look.stages[1] = (Stage){
        .kind = STAGE_MATRIX,
        .matrix = {{0.5, 0.25, 0.25, 0}, {0.1, 0.8, 0.1, 0}, {0.2, 0.2, 0.6, 0}},
    };
    ToneCache *tones = tone_cache_new();
    assert_true(cost(&look, tones, NULL) > 3);
    assert_int_equal(cost(&look, tones, NULL), 0);
    look_change(&look, 3, 0.9);
    unsigned long later = cost(&look, tones, NULL);
    assert_true(later > 0);
    look_change(&look, 0, 0.9); /* other ranges: everything */
    assert_true(cost(&look, tones, NULL) > later);
    for (int i = 0; i < 4; i++)
        assert_int_equal(look.powers[i].calls, 0);
    look_clear(&look);
    tone_cache_free(tones);
}

static void memory_is_bounded_however_long_a_look_is(void **state)
{
    (void)state;
    Look look;
    look_init(&look, MOST);
    ToneCache *tones = tone_cache_new();
    for (int count = 1; count <= MOST; count += 21) {
        look.count = count;
        cost(&look, tones, NULL);
        assert_int_equal(cost(&look, tones, NULL), 0);
        assert_true(tone_cache_bytes(tones) <= (TONE_CACHE_NODES + 1) * 65536 * 8);
    }
    /* Three channels of their own, and matrices with more tones behind them. */
    Power own[MOST];
    look.count = MOST;
    for (int i = 0; i < MOST; i++) {
        power_init(&own[i], 1.02, 0.995);
        look.stages[i].tone[2] = &own[i].curve;
        if (i % 16 == 15)
            look.stages[i] = (Stage){
                .kind = STAGE_MATRIX,
                .matrix = {{0.5, 0.25, 0.2, 0}, {0, 0.9, 0.1, 0}, {0.1, 0, 0.8, 0}},
            };
    }
    for (int i = 0; i < 3; i++) {
        look_change(&look, 3, 0.9 + 0.01 * i);
        cost(&look, tones, NULL);
        assert_true(tone_cache_bytes(tones) <= TONE_CACHE_BYTES);
    }
    for (int i = 0; i < MOST; i++)
        expr_unref(&own[i].expr);
    look_clear(&look);
    tone_cache_free(tones);
}

static void many_tones_are_one_after_the_other(void **state)
{
    (void)state;
    Look look;
    look_init(&look, 50);
    Plan *plan = make(&look, NULL, NULL);
    for (int i = 0; i < 65536; i += 4093) {
        double x = i / 65535.0;
        for (int k = 0; k < 50; k++)
            x = pow(x, look.powers[k].power) * look.powers[k].gain;
        assert_true(plan->tone[1][i] == x);
    }
    plan_unref(&plan);
    look_clear(&look);
}

/* Every node is visited for every sequence, so thousands of sequences must not make
 * thousands of thousands of visits. */
static void the_tree_stays_small(void **state)
{
    (void)state;
    enum { VALUES = 16 };
    Power power, liar;
    power_init(&power, 1.5, 0.9);
    power_init(&liar, 1.2, 0.8);
    liar.lies = true;
    const Stage stages[] = {{.tone = {&power.curve}}, {.tone = {&liar.curve}}};
    ToneCache *tones = tone_cache_new();
    tone_cache_begin(tones);
    for (int i = 0; i < TONE_TREE_MOST_NODES; i++) {
        double y[VALUES];
        for (int k = 0; k < VALUES; k++)
            y[k] = (i + k) / 8192.0;
        int count =
            i < TONE_TREE_MOST_NODES - 99 ? 1 : 2; /* at last the liar as well */
        assert_true(tone_chain_apply(&(ToneSequence){tones, NULL, stages, count, 0}, y,
                                     VALUES, NULL));
        for (int k = 0; k < VALUES; k++) {
            double want = pow((i + k) / 8192.0, 1.5) * 0.9;
            assert_true(y[k] == (count == 1 ? want : pow(want, 1.2) * 0.8 + 0.25));
        }
        assert_true(tones->tree.count <= TONE_TREE_MOST_NODES + 2);
    }
    assert_true(tones->tree.count >= TONE_TREE_MOST_NODES);
    assert_non_null(tone_cache_distrust_reason(tones, &liar.curve));
    assert_null(tone_cache_distrust_reason(tones, &power.curve));
    tone_cache_end(tones);
    tone_cache_free(tones);
    expr_unref(&power.expr);
    expr_unref(&liar.expr);
}

/* There may be no other: a matrix can make one value of all. */
static void one_value_is_enough_to_compare(void **state)
{
    (void)state;
    for (int lies = 0; lies < 2; lies++) {
        Power power;
        ToneTrust trust = {0};
        const Curve *curve = &power.curve;
        double *value = malloc(sizeof *value);
        *value = 0.5;
        power_init(&power, 2, 1);
        power.lies = lies;
        assert_int_equal(tone_trust_probe(&trust, &curve, 1, value, 1), !lies);
        assert_int_equal(tone_trust_holds(&trust, curve), !lies);
        free(value);
        mem_free(trust.distrusted);
        expr_unref(&power.expr);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_follows_a_change_is_worked_out),
        cmocka_unit_test(plans_outlive_what_they_were_made_from),
        cmocka_unit_test(channels_share_what_is_equal),
        cmocka_unit_test(a_curve_without_expression_is_called_every_time),
        cmocka_unit_test(an_expression_without_a_value_gives_way_to_its_curve),
        cmocka_unit_test(a_curve_that_does_not_agree_is_called),
        cmocka_unit_test(a_failure_leaves_the_next_plan_right),
        cmocka_unit_test(tones_after_a_matrix_are_kept_too),
        cmocka_unit_test(memory_is_bounded_however_long_a_look_is),
        cmocka_unit_test(many_tones_are_one_after_the_other),
        cmocka_unit_test(the_tree_stays_small),
        cmocka_unit_test(one_value_is_enough_to_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
