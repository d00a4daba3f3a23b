/* Each allocation of a script's way to a program fails in turn: load, call, record,
 * plan, compile, load again. The failure is an error, and nothing of it stays. */
#include <Python.h>

#include "cm.h"

#include "failing_malloc.h"
#include "image/writer.h"
#include "pipe/program/compile.h"
#include "python/interp.h"
#include "python/script.h"
#include "test_folder.h"

#include <pthread.h>

/* Python's objects seldom reach malloc: its own allocator is wrapped. */

/* A pair's: CPython 3.11 crashes where dict.items() gets none for its iterator. */
enum { PAIR = 56 };

static void *py_malloc(void *context, size_t size)
{
    const PyMemAllocatorEx *real = context;
    return size != PAIR && allocation_fails(size, NULL) ? NULL
                                                        : real->malloc(real->ctx, size);
}

static void *py_calloc(void *context, size_t count, size_t size)
{
    const PyMemAllocatorEx *real = context;
    return allocation_fails(count * size, NULL) ? NULL
                                                : real->calloc(real->ctx, count, size);
}

static void *py_realloc(void *context, void *old, size_t size)
{
    const PyMemAllocatorEx *real = context;
    return allocation_fails(size, NULL) ? NULL : real->realloc(real->ctx, old, size);
}

static void py_free(void *context, void *block)
{
    const PyMemAllocatorEx *real = context;
    real->free(real->ctx, block);
}

static const PyMemAllocatorDomain domains[] = {PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ};
enum { DOMAINS = sizeof domains / sizeof domains[0] };
static PyMemAllocatorEx real[DOMAINS];

/* CPython's compiler may crash without memory; it is not ours to test. */
static PyObject *real_compile;

static PyObject *compile_with_memory(PyObject *self, PyObject *args, PyObject *kwargs)
{
    (void)self;
    long kept = failing;
    failing = NONE;
    PyObject *code = PyObject_Call(real_compile, args, kwargs);
    failing = kept;
    return code;
}

static PyMethodDef compile_def = {"compile", (PyCFunction)(void *)compile_with_memory,
                                  METH_VARARGS | METH_KEYWORDS, NULL};

static void wrap_python(void)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    /* a generator that cannot be closed for want of memory would say so, often */
    PyRun_SimpleString("import sys; sys.unraisablehook = lambda *_: None");
    PyObject *builtins = PyEval_GetBuiltins();
    real_compile = Py_XNewRef(PyDict_GetItemString(builtins, "compile"));
    PyObject *wrapper = PyCFunction_New(&compile_def, NULL);
    assert_int_equal(PyDict_SetItemString(builtins, "compile", wrapper), 0);
    Py_DECREF(wrapper);
    for (int i = 0; i < DOMAINS; i++) {
        PyMemAllocatorEx hook = {&real[i], py_malloc, py_calloc, py_realloc, py_free};
        PyMem_GetAllocator(domains[i], &real[i]);
        PyMem_SetAllocator(domains[i], &hook);
    }
    PyGILState_Release(gil);
}

static void unwrap_python(void)
{
    for (int i = 0; i < DOMAINS; i++)
        PyMem_SetAllocator(domains[i], &real[i]);
}

/* The script's way. */

static const char look[] =
    "from lutist import Choice, Slider, Toggle, curve, pipeline, matrix, tone\n"
    "import beside\n"
    "table = [0.0, 0.2, 1.0]\n"
    "@pipeline\n"
    "def develop(a: Slider(0, 1) = 0.5, b: Choice('x', 'y') = 'x', c: Toggle() = "
    "False):\n"
    "    def called(x):\n"
    "        return float(repr(float(x))) * a\n"
    "    return [tone(lambda x: beside.power(x, a) if x > 0.1 else x),\n"
    "            tone(red=table, green=lambda x: x * x),\n"
    "            matrix([[0.9, 0.1, 0], [0, 1, 0], [0, a, 0.5]]),\n"
    "            curve((0, 0), (0.5, 0.6), (1, 1)),\n"
    "            tone(called) if c else None]\n";
