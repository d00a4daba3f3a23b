/* A byte table of 256 entries as four groups of sixty-four. One instruction looks up in
 * a group; an index outside of the group keeps the result so far. */
#include <arm_neon.h>

#include "lut1d.h"

enum { STEP = 16, GROUPS = 4, GROUP = 64 };

typedef struct Groups {
    uint8x16x4_t group[GROUPS];
} Groups;

static inline Groups groups_load(const uint8_t *table)
{
    Groups t;
    for (int i = 0; i < GROUPS; i++)
        t.group[i] = vld1q_u8_x4(table + i * GROUP);
    return t;
}

static inline uint8x16_t look_up(const Groups *t, uint8x16_t x)
{
    const uint8x16_t group = vdupq_n_u8(GROUP);
    uint8x16_t found = vqtbl4q_u8(t->group[0], x);
    for (int i = 1; i < GROUPS; i++) {
        x = vsubq_u8(x, group);
        found = vqtbx4q_u8(found, t->group[i], x);
    }
    return found;
}

static void lk_lut1d_u8x1_neon(void *dst, const void *src, size_t n,
                               const void *const tables[3])
{
    uint8_t *d = dst;
    const uint8_t *s = src, *table = tables[0];
    Groups t = groups_load(table);
    size_t i = 0;
    for (; i + STEP <= n; i += STEP)
        vst1q_u8(d + i, look_up(&t, vld1q_u8(s + i)));
    for (; i < n; i++)
        d[i] = table[s[i]];
}

static void lk_lut1d_u8x2_neon(void *dst, const void *src, size_t n,
                               const void *const tables[3])
{
    uint8_t *d = dst;
    const uint8_t *s = src, *table = tables[0];
    Groups t = groups_load(table);
    for (; n >= STEP; n -= STEP, d += 2 * STEP, s += 2 * STEP) {
        uint8x16x2_t v = vld2q_u8(s);
        v.val[0] = look_up(&t, v.val[0]);
        vst2q_u8(d, v);
    }
    for (size_t i = 0; i < n; i++) {
        d[2 * i] = table[s[2 * i]];
        d[2 * i + 1] = s[2 * i + 1];
    }
}

static void lk_lut1d_u8x3_neon(void *dst, const void *src, size_t n,
                               const void *const tables[3])
{
    uint8_t *d = dst;
    const uint8_t *s = src;
    Groups t[3] = {groups_load(tables[0]), groups_load(tables[1]),
                   groups_load(tables[2])};
    for (; n >= STEP; n -= STEP, d += 3 * STEP, s += 3 * STEP) {
        uint8x16x3_t v = vld3q_u8(s);
        for (int c = 0; c < 3; c++)
            v.val[c] = look_up(&t[c], v.val[c]);
        vst3q_u8(d, v);
    }
    for (size_t i = 0; i < 3 * n; i++)
        d[i] = ((const uint8_t *)tables[i % 3])[s[i]];
}

static void lk_lut1d_u8x4_neon(void *dst, const void *src, size_t n,
                               const void *const tables[3])
{
    uint8_t *d = dst;
    const uint8_t *s = src;
    Groups t[3] = {groups_load(tables[0]), groups_load(tables[1]),
                   groups_load(tables[2])};
    for (; n >= STEP; n -= STEP, d += 4 * STEP, s += 4 * STEP) {
        uint8x16x4_t v = vld4q_u8(s);
        for (int c = 0; c < 3; c++)
            v.val[c] = look_up(&t[c], v.val[c]);
        vst4q_u8(d, v);
    }
    for (size_t i = 0; i < 4 * n; i++)
        d[i] = i % 4 == 3 ? s[i] : ((const uint8_t *)tables[i % 4])[s[i]];
}

void lut1d_fill_neon(Lut1dKernels *kernels)
{
    static const lut1d_fn u8s[4] = {lk_lut1d_u8x1_neon, lk_lut1d_u8x2_neon,
                                    lk_lut1d_u8x3_neon, lk_lut1d_u8x4_neon};
    for (int layout = LUT_X1; layout <= LUT_X4; layout++) {
        kernels->u8[layout] = u8s[layout];
        kernels->u8_stream[layout] = u8s[layout];
    }
}
