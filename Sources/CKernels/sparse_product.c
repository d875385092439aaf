#include "sparse_product.h"

#include <string.h>

#include "adam.h"
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

/// The number of rows of a block that begins at a row.
PART ptrdiff_t block_count(nettrain_sparse_rows rows, ptrdiff_t start) {
    const ptrdiff_t left = rows.count - start;
    return left < nettrain_block_size ? left : nettrain_block_size;
}

/// Sorts the entries of a block by input, each as its byte and its row within the block.
PART void sort_block(
    nettrain_sparse_rows rows, ptrdiff_t start, ptrdiff_t inputs, nettrain_sparse_workspace workspace) {
    const ptrdiff_t count = block_count(rows, start);
    memset(workspace.counts, 0, (size_t)inputs * sizeof(uint16_t));
    for (ptrdiff_t row = 0; row < count; row += 1) {
        const uint32_t selected = rows.selection[start + row];
        for (ptrdiff_t entry = rows.starts[selected]; entry < rows.starts[selected + 1]; entry += 1) {
            const ptrdiff_t input = rows.columns[entry];
            workspace.entries[input * count + workspace.counts[input]] = (uint16_t)(rows.bytes[entry] << 8 | row);
            workspace.counts[input] += 1;
        }
    }
}

#define Scalar double
#define NAME(name) name##_f64
#include "sparse_product_of_scalar.h"
#undef Scalar
#undef NAME

#define Scalar float
#define NAME(name) name##_f32
#include "sparse_product_of_scalar.h"
