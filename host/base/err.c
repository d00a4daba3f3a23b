#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/printable.h"

/* A message before it is shortened: three paths and a reason. */
enum { WHOLE = 3 * 4096 + 1024 };

static void fill(Err *err, ErrKind kind, int code, char text[WHOLE])
{
    printable_shorten(text, sizeof err->text);
    memcpy(err->text, text, strlen(text) + 1);
    err->kind = kind;
    err->code = code;
    err->trace[0] = '\0';
}

/* `reason`, "" or a further text, follows the formatted one. */
static void set(Err *err, ErrKind kind, int code, const char *reason,
                const char *format, va_list args)
{
    /* Formatted into a buffer, because an argument may be err->text itself. */
    char text[WHOLE];
    if (!err)
        return;
    vsnprintf(text, sizeof text, format, args);
    size_t used = strlen(text);
    snprintf(text + used, sizeof text - used, "%s%s", used && *reason ? ": " : "",
             reason);
    fill(err, kind, code, text);
}

bool err_set(Err *err, ErrKind kind, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set(err, kind, kind == ERR_MEMORY ? ENOMEM : 0, "", format, args);
    va_end(args);
    return false;
}

bool err_set_errno(Err *err, ErrKind kind, int code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    set(err, code == ENOMEM ? ERR_MEMORY : kind, code, strerror(code), format, args);
    va_end(args);
    return false;
}

bool err_starved(Err *err, int error)
{
    return error == ENOMEM && err_set(err, ERR_MEMORY, "out of memory");
}

bool err_code(Err *err, int code)
{
    if (err)
        err->code = code;
    return false;
}

bool err_of_option(Err *err)
{
    if (err && err->kind == ERR_FILE)
        err->kind = ERR_USAGE;
    return false;
}

bool err_in(Err *err, const char *where)
{
    if (!err)
        return false;
    size_t length = strlen(where);
    if (strncmp(err->text, where, length) == 0 && err->text[length] == ':')
        return false;
    char text[WHOLE];
    snprintf(text, sizeof text, "%.*s: %s", WHOLE - 1024, where, err->text);
    printable_shorten(text, sizeof err->text);
    memcpy(err->text, text, strlen(text) + 1);
    return false;
}

void err_without(Err *err, const char *folder)
{
    size_t length = strlen(folder);
    if (strncmp(err->text, folder, length) == 0)
        memmove(err->text, err->text + length, strlen(err->text + length) + 1);
}

int err_exit_code(const Err *err)
{
    switch (err->kind) {
    case ERR_NONE:
        return 0;
    case ERR_USAGE:
        return 2;
    case ERR_SCRIPT:
        return 3;
    case ERR_ENV:
        return 4;
    case ERR_CANCELLED:
        return 130;
    case ERR_FILE:
    case ERR_MEMORY:
        break;
    }
    return 1;
}

_Noreturn void err_broken(const char *condition, const char *file, int line)
{
    fprintf(stderr, "lutist: broken promise at %s:%d: %s\n", file, line, condition);
    abort();
}
