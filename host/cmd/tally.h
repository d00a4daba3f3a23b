/* tally — what a batch has done so far, and how long the rest will take.
 *
 * The caller gives the time, in milliseconds of a clock that never goes back.
 * Threads: a value; the one that runs the batch.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_TALLY_H
#define LUTIST_CMD_TALLY_H

#include <stdio.h>

#include "batch/hooks.h"

typedef struct Tally {
    int total, finished; /* files; the rest are among the finished: */
    int skipped, failed;
    uint64_t bytes;       /* of the inputs that were worked on */
    uint64_t bytes_total; /* of those to be worked on */
    uint64_t pixels;      /* of the results */
    double start, told;   /* ms: the beginning; the last time tally_is_due said so */
} Tally;

enum { TALLY_LINE = 200 }; /* bytes that any line has room in */

void tally_begin(Tally *tally, int total, uint64_t bytes, double now);
/* One more file has ended. */
void tally_add(Tally *tally, const BatchItem *item, int finished, int total);
/* Milliseconds until the end, if the bytes to come take as long as those before; -1:
 * nothing to judge by. */
double tally_left(const Tally *tally, double now);
/* True once in `every` milliseconds. */
bool tally_is_due(Tally *tally, double now, double every);

/* "12.3 img/s, 250 MP/s". */
void tally_rate(char *text, size_t size, int files, uint64_t pixels, double ms);
/* "120/2000  6%  0.2 of 4.1 GB  34.1 img/s, 415 MP/s  2 failed  0:55 to go", for
 * people. */
void tally_line(const Tally *tally, double now, char text[TALLY_LINE]);
/* A line with a JSON object, for programs: `event`, the numbers, and of a file (`item`,
 * else NULL) its names and its state. */
void tally_json(const Tally *tally, FILE *file, const char *event,
                const BatchItem *item, double now);

#endif
