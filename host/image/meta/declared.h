/* declared — the colour space that a picture without an ICC profile declares.
 *
 * PNG does it by the chunks cICP, sRGB, gAMA and cHRM, in this order of precedence; a
 * camera's file by EXIF's interoperability index (DCF 2.0: "R03" is Adobe RGB).
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_META_DECLARED_H
#define LUTIST_IMAGE_META_DECLARED_H

#include "image/meta/meta.h"

typedef enum DeclaredBy {
    DECLARED_NOWHERE, /* or it is sRGB */
    DECLARED_CICP,
    DECLARED_GAMMA,
    DECLARED_EXIF,
} DeclaredBy;

/* Numbers of 32 bits without a gap, so that memcmp compares two. All zeros: sRGB, or
 * nothing is declared. */
typedef struct DeclaredSpace {
    int32_t by;    /* a DeclaredBy */
    int32_t gamma; /* sample = light to the power gamma / 100,000; 0: sRGB's curve */
    int32_t chroma[8]; /* x, y of white, red, green, blue × 100,000 */
} DeclaredSpace;

/* Zeros where there is an ICC profile. cHRM counts beside gAMA alone, as the makers of
 * browsers have it, and a gAMA of 1/2.2 without other primaries means sRGB. Values that
 * make no colour space count as none. NULL meta is fine. */
DeclaredSpace declared_space(const Meta *meta);
/* "PQ" or "HLG" where the picture is declared to be HDR; else NULL. `meta` may be
 * NULL. */
const char *declared_hdr(const Meta *meta);
/* "sRGB", "Adobe RGB", "Display P3 primaries, gamma 1.8" in `text`. */
void declared_name(const DeclaredSpace *space, char *text, size_t size);
/* What declares it: "EXIF", "gAMA", "cICP". */
const char *declared_by(const DeclaredSpace *space);

#endif
