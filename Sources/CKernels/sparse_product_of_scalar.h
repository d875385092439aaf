// The functions of sparse_product.h for one floating-point type: included once for each.

/// A vector of numbers, in one register or in the few that the processor needs for it.
typedef Scalar NAME(Vector) __attribute__((vector_size(VECTOR_BYTES), may_alias));
#define Vector NAME(Vector)
#define LANES ((ptrdiff_t)(VECTOR_BYTES / sizeof(Scalar)))

/// The neurons of the panel that begins with a neuron.
PART ptrdiff_t NAME(panel_width)(ptrdiff_t first, ptrdiff_t outputs) {
    const ptrdiff_t left = outputs - first;
    return left < PANEL_VECTORS * LANES ? left : PANEL_VECTORS * LANES;
}

/// In a shuffled epoch the next row is anywhere in memory.
PART void NAME(prefetch_next_row)(nettrain_sparse_rows rows, ptrdiff_t row) {
    if (row + 1 == rows.count) return;
    const uint32_t next = rows.selection[row + 1];
    for (ptrdiff_t entry = rows.starts[next]; entry < rows.starts[next + 1]; entry += 32) {
        __builtin_prefetch(rows.columns + entry);
        __builtin_prefetch(rows.bytes + entry);
    }
}

/// One panel of the product. The rows come one after the other, and their sums stay in registers meanwhile.
PART void NAME(product_panel)(
    nettrain_sparse_rows rows, const Scalar *values, const Vector *panel, const int V, ptrdiff_t width,
    ptrdiff_t outputs, Scalar scale, const Scalar *biases, Scalar *product) {
    for (ptrdiff_t row = 0; row < rows.count; row += 1) {
        const ptrdiff_t end = rows.starts[rows.selection[row] + 1];
        NAME(prefetch_next_row)(rows, row);
        Vector sums[PANEL_VECTORS];
        for (int v = 0; v < V; v += 1) sums[v] = (Vector){0};
        for (ptrdiff_t entry = rows.starts[rows.selection[row]]; entry < end; entry += 1) {
            const Scalar value = values[rows.bytes[entry]];
            const Vector *weights = panel + (ptrdiff_t)rows.columns[entry] * V;
            for (int v = 0; v < V; v += 1) sums[v] += value * weights[v];
        }
        Scalar scalars[PANEL_VECTORS * VECTOR_BYTES / sizeof(Scalar)];
        for (int v = 0; v < V; v += 1) memcpy(scalars + v * LANES, &sums[v], VECTOR_BYTES);
        for (ptrdiff_t j = 0; j < width; j += 1) product[row * outputs + j] = scale * scalars[j] + biases[j];
    }
}

/// The errors of a block's rows for the neurons of a panel, times the scale.
PART void NAME(form_deltas)(
    const Scalar *delta, ptrdiff_t count, Scalar scale, const int V, ptrdiff_t width, ptrdiff_t outputs,
    Vector *deltas) {
    for (ptrdiff_t row = 0; row < count; row += 1) {
        Scalar scalars[PANEL_VECTORS * VECTOR_BYTES / sizeof(Scalar)] = {0};
        for (ptrdiff_t j = 0; j < width; j += 1) scalars[j] = scale * delta[row * outputs + j];
        for (int v = 0; v < V; v += 1) memcpy(&deltas[row * V + v], scalars + v * LANES, VECTOR_BYTES);
    }
}

/// Adds the products of an input's entries and their rows' errors to sums, which stay in registers meanwhile.
PART void NAME(add_entries)(
    const uint16_t *entries, ptrdiff_t count, const Scalar *values, const Vector *deltas, const int V, Vector *sums) {
    for (ptrdiff_t entry = 0; entry < count; entry += 1) {
        const Scalar value = values[entries[entry] >> 8];
        const Vector *row = deltas + (entries[entry] & 0xFF) * V;
        for (int v = 0; v < V; v += 1) sums[v] += value * row[v];
    }
}

/// One panel of the update. The inputs come one after the other.
PART void NAME(add_product_panel)(
    const uint16_t *counts, const uint16_t *entries, ptrdiff_t count, const Scalar *values, const Vector *deltas,
    Vector *panel, const int V, ptrdiff_t inputs) {
    for (ptrdiff_t input = 0; input < inputs; input += 1) {
        if (counts[input] == 0) continue;
        Vector weights[PANEL_VECTORS];
        for (int v = 0; v < V; v += 1) weights[v] = panel[input * V + v];
        NAME(add_entries)(entries + input * count, counts[input], values, deltas, V, weights);
        for (int v = 0; v < V; v += 1) panel[input * V + v] = weights[v];
    }
}

