/* ifd_store — directories of tags, written anew.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_IFD_IFD_STORE_H
#define LUTIST_IMAGE_IFD_IFD_STORE_H

#include "image/ifd/ifd.h"

/* Where a directory is written: `block` grows with meta_append. */
typedef struct IfdStore {
    Block block;   /* owned */
    uint64_t base; /* offsets count from so many bytes before the block */
    bool bigtiff;
    const IfdField *notes; /* a maker's, which stand already; NULL: none */
    uint64_t notes_at;
} IfdStore;
/* Before `ifd` is stored: put the maker's notes, which may stand in a directory of
 * `ifd`, where they were in their source, if the block has not come so far and they
 * stood near the beginning. Offsets inside them count from the file's beginning, and
 * nobody but the maker knows them. Fails: ERR_MEMORY. */
bool ifd_store_notes(IfdStore *store, const Ifd *ifd, Err *err);
/* Append `ifd` with the values and directories it has; fields without either are left
 * out. *at becomes the directory's offset. Fails: ERR_MEMORY. */
bool ifd_store(IfdStore *store, const Ifd *ifd, uint64_t *at, Err *err);
/* `ifd` as an EXIF block in this machine's byte order; `block` is empty before. */
bool ifd_store_block(const Ifd *ifd, Block *block, Err *err);

#endif
