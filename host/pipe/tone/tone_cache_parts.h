/* tone_cache_parts — the struct ToneCache, for the files of this room.
 *
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_TONE_TONE_CACHE_PARTS_H
#define LUTIST_PIPE_TONE_TONE_CACHE_PARTS_H

#include "pipe/tone/tone_tree.h"
#include "pipe/tone/tone_trust.h"

struct ToneCache {
    ToneTree tree;
    ToneTrust trust;           /* of the tree's generation */
    unsigned long evaluations; /* vectors worked out since tone_cache_new */
};

#endif
