/* fuzz_random — random numbers that a seed decides.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_FUZZ_FUZZ_RANDOM_H
#define LUTIST_TESTS_FUZZ_FUZZ_RANDOM_H

#include <stddef.h>
#include <stdint.h>

static uint32_t random_state = 1;

static inline void random_seed(uint32_t seed)
{
    random_state = seed * 2654435761u | 1;
}

/* From 0 to `limit` - 1. */
static inline uint32_t below(size_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % (uint32_t)limit;
}

#endif
