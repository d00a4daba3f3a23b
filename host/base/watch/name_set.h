/* name_set — names, each once.
 *
 * Threads: a value; the caller owns it.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_WATCH_NAME_SET_H
#define LUTIST_BASE_WATCH_NAME_SET_H

#include <stdbool.h>

typedef struct NameSet {
    void *tree; /* owned: of tsearch, as the names in it */
} NameSet;      /* zeroed memory is an empty one */

/* Add a copy of `name`, in O(log n). False: it is in the set already. */
bool name_set_add(NameSet *set, const char *name);
void name_set_clear(NameSet *set);

#endif
