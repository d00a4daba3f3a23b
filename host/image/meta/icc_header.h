/* icc_header — what the first bytes of an ICC profile say, without a library.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_META_ICC_HEADER_H
#define LUTIST_IMAGE_META_ICC_HEADER_H

#include <stdbool.h>

#include "image/meta/block.h"

/* Has it a header at all: enough bytes, and ICC's signature? */
bool icc_header_is_there(const Block *icc);
/* Does the profile contradict itself: no header, another length than it says, a class
 * that there is not, or a part that lies beyond its end? It may be of use all the
 * same. */
bool icc_header_is_odd(const Block *icc);

#endif
