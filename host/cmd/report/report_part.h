/* report_part — the report of one part of a batch, read back.
 *
 * Threads: a value.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_REPORT_REPORT_PART_H
#define LUTIST_CMD_REPORT_REPORT_PART_H

#include "batch/hooks.h"
#include "batch/part/part.h"

typedef struct ReportPart {
    const char *path; /* borrowed */
    Part part;
    char *text;                          /* owned: these, and the items' strings */
    const char *script, *folder, *error; /* NULL: the report has none */
    char *values;                        /* owned: a JSON object */
    double ms;
    BatchItem *items; /* owned */
    int count;
} ReportPart; /* zeroed memory is an empty one */

/* `path` is borrowed. Clear it either way. Fails: ERR_USAGE "PATH: reason". */
bool report_part_read(ReportPart *part, const char *path, Err *err);
void report_part_clear(ReportPart *part);

#endif
