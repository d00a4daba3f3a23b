/* mode_facts — a result of the bench "modes" beside its times.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_FACTS_MODE_FACTS_H
#define LUTIST_BENCH_FACTS_MODE_FACTS_H

#include <stdbool.h>

#include "base/text/json.h"

typedef struct ModeFacts {
    double megapixels; /* of the image */
    double
        measured; /* the part that was run; if it is less, the times are extrapolated */
    double against_python; /* python's ms ÷ these */
    const char *copies;    /* what the mode copies beside its work; static */
    bool same_bits;        /* as parallel */
    char reason[512];      /* why it could not run; "": it could */
} ModeFacts;

void mode_facts_heading(void);
/* Print a line for people. */
void mode_facts_print(const ModeFacts *facts, const char *mode, int threads, double ms,
                      double ms_min);
/* Write members of the row's JSON object. */
void mode_facts_save(Json *json, const ModeFacts *facts, double ms);

#endif
