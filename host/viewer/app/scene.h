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
    uint64_t image;       /* the number of the image that the canvas is set to */
    SDL_Texture *texture; /* owned; the last picture; NULL: none yet */
    int width, height;    /* of the texture */
    View shown;           /* its view */
    SDL_Rect room;        /* where pictures go, in the window */
    SDL_FRect place;      /* where the last one went */
    int x, y;             /* the mouse in the pass before */
} Scene;

typedef struct SceneInfo {
    const char *failure; /* why the wanted image cannot be shown; NULL: it can */
    bool before;         /* shown as it was before the script */
} SceneInfo;

void scene_init(Scene *scene);
/* Also forgets the texture of a lost renderer. */
void scene_term(Scene *scene);
/* The next pictures are of image `number`. */
void scene_set_image(Scene *scene, uint64_t number, ImageInfo info);
/* Fails: ERR_ENV (no texture of that size). */
bool scene_upload(Scene *scene, SDL_Renderer *renderer, const Picture *picture,
                  Err *err);
/* True: the user has moved the view. */
bool scene_pass(Scene *scene, Ui *ui, SDL_Rect room, const SceneInfo *info);
/* Does the texture show exactly the view of the canvas? */
bool scene_is_exact(const Scene *scene);

#endif
