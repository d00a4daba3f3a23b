/* overlay_state — what the overlay has and shows.
 *
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_OVERLAY_OVERLAY_STATE_H
#define LUTIST_VIEWER_OVERLAY_OVERLAY_STATE_H

#include "viewer/overlay/loupe.h"
#include "viewer/overlay/split.h"
#include "viewer/picture/aside.h"
#include "viewer/scope/graph.h"
#include "viewer/scope/picture_facts.h"
#include "viewer/ui/ui.h"

typedef enum OverlayCard {
    CARD_NONE,
    CARD_HISTOGRAM,
    CARD_TONES, /* the histogram, and the tone plot below it */
    CARD_FACTS,
    CARDS
} OverlayCard;

/* Of the card: over the picture, below it, at its right. */
typedef enum CardPlace { CARD_OVER, CARD_BELOW, CARD_BESIDE } CardPlace;

typedef enum Surround {
    SURROUND_DARK,
    SURROUND_GRAY, /* 18 % */
    SURROUND_WHITE,
    SURROUNDS
} Surround;

/* A graph's pixels. */
typedef struct OverlayGraph {
    uint32_t *pixels; /* owned; NULL: not drawn yet */
    int width, height;
    bool log;
    bool fresh; /* the painter does not have them yet */
    bool old;   /* its numbers have changed */
} OverlayGraph;

/* A picture that the painter has of the part under the loupe. */
typedef struct OverlayPart {
    uint64_t image;
    ScaleArea area; /* 0 wide: there is none */
    int quarters;   /* that it is turned by */
} OverlayPart;

typedef struct Overlay {
    OverlayCard card;
    bool log; /* the histogram's scale */
    bool clipping, grid;
    Surround surround;
    Split split;
    bool loupe; /* while its key is down */
    bool blank; /* what it has is of a picture before: the present one cannot be had */
    bool low;   /* something else has the room's upper right corner */
    Rect box;   /* of the card; empty: there is none, or no space for it */
    CardPlace place;
    /* of the last pass */
    LoupePart part; /* under the loupe; its box is empty: none */
    bool on_pixel;  /* the mouse is over (pixel_x, pixel_y) of the image */
    int pixel_x, pixel_y;
    /* what was asked for */
    AsideWish wish;       /* the last one that the render thread got */
    uint64_t look_serial; /* of the values whose look alone is wanted */
    /* what was told */
    uint64_t image; /* the number of the image that the numbers are of */
    bool counted, plotted;
    Histogram histogram;
    TonePlot tones;
    Program *look; /* a reference; NULL: not known */
    PictureFacts facts;
    uint64_t facts_image; /* the number of the image that they are of; 0: none */
    OverlayPart made;
    OverlayGraph histogram_graph, tones_graph;
} Overlay;

#endif
