#include "viewer/state/shown.h"

#include <string.h>

#include "base/mem.h"

void shown_term(Shown *shown)
{
    mem_free(shown->file.path);
    shown->file.path = NULL;
}

bool shown_file(Shown *shown, const ShownFile *file)
{
    bool other = !shown->file.path || strcmp(shown->file.path, file->path) != 0;
    char *path = mem_dup(file->path);
    shown_term(shown);
    shown->file = *file;
    shown->file.path = path;
    return other;
}

void shown_take(Shown *shown, uint64_t serial, double since, const Timing *timing)
{
    Timing old = shown->now;
    shown->serial = serial;
    shown->since = since;
    if (!serial)
        return;
    if (old.known && old.mode != timing->mode)
        shown->earlier = old;
    shown->now = *timing;
    shown->now.known = old.known;
    shown->now.rendered_ms = old.rendered_ms;
}

bool shown_present(Shown *shown, double now)
{
    if (!shown->serial)
        return false;
    shown->now.rendered_ms = now - shown->since;
    shown->now.known = true;
    return true;
}

Mode shown_mode_before(const Shown *shown, Mode mode)
{
    bool known = shown->now.known && shown->now.mode != mode;
    return known ? shown->now.mode : MODE_PARALLEL;
}
