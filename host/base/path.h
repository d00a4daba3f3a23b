/* path — file names as text; the disk is never read.
 *
 * Results are new strings (mem_free) or point into the argument, as each says.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_PATH_H
#define LUTIST_BASE_PATH_H

#include <stdbool.h>

/* The part after the last '/', in `path` itself. */
const char *path_name(const char *path);
/* The extension without its dot, in `path` itself; "" if there is none. A leading dot
 * does not start an extension: ".profile" has none. */
const char *path_ext(const char *path);
/* New: the folder, "." if the path names none. */
char *path_dir(const char *path);
/* New: the name without folder and extension. */
char *path_stem(const char *path);
/* New: dir/name; a copy of `name` if it is absolute. */
char *path_join(const char *dir, const char *name);
/* ASCII case-insensitive equality. */
bool path_ext_is(const char *path, const char *ext);

#endif
