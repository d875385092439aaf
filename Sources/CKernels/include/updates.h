/// The updates of weights that touch each of them: weight decay, momentum and Adam, in one pass over the numbers.
///
/// sgn is the sign, and 0 of 0. The arrays do not overlap.

#ifndef NETTRAIN_UPDATES_H
#define NETTRAIN_UPDATES_H

#include <stddef.h>

/// w ← retain·w − shrink·sgn w
void nettrain_decay_f64(double *w, ptrdiff_t count, double retain, double shrink);
void nettrain_decay_f32(float *w, ptrdiff_t count, float retain, float shrink);

/// v ← v − l2·w − l1·sgn w        w ← w + scale·v
void nettrain_momentum_f64(double *w, double *v, ptrdiff_t count, double scale, double l2, double l1);
void nettrain_momentum_f32(float *w, float *v, ptrdiff_t count, float scale, float l2, float l1);

/// x ← 0 where |x| < least
void nettrain_drop_small_f64(double *x, ptrdiff_t count, double least);
void nettrain_drop_small_f32(float *x, ptrdiff_t count, float least);

/// Adam's step:
///
///     g ← g + l2·w + l1·sgn w
///     m ← β₁m + (1 − β₁)g        v ← β₂v + (1 − β₂)g²        w ← w − rate·m/(root·√v + ε)
///
/// v has the least normal number added in each step, so that it never becomes a denormal number.
void nettrain_adam_f64(
    double *w, double *g, double *m, double *v, ptrdiff_t count, double rate, double root, double l2, double l1);
void nettrain_adam_f32(
    float *w, float *g, float *m, float *v, ptrdiff_t count, float rate, float root, float l2, float l1);

/// β₁, β₂ and ε.
#define NETTRAIN_ADAM_BETA1 0.9
#define NETTRAIN_ADAM_BETA2 0.999
#define NETTRAIN_ADAM_EPSILON 1e-8

#endif
