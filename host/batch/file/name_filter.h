/* name_filter — which files a batch takes, by their names.
 *
 * A pattern is a shell's, as "*.jpg" or "day[12]". It fits a file by the file's own
 * name or by that of a folder it lies in, below the folder that was given. A pattern
 * with a slash fits whole paths from there on, as "day[12]/a.jpg"; its stars stay in
 * one folder.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_FILE_NAME_FILTER_H
#define LUTIST_BATCH_FILE_NAME_FILTER_H

#include <stdbool.h>

typedef struct NameFilter {
    const char *const *include; /* borrowed; one must fit, where there is any */
    int n_include;
    const char *const *exclude; /* borrowed; none may fit */
    int n_exclude;
} NameFilter; /* zeros: every file */

/* `below`: the path below the given folder, or the name of a file that was given. */
bool name_filter_takes(const NameFilter *filter, const char *below);
/* May a folder be passed over, because nothing in it can be taken? */
bool name_filter_prunes(const NameFilter *filter, const char *below);

#endif
