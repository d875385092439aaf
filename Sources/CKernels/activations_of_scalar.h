// The functions of activations.h for one floating-point type: included once for each.

typedef Scalar NAME(Vector) __attribute__((vector_size(VECTOR_BYTES)));
typedef Integer NAME(Integers) __attribute__((vector_size(VECTOR_BYTES)));
#define Vector NAME(Vector)
#define Integers NAME(Integers)
#define LANES ((ptrdiff_t)(VECTOR_BYTES / sizeof(Scalar)))

/// 2 to the n, where that is a normal number.
#define POWER_OF_TWO(n) ((Vector)(((n) + EXPONENT_BIAS) << MANTISSA_BITS))

/// e to the x, and 1 less without cancellation, for x ≤ 0: 2ⁿ·eʳ with n the whole number nearest to x/ln 2 and
/// |r| ≤ (ln 2)/2.
PART void NAME(exponential)(Vector *result, Vector *less_one, const Vector *argument) {
    const Vector lowest = (Vector){0} + (Scalar)LOWEST;
    // Where x is not a number, the comparison fails and x stays.
    const Integers is_low = *argument < lowest;
    const Vector x = (Vector)((is_low & (Integers)lowest) | (~is_low & (Integers)*argument));

    // Adding 1.5·2^(mantissa bits) leaves no bits for a fraction: the sum's last bits are n.
    const Vector shift = (Vector){0} + (Scalar)(3LL << (MANTISSA_BITS - 1));
    const Vector shifted = x * (Scalar)1.4426950408889634 + shift;
    const Integers n = (Integers)shifted - (Integers)shift;
    const Vector whole = shifted - shift;
    const Vector r = (x - whole * (Scalar)LN2_HIGH) - whole * (Scalar)LN2_LOW;

    // Taylor's series, by Horner's rule: 1 + r(1 + r/2(1 + r/3(1 + …))), with the factorials multiplied out.
    Scalar factorial = 1;
    for (int k = 2; k <= DEGREE; k += 1) factorial *= (Scalar)k;
    Vector sum = (Vector){0} + 1 / factorial;
    for (int k = DEGREE; k > 1; k -= 1) {
        factorial /= (Scalar)k;
        sum = sum * r + 1 / factorial;
    }
    // 2ⁿ in two steps, for the result may be smaller than the smallest normal number.
    const Integers half = n >> 1;
    *result = (sum * r + 1) * POWER_OF_TWO(half) * POWER_OF_TWO(n - half);
    const Integers is_small = n == (Integer)0;
    const Vector remainder = sum * r, difference = *result - 1;
    *less_one = (Vector)((is_small & (Integers)remainder) | (~is_small & (Integers)difference));
}

PART void NAME(sigmoid)(Vector *z, Vector *slope) {
    const Integers sign = (Integers) - (Vector){0};
    const Vector minus_magnitude = (Vector)((Integers)*z | sign);
    Vector exponential, less_one;
    NAME(exponential)(&exponential, &less_one, &minus_magnitude);
    const Vector head = 1 / (1 + exponential);
    const Vector tail = exponential * head;
    const Integers is_negative = *z < (Scalar)0;
    *z = (Vector)((is_negative & (Integers)tail) | (~is_negative & (Integers)head));
    *slope = head * tail;
}

/// tanh z = (1 − e)/(1 + e) and 1 − tanh² z = 4e/(1 + e)², with e = e to the −2z, for z ≥ 0.
PART void NAME(tanh)(Vector *z, Vector *slope) {
    const Integers sign = (Integers) - (Vector){0};
    const Vector minus_double = 2 * (Vector)((Integers)*z | sign);
    Vector exponential, less_one;
    NAME(exponential)(&exponential, &less_one, &minus_double);
    const Vector head = 1 / (1 + exponential);
    const Vector magnitude = -less_one * head;
    *z = (Vector)(((Integers)*z & sign) | ((Integers)magnitude & ~sign));
    *slope = 4 * exponential * head * head;
}

/// max(0, z) and its slope. NaN is not below 0 and stays.
PART void NAME(rectifier)(Vector *z, Vector *slope) {
    const Integers is_above = *z > (Scalar)0, is_not_above = *z <= (Scalar)0;
    const Vector one = (Vector){0} + 1;
    *slope = (Vector)(is_above & (Integers)one);
    *z = (Vector)(~is_not_above & (Integers)*z);
}

#define FOR_EACH_VECTOR(function)                                                                            \
    for (ptrdiff_t first = 0; first < count; first += LANES) {                                               \
        const size_t bytes = (size_t)(count - first < LANES ? count - first : LANES) * sizeof(Scalar);       \
        Vector values = {0}, slope;                                                                          \
        memcpy(&values, z + first, bytes);                                                                   \
        function(&values, &slope);                                                                           \
        memcpy(z + first, &values, bytes);                                                                   \
        memcpy(slopes + first, &slope, bytes);                                                               \
    }

FOR_SEVERAL_PROCESSORS
void NAME(nettrain_sigmoid)(Scalar *z, Scalar *slopes, ptrdiff_t count) { FOR_EACH_VECTOR(NAME(sigmoid)) }

FOR_SEVERAL_PROCESSORS
void NAME(nettrain_tanh)(Scalar *z, Scalar *slopes, ptrdiff_t count) { FOR_EACH_VECTOR(NAME(tanh)) }

FOR_SEVERAL_PROCESSORS
void NAME(nettrain_rectifier)(Scalar *z, Scalar *slopes, ptrdiff_t count) { FOR_EACH_VECTOR(NAME(rectifier)) }

#undef FOR_EACH_VECTOR

#undef Vector
#undef Integers
#undef LANES
#undef POWER_OF_TWO
