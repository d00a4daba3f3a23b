#include "image/codec/codec_error.h"

#include <stdio.h>

bool codec_error_run(CodecError *error, codec_error_fn step, void *state, Err *err)
{
    if (setjmp(error->escape))
        return err_set(err, error->kind, "%s", error->text);
    step(state);
    return true;
}

_Noreturn void codec_error_throw(CodecError *error, ErrKind kind, const char *format,
                                 ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    error->kind = kind;
    longjmp(error->escape, 1);
}
