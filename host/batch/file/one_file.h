/* one_file — a batch of one file, for whoever has a plan and one picture to develop.
 *
 * Threads: any; it returns when the file is written.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_FILE_ONE_FILE_H
#define LUTIST_BATCH_FILE_ONE_FILE_H

#include "pipe/develop_file.h"

/* The same bytes as `lutist batch` writes. Fails also where the file is not the one
 * that was seen any more, or its depth not the plan's. */
DevelopFileWork batch_one_file;

#endif
