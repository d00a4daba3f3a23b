/* viewer_keys — the window's keys as text, without a window.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_VIEWER_KEYS_H
#define LUTIST_VIEWER_VIEWER_KEYS_H

#include <stdbool.h>

typedef struct ViewerKeysOptions {
    bool json;     /* else lines that keys.conf can have */
    bool markdown; /* the tables of docs/viewer.md */
    bool defaults; /* without keys.conf */
} ViewerKeysOptions;

/* Print what each key does, to stdout. False: keys.conf has faults, which stderr tells;
 * its other lines count. */
bool viewer_keys_print(const ViewerKeysOptions *options);

#endif
