/* wire_cubes — the 3D tables of a script's stages as bytes.
 *
 * A cube is large and seldom changes, so both ends keep those of the last stages, and
 * one that is among them crosses as its number.
 * Threads: owner thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_ISOLATE_WIRE_WIRE_CUBES_H
#define LUTIST_PYTHON_ISOLATE_WIRE_WIRE_CUBES_H

#include "pipe/stage.h"
#include "python/isolate/wire/wire.h"

/* Starts zeroed. */
typedef struct WireCubes {
    Cube **cubes; /* owned, each a reference */
    int count;
} WireCubes;

void wire_cubes_clear(WireCubes *cubes);
/* -1: it is none of them. */
int wire_cubes_find(const WireCubes *cubes, const Cube *cube);

/* The cubes of `stages`; then they are *last. */
void pack_cubes(Pack *pack, const Stage *stages, int count, WireCubes *last);
/* *last becomes what pack_cubes had; untouched where that fails: it is bad, or *err is
 * set (ERR_MEMORY). */
bool unpack_cubes(Unpack *unpack, WireCubes *last, Err *err);

#endif
