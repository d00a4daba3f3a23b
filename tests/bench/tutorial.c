/* The tutorial's method, rewritten: one channel of an interleaved picture in place,
 * with a table of its own, called through ctypes from one Python thread a channel. */
#include <math.h>

void tutorial_process(unsigned char *pixels, int length, int offset, float gain,
                      float power);

void tutorial_process(unsigned char *pixels, int length, int offset, float gain,
                      float power)
{
    unsigned char table[256];
    for (int i = 0; i < 256; i++) {
        float value = powf((float)i / 255.0f * gain, power) * 255.0f;
        table[i] = (unsigned char)(value > 255.0f ? 255.0f : value);
    }
    for (int i = offset; i < length; i += 3)
        pixels[i] = table[pixels[i]];
}
