/* The mode opencl by a loader of ours (tests/opencl/fake_opencl.c), each of whose calls
 * fails in turn: the error names it, the pixels are right all the same, and nothing
 * leaks. */
#include "cm.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "opencl/devices/driver_needs.h"
#include "opencl/opencl.h"
#include "pipe/convert/halve_image.h"
#include "pipe/program/compile.h"
#include "pipe/program/run_halved.h"

/* A band has few rows where the memory is small. */
enum { WIDTH = 200, HEIGHT = 8, SMALL_MEMORY = 32 << 10, MOST_CALLS = 400 };

static void (*fail_call)(const char *name, int nth);
static void (*set_memory)(unsigned long long bytes);
static void (*set_budget)(unsigned long long bytes);
static int (*live)(void);
static void (*meet)(void);
static bool (*met)(void);
static Program *mixing; /* of new_mixing_program, which takes its time */
static char last_line[1024];

static void keep_line(LogLevel level, const char *line)
{
    (void)level;
    snprintf(last_line, sizeof last_line, "%s", line);
}

static void get(void *handle, const char *name, void *slot)
{
    void *symbol = dlsym(handle, name);
    assert_non_null(symbol);
    memcpy(slot, &symbol, sizeof symbol);
}

static bool eval_negative(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context, (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = 1 - x[i];
    return true;
}

static const Curve negative = {eval_negative, NULL};

static Program *new_program(void)
{
    Stage stage = {.kind = STAGE_TONE, .tone = {&negative, &negative, &negative}};
    Plan *plan = plan_new(&stage, 1, 8, NULL);
    Program *program = compile_plan(plan, 3, NULL);
    plan_unref(&plan);
    assert_int_equal(program->kind, PROGRAM_TABLE);
    return program;
}

static Image *new_image(void)
{
    Image *image = image_new((ImageInfo){WIDTH, HEIGHT, 3, 8}, NULL);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < 3 * WIDTH; x++)
            image_row(image, y)[x] = (uint8_t)(x * 7 + y);
    return image;
}

/* A tone, a matrix and a tone of 16 bits: what the kernel is in doubt of comes back. */
static Program *new_mixing_program(void)
{
    Stage tone = {.kind = STAGE_TONE, .tone = {&negative, &negative, &negative}};
    Stage stages[] = {tone, {.kind = STAGE_MATRIX}, tone};
    for (int i = 0; i < 9; i++)
        stages[1].matrix[i / 3][i % 3] = i % 4 ? 0.1 : 0.8;
    Plan *plan = plan_new(stages, 3, 16, NULL);
    Program *program = compile_plan(plan, 3, NULL);
    plan_unref(&plan);
    assert_int_equal(program->kind, PROGRAM_FLOATS);
    return program;
}

static int open_fake(void **state)
{
    static char folder[] = "/tmp/lutist_opencl_XXXXXX";
    if (!mkdtemp(folder))
        return -1;
    *state = folder;
    setenv("XDG_CACHE_HOME", folder, 1);
    log_set_sink(keep_line);
    void *handle = dlopen("libOpenCL.so.1", RTLD_NOW | RTLD_LOCAL);
    assert_non_null(handle);
    get(handle, "fake_opencl_fail", &fail_call);
    get(handle, "fake_opencl_memory", &set_memory);
    get(handle, "fake_opencl_budget", &set_budget);
    get(handle, "fake_opencl_live", &live);
    get(handle, "fake_opencl_meet", &meet);
    get(handle, "fake_opencl_met", &met);
    dlclose(handle); /* the library keeps it open */
    Err err;
    OpenCl *opencl = opencl_open(NULL, &err);
    assert_non_null(opencl);
    opencl_close(opencl);
    mixing = new_mixing_program();
    return 0;
}

static int remove_cache(void **state)
{
    program_unref(&mixing);
    char *command = mem_printf("rm -rf %s", (char *)*state);
    int code = system(command);
    mem_free(command);
    return code;
}

static void assert_negative(const Image *src, const Image *dst)
{
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < 3 * WIDTH; x++)
            assert_int_equal(image_row(dst, y)[x], 255 - image_row(src, y)[x]);
}

