/* One run of each kernel over PIXELS pixels, for tests/bench/counts.py to count. */
#include <stdio.h>
#include <stdlib.h>

#include "kernels.h"

enum { PIXELS = 320000, CHANNELS = 4, MOST = 65536 };

static uint16_t source[CHANNELS * PIXELS], result[CHANNELS * PIXELS];
static uint16_t entries[3][MOST];
static MixerTables mixer;

/* Any bits will do: no kernel branches on a sample. */
static void fill(void)
{
    for (size_t i = 0; i < sizeof source / sizeof *source; i++)
        source[i] = (uint16_t)rand();
    mixer.bits = 12;
    for (int c = 0; c < 3; c++)
        mixer.out[c] = (const uint8_t *)entries[c];
}

int main(void)
{
    const void *tables[3] = {entries[0], entries[1], entries[2]};
    const Kernels *k = kernels_at(cpu_level());
    fill();
    for (int layout = LUT_X1; layout <= LUT_X4; layout++) {
        k->lut1d.u8_stream[layout](result, source, PIXELS, tables);
        k->lut1d.u16_stream[layout](result, source, PIXELS, tables);
    }
    for (int alpha = 0; alpha < 2; alpha++)
        k->mixer.u8[alpha]((uint8_t *)result, (const uint8_t *)source, PIXELS, &mixer);
    printf("%d\n", PIXELS);
    return 0;
}
