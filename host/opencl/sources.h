/* sources — the files of kernels/opencl, which the build embeds
 * (kernels/opencl/embed.cmake).
 *
 * Threads: constant.
 * Python:  unaware.
 */
#ifndef LUTIST_OPENCL_SOURCES_H
#define LUTIST_OPENCL_SOURCES_H

typedef struct OpenClSource {
    const char *name; /* "lut1d"; NULL: the end */
    const char *text;
} OpenClSource;

extern const OpenClSource opencl_sources[];

#endif
