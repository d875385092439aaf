"""Means with their 95 % interval from Student's t distribution."""

import math
import statistics

CONFIDENCE = 0.95


def mean_and_margin(figures: list[float]) -> tuple[float, float]:
    """The mean of at least two figures, and half the width of its interval."""
    spread = statistics.stdev(figures) / math.sqrt(len(figures))
    return statistics.mean(figures), quantile(len(figures) - 1) * spread


def quantile(freedom: int) -> float:
    """The t that |T| exceeds in 5 % of cases, by bisection.

    >>> [round(quantile(freedom), 3) for freedom in (1, 2, 3, 4, 5, 30)]
    [12.706, 4.303, 3.182, 2.776, 2.571, 2.042]
    """
    low, high = 0.0, math.pi / 2
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if central_probability(middle, freedom) < CONFIDENCE else (low, middle)
    return math.sqrt(freedom) * math.tan(low)


def central_probability(angle: float, freedom: int) -> float:
    """P(|T| < t) for t = √freedom tan(angle): Abramowitz and Stegun, 26.7.3 and 26.7.4."""
    is_odd = freedom % 2 == 1
    term, total = math.cos(angle) if is_odd else 1.0, 0.0
    for power in range(int(is_odd), freedom - 1, 2):
        total += term
        term *= (power + 1) / (power + 2) * math.cos(angle) ** 2
    total *= math.sin(angle)
    return 2 / math.pi * (angle + total) if is_odd else total