/* Open, map twice and close. The error of opening and mapping; the pixels are checked
 * where they come from the device. */
static bool use_device(const OpenClWay *way, Err *err)
{
    Program *program = new_program();
    Image *src = new_image(), *dst = image_new(src->info, NULL);
    OpenCl *opencl = opencl_open(NULL, err);
    bool good = opencl;
    for (int i = 0; good && i < 2; i++) {
        memset(dst->data, 0, dst->stride * HEIGHT);
        good = opencl_map(opencl, program, src, dst, way, err);
        if (good)
            assert_negative(src, dst);
    }
    if (opencl && !good) { /* it is not asked again; the processor does it */
        Err again;
        assert_false(opencl_map(opencl, program, src, dst, way, &again));
        assert_true(opencl_run_image(opencl, program, src, dst, NULL, NULL));
        assert_negative(src, dst);
        assert_non_null(strstr(last_line, "the processor goes on"));
    }
    opencl_close(opencl);
    image_unref(&src);
    image_unref(&dst);
    program_unref(&program);
    return good;
}

/* Open, measure, and map 16 bits, whose first pixel the host works out. */
static bool use_more(const OpenClWay *way, Err *err)
{
    const ImageInfo wide = {WIDTH, HEIGHT, 3, 16};
    double copy, map;
    Program *program = new_program();
    Image *src = new_image(), *from = image_new(wide, NULL),
          *to = image_new(wide, NULL);
    memset(from->data, 0xFF, from->stride * HEIGHT);
    memset(to->data, 0, to->stride * HEIGHT);
    OpenCl *opencl = opencl_open(NULL, err);
    bool good = opencl && opencl_time(opencl, program, src, 1, &copy, &map, err) &&
                opencl_map(opencl, mixing, from, to, way, err);
    if (good) { /* white stays white, of which the device knows nothing */
        static const uint16_t white[6] = {0xFFFF, 0xFFFF, 0xFFFF};
        assert_true(copy == 2 && map == 2);
        assert_memory_equal(to->data, white, sizeof white);
    }
    opencl_close(opencl);
    image_unref(&src);
    image_unref(&from);
    image_unref(&to);
    program_unref(&program);
    return good;
}

static uint64_t of_device(int halvings, bool keep, OpenClPart part, int value)
{
    Err err = {0};
    OpenClTraffic traffic;
    const OpenClWay way = {
        .halvings = halvings, .keep = keep, .part = part, .traffic = &traffic};
    Program *program = new_program();
    Image *src = new_image();
    ImageInfo info = src->info;
    for (int i = 0; i < halvings; i++)
        info = halve_image_info(info);
    Image *dst = image_new(info, NULL), *all = image_new(info, NULL);
    memset(dst->data, value, dst->stride * (size_t)info.height);
    OpenCl *opencl = opencl_open(NULL, &err);
    assert_true(opencl_map(opencl, program, src, dst, &way, &err));
    uint64_t bytes = traffic.pixels_down;
    run_image_halved(program, src, all, halvings, NULL, NULL);
    for (int y = 0; y < info.height; y++)
        for (int i = 0; i < 3 * info.width; i++) {
            int x = i / 3 - part.x, row = y - part.y;
            bool inside = x >= 0 && x < part.width && row >= 0 && row < part.height;
            int wanted = !inside ? value : halvings ? 0 : image_row(all, y)[i];
            assert_int_equal(image_row(dst, y)[i], wanted);
        }
    opencl_close(opencl);
    image_unref(&src);
    image_unref(&dst);
    image_unref(&all);
    program_unref(&program);
    return bytes;
}

static void a_part_alone_comes_back(void **state)
{
    (void)state;
    const OpenClPart some = {11, 2, 31, 5}, rows = {0, 3, WIDTH, 4},
                     half = {7, 1, 9, 2};
    for (int i = 0; i < 2; i++) {
        set_memory(i ? SMALL_MEMORY : 1 << 30); /* in bands */
        assert_int_equal(of_device(0, i, some, 77), 31 * 3 * 5);
        assert_in_range(of_device(0, i, rows, 77), 4 * WIDTH * 3, 4 * (WIDTH * 3 + 63));
        /* the fake one halves to nothing */
        assert_int_equal(of_device(1, i, half, 77), 9 * 3 * 2);
    }
    assert_int_equal(live(), 0);
}

