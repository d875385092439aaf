"""The logs of finished runs, and the figures read from them."""

import dataclasses
import json
import pathlib
from collections.abc import Callable


@dataclasses.dataclass
class Log:
    """The lines of a log by their kind."""

    start: dict
    epochs: list[dict]
    end: dict

    @classmethod
    def read(cls, path: pathlib.Path) -> "Log":
        with path.open(encoding="utf-8") as lines:
            start, *epochs, end = map(json.loads, lines)
        return cls(start, epochs, end)

    @property
    def diverged(self) -> bool:
        return self.end["status"] == "diverged"

    def measured(self, key: str) -> list[tuple[float, int]]:
        """The values of a key with their epochs, where it was measured."""
        return [(line[key], line["epoch"]) for line in self.epochs if line[key] is not None]


# A figure of a run; None if the run never comes to it.
Reading = Callable[[Log], float | None]


def best(part: str) -> Reading:
    """The greatest accuracy of all epochs, in per cent."""
    return lambda log: percent(max(value for value, _ in log.measured(f"{part}_accuracy")))


def after_first(part: str) -> Reading:
    return lambda log: percent(log.measured(f"{part}_accuracy")[0][0])


def after_last(part: str) -> Reading:
    return lambda log: percent(log.measured(f"{part}_accuracy")[-1][0])


def test_at_best_validation(log: Log) -> float:
    return percent(log.end["test_accuracy_at_best"])


def epoch_of_least_test_cost(log: Log) -> float:
    return min(log.measured("test_cost"))[1]


def first_epoch_without_mistake(log: Log) -> float | None:
    return next((epoch for value, epoch in log.measured("train_accuracy") if value == 1), None)


def percent(fraction: float) -> float:
    """In per cent, without the error of binary fractions, so that equal accuracies are equal."""
    return round(100 * fraction, 6)
