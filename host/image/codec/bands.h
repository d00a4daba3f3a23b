/* bands — rows on their way to a file, packed a band at a time on any thread.
 *
 * Rows are collected into bands. A packed band goes to the file in order, however many
 * threads there are: a band's bytes depend on its rows alone, and on those above it
 * that it is given. No more than a few bands wait.
 * Threads: one at a time; `pack` runs on any.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_CODEC_BANDS_H
#define LUTIST_IMAGE_CODEC_BANDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/thread/spare_threads.h"

typedef struct Band {
    uint8_t *rows;  /* owned: the rows above it, then its own, without padding */
    int above;      /* how many rows above it */
    int count;      /* of its own */
    int y;          /* its first own row */
    void *packer;   /* the format's: its buffers, and the result */
    int kind;       /* as BandCalls.judge says */
    int kind_above; /* of the band before it */
    /* the owner's */
    struct Bands *bands;
    SpareTask task;
    bool posted; /* the task was; else it is packed */
} Band;

typedef struct BandCalls {
    /* What a band needs to be packed; NULL: *err is set. */
    void *(*open)(void *context, Err *err);
    /* Of which kind is a band that is complete? On the owner's thread, so it shall be
     * fast. NULL: there are none. */
    int (*judge)(void *context, const Band *band);
    /* Pack the band's own rows into its packer, which also keeps an error for `put`.
     * On any thread, for several bands at once. */
    void (*pack)(const void *context, const Band *band);
    /* Write what was packed; in order, on the owner's thread. */
    bool (*put)(void *context, const Band *band, Err *err);
    void (*close)(void *packer); /* never NULL */
    /* Copy a row, as packing wants it. */
    void (*copy)(uint8_t *dst, const uint8_t *src, size_t bytes);
} BandCalls;

enum { BANDS_MOST = 16 };

/* Starts zeroed, but for the first group. */
typedef struct Bands {
    /* immutable */
    const BandCalls *calls;
    void *context;       /* theirs */
    SpareThreads *spare; /* borrowed; NULL: none */
    size_t row_bytes;
    int height; /* rows that come */
    int rows;   /* of a band; the last has fewer */
    int above;  /* most rows above that a band is given */
    /* the owner's */
    Band ring[BANDS_MOST];
    int made;    /* of the ring */
    int first;   /* the oldest band that is not written */
    int waiting; /* bands that are packed or being packed */
    int next;    /* row */
} Bands;

/* Make the first band. Fails: ERR_MEMORY, or as `open`. */
bool bands_begin(Bands *bands, Err *err);
/* The next rows. With the image's last one all bands are written. Fails as `put`. */
bool bands_add(Bands *bands, const uint8_t *rows, size_t stride, int count, Err *err);
/* Waits for the bands that are being packed. Zeroed is fine. */
void bands_term(Bands *bands);

/* About `bytes` of rows: at least one, and no more than there are. */
int bands_rows_of(size_t bytes, size_t row_bytes, int height);
/* How many bands of `rows` rows there may be at once. */
int bands_most(int rows, int height, const SpareThreads *spare);

#endif
