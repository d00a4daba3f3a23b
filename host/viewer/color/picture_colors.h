/* picture_colors — what makes a picture's colours those of the display.
 *
 * A conversion is made once a picture, on the load thread, from its ICC profile, or
 * the space it declares, to the display's; pictures in a row with the same share one.
 * Threads: a PictureColors is a value with references; a DisplayColors: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_COLOR_PICTURE_COLORS_H
#define LUTIST_VIEWER_COLOR_PICTURE_COLORS_H

#include <pthread.h>

#include "image/image.h"
#include "pipe/color/color_target.h"
#include "pipe/plan/plan.h"

/* Of one picture; zeros: its samples are the display's. */
typedef struct PictureColors {
    ColorConversion *conversion; /* a reference; its number is above 0; NULL: none */
    Plan *plan;                  /* of the conversion alone; a reference; NULL: none */
    char profile[80]; /* the name of the picture's profile; "": it has none */
    Err err;          /* why there is no conversion; ERR_NONE: none is needed */
    bool of_display;  /* `err` is about the display's profile */
} PictureColors;

/* Drop the references. */
void picture_colors_clear(PictureColors *colors);

typedef struct DisplayColors {
    /* immutable after init */
    const ColorTarget *given; /* of the command line; NULL: the display's own */
    pthread_mutex_t lock;     /* held while a conversion is made */
    pthread_mutex_t telling;  /* within it, or alone; held for moments */
    /* guarded by telling */
    Block profile; /* owned: of the display, its bytes; empty: it has none */
    bool known;    /* it was told, or asked for */
    bool fresh;    /* `own` is not made of it yet */
    /* guarded by lock */
    ColorTarget *own;    /* owned: its profile; NULL: it has none */
    ColorTarget *srgb;   /* owned; NULL until it is needed */
    Err err;             /* why its profile is not used; told once */
    Block icc;           /* owned: the last picture's profile */
    DeclaredSpace space; /* of that picture, without one */
    ImageInfo info;      /* of that picture; zeros: there was none */
    PictureColors last;  /* its own */
} DisplayColors;

/* `given` is borrowed. */
void display_colors_init(DisplayColors *display, const ColorTarget *given);
void display_colors_term(DisplayColors *display);
/* Ask the display for its profile, once; else the first picture does. */
void display_colors_prepare(DisplayColors *display);
/* Its profile is this one; empty: it has none. True: it was another one, and pictures
 * may have its colours. Never waits for a conversion. */
bool display_colors_use(DisplayColors *display, const Block *icc);
/* The colours of `image`. A new conversion gets `number`. */
PictureColors display_colors_for(DisplayColors *display, const Image *image,
                                 uint64_t number);

#endif
