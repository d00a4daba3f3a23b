/* The render thread: which picture comes, and how a mapping of Python's is left. */
#include "cm.h"

#include <sched.h>

#include "base/mem.h"
#include "test_image.h"
#include "viewer/picture/render.h"

enum { SIZE = 8 };

/* A render thread and this thread in the place of its two neighbours: nobody processes
 * `script` unless a test does, as if Python were at work on something else. */
typedef struct Bench {
    Dispatch *script, *ui;
    atomic_int asked; /* how many mappings the script thread was asked for */
    Render *render;
    Pyramid *pyramid;
    Plan *plan;
    View view;
    Picture shown; /* the newest; its pixels are gone */
    int pictures;  /* how many came */
    bool slow;     /* a test says when one is on the screen */
} Bench;

static void take(void *context, const Picture *picture)
{
    Bench *bench = context;
    assert_int_equal(picture->err.kind, ERR_NONE);
    bench->shown = *picture;
    bench->pictures++;
    if (!bench->slow)
        render_go_on(bench->render);
}

static void count(void *context)
{
    atomic_fetch_add((atomic_int *)context, 1);
}

static Bench *bench_new(void)
{
    Err err;
    Bench *bench = mem_new(1, sizeof *bench);
    bench->script = dispatch_new();
    bench->ui = dispatch_new();
    dispatch_on_wake(bench->script, count, &bench->asked);
    RenderConfig config = {NULL, bench->script, bench->ui, take, bench};
    bench->render = render_start(&config, &err);
    assert_non_null(bench->render);
    Image *image = picture(SIZE, SIZE, 3, 8);
    bench->pyramid = pyramid_new(image);
    image_unref(&image);
    bench->plan = plan_new(NULL, 0, 8, &err);
    bench->view = (View){.pyramid = bench->pyramid,
                         .image = 1,
                         .area = {0, 0, SIZE, SIZE},
                         .width = SIZE,
                         .height = SIZE,
                         .mode = MODE_PARALLEL,
                         .checker = 4};
    return bench;
}

static void bench_free(Bench *bench)
{
    dispatch_close(bench->ui);
    render_stop(bench->render);
    dispatch_free(bench->ui);
    dispatch_free(bench->script);
    pyramid_unref(&bench->pyramid);
    plan_unref(&bench->plan);
    mem_free(bench);
}

static void show(Bench *bench, Mode mode)
{
    bench->view.mode = mode;
    render_show(bench->render, &bench->view);
}

/* Until there is a picture in `mode`, of the plan of `serial`. */
static void await_picture(Bench *bench, Mode mode, uint64_t serial)
{
    do
        dispatch_process(bench->ui, -1);
    while (!bench->pictures || bench->shown.view.mode != mode ||
           bench->shown.serial != serial);
}

static void await_asked(Bench *bench, int times)
{
    while (atomic_load(&bench->asked) < times)
        sched_yield();
}

static void the_newest_view_and_plan_meet(void **state)
{
    (void)state;
    Bench *bench = bench_new();
    show(bench, MODE_PARALLEL);
    render_plan(bench->render, bench->plan, 0, 1, 0);
    await_picture(bench, MODE_PARALLEL, 1);
    show(bench, MODE_SINGLE);
    render_plan(bench->render, bench->plan, 0, 2, 0);
    await_picture(bench, MODE_SINGLE, 2);
    assert_int_equal(bench->shown.view.width, SIZE);
    assert_int_equal(bench->shown.view.image, 1);
    bench_free(bench);
}

/* A hundred views in a row: the last one is shown, however many were skipped. */
static void the_last_of_many_views_is_shown(void **state)
{
    (void)state;
    Bench *bench = bench_new();
    render_plan(bench->render, bench->plan, 0, 1, 0);
    for (int i = 0; i < 100; i++) {
        bench->view.area.width = SIZE - 0.02 * i;
        bench->view.since = i;
        show(bench, MODE_PARALLEL);
    }
    while (bench->shown.since < 99)
        dispatch_process(bench->ui, -1);
    assert_in_range(bench->pictures, 1, 100);
    bench_free(bench);
}

