/* err — what went wrong, in words a user can act on.
 *
 * A function that can fail returns bool (or a pointer, NULL on failure) and takes
 * an Err last. On failure *err is set and the outputs are untouched. `text` is one
 * line without the program's name; `trace` is a Python traceback or empty. A text too
 * long for it loses its middle (text_shorten): the reason, which stands last, stays.
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
    ERR_CANCELLED, /* somebody asked to stop: exit code 130 */
} ErrKind;

typedef struct Err {
    ErrKind kind;
    int code; /* the errno behind it (of ERR_MEMORY always ENOMEM); 0: none */
    char text[768];
    char trace[16384];
} Err;

/* Set *err (NULL is allowed: the reason is dropped) and return false, so that a
 * failing function can end with `return err_set(…)`. */
bool err_set(Err *err, ErrKind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a refusal of the system: *err keeps `code`, an errno, and its text ends
 * in the system's words for it, after ": " unless the format is empty. ENOMEM makes
 * it ERR_MEMORY, whatever `kind` is. */
bool err_set_errno(Err *err, ErrKind kind, int code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A library that was refused memory may well call the file damaged: where `error`, the
 * errno it left, is ENOMEM, *err becomes ERR_MEMORY. Returns false. */
bool err_starved(Err *err, int error);

/* Keep the errno behind a text that does not name it. Returns false. */
bool err_code(Err *err, int code);

/* Put "WHERE: " in front of the text, unless it is there already. Returns false. */
bool err_in(Err *err, const char *where);

/* The process exit code that `err` stands for. */
int err_exit_code(const Err *err);

/* A broken promise between our own functions; always on. */
#define REQUIRE(condition)                                                             \
    ((condition) ? (void)0 : err_broken(#condition, __FILE__, __LINE__))
_Noreturn void err_broken(const char *condition, const char *file, int line);

#endif
