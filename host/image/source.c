#include "image/source.h"

#include <inttypes.h>
#include <string.h>

bool source_go_on(const Source *source, Err *err)
{
    return !cancel_is_set(source->cancel) || err_set(err, ERR_CANCELLED, "interrupted");
}

bool source_keeps(const Source *source, uint64_t bytes, Err *err)
{
    return bytes <= source->max_metadata ||
           err_set(err, ERR_FILE,
                   "more than %" PRIu64
                   " bytes of metadata; --max-metadata sets another limit",
                   source->max_metadata);
}

bool source_holds(const Source *source, uint64_t bytes, Err *err)
{
    return bytes <= source->size ||
           err_set(err, ERR_FILE,
                   "its header claims more pixels than its %" PRIu64 " bytes can hold",
                   source->size);
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
