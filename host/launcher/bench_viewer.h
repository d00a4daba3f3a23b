/* bench_viewer — `lutist bench viewer IMAGE`: the window, used by the program itself.
 *
 * Threads: the process's main thread only.
 * Python:  started and stopped inside.
 */
#ifndef LUTIST_LAUNCHER_BENCH_VIEWER_H
#define LUTIST_LAUNCHER_BENCH_VIEWER_H

#include "options.h"

/* *code: 130 after an interrupt. Fails: ERR_USAGE, as viewer_run, ERR_ENV if another
 * start shows no picture, or ERR_FILE for the JSON file. */
bool bench_viewer(const Options *options, int *code, Err *err);

#endif
