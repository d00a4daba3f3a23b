/* scene — the picture in its room: drawn, zoomed and panned with the mouse.
 *
 * Between a change of the view and the picture that was made for it, the last one is
 * moved and scaled; while another image loads, it stays where it was.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_SCENE_H
#define LUTIST_VIEWER_APP_SCENE_H

#include "viewer/picture/canvas.h"
#include "viewer/picture/render.h"
#include "viewer/ui/ui.h"

typedef struct Scene {
    Canvas canvas;
    uint64_t image;    /* the number of the image that the canvas is set to */
    int width, height; /* of the last picture; 0: there is none */
    View shown;        /* its view */
    Rect room;         /* where pictures go, in the window */
    DrawPlace place;   /* where the last one went */
    int x, y;          /* the mouse in the pass before */
} Scene;

typedef struct SceneInfo {
    const char *failure; /* why the wanted image cannot be shown; NULL: it can */
    bool before;         /* shown as it was before the script */
} SceneInfo;

void scene_init(Scene *scene);
/* The player has lost the picture. */
void scene_forget(Scene *scene);
/* The next pictures are of image `number`. */
void scene_set_image(Scene *scene, uint64_t number, ImageInfo info);
/* The player has the picture of `view`. */
void scene_take(Scene *scene, const View *view);
/* True: the user has moved the view. */
bool scene_pass(Scene *scene, Ui *ui, Rect room, const SceneInfo *info);
/* Does the last picture show exactly the view of the canvas? */
bool scene_is_exact(const Scene *scene);

#endif
