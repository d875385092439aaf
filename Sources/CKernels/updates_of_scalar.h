// The functions of updates.h for one floating-point type: included once for each. The compiler turns the loops into vectors.

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
void NAME(nettrain_drop_small)(Scalar *restrict x, ptrdiff_t count, Scalar least) {
    for (ptrdiff_t i = 0; i < count; i += 1) x[i] = x[i] < least && x[i] > -least ? 0 : x[i];
}

FOR_SEVERAL_PROCESSORS
void NAME(nettrain_adam)(
    Scalar *restrict w, Scalar *restrict g, Scalar *restrict m, Scalar *restrict v, ptrdiff_t count, Scalar rate,
    Scalar root, Scalar l2, Scalar l1) {
    NAME(add_decay)(g, w, count, l2, l1);
    NAME(adam)(w, g, m, v, count, rate, root);
}
