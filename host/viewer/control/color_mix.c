#include "viewer/control/color_mix.h"

#include <math.h>

ColorMix color_mix_of(const int rgb[3], ColorMix before)
{
    int high = 0, most = rgb[0], least = rgb[0];
    for (int c = 1; c < 3; c++) {
        high = rgb[c] > most ? c : high;
        most = rgb[high];
        least = rgb[c] < least ? rgb[c] : least;
    }
    ColorMix mix = {before.hue, before.saturation, most / 255.0};
    int span = most - least;
    if (most)
        mix.saturation = (double)span / most;
    if (!span)
        return mix;
    double beyond = (double)(rgb[(high + 1) % 3] - rgb[(high + 2) % 3]) / span;
    double sixths = 2 * high + beyond;
    mix.hue = (sixths < 0 ? sixths + 6 : sixths) / 6;
    /* the two ends of the bar are the same hue */
    if (mix.hue == 0 && before.hue == 1)
        mix.hue = 1;
    return mix;
}

void color_mix_rgb(ColorMix mix, int rgb[3])
{
    static const int offset[3] = {0, 4, 2}; /* sixths of a turn to the part's middle */
    for (int c = 0; c < 3; c++) {
        double sixths = fmod(mix.hue * 6 + offset[c], 6);
        double part = fmin(fmax(fabs(sixths - 3) - 1, 0), 1);
        double level = mix.value * (1 - mix.saturation * (1 - part));
        rgb[c] = (int)lround(level * 255);
    }
}
