#include <string.h>

#include "pipe/program/kinds.h"

/* Pixels that go through the planes at a time: a block stays in the first-level cache.
 */
enum { BLOCK = 256, MOST_BYTES = 8 };

typedef void (*eval_fn)(const Plan *plan, const Kernels *kernels,
                        double *const planes[3], size_t n);

static void evaluate(const Program *program, eval_fn eval, int channels,
                     const uint8_t *src, uint8_t *dst, size_t pixels)
{
    const Kernels *k = program->kernels;
    const Plan *plan = program->plan;
    const double *const tones[3] = {plan->tone[0], plan->tone[1], plan->tone[2]};
    size_t deep = program->depth == 16, pixel = (size_t)channels << deep;
    double red[BLOCK], green[BLOCK], blue[BLOCK];
    double *const planes[3] = {red, green, blue};
    for (size_t i = 0; i < pixels; i += BLOCK) {
        size_t n = pixels - i < BLOCK ? pixels - i : BLOCK;
        k->planes.fetch[deep](planes, src + i * pixel, n, channels, tones);
        eval(plan, k, planes, n);
        k->planes.store[deep](dst + i * pixel, (const double *const *)planes, n,
                              channels, src + i * pixel);
    }
}

void map_exact(const Program *program, int channels, const uint8_t *src, uint8_t *dst,
               size_t pixels)
{
    bool lines = program->kind == PROGRAM_FLOATS;
    evaluate(program, lines ? plan_eval : plan_exact, channels, src, dst, pixels);
}

/* At most BLOCK pixels of `pixel` bytes. */
static void mend_block(const Program *program, int channels, size_t pixel,
                       const uint8_t *src, uint8_t *dst, const uint32_t *found,
                       size_t count)
{
    uint16_t from_memory[MOST_BYTES / 2 * BLOCK], to_memory[MOST_BYTES / 2 * BLOCK];
    uint8_t *from = (uint8_t *)from_memory, *to = (uint8_t *)to_memory;
    size_t n = 0, place[BLOCK];
    for (size_t i = 0; i < count; i++) {
        const uint8_t *s = src + found[i] * pixel;
        if (!n || memcmp(from + (n - 1) * pixel, s, pixel) != 0)
            memcpy(from + n++ * pixel, s, pixel);
        place[i] = n - 1;
    }
    map_exact(program, channels, from, to, n);
    for (size_t i = 0; i < count; i++)
        memcpy(dst + found[i] * pixel, to + place[i] * pixel, pixel);
}

void map_found(const Program *program, int channels, const uint8_t *src, uint8_t *dst,
               const uint32_t *found, size_t count)
{
    size_t pixel = (size_t)channels * (size_t)program->depth / 8;
    for (size_t i = 0; i < count; i += BLOCK)
        mend_block(program, channels, pixel, src, dst, found + i,
                   count - i < BLOCK ? count - i : BLOCK);
}

void map_planes(const Program *program, int channels, bool stream, const uint8_t *src,
                uint8_t *dst, size_t pixels)
{
    (void)stream;
    evaluate(program, plan_eval, channels, src, dst, pixels);
}
