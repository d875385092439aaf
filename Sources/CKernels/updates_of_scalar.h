// The functions of updates.h for one floating-point type: included once for each. The compiler turns the loops into vectors.

PART Scalar NAME(sign)(Scalar x) { return (Scalar)((x > 0) - (x < 0)); }

FOR_SEVERAL_PROCESSORS
void NAME(nettrain_decay)(Scalar *restrict w, ptrdiff_t count, Scalar retain, Scalar shrink) {
    for (ptrdiff_t i = 0; i < count; i += 1) w[i] = retain * w[i] - shrink * NAME(sign)(w[i]);
}

FOR_SEVERAL_PROCESSORS
void NAME(nettrain_momentum)(
    Scalar *restrict w, Scalar *restrict v, ptrdiff_t count, Scalar scale, Scalar l2, Scalar l1) {
    if (l2 == 0 && l1 == 0) {
        for (ptrdiff_t i = 0; i < count; i += 1) w[i] += scale * v[i];
        return;
    }
    for (ptrdiff_t i = 0; i < count; i += 1) {
        v[i] -= l2 * w[i] + l1 * NAME(sign)(w[i]);
        w[i] += scale * v[i];
    }
}

FOR_SEVERAL_PROCESSORS
void NAME(nettrain_adam)(
    Scalar *restrict w, Scalar *restrict g, Scalar *restrict m, Scalar *restrict v, ptrdiff_t count, Scalar step,
    Scalar root, Scalar l2, Scalar l1) {
    const Scalar beta1 = (Scalar)NETTRAIN_ADAM_BETA1, beta2 = (Scalar)NETTRAIN_ADAM_BETA2;
    const Scalar rest1 = (Scalar)(1 - NETTRAIN_ADAM_BETA1), rest2 = (Scalar)(1 - NETTRAIN_ADAM_BETA2);
    for (ptrdiff_t i = 0; i < count; i += 1) {
        const Scalar gradient = g[i] + l2 * w[i] + l1 * NAME(sign)(w[i]);
        m[i] = beta1 * m[i] + rest1 * gradient;
        v[i] = beta2 * v[i] + rest2 * gradient * gradient;
        w[i] -= step * m[i] / (root * SQUARE_ROOT(v[i]) + (Scalar)NETTRAIN_ADAM_EPSILON);
        g[i] = 0;
    }
}