/* Recorded as a copy, with a table, again for each plan: a list may have changed. */
static const char copied[] =
    "import math\n"
    "from lutist import Slider, pipeline, tone\n"
    "table = [0.0, 0.2, 1.0]\n"
    "@pipeline\n"
    "def develop(a: Slider(0, 1) = 0.5):\n"
    "    return tone(lambda x: table[int(x * 2)] + math.sqrt(x) * round(a * x, 2))\n";
/* Of a file of each kind, and sampled. */
static const char cubes[] =
    "from lutist import Slider, cube, pipeline\n"
    "@pipeline\n"
    "def develop(a: Slider(0, 1) = 0.5):\n"
    "    return [cube('film.cube', mix=a), cube('film.cube'), cube('curves.cube'),\n"
    "            cube('hald.png'),\n"
    "            cube(lambda red, green, blue: (red * a, green, blue), size=2)]\n";
static const char film_cube[] =
    "LUT_1D_SIZE 2\nLUT_3D_SIZE 2\n0 0 0\n1 1 1\n"
    "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 0.5\n";
static const char curves_cube[] =
    "LUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0 2\n0 0 0\n1 1 1\n";
static const char beside[] = "def power(x, a):\n    return x ** (1 + a)\n";

typedef struct Way {
    const char *path;
    Script *script;
    ParamValue *values;
    Plan *plan;
    Program *program;
    int depth;
} Way;

static bool load(Way *way, Err *err)
{
    way->script = script_load(way->path, err);
    return way->script != NULL;
}

/* What fails is this process's, not the child's. */
static bool load_isolated(Way *way, Err *err)
{
    way->script = script_load_isolated(way->path, &(Isolation){0}, NULL, err);
    return way->script != NULL;
}

static void unload(Way *way)
{
    script_close(way->script);
    way->script = NULL;
}

static bool plan(Way *way, Err *err)
{
    way->plan = script_plan(way->script, way->values, way->depth, err);
    return way->plan != NULL;
}

static void write_hald(void)
{
    Err err;
    Image *image = image_new((ImageInfo){8, 8, 3, 8}, &err);
    assert_non_null(image);
    for (int y = 0; y < 8; y++)
        memset(image_row(image, y), y, 24);
    assert_true(
        writer_save(image, "hald.png", &(SaveOptions){.overwrite = true}, &err));
    image_unref(&image);
}

/* A number that was not there before: the files are read and the function is called
 * again. The folder is the working one. */
static bool plan_of_new_cubes(Way *way, Err *err)
{
    long kept = failing;
    failing = NONE;
    way->values[0].number *= 0.999;
    bytes_write("film.cube", film_cube, sizeof film_cube - 1);
    bytes_write("curves.cube", curves_cube, sizeof curves_cube - 1);
    write_hald();
    failing = kept;
    return plan(way, err);
}

static bool plan_with_summary(Way *way, Err *err)
{
    PlanSummary summary = {0};
    way->plan =
        script_plan_summary(way->script, way->values, way->depth, &summary, err);
    if (way->plan)
        plan_summary_clear(&summary);
    return way->plan != NULL;
}

static void unplan(Way *way)
{
    plan_unref(&way->plan);
}

static bool compile(Way *way, Err *err)
{
    way->program = compile_plan(way->plan, 3, err);
    return way->program != NULL;
}

static void uncompile(Way *way)
{
    program_unref(&way->program);
}

static bool says(const Err *err, const char *words)
{
    return strstr(err->text, words) || strstr(err->trace, words);
}

/* CPython 3.11 and 3.12 lose the MemoryError in a few places, and have other words for
 * it where a lock is made. */
static bool is_lack_of_memory(const Err *err)
{
    static const char *const words[] = {"MemoryError", "without exception set",
                                        "without setting an exception",
                                        "without an exception", "can't allocate"};
    bool told = err->kind == ERR_MEMORY;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        told = told || (err->kind == ERR_SCRIPT && says(err, words[i]));
    return told;
}

typedef bool step_fn(Way *way, Err *err);

/* Take the step with each of its allocations failing in turn, or every `stride`th: it
 * fails for want of memory, or is done; and then it can be done. */
