/* boxes — the boxes of a file as HEIF, JPEG XL and JPEG 2000 have them.
 *
 * A box has a size, a name of four letters, and data, which may be boxes again. They
 * are found in the file: no memory is taken for their data.
 * Threads: pure; the file's position moves.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_CODEC_BOXES_H
#define LUTIST_IMAGE_CODEC_BOXES_H

#include "image/codec/source.h"
#include "image/meta/block.h"

typedef struct FileBox {
    char name[4];
    uint64_t at;   /* where its data stand */
    uint64_t size; /* bytes of them */
} FileBox;

/* Where boxes stand in a file. */
typedef struct Boxes {
    const Source *source;
    const char *format; /* its name, for errors */
    uint64_t at, end;   /* those to come */
    int left;           /* how many may still come */
    bool failed;        /* the last call of boxes_next has set *err */
} Boxes;

/* Those of the whole file. */
Boxes boxes_of_file(const Source *source, const char *format);
/* Those inside a box. */
Boxes boxes_inside(const Boxes *outer, const FileBox *box);
/* The next one. False: that was all, or it `failed`: ERR_FILE (cut short, damaged),
 * ERR_CANCELLED. */
bool boxes_next(Boxes *boxes, FileBox *box, Err *err);
/* Walk over all of a file's. Fails: as boxes_next. */
bool boxes_are_whole(const Source *source, const char *format, Err *err);

bool boxes_is_named(const FileBox *box, const char *name);
/* The first bytes of a box's data. */
bool boxes_take(const Boxes *boxes, const FileBox *box, void *bytes, size_t size,
                Err *err);
/* All of its data from `skip` on, as a new block that `keep` takes; what is longer than
 * the limit for metadata is left out with a note. Fails: ERR_FILE, ERR_MEMORY. */
bool boxes_keep(const Boxes *boxes, const FileBox *box, size_t skip, Block *keep,
                Err *err);

#endif
