/* aside — what the render thread makes beside the picture, after it: the view before
 * the look, the part under the loupe, the histogram, the tone plot, and the program for
 * the values of single pixels.
 *
 * Nothing of it makes a picture late: it begins when the picture has been sent and
 * nothing newer waits, and it is cancelled as a picture is. What was cancelled is made
 * after the next picture.
 * Threads: as each function says.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_ASIDE_H
#define LUTIST_VIEWER_PICTURE_ASIDE_H

#include "viewer/picture/develop.h"
#include "viewer/picture/picture_delivery.h"
#include "viewer/scope/histogram.h"
#include "viewer/scope/tone_plot.h"
#include "viewer/screen/screen_pixels.h"

typedef struct Aside Aside;

/* What the window wants to have. */
typedef struct AsideWish {
    bool histogram; /* of the last picture */
    bool tones;     /* the plot of the look */
    bool pixels;    /* the look's program */
    bool before;    /* a picture of the view, unprocessed */
    ScaleArea part; /* to show at 100 %, whole image pixels; 0 wide: none */
    uint64_t again; /* another number: the window has lost the pictures */
} AsideWish;

/* The numbers, in one message. */
typedef struct AsideNews {
    uint64_t image;        /* the number of the image that it is about */
    bool counted, plotted; /* are these set? */
    Histogram histogram;   /* of the pixels as they are shown */
    TonePlot tones;        /* of the look alone, as the program */
    Program *look; /* for the file's pixels; a reference, which `take_news` may move
                      out; NULL: not known */
} AsideNews;

typedef struct AsideConfig {
    picture_take_fn *take_before, *take_part; /* on the UI thread; only good pictures */
    void (*take_news)(void *context, AsideNews *news);
    void *context;
} AsideConfig;

/* The last picture and what made it; borrowed. */
typedef struct AsideScene {
    const View *view;
    const Image *made; /* its pixels; NULL: they are gone */
    Plan *plan;        /* NULL: the picture is unprocessed */
    Plan *look;        /* of the look alone, for the file's depth; NULL: not known */
    ScreenLook screen;
} AsideScene;

/* Borrows all but the configuration, which is copied. */
Aside *aside_new(const AsideConfig *config, Develop *develop, Dispatch *ui,
                 Dispatch *render, Cancel *cancel);
void aside_free(Aside *aside); /* NULL is fine */
/* UI thread: posts to the render thread's queue. */
void aside_want(Aside *aside, const AsideWish *wish);

/* Render thread: another picture was made, or another look is known. */
void aside_renew(Aside *aside);
/* Make what is wanted and missing. */
void aside_make(Aside *aside, const AsideScene *scene);

#endif
