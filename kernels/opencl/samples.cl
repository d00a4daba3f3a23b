/* samples — what all kernels of this folder share; it stands before each of them.
 *
 * Every kernel has these arguments, whether it reads them or not:
 *   src, dst     rows of packed pixels; strides are in bytes, multiples of a sample's
 *   tables       a head of 32-bit numbers, and what it points to, in bytes from here
 *   found        a counter, then the numbers of pixels (y * width + x) for the host, in
 *                any order; those that `room` has no place for are counted only
 *   width, rows  of src, in pixels
 *   from         the row of src that belongs to row 0 of dst
 * A work item has the pixels from get_global_id(0) * PER of row get_global_id(1) on, PER
 * of them or what is left of the row. Nothing else is read or written.
 *
 * DEPTH is 8 or 16, IN and OUT are channels a pixel, CPU is 1 where the device is one.
 * Each kernel gives the bits of the header in kernels/ that it names.
 */
#pragma OPENCL FP_CONTRACT OFF

#if DEPTH == 8
typedef uchar sample;
typedef uchar16 sample16;
#else
typedef ushort sample;
typedef ushort16 sample16;
#endif

#define ARGUMENTS                                                                      \
    global const uchar *restrict src, global uchar *restrict dst,                      \
        global const uchar *restrict tables, global uint *restrict found, uint room,   \
        uint width, uint rows, uint from, uint src_stride, uint dst_stride

#define HEAD ((global const int *)tables)

static inline global const sample *row_in(global const uchar *src, uint from, uint stride)
{
    return (global const sample *)(src + (get_global_id(1) + from) * (size_t)stride);
}

static inline global sample *row_out(global uchar *dst, uint stride)
{
    return (global sample *)(dst + get_global_id(1) * (size_t)stride);
}

/* Tell the host of pixel x of this row. */
static inline void tell(global uint *found, uint room, uint width, uint x)
{
    uint at = atomic_inc((volatile global uint *)found);
    if (at < room)
        found[1 + at] = (uint)get_global_id(1) * width + x;
}
