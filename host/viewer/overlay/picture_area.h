/* picture_area — the part of the window that shows the picture, which the mouse zooms
 * and pans.
 *
 * After a change of the view the last picture is moved and scaled until the new one is
 * there. While another image loads, the last picture stays where it was.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_OVERLAY_PICTURE_AREA_H
#define LUTIST_VIEWER_OVERLAY_PICTURE_AREA_H

#include "viewer/overlay/loupe.h"
#include "viewer/picture/render.h"
#include "viewer/picture/viewport.h"
#include "viewer/ui/ui.h"

/* The last picture of a kind. */
typedef struct PictureLayer {
    View view;       /* 0 wide: there is none */
    DrawPlace place; /* in the window */
} PictureLayer;

typedef struct PictureArea {
    Viewport viewport;
    uint64_t image;      /* the number of the image that the viewport is set to */
    Turn turn;           /* of that image; the viewport has it as it is seen */
    PictureLayer now;    /* the picture */
    PictureLayer before; /* the same without the look, for the split view */
    Rect room;           /* the area, in the window */
    int x, y;            /* the mouse in the pass before */
    bool twice;          /* the last pass had a double click on it */
    bool resume;         /* out: the mark of a stale picture was clicked */
    bool open;           /* out: the invitation to open pictures was clicked */
} PictureArea;

typedef struct PictureAreaInfo {
    Rect seen;           /* the part of the room that nothing lies over */
    const char *failure; /* why the wanted image cannot be shown; NULL: no failure */
    bool before;         /* the unprocessed image is shown */
    const char
        *stale; /* the mark of a picture that is not the wanted one; NULL: none */
    const char *reading; /* the path of the file that is being read; NULL: none */
    int percent;         /* how far; 0: it is not known */
    bool partial;        /* its rest is awaited */
    const char *awaited; /* a folder, of its first picture; NULL: none is */
    const char *empty;   /* how to open pictures, where there is none; NULL: there is */
    Rect split;          /* the part that shows it beside the other; empty: none */
    Color surround;      /* of the room around the picture */
    /* why the script could not be loaded: two lines and what to expect; NULL: it was */
    const char *script_title, *script_failure, *script_hint;
} PictureAreaInfo;

void picture_area_init(PictureArea *picture);
/* The painter has lost the picture's texture. */
void picture_area_forget(PictureArea *picture);
/* The pictures to come are of image `number`, turned by `quarters`. */
void picture_area_set_image(PictureArea *picture, uint64_t number, ImageInfo info,
                            int quarters);
/* So many quarters more, clockwise; the middle of the room stays. */
void picture_area_turn(PictureArea *picture, int quarters);
/* The painter has the picture made for `view`. */
void picture_area_take(PictureArea *picture, const View *view);
/* The same of the picture before the look. */
void picture_area_take_before(PictureArea *picture, const View *view);
/* The part of the image that the viewport shows, in the window. Empty where there is no
 * image. */
LoupeSight picture_area_sight(const PictureArea *picture);
/* True: the user has moved the view. */
bool picture_area_pass(PictureArea *picture, Ui *ui, Rect room,
                       const PictureAreaInfo *info);
/* Was the last picture made for exactly the viewport's view? */
bool picture_area_is_exact(const PictureArea *picture);

#endif
