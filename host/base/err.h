/* err — an error as a message for the user.
 *
 * The room host/base knows nothing of pixels: errors (here), memory (mem), messages
 * (log), paths, the machine's limits (limits, cgroup). base/text has names and messages
 * for people, shells and JSON, base/file reads and writes files, base/thread runs
 * threads, base/watch tells when files change.
 *
 * A function that can fail returns bool (or a pointer, NULL on failure) and takes an
 * Err last. On failure *err is set and the outputs are untouched. `text` is one line
 * without the program's name; `trace` is a Python traceback or empty. A text that is
 * too long loses its middle (printable_shorten), so the reason at its end stays.
 * Threads: a value; the caller owns it.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_ERR_H
#define LUTIST_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>

typedef enum ErrKind {
    ERR_NONE,
    ERR_USAGE,     /* a parameter, a flag: exit code 2 */
    ERR_FILE,      /* an image or an output file: exit code 1 */
    ERR_SCRIPT,    /* the user's Python failed: exit code 3 */
    ERR_ENV,       /* no display, no interpreter: exit code 4 */
    ERR_MEMORY,    /* an image- or table-sized allocation failed: exit code 1 */
    ERR_CANCELLED, /* a request to stop: exit code 130 */
} ErrKind;

typedef struct Err {
    ErrKind kind;
    int code; /* the errno behind the error (ENOMEM for ERR_MEMORY); 0: none */
    char text[768];
    char trace[16384];
} Err;

/* Set *err (or nothing, if it is NULL) and return false, so that a failing function can
 * end with `return err_set(…)`. */
bool err_set(Err *err, ErrKind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a failed system call: *err keeps `code`, an errno, and its text ends in
 * strerror(code), after ": " unless the format is empty. ENOMEM always makes it
 * ERR_MEMORY. */
bool err_set_errno(Err *err, ErrKind kind, int code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A library may report a failed allocation as a damaged file: if `error`, the errno it
 * left, is ENOMEM, *err becomes ERR_MEMORY. Returns false. */
bool err_starved(Err *err, int error);

/* Keep the errno of an error whose text does not name it. Returns false. */
bool err_code(Err *err, int code);

/* An option names the file that cannot be read: ERR_FILE becomes ERR_USAGE. Returns
 * false. */
bool err_of_option(Err *err);

/* Put "WHERE: " in front of the text, unless it is there already. Returns false. */
bool err_in(Err *err, const char *where);

/* Take `folder` off the text, if that begins with it: the user gave a relative path. */
void err_without(Err *err, const char *folder);

/* The process's exit code for `err`. */
int err_exit_code(const Err *err);

/* Abort on an error of the programmer; always on. */
#define REQUIRE(condition)                                                             \
    ((condition) ? (void)0 : err_broken(#condition, __FILE__, __LINE__))
_Noreturn void err_broken(const char *condition, const char *file, int line);

#endif