/* Without the memory for the whole it goes on with less, until a row is too much. */
static void bands_are_halved_where_memory_lacks(void **state)
{
    (void)state;
    Err err = {0};
    enum { ROW = 640 }; /* bytes */
    set_memory(1 << 30);
    for (int keep = 0; keep < 2; keep++) {
        const OpenClWay way = {.keep = keep};
        for (int rows = 3 * HEIGHT; rows > 4; rows--) {
            set_budget((unsigned long long)rows * ROW);
            if (!use_device(&way, &err))
                fail_msg("%d rows: %s", rows, err.text);
            assert_int_equal(live(), 0);
        }
        set_budget(ROW);
        assert_false(use_device(&way, &err));
        assert_int_equal(err.kind, ERR_ENV);
        assert_non_null(strstr(err.text,
                               "fake device: OpenCL: clCreateBuffer failed: the "
                               "device has no memory left"));
        assert_int_equal(live(), 0);
    }
    set_budget(~0ULL);
}

static void it_maps_whole_images_and_bands(void **state)
{
    (void)state;
    Err err = {0};
    set_memory(1 << 30);
    if (!use_device(&(OpenClWay){0}, &err) ||
        !use_device(&(OpenClWay){.keep = true}, &err))
        fail_msg("%s", err.text);
    set_memory(SMALL_MEMORY);
    if (!use_device(&(OpenClWay){.keep = true}, &err))
        fail_msg("%s", err.text);
    assert_int_equal(live(), 0);
}

static void a_kept_image_goes_there_once(void **state)
{
    (void)state;
    Err err;
    OpenClTraffic traffic;
    OpenClWay way = {.keep = true, .traffic = &traffic};
    set_memory(1 << 30);
    Program *programs[2] = {new_program(), new_program()};
    Image *src = new_image(), *dst = image_new(src->info, NULL);
    uint64_t bytes = src->stride * HEIGHT;
    OpenCl *opencl = opencl_open("FAKE", &err);
    for (int i = 0; i < 2; i++) {
        assert_true(opencl_map(opencl, programs[i], src, dst, &way, &err));
        assert_int_equal(traffic.pixels_up, i ? 0 : bytes);
        assert_in_range(traffic.tables_up, 256, 1024);
        assert_int_equal(traffic.pixels_down, bytes);
        assert_true(image_is_shared(src));
    }
    opencl_forget(opencl);
    assert_false(image_is_shared(src));
    opencl_close(opencl);
    image_unref(&src);
    image_unref(&dst);
    for (int i = 0; i < 2; i++)
        program_unref(&programs[i]);
    assert_int_equal(live(), 0);
}

/* Calls whose failure is no error: what they tell is left out, or is asked for another
 * way. */
