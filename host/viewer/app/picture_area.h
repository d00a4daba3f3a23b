/* picture_area — the part of the window that shows the picture, which the mouse zooms
 * and pans.
 *
 * After a change of the view the last picture is moved and scaled until the new one is
 * there. While another image loads, the last picture stays where it was.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_PICTURE_AREA_H
#define LUTIST_VIEWER_APP_PICTURE_AREA_H

#include "viewer/picture/render.h"
#include "viewer/picture/viewport.h"
#include "viewer/ui/ui.h"

typedef struct PictureArea {
    Viewport viewport;
    uint64_t image;    /* the number of the image that the viewport is set to */
    int width, height; /* of the last picture; 0: there is none */
    View shown;        /* its view */
    Rect room;         /* the area, in the window */
    DrawPlace place;   /* of the last picture */
    int x, y;          /* the mouse in the pass before */
} PictureArea;

typedef struct PictureAreaInfo {
    const char *failure; /* why the wanted image cannot be shown; NULL: no failure */
    bool before;         /* the unprocessed image is shown */
    /* why the script could not be loaded: two lines and what to expect; NULL: it was */
    const char *script_title, *script_failure, *script_hint;
} PictureAreaInfo;

void picture_area_init(PictureArea *picture);
/* The painter has lost the picture's texture. */
void picture_area_forget(PictureArea *picture);
/* The pictures to come are of image `number`. */
void picture_area_set_image(PictureArea *picture, uint64_t number, ImageInfo info);
/* The painter has the picture made for `view`. */
void picture_area_take(PictureArea *picture, const View *view);
/* True: the user has moved the view. */
bool picture_area_pass(PictureArea *picture, Ui *ui, Rect room,
                       const PictureAreaInfo *info);
/* Was the last picture made for exactly the viewport's view? */
bool picture_area_is_exact(const PictureArea *picture);

#endif
