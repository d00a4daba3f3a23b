/* float_values — the error account of single precision.
 *
 * Between two steps of the kernel each channel has values in a range, counted in
 * samples, which may be off by so much. Each function takes them through a step: the
 * errors of its input, enlarged by the steepest way through it, and its own roundings.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PROGRAM_FLOATS_FLOAT_VALUES_H
#define LUTIST_PIPE_PROGRAM_FLOATS_FLOAT_VALUES_H

#include "pipe/plan/plan.h"

typedef struct Values {
    double lo[3], hi[3];
    double error[3]; /* the most that a value may be off */
} Values;

/* What becomes of a cube's points: `matrix` after `mix` with their places. */
typedef struct Folding {
    double mix;
    double matrix[3][4];
    bool gray; /* it is no identity, and keeps grays gray */
} Folding;

/* How far a result may be off, in samples: the bound is 1 at 8 bits and 2 at 16, and
 * rounding to samples adds a half. So at 8 bits it is 0.5. At 16 bits 1.5 less a tenth
 * for what the account leaves out, such as the rounding of its own sums; most of it
 * goes to straight pieces of the last curve. With 0.5 a result would be within 1 step,
 * but a third of the curves that are found by the halves of a number now would need
 * finer pieces, which take longer, or double precision. */
double float_values_tolerance(int depth);
bool float_values_are_exact(const Values *values, double tolerance);

double float_values_magnitude(const Values *values, int channel);
/* How far a number may be off that was rounded to single precision. */
double float_values_rounding(double number);

/* `most`: the largest sample. */
void float_values_take_matrix(Values *values, const double matrix[3][4], double most);
/* The cube with its folded points, then the mix that could not be folded. */
void float_values_take_cube(Values *values, const Cube *cube, const Folding *fold,
                            double mix, double most);

/* The range of result `r` at the folded points, in units. */
Range float_values_points(const Cube *cube, const Folding *fold, int r);
/* The most that it changes along an edge of the lattice on axis `c`. */
double float_values_edge(const Cube *cube, const Folding *fold, int r, int c);
/* Where point `i` of an axis is. */
double float_values_place(const Cube *cube, int axis, int i);
/* Can no value leave the cube's domain? */
bool float_values_are_inside(const Values *values, const Cube *cube, double most);

#endif
