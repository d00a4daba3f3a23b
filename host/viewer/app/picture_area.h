/* picture_area — the picture in its room: drawn, zoomed and panned with the mouse.
 *
 * Between a change of the view and the picture that was made for it, the last one is
 * moved and scaled; while another image loads, it stays where it was.
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
    Rect room;         /* where pictures go, in the window */
    DrawPlace place;   /* where the last one went */
    int x, y;          /* the mouse in the pass before */
} PictureArea;

typedef struct PictureAreaInfo {
    const char *failure; /* why the wanted image cannot be shown; NULL: it can */
    bool before;         /* shown as it was before the script */
} PictureAreaInfo;

void picture_area_init(PictureArea *picture);
/* The player has lost the picture. */
void picture_area_forget(PictureArea *picture);
/* The next pictures are of image `number`. */
void picture_area_set_image(PictureArea *picture, uint64_t number, ImageInfo info);
/* The player has the picture of `view`. */
void picture_area_take(PictureArea *picture, const View *view);
/* True: the user has moved the view. */
bool picture_area_pass(PictureArea *picture, Ui *ui, Rect room,
                       const PictureAreaInfo *info);
/* Does the last picture show exactly the view of the viewport? */
bool picture_area_is_exact(const PictureArea *picture);

#endif
