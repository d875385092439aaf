/// The activation functions of many neurons at once.

#ifndef NETTRAIN_ACTIVATIONS_H
#define NETTRAIN_ACTIVATIONS_H

#include <stddef.h>

/// Replaces each z by σ(z) and stores σ′(z) = σ(z)·σ(−z) beside it: within 4 and 6 ulp, where they are normal numbers.
void nettrain_sigmoid_f64(double *z, double *slopes, ptrdiff_t count);
void nettrain_sigmoid_f32(float *z, float *slopes, ptrdiff_t count);

/// Replaces each z by tanh z and stores 1 − tanh² z beside it: within 4 and 8 ulp, where they are normal numbers.
void nettrain_tanh_f64(double *z, double *slopes, ptrdiff_t count);
void nettrain_tanh_f32(float *z, float *slopes, ptrdiff_t count);

/// Replaces each z by max(0, z) and stores 1 where z > 0, and otherwise 0.
void nettrain_rectifier_f64(double *z, double *slopes, ptrdiff_t count);
void nettrain_rectifier_f32(float *z, float *slopes, ptrdiff_t count);

#endif
