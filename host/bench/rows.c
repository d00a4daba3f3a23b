#include "bench/rows.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "kernels.h"

#define OPENING "{\n  \"version\": "

/* The processor's name as the kernel tells it, without what JSON would mind. */
static void cpu_model(char *name, size_t size)
{
    snprintf(name, size, "unknown");
    FILE *file = fopen("/proc/cpuinfo", "re");
    char line[256];
    while (file && fgets(line, sizeof line, file)) {
        char *value = strncmp(line, "model name", 10) == 0 ? strchr(line, ':') : NULL;
        if (!value)
            continue;
        value[strcspn(value, "\n\"\\")] = '\0';
        snprintf(name, size, "%s", value + 2);
        break;
    }
    if (file)
        fclose(file);
}

void rows_machine(const char *version)
{
    char model[128];
    cpu_model(model, sizeof model);
    printf("lutist %s on %s, %d cores, level %s\n\n", version, model, thread_cpus(),
           cpu_name(cpu_level()));
}

void rows_heading(const char *version)
{
    rows_machine(version);
    printf("%-17s %-6s %6s %-8s %7s %10s %9s %9s  %s\n", "op", "pixel", "tables",
           "mode", "threads", "samples", "ms", "ms min", "of memcpy");
}

void rows_keep(Rows *rows, const Row *row)
{
    rows->rows = mem_more(rows->rows, (size_t)rows->count, 1, sizeof *row);
    rows->rows[rows->count++] = *row;
}

void rows_add(Rows *rows, const Row *row)
{
    rows_keep(rows, row);
    int digits = row->ms < 1 ? 4 : 2;
    printf("%-17s %-6s %6d %-8s %7d %9.1fM %9.*f %9.*f  %6.2f", row->op, row->pixel,
           row->tables, row->mode, row->threads, row->samples / 1e6, digits, row->ms,
           digits, row->ms_min, row->memcpy_ratio);
    if (row->verified)
        printf("  verified: %s", row->worst == 0 ? "exact" : "within its bound");
    if (row->slider)
        printf("  %s slider, %s: plan %.2f, compile %.2f", row->slider, row->curves,
               row->plan_ms, row->compile_ms);
    printf("\n");
    fflush(stdout);
}

/* What was not measured is null. */
static void save_number(FILE *file, const char *name, double value)
{
    if (value > 0)
        fprintf(file, ", \"%s\": %.6g", name, value);
    else
        fprintf(file, ", \"%s\": null", name);
}

static void save_row(FILE *file, const Row *row, bool last)
{
    fprintf(file,
            "    {\"op\": \"%s\", \"pixel\": \"%s\", \"tables\": %d, \"mode\": \"%s\", "
            "\"threads\": %d, \"samples\": %.0f",
            row->op, row->pixel, row->tables, row->mode, row->threads, row->samples);
    save_number(file, "ms", row->ms);
    save_number(file, "ms_min", row->ms_min);
    if (row->facts)
        save_number(file, "memcpy_ratio", row->memcpy_ratio);
    else
        fprintf(file, ", \"memcpy_ratio\": %.6g", row->memcpy_ratio);
    if (row->verified)
        fprintf(file, ", \"worst\": %g", row->worst);
    if (row->slider)
        fprintf(file,
                ", \"slider\": \"%s\", \"curves\": \"%s\", \"plan_ms\": %.4f, "
                "\"compile_ms\": %.4f",
                row->slider, row->curves, row->plan_ms, row->compile_ms);
    if (row->facts)
        mode_facts_save(file, row);
    fprintf(file, "}%s\n", last ? "" : ",");
}

Outfile *rows_open(const char *path, Err *err)
{
    static const OutfileKind kind = {"measurement of lutist", OPENING};
    OutfileRules rules = {
        .overwrite = true, .guard = outfile_guard_kind, .context = (void *)&kind};
    return outfile_open(path, &rules, err);
}

bool rows_save(const Rows *rows, const char *version, const char *path, Err *err)
{
    char model[128];
    cpu_model(model, sizeof model);
    Outfile *out = rows_open(path, err);
    if (!out)
        return false;
    FILE *file = outfile_file(out);
    fprintf(file,
            "%s\"%s\",\n  \"cpu\": \"%s\",\n  \"cores\": %d,\n"
            "  \"level\": \"%s\",\n  \"rows\": [\n",
            OPENING, version, model, thread_cpus(), cpu_name(cpu_level()));
    for (int i = 0; i < rows->count; i++)
        save_row(file, &rows->rows[i], i + 1 == rows->count);
    fprintf(file, "  ]\n}\n");
    return outfile_save(out, err);
}

void rows_clear(Rows *rows)
{
    mem_free(rows->rows);
    *rows = (Rows){0};
}
