"""Measurements in turn, so that a disturbance of the machine affects all competitors."""

import statistics
import sys
from collections.abc import Callable


def medians(rounds: int, measurements: dict[str, Callable[[], float]]) -> dict[str, float]:
    """The median of each measurement; each round takes every measurement once."""
    taken = {name: [] for name in measurements}
    for _ in range(rounds):
        for name, measure in measurements.items():
            taken[name].append(measure())
    return {name: statistics.median(figures) for name, figures in taken.items()}


def say(message: str) -> None:
    """Prints progress to stderr."""
    print(f"benchmark: {message}", file=sys.stderr, flush=True)
