#include "image/codec/notes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"

static void add(Notes *notes, const char *format, va_list args)
{
    char text[sizeof notes->text];
    size_t used = strlen(notes->text);
    vsnprintf(text, sizeof text, format, args);
    if (!strstr(notes->text, text))
        snprintf(notes->text + used, sizeof notes->text - used, "%s%s",
                 used ? "; " : "", text);
}

void notes_add(Notes *notes, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(notes, format, args);
    va_end(args);
}

void notes_damage(Notes *notes, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(notes, format, args);
    va_end(args);
    notes->damaged = true;
}

void notes_log(const Notes *notes, const char *path)
{
    if (notes->damaged)
        log_error("%s: warning: %s", path, notes->text);
    else if (notes->text[0])
        log_info("%s: %s", path, notes->text);
}
