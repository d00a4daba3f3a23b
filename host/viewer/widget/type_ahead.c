#include "viewer/widget/type_ahead.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { PAUSE_MS = 1000 };

static bool is_same_sign(unsigned char typed, unsigned char named)
{
    return tolower(named) == typed || (ispunct(typed) && ispunct(named));
}

static bool begins(const char *name, const char *text)
{
    while (*text && is_same_sign((unsigned char)*text, (unsigned char)*name)) {
        text++;
        name++;
    }
    return !*text;
}

/* The first from `from` on, round the end; -1: none. */
static int find(const TypeAheadList *list, int from, const char *text)
{
    for (int i = 0; i < list->count; i++) {
        int entry = (from + i) % list->count;
        if (begins(list->name(list->names, entry), text))
            return entry;
    }
    return -1;
}

int type_ahead_key(TypeAhead *ahead, const TypeAheadList *list, int current,
                   SDL_Keycode key, double now)
{
    size_t used = now < ahead->ms + PAUSE_MS ? strlen(ahead->text) : 0;
    bool sign = (key > ' ' && key <= '~') || (key == ' ' && used);
    ahead->ms = now;
    ahead->text[sign ? used : 0] = '\0';
    if (!sign)
        return current;
    if (used && used + 1 < sizeof ahead->text) {
        ahead->text[used] = (char)key;
        ahead->text[used + 1] = '\0';
        int entry = find(list, current < 0 ? 0 : current, ahead->text);
        if (entry >= 0)
            return entry;
    }
    ahead->text[0] = (char)key;
    ahead->text[1] = '\0';
    int entry = find(list, current + 1, ahead->text);
    return entry < 0 ? current : entry;
}
