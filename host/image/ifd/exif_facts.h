/* exif_facts — what an EXIF block says of a photograph, as texts for people.
 *
 * The names of the fields and their units are those of EXIF 2.32 (CIPA DC-008).
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_IFD_EXIF_FACTS_H
#define LUTIST_IMAGE_IFD_EXIF_FACTS_H

#include "image/meta/block.h"

/* "" where the block does not say, or says it in a damaged way. Control characters are
 * escaped (printable.h). */
typedef struct ExifFacts {
    char camera[96];   /* "NIKON D850" */
    char lens[96];     /* "24-70mm f/2.8" */
    char exposure[32]; /* "1/250 s" */
    char aperture[16]; /* "f/2.8" */
    char iso[24];      /* "ISO 400" */
    char focal[48];    /* "35 mm (like 52 mm)": as on 35 mm film */
    char date[40];     /* "2024-05-01 12:33:10" */
} ExifFacts;

/* An absent or broken block has none. */
ExifFacts exif_facts(const Block *exif);

#endif