/* What comes while a picture is shown is skipped, but for the last. */
static void the_next_picture_waits_for_the_screen(void **state)
{
    (void)state;
    Bench *bench = bench_new();
    bench->slow = true;
    show(bench, MODE_PARALLEL);
    render_plan(bench->render, bench->plan, 0, 1, 0);
    await_picture(bench, MODE_PARALLEL, 1);
    for (uint64_t serial = 2; serial <= 50; serial++) {
        render_plan(bench->render, bench->plan, 0, serial, 0);
        sched_yield();
    }
    render_go_on(bench->render);
    await_picture(bench, MODE_PARALLEL, 50);
    assert_int_equal(bench->pictures, 2);
    bench_free(bench);
}

static void a_view_waits_for_a_plan_of_its_depth(void **state)
{
    (void)state;
    Bench *bench = bench_new();
    Err err;
    Plan *deep = plan_new(NULL, 0, 16, &err);
    show(bench, MODE_PARALLEL);
    render_plan(bench->render, deep, 0, 1, 0);
    bench->view.original = true;
    show(bench, MODE_PARALLEL);
    await_picture(bench, MODE_PARALLEL, 0); /* as it was: that needs no plan */
    bench->view.original = false;
    show(bench, MODE_PARALLEL);
    render_plan(bench->render, bench->plan, 0, 2, 0);
    await_picture(bench, MODE_PARALLEL, 2);
    assert_int_equal(bench->pictures, 2);
    plan_unref(&deep);
    bench_free(bench);
}

static Bench *bench_with_a_waiting_mapping(void)
{
    Bench *bench = bench_new();
    render_plan(bench->render, bench->plan, 0, 1, 0);
    show(bench, MODE_NUMPY);
    await_asked(bench, 1);
    return bench;
}

static void another_mode_takes_the_place_of_a_mapping(void **state)
{
    (void)state;
    Bench *bench = bench_with_a_waiting_mapping();
    MappingProgress progress;
    assert_false(render_progress(bench->render, &progress)); /* it has not begun */
    show(bench, MODE_PARALLEL);
    await_picture(bench, MODE_PARALLEL, 1);
    assert_int_equal(dispatch_process(bench->script, 0), DISPATCH_IDLE);
    bench_free(bench);
}

static void a_stopped_mapping_is_not_asked_for_again(void **state)
{
    (void)state;
    Bench *bench = bench_with_a_waiting_mapping();
    assert_true(render_cancel_mapping(bench->render, CANCEL_STOPPED));
    while (render_cancel_mapping(bench->render, CANCEL_STOPPED))
        sched_yield(); /* until the render thread has gone on */
    show(bench, MODE_PARALLEL);
    await_picture(bench, MODE_PARALLEL, 1);
    assert_int_equal(atomic_load(&bench->asked), 1);
    assert_int_equal(bench->pictures, 1);
    bench_free(bench);
}

/* Their plan may never come: the script may fail. */
static void newer_values_have_a_mapping_asked_for_again(void **state)
{
    (void)state;
    Bench *bench = bench_with_a_waiting_mapping();
    assert_true(render_cancel_mapping(bench->render, CANCEL_NEWER));
    await_asked(bench, 2);
    bench_free(bench);
}

static void the_end_does_not_wait_for_the_script_thread(void **state)
{
    (void)state;
    Bench *bench = bench_with_a_waiting_mapping();
    bench_free(bench);
}

/* Nor is a mapping asked for in vain, again and again. */
static void a_closed_script_thread_makes_no_picture(void **state)
{
    (void)state;
    Bench *bench = bench_with_a_waiting_mapping();
    dispatch_close(bench->script);
    while (render_cancel_mapping(bench->render, CANCEL_NONE))
        sched_yield();
    int asked = atomic_load(&bench->asked);
    show(bench, MODE_PARALLEL);
    await_picture(bench, MODE_PARALLEL, 1);
    assert_int_equal(atomic_load(&bench->asked), asked);
    bench_free(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_view_and_plan_meet),
        cmocka_unit_test(the_last_of_many_views_is_shown),
        cmocka_unit_test(the_next_picture_waits_for_the_screen),
        cmocka_unit_test(a_view_waits_for_a_plan_of_its_depth),
        cmocka_unit_test(another_mode_takes_the_place_of_a_mapping),
        cmocka_unit_test(a_stopped_mapping_is_not_asked_for_again),
        cmocka_unit_test(newer_values_have_a_mapping_asked_for_again),
        cmocka_unit_test(the_end_does_not_wait_for_the_script_thread),
        cmocka_unit_test(a_closed_script_thread_makes_no_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
