/* codec_error — how the codec libraries' errors get out of them.
 *
 * libjpeg and libpng report an error by calling back and must not be returned to. The
 * callback throws, and the codec_error_run around the library's call fails. Nothing
 * that a step needs to free may live only in its own variables.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_CODEC_CODEC_ERROR_H
#define LUTIST_IMAGE_CODEC_CODEC_ERROR_H

#include <setjmp.h>

#include "base/err.h"

typedef struct CodecError {
    jmp_buf escape; /* valid while codec_error_run is running */
    ErrKind kind;
    char text[256];
} CodecError;

typedef void (*codec_error_fn)(void *state);

/* Run step(state). False: something was thrown, and *err says what. */
bool codec_error_run(CodecError *error, codec_error_fn step, void *state, Err *err);
/* Only inside a codec_error_run. */
_Noreturn void codec_error_throw(CodecError *error, ErrKind kind, const char *format,
                                 ...) __attribute__((format(printf, 3, 4)));

#endif
