/* codec_error — errors that leave a codec library by a jump.
 *
 * libjpeg and libpng report an error to a callback, which must not return. The callback
 * throws, and the codec_error_run around the library's call fails. A step keeps
 * whatever has to be freed in its state, not in its own variables.
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
