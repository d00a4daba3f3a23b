/* The tutorial's two methods, rewritten: one channel of an interleaved picture in
 * place, by the formula for each sample or by a table of its own, called through ctypes
 * from one Python thread a channel. */
#include <math.h>

void tutorial_formula(unsigned char *pixels, int length, int offset, float gain,
                      float power);
void tutorial_process(unsigned char *pixels, int length, int offset, float gain,
                      float power);

static unsigned char developed(unsigned char sample, float gain, float power)
{
    float value = powf((float)sample / 255.0f * gain, power) * 255.0f;
    return (unsigned char)(value > 255.0f ? 255.0f : value);
}

void tutorial_formula(unsigned char *pixels, int length, int offset, float gain,
                      float power)
{
    for (int i = offset; i < length; i += 3)
        pixels[i] = developed(pixels[i], gain, power);
}

void tutorial_process(unsigned char *pixels, int length, int offset, float gain,
                      float power)
{
    unsigned char table[256];
    for (int i = 0; i < 256; i++)
        table[i] = developed((unsigned char)i, gain, power);
    for (int i = offset; i < length; i += 3)
        pixels[i] = table[pixels[i]];
}
