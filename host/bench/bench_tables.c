#include "bench/bench_tables.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "bench/bench_results.h"
#include "bench/bench_timing.h"
#include "pipe/program/compile.h"

const char bench_tables_script[] =
    "from lutist import (Slider, Toggle, contrast, curve, exposure, gamma, levels,\n"
    "                    pipeline, tone)\n"
    "from lutist.math import lerp, smoothstep\n"
    "\n"
    "\n"
    "number = float  # by this name it is not recorded\n"
    "\n"
    "\n"
    "def called(stage):\n"
    "    f = stage._spec[1]\n"
    "    return tone(lambda x: f(number(x)))\n"
    "\n"
    "\n"
    "@pipeline\n"
    "def develop(a: Slider(-1, 1) = 0.0, b: Slider(-1, 1) = 0.0, c: Slider(-1, 1) = "
    "0.0,\n"
    "            d: Slider(-1, 1) = 0.0, e: Slider(-1, 1) = 0.0, f: Slider(-1, 1) = "
    "0.0,\n"
    "            g: Slider(-1, 1) = 0.0, h: Slider(-1, 1) = 0.0, i: Slider(-1, 1) = "
    "0.0,\n"
    "            j: Slider(-1, 1) = 0.0, recorded: Toggle() = True):\n"
    "    stages = [\n"
    "        exposure(a),\n"
    "        gamma(1.2 + 0.1 * b),\n"
    "        contrast(0.3 * c),\n"
    "        levels(0.01, 0.99, 1.1 + 0.1 * d),\n"
    "        curve((0, 0), (0.25, 0.2), (0.5, 0.5 + 0.1 * e), (0.75, 0.8), (1, 1)),\n"
    "        tone(lambda x: x + 0.1 * f * x * (1 - x)),\n"
    "        gamma(1.1 + 0.1 * g),\n"
    "        tone(lambda x: 1 - (1 - x) * (1 - 0.1 * h * x)),\n"
    "        tone(lambda x: lerp(x, smoothstep(0, 1, x), 0.2 + 0.1 * i)),\n"
    "        exposure(0.2 * j),\n"
    "    ]\n"
    "    return stages if recorded else [called(stage) for stage in stages]\n";

enum { LEVELS = 65536, RUNS = 25, SLOW_RUNS = 3 };

static const struct {
    const char *name;
    int slider;
} MOVES[] = {{"first", 0}, {"middle", 4}, {"last", 9}};

/* Times of one slider's moves. */
typedef struct Times {
    double *plan, *compile, *all; /* owned; `runs` each */
    int runs;
} Times;

static bool move_once(const TablesHook *hook, const double *values, double *plan_ms,
                      double *compile_ms, Err *err)
{
    double begin = thread_clock_ms();
    Plan *plan = hook->plan(hook->context, values, err);
    double between = thread_clock_ms();
    Program *program = plan ? compile_plan(plan, 3, err) : NULL;
    *plan_ms = between - begin;
    *compile_ms = thread_clock_ms() - between;
    bool good = program != NULL;
    program_unref(&program);
    plan_unref(&plan);
    return good;
}

/* To and fro, never twice to the same place, as a hand moves a slider. */
static bool move(const TablesHook *hook, int slider, bool recorded, Times *times,
                 Err *err)
{
    double values[TABLES_PARAMS] = {0}, plan, compile;
    values[TABLES_STAGES] = recorded;
    bool good = move_once(hook, values, &plan, &compile, err);
    for (int i = 0; good && i < times->runs; i++) {
        values[slider] = (i % 2 ? 0.5 : -0.5) + 0.01 * i;
        good = move_once(hook, values, &times->plan[i], &times->compile[i], err);
        times->all[i] = times->plan[i] + times->compile[i];
    }
    return good;
}

/* The time of copying the values of all ten stages. */
static double copy_ms(void)
{
    size_t bytes = (size_t)TABLES_STAGES * LEVELS * sizeof(double);
    char *from = mem_new(bytes, 1), *to = mem_new(bytes, 1);
    double ms = bench_timing_copy(to, from, bytes, NULL, RUNS);
    mem_free(from);
    mem_free(to);
    return ms;
}

static BenchResult row_of(const TablesHook *hook, Times *times, double copy)
{
    BenchResult row = {.op = "tables",
                       .pixel = "u16x3",
                       .tables = 1,
                       .threads = hook->threads,
                       .mode = hook->threads > 1 ? "parallel" : "single",
                       .samples = LEVELS};
    row.ms = bench_timing_median(times->all, times->runs, &row.ms_min);
    row.plan_ms = bench_timing_median(times->plan, times->runs, NULL);
    row.compile_ms = bench_timing_median(times->compile, times->runs, NULL);
    row.memcpy_ratio = copy / row.ms;
    return row;
}

static bool measure(const TablesHook *hook, int move_index, bool recorded, int runs,
                    BenchResults *rows, Err *err)
{
    size_t n = (size_t)runs;
    Times times = {mem_new(n, sizeof(double)), mem_new(n, sizeof(double)),
                   mem_new(n, sizeof(double)), runs};
    bool good = move(hook, MOVES[move_index].slider, recorded, &times, err);
    if (good) {
        BenchResult row = row_of(hook, &times, copy_ms());
        row.slider = MOVES[move_index].name;
        row.curves = recorded ? "recorded" : "sampled";
        bench_results_add(rows, &row);
    }
    mem_free(times.plan);
    mem_free(times.compile);
    mem_free(times.all);
    return good;
}

bool bench_tables(const BenchOptions *options, const TablesHook *hook, Err *err)
{
    BenchResults rows = {0};
    bool good = true;
    bench_results_heading(options->version);
    for (int recorded = 1; recorded >= 0; recorded--)
        for (int i = 0; good && i < 3; i++) {
            int runs = options->runs > 0 ? options->runs : recorded ? RUNS : SLOW_RUNS;
            good = measure(hook, i, recorded, runs, &rows, err);
        }
    if (good && options->json)
        good = bench_results_save(&rows, options->version, options->json, err);
    bench_results_clear(&rows);
    return good;
}
