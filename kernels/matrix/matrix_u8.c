/* The scalar reference of matrix_u8.h. */
#include "matrix/matrix_u8.h"

#include "matrix/matrix_u8_pixel.h"

static void lk_matrix_u8x3_c(uint8_t *dst, const uint8_t *src, size_t n,
                             const MatrixU8 *matrix)
{
    matrix_u8_pixels(dst, src, n, matrix, 3);
}

static void lk_matrix_u8x4_c(uint8_t *dst, const uint8_t *src, size_t n,
                             const MatrixU8 *matrix)
{
    matrix_u8_pixels(dst, src, n, matrix, 4);
}

void matrix_u8_fill_c(MatrixU8Kernels *kernels)
{
    kernels->pixels[0] = kernels->stream[0] = lk_matrix_u8x3_c;
    kernels->pixels[1] = kernels->stream[1] = lk_matrix_u8x4_c;
}
