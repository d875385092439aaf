// Adam's step for one floating-point type: included once for each. The compiler turns the loops into vectors.

PART Scalar NAME(sign)(Scalar x) { return (Scalar)((x > 0) - (x < 0)); }

PART bool NAME(are_zero)(const Scalar *x, ptrdiff_t count) {
    bool differs = false;
    for (ptrdiff_t i = 0; i < count; i += 1) differs |= x[i] != 0;
    return !differs;
}

/// 1/√x of a normal number, to a few units in the last place. A square root would take as long as a division, in the same
/// part of the processor, which needs the division's time for this as well.
PART Scalar NAME(inverse_root)(Scalar x) {
    // Half the exponent, negated: within 4 %. Source of the number: M. Robertson, "A brief history of InvSqrt", 2012.
    Integer bits;
    memcpy(&bits, &x, sizeof bits);
    bits = INVERSE_ROOT_SEED - (bits >> 1);
    Scalar y;
    memcpy(&y, &bits, sizeof y);
    // With e = 1 − xy², 1/√x = y(1 − e)^(−1/2) = y(1 + e/2 + 3e²/8 + 5e³/16 + …).
    Scalar e = 1 - x * y * y;
    y += y * e * ((Scalar)0.5 + e * ((Scalar)0.375 + e * (Scalar)0.3125));
    e = 1 - x * y * y;
    return y + y * e * ((Scalar)0.5 + e * (Scalar)0.375);
}

/// The mean of the squares, β₂v + (1 − β₂)g². The least normal number is added, which does not change a sum that matters:
/// a weight without a gradient would otherwise come to denormal numbers, which take a hundred times as long.
PART Scalar NAME(mean_square)(Scalar v, Scalar g) {
    return (Scalar)NETTRAIN_ADAM_BETA2 * v + ((Scalar)(1 - NETTRAIN_ADAM_BETA2) * g * g + LEAST_NORMAL);
}

/// g ← g + l2·w + l1·sgn w
PART void NAME(add_decay)(Scalar *restrict g, const Scalar *restrict w, ptrdiff_t count, Scalar l2, Scalar l1) {
    if (l2 == 0 && l1 == 0) return;
    for (ptrdiff_t i = 0; i < count; i += 1) g[i] += l2 * w[i] + l1 * NAME(sign)(w[i]);
}

/// Adam's step, whose formulas updates.h has, once g contains the decay.
PART void NAME(adam)(
    Scalar *restrict w, const Scalar *restrict g, Scalar *restrict m, Scalar *restrict v, ptrdiff_t count, Scalar rate,
    Scalar root) {
    for (ptrdiff_t i = 0; i < count; i += 1) {
        m[i] = (Scalar)NETTRAIN_ADAM_BETA1 * m[i] + (Scalar)(1 - NETTRAIN_ADAM_BETA1) * g[i];
        v[i] = NAME(mean_square)(v[i], g[i]);
        // m/(root·√v + ε), times 1/√v above and below.
        const Scalar y = NAME(inverse_root)(v[i]);
        w[i] -= rate * m[i] * y / (root + (Scalar)NETTRAIN_ADAM_EPSILON * y);
    }
}
