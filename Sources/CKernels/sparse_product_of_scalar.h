// The functions of sparse_product.h for one floating-point type: included once for each.

/// A vector of numbers, in one register or in the few that the processor needs for it.
typedef Scalar NAME(Vector) __attribute__((vector_size(VECTOR_BYTES), may_alias));
#define Vector NAME(Vector)
#define LANES ((ptrdiff_t)(VECTOR_BYTES / sizeof(Scalar)))

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

/// One panel of the update. The inputs come one after the other, and their weights stay in registers meanwhile.
PART void NAME(add_product_panel)(
    const uint16_t *counts, const uint16_t *entries, ptrdiff_t count, const Scalar *values, const Scalar *delta,
    Scalar scale, Vector *panel, const int V, ptrdiff_t width, ptrdiff_t inputs, ptrdiff_t outputs, Vector *deltas) {
    for (ptrdiff_t row = 0; row < count; row += 1) {
        Scalar scalars[PANEL_VECTORS * VECTOR_BYTES / sizeof(Scalar)] = {0};
        for (ptrdiff_t j = 0; j < width; j += 1) scalars[j] = scale * delta[row * outputs + j];
        for (int v = 0; v < V; v += 1) memcpy(&deltas[row * V + v], scalars + v * LANES, VECTOR_BYTES);
    }
    for (ptrdiff_t input = 0; input < inputs; input += 1) {
        if (counts[input] == 0) continue;
        Vector weights[PANEL_VECTORS];
        for (int v = 0; v < V; v += 1) weights[v] = panel[input * V + v];
        for (ptrdiff_t entry = input * count; entry < input * count + counts[input]; entry += 1) {
            const Scalar value = values[entries[entry] >> 8];
            const Vector *row = deltas + (entries[entry] & 0xFF) * V;
            for (int v = 0; v < V; v += 1) weights[v] += value * row[v];
        }
        for (int v = 0; v < V; v += 1) panel[input * V + v] = weights[v];
    }
}

FOR_SEVERAL_PROCESSORS
void NAME(nettrain_sparse_product)(
    nettrain_sparse_rows rows, const Scalar *values, const Scalar *panels, ptrdiff_t inputs, ptrdiff_t outputs,
    Scalar scale, const Scalar *biases, Scalar *product) {
    for (ptrdiff_t first = 0; first < outputs; first += PANEL_VECTORS * LANES) {
        const ptrdiff_t rest = outputs - first;
        const ptrdiff_t width = rest < PANEL_VECTORS * LANES ? rest : PANEL_VECTORS * LANES;
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
    for (ptrdiff_t start = 0; start < rows.count; start += nettrain_block_size) {
        const ptrdiff_t left = rows.count - start;
        const ptrdiff_t count = left < nettrain_block_size ? left : nettrain_block_size;
        // The entries of the block by input, each as its byte and its row within the block.
        memset(workspace.counts, 0, (size_t)inputs * sizeof(uint16_t));
        for (ptrdiff_t row = 0; row < count; row += 1) {
            const uint32_t selected = rows.selection[start + row];
            for (ptrdiff_t entry = rows.starts[selected]; entry < rows.starts[selected + 1]; entry += 1) {
                const ptrdiff_t input = rows.columns[entry];
                workspace.entries[input * count + workspace.counts[input]] =
                    (uint16_t)(rows.bytes[entry] << 8 | row);
                workspace.counts[input] += 1;
            }
        }
        for (ptrdiff_t first = 0; first < outputs; first += PANEL_VECTORS * LANES) {
            const ptrdiff_t rest = outputs - first;
            const ptrdiff_t width = rest < PANEL_VECTORS * LANES ? rest : PANEL_VECTORS * LANES;
            Vector *panel = (Vector *)(panels + first * inputs);
            WITH_CONSTANT_VECTORS(
                (width + LANES - 1) / LANES,
                NAME(add_product_panel)(
                    workspace.counts, workspace.entries, count, values, delta + start * outputs + first, scale,
                    panel, V, width, inputs, outputs, (Vector *)workspace.deltas))
        }
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
