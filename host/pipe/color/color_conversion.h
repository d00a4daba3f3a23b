/* color_conversion — stages that take colours from one profile's space to another's.
 *
 * The room host/pipe/color: what a picture is converted to (color_target), the stages
 * (here), and profiles' curves as expressions (curve_expr).
 *
 * They come after those of a look, in the same plan. Between profiles of curves and a
 * matrix they are tones, a matrix and tones in double precision; otherwise a cube that
 * Little CMS fills. Colours outside of the target's range are clipped channel by
 * channel.
 * Threads: immutable once it is shared, the counter is atomic; share freely.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_COLOR_COLOR_CONVERSION_H
#define LUTIST_PIPE_COLOR_COLOR_CONVERSION_H

#include <stdatomic.h>

#include "image/profile/profile.h"
#include "pipe/stage.h"

/* From where to where. */
typedef struct ColorRoute {
    const Profile *from, *to; /* gray or RGB */
    RenderingIntent intent;
    bool gray; /* the pictures are gray: between profiles of curves and a matrix they
                  stay so */
} ColorRoute;

typedef struct ColorConversion {
    /* immutable after new */
    Stage stages[3]; /* their curves and cube are those below */
    int count;       /* 1 to 3 */
    Curve curves[6]; /* to light, and from it */
    Expr *exprs[6];  /* owned; NULL: the curve is another channel's */
    Cube *cube;      /* a reference; NULL: none */
    uint64_t number; /* the owner's, to tell two apart; set before it is shared */
    /* atomic */
    atomic_int refs;
} ColorConversion;

/* *made is NULL where the spaces agree within half a step of 8 bits: pixels stay as
 * they are. Fails: ERR_FILE (a damaged profile), ERR_MEMORY. */
bool color_conversion_new(const ColorRoute *route, ColorConversion **made, Err *err);
ColorConversion *
color_conversion_ref(ColorConversion *conversion);         /* NULL gives NULL */
void color_conversion_unref(ColorConversion **conversion); /* nulls; NULL is fine */

/* `count` stages and then the conversion's (NULL: none), *total together. Free with
 * mem_free; the stages are copies that borrow. */
Stage *color_conversion_after(const ColorConversion *conversion, const Stage *stages,
                              int count, int *total);

#endif
