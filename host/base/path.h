/* path — file names as text, and lutist's own folders; no folder is read.
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
/* New: dir/name, without a "./" of the name; a copy of `name` if it is absolute. */
char *path_join(const char *dir, const char *name);
/* New: the home folder, $HOME; where that is unset, empty or relative, the one that the
 * system knows for the user. NULL: it knows none. */
char *path_home(void);
/* New: `path`, where a leading "~/" is the home folder, if there is one. */
char *path_at_home(const char *path);
/* ASCII case-insensitive equality. */
bool path_ext_is(const char *path, const char *ext);

/* lutist's own folders, one a variable of the XDG base directory specification. */
typedef enum PathOwn {
    PATH_CONFIG, /* $XDG_CONFIG_HOME/lutist: what the user writes */
    PATH_DATA,   /* $XDG_DATA_HOME/lutist: the user's scripts and presets */
    PATH_STATE,  /* $XDG_STATE_HOME/lutist: what lutist remembers */
    PATH_CACHE,  /* $XDG_CACHE_HOME/lutist: what can be made again */
} PathOwn;

/* New: the path of `name` in that folder, of the folder itself for NULL. Where the
 * variable is unset, empty or relative, the specification's folder in the home folder
 * counts; NULL: there is none. Nothing need exist: folder_make_own makes it. */
char *path_own(PathOwn own, const char *name);

#endif
