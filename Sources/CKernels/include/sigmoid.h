/// The logistic function of many numbers at once.

#ifndef NETTRAIN_SIGMOID_H
#define NETTRAIN_SIGMOID_H

#include <stddef.h>

/// Replaces each z by σ(z) and stores σ′(z) = σ(z)·σ(−z) beside it: within 4 and 6 ulp, where they are normal numbers.
void nettrain_sigmoid_f64(double *z, double *slopes, ptrdiff_t count);
void nettrain_sigmoid_f32(float *z, float *slopes, ptrdiff_t count);

#endif
