/* part — the K-th of N parts of a batch's inputs, for runs on several machines.
 *
 * An input's own name, as it is given, decides its part: an input that is added or
 * removed moves no other. Numbered files are spread evenly over the parts, others by
 * the hash of their names.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_PART_PART_H
#define LUTIST_BATCH_PART_PART_H

#include "base/err.h"

/* `number` is from 1 to `of`. All zeros: every input. */
typedef struct Part {
    int number, of;
} Part;

/* "3/16". Fails: ERR_USAGE. */
bool part_parse(const char *text, Part *part, Err *err);
bool part_has(Part part, const char *input);
/* New: "03-of-16"; NULL: the part is every input. */
char *part_label(Part part);
/* New: `path` with a label before its extension, as "day.03-of-16.json"; a copy where
 * the label is NULL. */
char *part_path(const char *path, const char *label);

#endif