static bool is_harmless(const char *name)
{
    static const char *const names[] = {"clGetPlatformInfo", "clGetDeviceInfo",
                                        "clGetProgramInfo", "clGetProgramBuildInfo",
                                        "clCreateProgramWithBinary"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return strncmp(name, "clRelease", 9) == 0;
}

/* The nth call of `name` fails, for each n until there are no so many. */
static void fail_each(const char *name, bool (*use)(const OpenClWay *, Err *),
                      const OpenClWay *way)
{
    for (int nth = 1; nth < MOST_CALLS; nth++) {
        Err err = {0};
        fail_call(name, nth);
        bool good = use(way, &err);
        assert_int_equal(live(), 0);
        if (!good && !is_harmless(name) && !strstr(err.text, name))
            fail_msg("%s, call %d: %s", name, nth, err.text);
        if (!good)
            assert_int_equal(err.kind, ERR_ENV);
        if (good && !is_harmless(name))
            break;
        if (is_harmless(name) && nth == 24)
            break;
    }
    fail_call(NULL, 0);
}

static void each_call_may_fail(void **state)
{
    static const char *const names[] = {
        "clGetPlatformIDs",
        "clGetPlatformInfo",
        "clGetDeviceIDs",
        "clGetDeviceInfo",
        "clCreateContext",
        "clReleaseContext",
        "clCreateCommandQueue",
        "clReleaseCommandQueue",
        "clCreateBuffer",
        "clReleaseMemObject",
        "clCreateProgramWithSource",
        "clCreateProgramWithBinary",
        "clBuildProgram",
        "clGetProgramBuildInfo",
        "clGetProgramInfo",
        "clReleaseProgram",
        "clCreateKernel",
        "clReleaseKernel",
        "clSetKernelArg",
        "clEnqueueNDRangeKernel",
        "clEnqueueWriteBuffer",
        "clEnqueueReadBuffer",
        "clEnqueueReadBufferRect",
        "clEnqueueCopyBuffer",
        "clEnqueueFillBuffer",
        "clGetEventProfilingInfo",
        "clReleaseEvent",
        "clFlush",
        "clFinish",
    };
    for (int keep = 0; keep < 2; keep++) {
        const OpenClWay way = {.keep = keep}, some = {.part = {3, 0, 5, HEIGHT}};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (i % 2) /* with and without compiled kernels on the disk */
                setenv("XDG_CACHE_HOME", *state, 1);
            else
                setenv("XDG_CACHE_HOME", "/dev/null/none", 1);
            set_memory(keep ? 1 << 30 : SMALL_MEMORY);
            fail_each(names[i], use_device, &way);
            set_memory(1 << 30); /* for tables of 16 bits */
            fail_each(names[i], use_more, keep ? &some : &way);
        }
    }
}

static void an_unknown_device_is_told_with_those_that_are(void **state)
{
    (void)state;
    static const char *const wanted[] = {"2", "0", "-1", "", "other"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        Err err = {0};
        assert_null(opencl_open(wanted[i], &err));
        assert_int_equal(err.kind, ERR_USAGE);
        assert_non_null(strstr(err.text, "1: fake device"));
    }
    Err err;
    OpenCl *opencl = opencl_open("1", &err);
    assert_string_equal(opencl_device(opencl)->name, "fake device");
    assert_int_equal(opencl_device(opencl)->units, 3);
    opencl_close(opencl);
}

static void *list_devices(void *unused)
{
    (void)unused;
    OpenClDevice devices[OPENCL_MOST_DEVICES];
    int count = 0;
    assert_true(opencl_devices(devices, &count, NULL));
    assert_int_equal(count, 1);
    return NULL;
}

static void drivers_are_asked_by_one_thread_at_a_time(void **state)
{
    (void)state;
    pthread_t others[2];
    meet();
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&others[i], NULL, list_devices, NULL), 0);
    for (int i = 0; i < 2; i++)
        pthread_join(others[i], NULL);
    assert_false(met());
}

static void a_driver_that_would_abort_is_not_loaded(void **state)
{
    char *path = mem_printf("%s/pocl.icd", (const char *)*state);
    char *given = mem_dup(getenv("OCL_ICD_VENDORS"));
    Err err = {0};
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    assert_true(driver_needs_are_met("/none/cpu", &err));
    setenv("OCL_ICD_VENDORS", *state, 1);
    assert_true(driver_needs_are_met(*state, &err));
    assert_false(driver_needs_are_met("/none/cpu", &err));
    assert_int_equal(err.kind, ERR_ENV);
    assert_non_null(strstr(err.text, "/none/cpu; mount /sys"));
    setenv("OCL_ICD_VENDORS", given, 1);
    remove(path);
    mem_free(given);
    mem_free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_maps_whole_images_and_bands),
        cmocka_unit_test(a_kept_image_goes_there_once),
        cmocka_unit_test(a_part_alone_comes_back),
        cmocka_unit_test(bands_are_halved_where_memory_lacks),
        cmocka_unit_test(each_call_may_fail),
        cmocka_unit_test(an_unknown_device_is_told_with_those_that_are),
        cmocka_unit_test(drivers_are_asked_by_one_thread_at_a_time),
        cmocka_unit_test(a_driver_that_would_abort_is_not_loaded),
    };
    return cmocka_run_group_tests(tests, open_fake, remove_cache);
}
