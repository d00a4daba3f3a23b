#include "image/codec/codec_error.h"

#include <stdio.h>

bool codec_error_run(CodecError *trap, codec_error_fn step, void *state, Err *err)
{
    if (setjmp(trap->escape))
        return err_set(err, trap->kind, "%s", trap->text);
    step(state);
    return true;
}

_Noreturn void codec_error_throw(CodecError *trap, ErrKind kind, const char *format,
                                 ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(trap->text, sizeof trap->text, format, args);
    va_end(args);
    trap->kind = kind;
    longjmp(trap->escape, 1);
}
