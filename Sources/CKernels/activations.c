#include "activations.h"

#include <stdint.h>
#include <string.h>

#include "processors.h"

#define Scalar double
#define Integer int64_t
#define NAME(name) name##_f64
// Beyond, e to the x is 0.
#define LOWEST -750.0
#define LN2_HIGH 0x1.62e42fefa38p-1
#define LN2_LOW 0x1.ef35793c7673p-45
#define MANTISSA_BITS 52
#define EXPONENT_BIAS 1023
#define DEGREE 13
#include "activations_of_scalar.h"
#undef Scalar
#undef Integer
#undef NAME
#undef LOWEST
#undef LN2_HIGH
#undef LN2_LOW
#undef MANTISSA_BITS
#undef EXPONENT_BIAS
#undef DEGREE

#define Scalar float
#define Integer int32_t
#define NAME(name) name##_f32
#define LOWEST -105.0f
#define LN2_HIGH 0x1.62e4p-1f
#define LN2_LOW 0x1.7f7d1cp-20f
#define MANTISSA_BITS 23
#define EXPONENT_BIAS 127
#define DEGREE 7
#include "activations_of_scalar.h"
