/* check — cases, guarded memory and verdicts for the checks of the kernels.
 *
 * A case is one slot of the kernel table with its tables: some bytes in, some bytes
 * out. check_case runs it at every CPU level beside the scalar reference over widths 0
 * to 130, at 64 offsets between canaries, and against inaccessible pages at both ends;
 * bench_case times it. Each file also checks the reference itself.
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_KERNELS_CHECK_H
#define LUTIST_TESTS_KERNELS_CHECK_H

#include <stdbool.h>

#include "kernels.h"

typedef enum Source {
    SOURCE_BITS,    /* any bits */
    SOURCE_FINITE,  /* finite doubles */
    SOURCE_SPECIAL, /* doubles, among them NaN, infinity and both zeros */
} Source;

typedef struct Case {
    char name[48];
    size_t sample;  /* bytes that src and dst are aligned to: 1, 2 or 8 */
    size_t in, out; /* bytes of src and dst for each pixel */
    void (*call)(const Kernels *kernels, void *dst, const void *src, size_t n,
                 const void *context);
    const void *context;
    Source source;
} Case;

void check_case(const Case *one);
void bench_case(const Case *one);

/* Counts; prints `what` (printf-like) when `good` is false. */
void expect(bool good, const char *what, ...) __attribute__((format(printf, 2, 3)));

void random_fill(void *data, size_t size, uint32_t seed);
double random_unit(uint32_t *state); /* 0 to 1 */

/* Each file's cases, through `visit`, and its checks of the reference. */
typedef void (*visit_fn)(const Case *one);
void lut1d_cases(visit_fn visit);
void lut1d_check(void);
void lut3d_cases(visit_fn visit);
void lut3d_check(void);
void lut3d_f32_cases(visit_fn visit);
void lut3d_f32_check(void);
void lut3d_u8_cases(visit_fn visit);
void lut3d_u8_check(void);
void mixer_cases(visit_fn visit);
void mixer_check(void);
void planes_cases(visit_fn visit);
void planes_check(void);
void arith_cases(visit_fn visit);
void arith_check(void);
void power_cases(visit_fn visit);
void halve_cases(visit_fn visit);
void halve_check(void);
void convert_depth_cases(visit_fn visit);
void convert_depth_check(void);
void pack_rgb_cases(visit_fn visit);
void pack_rgb_check(void);
void copy_cases(visit_fn visit);
void copy_check(void);
void matrix_u8_cases(visit_fn visit);
void matrix_u8_check(void);
void weigh_cases(visit_fn visit);
void weigh_check(void);
void weigh_group_cases(visit_fn visit);
void weigh_group_check(void);
void ycbcr_cases(visit_fn visit);
void ycbcr_check(void);

#endif
