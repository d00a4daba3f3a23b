#include "image/source.h"

#include <string.h>

bool source_go_on(const Source *source, Err *err)
{
    return !cancel_is_set(source->cancel) || err_set(err, ERR_CANCELLED, "interrupted");
}

static void add(Notes *notes, const char *format, va_list args)
{
    char text[sizeof notes->text];
    size_t used = strlen(notes->text);
    vsnprintf(text, sizeof text, format, args);
    if (!strstr(notes->text, text))
        snprintf(notes->text + used, sizeof notes->text - used, "%s%s",
                 used ? "; " : "", text);
}

void source_note(const Source *source, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(source->notes, format, args);
    va_end(args);
}

void source_damage(const Source *source, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(source->notes, format, args);
    va_end(args);
    source->notes->damaged = true;
}
