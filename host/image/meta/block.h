/* block — bytes of metadata as a file holds them.
 *
 * Threads: a value; the caller owns it.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_META_BLOCK_H
#define LUTIST_IMAGE_META_BLOCK_H

#include <stddef.h>
#include <stdint.h>

typedef struct Block {
    uint8_t *data; /* NULL: absent */
    size_t size;   /* bytes */
} Block;

#endif
