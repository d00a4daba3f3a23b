/* bytes — numbers in files: little-endian and big-endian, at any address.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_CODEC_BYTES_H
#define LUTIST_IMAGE_CODEC_BYTES_H

#include <stdint.h>

static inline uint32_t le16(const uint8_t *p)
{
    return (uint32_t)(p[0] | p[1] << 8);
}

static inline uint32_t le32(const uint8_t *p)
{
    return le16(p) | le16(p + 2) << 16;
}

static inline uint32_t be16(const uint8_t *p)
{
    return (uint32_t)(p[0] << 8 | p[1]);
}

static inline uint32_t be32(const uint8_t *p)
{
    return be16(p) << 16 | be16(p + 2);
}

#endif
