/* color_mix — a colour as hue, saturation and value, and as red, green and blue.
 *
 * The hexcone of A. R. Smith, "Color gamut transform pairs", SIGGRAPH 1978. A gray has
 * no hue and black no saturation: then those of `before` stay.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_CONTROL_COLOR_MIX_H
#define LUTIST_VIEWER_CONTROL_COLOR_MIX_H

typedef struct ColorMix {
    double hue;        /* turns, 0 to 1: red, yellow, green, cyan, blue, magenta */
    double saturation; /* 0 to 1 */
    double value;      /* 0 to 1 */
} ColorMix;

/* Of red, green and blue, 0 to 255 each. */
ColorMix color_mix_of(const int rgb[3], ColorMix before);
void color_mix_rgb(ColorMix mix, int rgb[3]);

#endif
