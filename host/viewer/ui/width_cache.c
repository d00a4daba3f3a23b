#include "viewer/ui/width_cache.h"

#include <stdint.h>
#include <string.h>

/* FNV-1a. */
static uint64_t hash_of(const void *font, const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ (uintptr_t)font;
    for (; *text; text++)
        hash = (hash ^ (uint8_t)*text) * UINT64_C(0x100000001b3);
    return hash;
}

int *width_cache_at(WidthCache *cache, const void *font, const char *text)
{
    size_t length = strlen(text);
    if (length >= WIDTH_CACHE_BYTES)
        return NULL;
    uint64_t hash = hash_of(font, text);
    WidthSlot *slot = &cache->slots[(hash ^ hash >> 32) % WIDTH_CACHE_SLOTS];
    if (slot->font != font || strcmp(slot->text, text) != 0) {
        slot->font = font;
        slot->width = -1;
        memcpy(slot->text, text, length + 1);
    }
    return &slot->width;
}
