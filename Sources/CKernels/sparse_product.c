#include "sparse_product.h"

#include <string.h>

#include "processors.h"

#define PANEL_VECTORS nettrain_panel_vectors

/// Makes the call with the number of vectors in a panel as a constant, so that a panel's sums stay in registers.
#define WITH_CONSTANT_VECTORS(vectors, call)     \
    switch (vectors) {                           \
    case 1: { enum { V = 1 }; call; break; }     \
    case 2: { enum { V = 2 }; call; break; }     \
    case 3: { enum { V = 3 }; call; break; }     \
    default: { enum { V = PANEL_VECTORS }; call; } \
    }

#define Scalar double
#define NAME(name) name##_f64
#include "sparse_product_of_scalar.h"
#undef Scalar
#undef NAME

#define Scalar float
#define NAME(name) name##_f32
#include "sparse_product_of_scalar.h"
