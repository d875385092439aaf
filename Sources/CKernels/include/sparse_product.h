/// The products of a mini-batch with mostly zero inputs, in instructions that the processor has.
///
/// Swift cannot compile a function for several processors at once; clang can, and picks when the program starts.
/// `PanelMatrix` is the only caller and checks what these functions take for granted.

#ifndef NETTRAIN_SPARSE_PRODUCT_H
#define NETTRAIN_SPARSE_PRODUCT_H

#include <stddef.h>
#include <stdint.h>

/// Rows of a matrix that hold nonzero bytes only, and which of them are meant.
typedef struct {
    /// The entries of row i are those from starts[i] up to, not including, starts[i + 1].
    const ptrdiff_t *starts;
    const uint16_t *columns;
    const uint8_t *bytes;
    /// The rows that are meant, `count` of them.
    const uint32_t *selection;
    ptrdiff_t count;
} nettrain_sparse_rows;

/// The size of a mini-batch's part that an update looks at together.
enum { nettrain_block_size = 128 };

/// Room for an update: a counter for each input, `block` entries for each input, and 256 bytes for each row of a block.
typedef struct {
    uint16_t *counts;
    uint16_t *entries;
    void *deltas;
} nettrain_sparse_workspace;

/// product ← scale·x·w + biases        x [count, inputs]   w [inputs, outputs]   product [count, outputs]
///
/// x holds values[byte] for each byte of the rows. w lies in panels of four 64-byte vectors of neurons, the last of
/// them perhaps narrower: panel after panel, in each input after input.
void nettrain_sparse_product_f64(
    nettrain_sparse_rows rows, const double *values, const double *panels, ptrdiff_t inputs, ptrdiff_t outputs,
    double scale, const double *biases, double *product);
void nettrain_sparse_product_f32(
    nettrain_sparse_rows rows, const float *values, const float *panels, ptrdiff_t inputs, ptrdiff_t outputs,
    float scale, const float *biases, float *product);

/// w ← w + scale·xᵀ·delta        delta [count, outputs]
void nettrain_add_sparse_product_f64(
    nettrain_sparse_rows rows, const double *values, const double *delta, double scale, double *panels,
    ptrdiff_t inputs, ptrdiff_t outputs, nettrain_sparse_workspace workspace);
void nettrain_add_sparse_product_f32(
    nettrain_sparse_rows rows, const float *values, const float *delta, float scale, float *panels,
    ptrdiff_t inputs, ptrdiff_t outputs, nettrain_sparse_workspace workspace);

/// dense ← x        dense [count, inputs]
void nettrain_expand_rows_f64(
    nettrain_sparse_rows rows, const double *values, ptrdiff_t inputs, double *dense);
void nettrain_expand_rows_f32(
    nettrain_sparse_rows rows, const float *values, ptrdiff_t inputs, float *dense);

#endif
