/* rows — the results of a benchmark: a table for people, JSON for programs.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_ROWS_H
#define LUTIST_BENCH_ROWS_H

#include "base/err.h"
#include "base/file/outfile.h"
#include "bench/mode_facts.h"

typedef struct Row {
    const char *op, *pixel, *mode;
    int tables, threads;
    double samples;
    double ms, ms_min;   /* median and best */
    double memcpy_ratio; /* ms of a copy with as many threads ÷ ms */
    bool verified;       /* `worst` was measured */
    double worst;        /* largest error, in steps of the depth */
    /* of "tables"; NULL: other rows */
    const char *slider;         /* first, middle, last */
    const char *curves;         /* recorded, sampled */
    double plan_ms, compile_ms; /* medians of the parts of ms */
    const ModeFacts *facts;     /* of "modes", borrowed; NULL: other rows */
} Row;

typedef struct Rows {
    Row *rows;
    int count;
} Rows;

/* Print the machine. */
void rows_machine(const char *version);
/* Print the machine and the columns' names. */
void rows_heading(const char *version);
/* Keep the row. */
void rows_keep(Rows *rows, const Row *row);
/* Keep the row and print it. */
void rows_add(Rows *rows, const Row *row);
/* The file for rows_save: an earlier one is replaced, nothing else. Fails: ERR_FILE,
 * ERR_USAGE. */
Outfile *rows_open(const char *path, Err *err);
/* One JSON object: version, cpu, cores, level, rows. Fails: ERR_FILE. */
bool rows_save(const Rows *rows, const char *version, const char *path, Err *err);
void rows_clear(Rows *rows);

#endif
