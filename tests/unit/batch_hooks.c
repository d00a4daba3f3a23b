#include "batch_hooks.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cm.h"
#include "image/image.h"
#include "image/writer.h"

static char folder[] = "/tmp/lutist-batch-XXXXXX";
const char *hooks_inputs[FILES];

static bool square(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context;
    (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] * x[i];
    return true;
}

Plan *hooks_plan(void *context, int look, int depth, const ColorConversion *after,
                 Err *err)
{
    assert_int_equal(look, 0);
    assert_null(after);
    static const Curve curve = {square, NULL};
    Stage stage = {.kind = STAGE_TONE, .tone = {&curve, &curve, &curve}};
    Watch *watch = context;
    watch->plans[depth]++;
    if (!watch->fail_plan)
        return plan_new(&stage, 1, depth, err);
    err_set(err, ERR_SCRIPT, "the look is broken");
    return NULL;
}

void hooks_done(void *context, const BatchItem *item, int finished, int total)
{
    Watch *watch = context;
    watch->misreported += total != FILES || finished != watch->last_finished + 1 ||
                          (item->reason[0] != '\0') != (item->state == BATCH_FAILED);
    watch->last_finished = finished;
    watch->done += item->state == BATCH_DONE;
    watch->failed += item->state == BATCH_FAILED;
}

int hooks_stop(void *context)
{
    return ((Watch *)context)->stop;
}

static void write_input(const char *path, int seed)
{
    bool deep = seed % 3 == 0;
    Image *image =
        image_new((ImageInfo){SIDE, SIDE, 1 + seed % 4, deep ? 16 : 8}, NULL);
    SaveOptions options = {0};
    Err err = {0};
    srand((unsigned)seed);
    for (int y = 0; y < SIDE; y++)
        for (size_t i = 0; i < image_row_bytes(image->info); i++)
            image_row(image, y)[i] = (uint8_t)rand();
    if (!writer_save(image, path, &options, &err))
        fail_msg("%s", err.text);
    image_unref(&image);
}

int hooks_make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return -1;
    for (int i = 0; i < FILES; i++) {
        hooks_inputs[i] = mem_printf("in%02d.png", i);
        write_input(hooks_inputs[i], i);
    }
    return 0;
}

int hooks_remove_folder(void **state)
{
    (void)state;
    for (int i = 0; i < FILES; i++)
        mem_free((void *)hooks_inputs[i]);
    char *command = mem_printf("rm -rf %s", folder);
    int failed = chdir("/") != 0 || system(command) != 0;
    mem_free(command);
    return failed;
}

BatchOptions hooks_options(const char *output, int jobs)
{
    return (BatchOptions){
        .inputs = hooks_inputs, .n_inputs = FILES, .output = output, .jobs = jobs};
}

bool hooks_run(const BatchOptions *options, Watch *watch, BatchReport *report, Err *err)
{
    BatchHooks hooks = {
        .plan = hooks_plan, .done = hooks_done, .stop = hooks_stop, .context = watch};
    bool ran =
        batch_list(options, report, err) && batch_run(options, &hooks, report, err);
    assert_int_equal(watch->misreported, 0);
    return ran;
}
