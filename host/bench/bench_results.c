#include "bench/bench_results.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "kernels.h"

#define OPENING "{\n  \"version\": "

/* The processor's name by the kernel. */
static void cpu_model(char *name, size_t size)
{
    snprintf(name, size, "unknown");
    FILE *file = fopen("/proc/cpuinfo", "re");
    char line[256];
    while (file && fgets(line, sizeof line, file)) {
        char *value = strncmp(line, "model name", 10) == 0 ? strchr(line, ':') : NULL;
        if (!value)
            continue;
        value[strcspn(value, "\n")] = '\0';
        snprintf(name, size, "%s", value + 2);
        break;
    }
    if (file)
        fclose(file);
}

void bench_results_machine(const char *version)
{
    char model[128];
    cpu_model(model, sizeof model);
    printf("lutist %s on %s, %d cores, level %s\n\n", version, model, thread_cpus(),
           cpu_name(cpu_level()));
}

void bench_results_heading(const char *version)
{
    bench_results_machine(version);
    printf("%-17s %-6s %6s %-8s %7s %10s %9s %9s  %s  %s\n", "op", "pixel", "tables",
           "mode", "threads", "samples", "ms", "ms min", "of memcpy", "of the limit");
}

void bench_results_keep(BenchResults *rows, const BenchResult *row)
{
    rows->rows = mem_more(rows->rows, (size_t)rows->count, 1, sizeof *row);
    rows->rows[rows->count++] = *row;
}

void bench_results_add(BenchResults *rows, const BenchResult *row)
{
    bench_results_keep(rows, row);
    if (row->device && row->device->reason[0]) {
        device_facts_print_reason(row->device, row->op, row->pixel);
        return;
    }
    int digits = row->ms < 1 ? 4 : 2;
    printf("%-17s %-6s %6d %-8s %7d %9.1fM %9.*f %9.*f  %6.2f", row->op, row->pixel,
           row->tables, row->mode, row->threads, row->samples / 1e6, digits, row->ms,
           digits, row->ms_min, row->memcpy_ratio);
    if (row->limit_ratio > 0)
        printf("     %9.2f", row->limit_ratio);
    if (row->verified)
        printf("  verified: %s", row->worst == 0 ? "exact" : "within its bound");
    if (row->device)
        device_facts_print(row->device);
    if (row->slider)
        printf("  %s slider, %s: plan %.2f, compile %.2f", row->slider, row->curves,
               row->plan_ms, row->compile_ms);
    printf("\n");
    fflush(stdout);
}

/* A number that was not measured is null. */
static void save_measured(Json *json, const char *name, double value)
{
    json_number(json, name, value > 0 ? value : NAN);
}

static void save_row(Json *json, const BenchResult *row)
{
    json_line(json, 4);
    json_begin(json, NULL, '{');
    json_text(json, "op", row->op);
    json_text(json, "pixel", row->pixel);
    json_number(json, "tables", row->tables);
    json_text(json, "mode", row->mode);
    json_number(json, "threads", row->threads);
    json_rounded(json, "samples", row->samples, 0);
    save_measured(json, "ms", row->ms);
    save_measured(json, "ms_min", row->ms_min);
    if (row->facts || row->window || row->device)
        save_measured(json, "memcpy_ratio", row->memcpy_ratio);
    else
        json_number(json, "memcpy_ratio", row->memcpy_ratio);
    if (row->limit_ratio > 0)
        json_number(json, "limit_ratio", row->limit_ratio);
    if (row->verified)
        json_number(json, "worst", row->worst);
    if (row->slider) {
        json_text(json, "slider", row->slider);
        json_text(json, "curves", row->curves);
        json_rounded(json, "plan_ms", row->plan_ms, 4);
        json_rounded(json, "compile_ms", row->compile_ms, 4);
    }
    if (row->facts)
        mode_facts_save(json, row->facts, row->ms);
    if (row->device)
        device_facts_save(json, row->device);
    if (row->window)
        window_facts_save(json, row->window);
    json_end(json, '}');
}

Outfile *bench_results_open(const char *path, Err *err)
{
    static const OutfileKind kind = {"measurement of lutist", OPENING};
    OutfileRules rules = {
        .overwrite = true, .guard = outfile_guard_kind, .context = (void *)&kind};
    return outfile_open(path, &rules, err);
}

/* The opening must be OPENING. */
static void save_all(FILE *file, const BenchResults *rows, const char *version)
{
    char model[128];
    Json json = {.file = file};
    cpu_model(model, sizeof model);
    json_begin(&json, NULL, '{');
    json_line(&json, 2);
    json_text(&json, "version", version);
    json_line(&json, 2);
    json_text(&json, "cpu", model);
    json_line(&json, 2);
    json_number(&json, "cores", thread_cpus());
    json_line(&json, 2);
    json_text(&json, "level", cpu_name(cpu_level()));
    json_line(&json, 2);
    json_begin(&json, "rows", '[');
    for (int i = 0; i < rows->count; i++)
        save_row(&json, &rows->rows[i]);
    json_line(&json, 2);
    json_end(&json, ']');
    json_line(&json, 0);
    json_end(&json, '}');
    fputc('\n', file);
}

bool bench_results_save(const BenchResults *rows, const char *version, const char *path,
                        Err *err)
{
    Outfile *out = bench_results_open(path, err);
    if (!out)
        return false;
    save_all(outfile_file(out), rows, version);
    return outfile_save(out, err);
}

void bench_results_clear(BenchResults *rows)
{
    mem_free(rows->rows);
    *rows = (BenchResults){0};
}
