/// The products of a mini-batch with mostly zero inputs, in instructions that the processor has.
///
/// Swift cannot compile a function for several processors; clang can, and the program selects a version when it
/// starts. `PanelMatrix` and `SparseRows` are the only callers and check the preconditions.

#ifndef NETTRAIN_SPARSE_PRODUCT_H
#define NETTRAIN_SPARSE_PRODUCT_H

#include <stddef.h>
#include <stdint.h>

/// A matrix whose rows hold only their nonzero bytes, and a selection of its rows.
typedef struct {
    /// The entries of row i are those from starts[i] up to, not including, starts[i + 1].
    const ptrdiff_t *starts;
    const uint16_t *columns;
    const uint8_t *bytes;
    /// The selected rows, `count` of them.
    const uint32_t *selection;
    ptrdiff_t count;
} nettrain_sparse_rows;

/// Sizes that Swift needs as well.
enum {
    /// The bytes of a vector: the widest registers. Other processors use several registers for one.
    nettrain_vector_bytes = 64,
    /// The vectors of neurons in a panel. Their sums stay in registers.
    nettrain_panel_vectors = 4,
    /// The examples that an update sorts and adds together.
    nettrain_block_size = 128
};

/// Buffers of an update: a counter and `block` entries for each input, and a panel's row for each example of a block.
typedef struct {
    uint16_t *counts;
    uint16_t *entries;
    void *deltas;
} nettrain_sparse_workspace;

/// product ← scale·x·w + biases        x [count, inputs]   w [inputs, outputs]   product [count, outputs]
///
/// x holds values[byte] for each byte of the rows. w is stored panel after panel, each of `nettrain_panel_vectors`
/// vectors of neurons (the last may be narrower), and within a panel input after input.
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

/// Adam's step (`nettrain_adam_f64` of updates.h has the formulas), with means m and v stored as w is and the gradient
///
///     g = scale·xᵀ·delta        delta [count, outputs]
///
/// which is not stored. x has at most `nettrain_block_size` rows.
void nettrain_sparse_adam_f64(
    nettrain_sparse_rows rows, const double *values, const double *delta, double scale, double *w, double *m, double *v,
    ptrdiff_t inputs, ptrdiff_t outputs, nettrain_sparse_workspace workspace, double rate, double root, double l2,
    double l1);
void nettrain_sparse_adam_f32(
    nettrain_sparse_rows rows, const float *values, const float *delta, float scale, float *w, float *m, float *v,
    ptrdiff_t inputs, ptrdiff_t outputs, nettrain_sparse_workspace workspace, float rate, float root, float l2,
    float l1);

/// dense ← x        dense [count, inputs]
void nettrain_expand_rows_f64(
    nettrain_sparse_rows rows, const double *values, ptrdiff_t inputs, double *dense);
void nettrain_expand_rows_f32(
    nettrain_sparse_rows rows, const float *values, ptrdiff_t inputs, float *dense);

#endif
