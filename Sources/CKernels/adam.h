// Adam's step for the functions that take it, of all weights or of one input's.

#ifndef NETTRAIN_ADAM_H
#define NETTRAIN_ADAM_H

#include <float.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "processors.h"
#include "updates.h"

#define Scalar double
#define Integer uint64_t
#define NAME(name) name##_f64
#define INVERSE_ROOT_SEED 0x5FE6EB50C7B537A9
#define LEAST_NORMAL DBL_MIN
#include "adam_of_scalar.h"
#undef Scalar
#undef Integer
#undef NAME
#undef INVERSE_ROOT_SEED
#undef LEAST_NORMAL

#define Scalar float
#define Integer uint32_t
#define NAME(name) name##_f32
#define INVERSE_ROOT_SEED 0x5F375A86
#define LEAST_NORMAL FLT_MIN
#include "adam_of_scalar.h"
#undef Scalar
#undef Integer
#undef NAME
#undef INVERSE_ROOT_SEED
#undef LEAST_NORMAL

#endif
