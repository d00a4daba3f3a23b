/* raw_extent — does a raw file reach as far as it says?
 *
 * LibRaw develops what is missing of a file as black, and does not tell for all kinds.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_RAW_RAW_EXTENT_H
#define LUTIST_IMAGE_RAW_RAW_EXTENT_H

#include "image/codec/source.h"

/* Kinds whose headers do not tell pass. Where the source is lenient a missing part is a
 * note. Fails: ERR_FILE, ERR_CANCELLED. */
bool raw_extent_check(const Source *source, Err *err);

#endif