/// One panel of Adam's step. The inputs come one after the other, and the gradient of one stays in the nearest memory.
PART void NAME(adam_panel)(
    const uint16_t *counts, const uint16_t *entries, ptrdiff_t count, const Scalar *values, const Vector *deltas,
    Scalar *w, Scalar *m, Scalar *v, const int V, ptrdiff_t inputs, Scalar rate, Scalar root, Scalar l2, Scalar l1) {
    const ptrdiff_t width = V * LANES;
    for (ptrdiff_t first = 0; first < inputs * width; first += width) {
        const ptrdiff_t input = first / width;
        if (counts[input] == 0 && l2 == 0 && l1 == 0 && NAME(are_zero)(m + first, width)) {
            // The step is 0.
            for (ptrdiff_t j = first; j < first + width; j += 1) v[j] = NAME(mean_square)(v[j], 0);
            continue;
        }
        Vector gradient[PANEL_VECTORS];
        for (int k = 0; k < V; k += 1) gradient[k] = (Vector){0};
        NAME(add_entries)(entries + input * count, counts[input], values, deltas, V, gradient);
        NAME(add_decay)((Scalar *)gradient, w + first, width, l2, l1);
        NAME(adam)(w + first, (Scalar *)gradient, m + first, v + first, width, rate, root);
    }
}

FOR_SEVERAL_PROCESSORS
void NAME(nettrain_sparse_product)(
    nettrain_sparse_rows rows, const Scalar *values, const Scalar *panels, ptrdiff_t inputs, ptrdiff_t outputs,
    Scalar scale, const Scalar *biases, Scalar *product) {
    for (ptrdiff_t first = 0; first < outputs; first += PANEL_VECTORS * LANES) {
        const ptrdiff_t width = NAME(panel_width)(first, outputs);
        const Vector *panel = (const Vector *)(panels + first * inputs);
        WITH_CONSTANT_VECTORS(
            (width + LANES - 1) / LANES,
            NAME(product_panel)(
                rows, values, panel, V, width, outputs, scale, biases + first, product + first))
    }
}

FOR_SEVERAL_PROCESSORS
void NAME(nettrain_add_sparse_product)(
    nettrain_sparse_rows rows, const Scalar *values, const Scalar *delta, Scalar scale, Scalar *panels,
    ptrdiff_t inputs, ptrdiff_t outputs, nettrain_sparse_workspace workspace) {
    Vector *deltas = workspace.deltas;
    for (ptrdiff_t start = 0; start < rows.count; start += nettrain_block_size) {
        const ptrdiff_t count = block_count(rows, start);
        sort_block(rows, start, inputs, workspace);
        for (ptrdiff_t first = 0; first < outputs; first += PANEL_VECTORS * LANES) {
            const ptrdiff_t width = NAME(panel_width)(first, outputs);
            Vector *panel = (Vector *)(panels + first * inputs);
            WITH_CONSTANT_VECTORS(
                (width + LANES - 1) / LANES,
                NAME(form_deltas)(delta + start * outputs + first, count, scale, V, width, outputs, deltas);
                NAME(add_product_panel)(
                    workspace.counts, workspace.entries, count, values, deltas, panel, V, inputs))
        }
    }
}

FOR_SEVERAL_PROCESSORS
void NAME(nettrain_sparse_adam)(
    nettrain_sparse_rows rows, const Scalar *values, const Scalar *delta, Scalar scale, Scalar *w, Scalar *m, Scalar *v,
    ptrdiff_t inputs, ptrdiff_t outputs, nettrain_sparse_workspace workspace, Scalar rate, Scalar root, Scalar l2,
    Scalar l1) {
    Vector *deltas = workspace.deltas;
    sort_block(rows, 0, inputs, workspace);
    for (ptrdiff_t first = 0; first < outputs; first += PANEL_VECTORS * LANES) {
        const ptrdiff_t width = NAME(panel_width)(first, outputs);
        const ptrdiff_t panel = first * inputs;
        WITH_CONSTANT_VECTORS(
            (width + LANES - 1) / LANES,
            NAME(form_deltas)(delta + first, rows.count, scale, V, width, outputs, deltas);
            NAME(adam_panel)(
                workspace.counts, workspace.entries, rows.count, values, deltas, w + panel, m + panel, v + panel, V,
                inputs, rate, root, l2, l1))
    }
}

void NAME(nettrain_expand_rows)(
    nettrain_sparse_rows rows, const Scalar *values, ptrdiff_t inputs, Scalar *dense) {
    for (ptrdiff_t row = 0; row < rows.count; row += 1) {
        NAME(prefetch_next_row)(rows, row);
        memset(dense + row * inputs, 0, (size_t)inputs * sizeof(Scalar));
        const uint32_t selected = rows.selection[row];
        for (ptrdiff_t entry = rows.starts[selected]; entry < rows.starts[selected + 1]; entry += 1) {
            dense[row * inputs + rows.columns[entry]] = values[rows.bytes[entry]];
        }
    }
}

#undef Vector
#undef LANES
