/* bands — an image through a device, in bands of rows that are on their way in two
 * lanes: while one band comes back the next one goes.
 *
 * Private to the room.
 * Threads: one a value; several values may be on their way at once.
 * Python:  unaware.
 */
#ifndef LUTIST_OPENCL_BANDS_H
#define LUTIST_OPENCL_BANDS_H

#include "opencl/device_tables.h"
#include "opencl/opencl.h"

typedef struct Band {
    int y, rows;  /* of the source; no rows: none is on its way */
    cl_uint told; /* pixels in doubt that the kernel has told of */
} Band;

typedef struct Bands {
    /* set by the caller; borrowed */
    OpenCl *opencl;
    Program *program;
    Image *src, *dst;
    const OpenClWay *way;
    KernelKey key;
    ImageInfo made; /* the result before it is halved */
    int rows;       /* a band: a multiple of 1 << way->halvings, unless it is all */
    /* set by bands_map */
    bool starved;          /* the host lacked memory, not the device */
    OpenClTraffic traffic; /* added up over calls */
    /* bands_map's own */
    Lane *lanes[LANES];
    Band in_lane[LANES];
    int n_lanes;
    DeviceTables *tables;
    bool kept; /* the source is on the device */
} Bands;

/* The bytes of a row of src or of the result before it is halved, whichever are more.
 */
size_t bands_row_bytes(const Bands *bands);

/* The whole of src through the program into dst. When this returns, nobody reads src or
 * writes dst any more. Fails: ERR_CANCELLED; ERR_ENV or ERR_MEMORY, with the code
 * ENOMEM where memory lacks: then the lanes' memory has been given back. */
bool bands_map(Bands *bands, Err *err);

#endif
