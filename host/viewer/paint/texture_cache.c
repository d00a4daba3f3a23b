#include "viewer/paint/texture_cache.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"

static void slot_clear(TextureSlot *slot)
{
    if (slot->texture)
        SDL_DestroyTexture(slot->texture);
    mem_free((char *)slot->key.text);
    *slot = (TextureSlot){0};
}

void texture_cache_clear(TextureCache *cache)
{
    for (int i = 0; i < TEXTURE_CACHE_SLOTS; i++)
        slot_clear(&cache->slots[i]);
}

static bool is_same(TextureKey a, TextureKey b)
{
    return a.kind == b.kind && a.size == b.size && !a.text == !b.text &&
           (!a.text || strcmp(a.text, b.text) == 0);
}

TextureSlot *texture_cache_slot(TextureCache *cache, TextureKey key)
{
    TextureSlot *oldest = &cache->slots[0];
    cache->clock++;
    for (int i = 0; i < TEXTURE_CACHE_SLOTS; i++) {
        TextureSlot *slot = &cache->slots[i];
        if (slot->used && is_same(slot->key, key)) {
            slot->used = cache->clock;
            return slot;
        }
        if (slot->used < oldest->used)
            oldest = slot;
    }
    slot_clear(oldest);
    oldest->key = (TextureKey){mem_dup(key.text), key.kind, key.size};
    oldest->used = cache->clock;
    return oldest;
}
