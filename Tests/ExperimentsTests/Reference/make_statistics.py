#!/usr/bin/env python3
"""Writes statistics.json: the numbers of Experiments' statistics by mpmath, SciPy and statsmodels.

    pip install mpmath scipy statsmodels
    make_statistics.py > statistics.json

The two-way random effects are fitted by statsmodels' analysis of variance from a table of single observations, and not by
the sums of Experiments. Student's t is by mpmath, in 40 digits: SciPy's p of t = 1e-9 with one degree of freedom is 1.
"""

import base64
import json

import mpmath
import numpy
import pandas
import scipy.stats
import statsmodels.api
import statsmodels.formula.api
import statsmodels.stats.contingency_tables
import statsmodels.stats.multitest

mpmath.mp.dps = 40
FREEDOMS = [1, 1.5, 2, 3, 4, 7.25, 9, 29, 99, 499, 1003, 9999, 123456.5, 1e6]
random = numpy.random.default_rng(20261125)


def two_sided_p(t, freedom):
    nu = mpmath.mpf(freedom)
    return mpmath.betainc(nu / 2, 0.5, 0, nu / (nu + mpmath.mpf(t) ** 2), regularized=True)


def t_values():
    for freedom in FREEDOMS:
        for t in [0, 1e-9, 0.01, 0.7, 1, 2.5, 6, 40]:
            yield {"freedom": freedom, "t": t, "p": two_sided_p(t, freedom)}


def t_quantiles():
    for freedom in FREEDOMS:
        for p in [0.6, 0.95, 0.975, 0.995]:
            tail = 2 * (1 - mpmath.mpf(p))
            start = scipy.stats.t.ppf(p, freedom)
            quantile = mpmath.findroot(lambda t: two_sided_p(t, freedom) - tail, start)
            yield {"freedom": freedom, "p": p, "quantile": quantile}


def samples():
    for values in [
        [0.25, 0.5], [0.1, 0.1], [0, 0, 0], [0.01, -0.02, 0.005, 0.013, 0.0007], [3e-3, 3.1e-3, 2.9e-3],
        list(random.normal(0.002, 0.004, 10)), list(random.normal(0, 1, 50)),
    ]:
        result = scipy.stats.ttest_1samp(values, 0)
        low, high = result.confidence_interval(0.95)
        # Equal values have no t.
        spread = max(values) > min(values)
        yield {
            "values": values, "mean": numpy.mean(values), "sd": numpy.std(values, ddof=1),
            "low": low if spread else values[0], "high": high if spread else values[0],
            "p": result.pvalue if spread else float(values[0] == 0),
        }


def corrected():
    for p in [
        [0.01], [0.04, 0.01, 0.03], [0.5, 0.5, 0.5], [0.001, 0.2, 0.2, 0.9], [1, 1, 0],
        list(random.uniform(0, 0.1, 12)),
    ]:
        yield {"p": p, "holm": list(statsmodels.stats.multitest.multipletests(p, method="holm")[1])}


def mcnemar():
    for first, second in [(0, 0), (1, 0), (0, 5), (3, 3), (10, 25), (70, 41), (300, 421), (5000, 4800), (0, 400)]:
        table = [[0, first], [second, 0]]
        p = statsmodels.stats.contingency_tables.mcnemar(table, exact=True).pvalue if first + second else 1.0
        yield {"first": first, "second": second, "p": p}


def base64_of(bits):
    return base64.b64encode(numpy.packbits(bits).tobytes()).decode()


def crossed(first, second):
    seeds, examples = first.shape
    x = first.astype(int) - second.astype(int)
    table = pandas.DataFrame(
        [(x[s, i], f"s{s}", f"i{i}") for s in range(seeds) for i in range(examples)],
        columns=["x", "seed", "example"],
    )
    row = {"count": examples, "first": [base64_of(b) for b in first], "second": [base64_of(b) for b in second]}
    if seeds == 1:
        low, high = scipy.stats.ttest_1samp(x[0], 0).confidence_interval(0.95)
        return row | {"mean": x.mean(), "half_width": (high - low) / 2}
    fit = statsmodels.formula.api.ols("x ~ C(seed) + C(example)", table).fit()
    variance = statsmodels.api.stats.anova_lm(fit)
    mean_square = variance["sum_sq"] / variance["df"]
    parts = [mean_square["C(seed)"], mean_square["C(example)"], -mean_square["Residual"]]
    freedoms = [variance["df"]["C(seed)"], variance["df"]["C(example)"], variance["df"]["Residual"]]
    total = sum(parts)
    freedom = total**2 / sum(part**2 / freedom for part, freedom in zip(parts, freedoms))
    half_width = scipy.stats.t.ppf(0.975, freedom) * numpy.sqrt(total / (seeds * examples))
    return row | {"mean": x.mean(), "half_width": half_width}


def crossings():
    for seeds, examples, share in [(1, 40, 0.8), (2, 30, 0.7), (3, 50, 0.9), (5, 61, 0.6), (10, 24, 0.85)]:
        hard = random.uniform(0, 1, examples)
        first = random.uniform(0, 1, (seeds, examples)) < share + 0.3 * (hard - 0.5)
        second = random.uniform(0, 1, (seeds, examples)) < share - 0.05 + 0.3 * (hard - 0.5)
        yield crossed(first, second)


print(
    json.dumps(
        {
            "t": list(t_values()), "quantiles": list(t_quantiles()), "samples": list(samples()),
            "holm": list(corrected()), "mcnemar": list(mcnemar()), "crossed": list(crossings()),
        },
        indent=0, default=float,
    )
)
