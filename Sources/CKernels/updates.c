#include "updates.h"

#include "adam.h"
#include "processors.h"

#define Scalar double
#define NAME(name) name##_f64
#include "updates_of_scalar.h"
#undef Scalar
#undef NAME

#define Scalar float
#define NAME(name) name##_f32
#include "updates_of_scalar.h"