static void assert_each_failure_is_told(Way *way, step_fn *step, void (*undo)(Way *),
                                        int stride)
{
    int failed = 0;
    for (long number = 1;; number += stride) {
        Err err = {0};
        allocations = 0;
        failing = number;
        bool good = step(way, &err);
        long made = allocations;
        failing = NONE;
        if (!good && !is_lack_of_memory(&err))
            fail_msg("allocation %ld: %s %s", number, err.text, err.trace);
        failed += !good;
        if (good)
            undo(way);
        if (!step(way, &err))
            fail_msg("after allocation %ld: %s", number, err.text);
        undo(way);
        if (made < number)
            break;
    }
    assert_true(failed > 0);
}

enum { STRIDE = SANITIZED ? 37 : 3 };

static Way loaded(void **state, const char *text)
{
    static char path[256];
    bytes_write(in_folder(state, "beside.py"), beside, sizeof beside - 1);
    const char *written = in_folder(state, "look.py");
    bytes_write(written, text, strlen(text));
    snprintf(path, sizeof path, "%s", written);
    Way way = {.path = path, .depth = 8};
    Err err = {0};
    /* twice: what is imported and cached the first time is there */
    for (int i = 0; i < 2; i++) {
        unload(&way);
        if (!load(&way, &err))
            fail_msg("%s", err.text);
    }
    way.values = param_defaults(script_params(way.script));
    return way;
}

static void gone(Way *way)
{
    param_values_free(way->values, script_params(way->script)->count);
    unload(way);
}

static void load_and_load_again(void **state)
{
    Way way = loaded(state, look);
    Way again = {.path = way.path};
    assert_each_failure_is_told(&again, load, unload, STRIDE);
    gone(&way);
}

/* A curve that is recorded and one that is called, at both depths. */
static void call_record_and_plan(void **state)
{
    Way way = loaded(state, look);
    for (int i = 0; i < 4; i++) {
        way.depth = i % 2 ? 16 : 8;
        way.values[2].number = i >= 2;
        assert_each_failure_is_told(&way, i ? plan : plan_with_summary, unplan,
                                    i == 3 ? 401 : STRIDE);
    }
    gone(&way);
}

static void record_a_copy(void **state)
{
    Way way = loaded(state, copied);
    Err err = {0};
    if (!plan(&way, &err)) /* imports what copies need */
        fail_msg("%s", err.text);
    unplan(&way);
    assert_each_failure_is_told(&way, plan, unplan, STRIDE);
    gone(&way);
}

static void plan_cubes(void **state)
{
    assert_int_equal(chdir(*state), 0);
    Way way = loaded(state, cubes);
    assert_each_failure_is_told(&way, plan_of_new_cubes, unplan, STRIDE);
    gone(&way);
    assert_int_equal(chdir("/"), 0);
}

static void ask_a_process(void **state)
{
    if (SANITIZED)
        return; /* hardly an allocation is Python's, and no other can fail */
    Way way = loaded(state, look);
    Way remote = {.path = way.path, .values = way.values, .depth = 8};
    Err err = {0};
    assert_each_failure_is_told(&remote, load_isolated, unload, STRIDE);
    if (!load_isolated(&remote, &err))
        fail_msg("%s", err.text);
    for (int called = 0; called < 2; called++) {
        way.values[2].number = called;
        assert_each_failure_is_told(&remote, called ? plan : plan_with_summary, unplan,
                                    STRIDE);
    }
    unload(&remote);
    gone(&way);
}

static void compile_a_plan(void **state)
{
    Way way = loaded(state, look);
    Err err = {0};
    assert_true(plan(&way, &err));
    if (!SANITIZED)
        assert_each_failure_is_told(&way, compile, uncompile, 1);
    unplan(&way);
    gone(&way);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(load_and_load_again), IN_FOLDER(call_record_and_plan),
        IN_FOLDER(record_a_copy),       IN_FOLDER(plan_cubes),
        IN_FOLDER(ask_a_process),       IN_FOLDER(compile_a_plan),
    };
    Err err = {0};
    if (!interp_start(&(InterpConfig){0}, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    wrap_python();
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    unwrap_python();
    interp_stop();
    return failures;
}
