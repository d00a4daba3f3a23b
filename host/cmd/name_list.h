/* name_list — the inputs that --files-from names.
 *
 * Threads: a value.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_NAME_LIST_H
#define LUTIST_CMD_NAME_LIST_H

#include <stdbool.h>

#include "base/err.h"

typedef struct NameList {
    const char **names; /* owned; the strings lie in `text` */
    int count;
    char *text; /* owned */
} NameList;     /* zeroed memory is an empty one */

/* Add `count` names, borrowed. */
void name_list_add(NameList *list, const char *const *names, int count);
/* Add the lines of a file, or of standard input for "-"; empty ones are passed over.
 * A byte order mark is passed over, and lines may all end in CR LF. With `nul` each
 * name ends with a NUL. Once a list. Fails: ERR_USAGE, ERR_CANCELLED (an interrupt). */
bool name_list_read(NameList *list, const char *path, bool nul, Err *err);
void name_list_clear(NameList *list);

#endif
