"""Measuring competitors in turn, so that what disturbs the machine for a while disturbs all of them."""

import statistics
import sys
from collections.abc import Callable


def medians(rounds: int, measurements: dict[str, Callable[[], float]]) -> dict[str, float]:
    """Takes each measurement once in each round, and of each the median."""
    taken = {name: [] for name in measurements}
    for _ in range(rounds):
        for name, measure in measurements.items():
            taken[name].append(measure())
    return {name: statistics.median(figures) for name, figures in taken.items()}


def say(message: str) -> None:
    """Tells how far it has come, on stderr."""
    print(f"benchmark: {message}", file=sys.stderr, flush=True)
