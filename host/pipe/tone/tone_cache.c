#include "pipe/tone/tone_cache.h"

#include "base/mem.h"
#include "pipe/tone/tone_cache_parts.h"

ToneCache *tone_cache_new(void)
{
    return mem_new(1, sizeof(ToneCache));
}

void tone_cache_free(ToneCache *cache)
{
    if (!cache)
        return;
    tone_tree_clear(&cache->tree);
    mem_free(cache->trust.distrusted);
    mem_free(cache);
}

void tone_cache_begin(ToneCache *cache)
{
    cache->tree.generation++;
    cache->trust.count = 0;
}

void tone_cache_end(ToneCache *cache)
{
    tone_tree_remove_unused(&cache->tree);
    while (tone_cache_bytes(cache) > TONE_CACHE_BYTES)
        tone_tree_remove_last(&cache->tree);
}

bool tone_cache_trusts(const ToneCache *cache, const Curve *curve)
{
    return tone_trust_holds(&cache->trust, curve);
}

const char *tone_cache_distrust_reason(const ToneCache *cache, const Curve *curve)
{
    return tone_trust_reason(&cache->trust, curve);
}

size_t tone_cache_bytes(const ToneCache *cache)
{
    return tone_tree_bytes(&cache->tree);
}

unsigned long tone_cache_evaluations(const ToneCache *cache)
{
    return cache->evaluations;
}
