/* trap — how the codec libraries' errors get out of them.
 *
 * libjpeg and libpng report an error by calling back and must not be returned to. The
 * callback throws, and the trap_run around the library's call fails. Nothing that a
 * step needs to free may live only in its own variables.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TRAP_H
#define LUTIST_IMAGE_TRAP_H

#include <setjmp.h>

#include "base/err.h"

typedef struct Trap {
    jmp_buf escape; /* valid while trap_run is running */
    ErrKind kind;
    char text[256];
} Trap;

typedef void (*trap_fn)(void *state);

/* Run step(state). False: something was thrown, and *err says what. */
bool trap_run(Trap *trap, trap_fn step, void *state, Err *err);
/* Only inside a trap_run. */
_Noreturn void trap_throw(Trap *trap, ErrKind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
