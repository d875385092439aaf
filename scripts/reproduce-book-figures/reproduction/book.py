"""The printed figures of the book: the run that gives each, and what is read from its log.

Where the text rounds a figure or shows only a curve, the value is that of the data files of the curves, fig/*.json in
the book's repository.
"""

import dataclasses

from . import logs
from .logs import Reading
from .runs import Run


@dataclasses.dataclass(frozen=True)
class Figure:
    """A figure of the book, which lies from low to high."""

    title: str
    measured: str
    low: float
    high: float
    run: Run
    reading: Reading
    printed: str
    note: str = ""
    # Epochs are whole numbers, accuracies have two decimals.
    decimals: int = 2


BEST_TEST = "test, best epoch"
BEST_VALIDATION = "validation, best epoch"
LAST_VALIDATION = "validation, last epoch"
PRESENTATIONS = 1_500_000
# The shares of the rarest and the commonest digit among the test images, in per cent.
CHANCE = 8.92, 11.35


def figures() -> list[Figure]:
    return [*costs(), *regularized(), *overfitting(), *initial_weights(), *softmax(), *more_data(), *bad_choices()]


def accuracy(title: str, measured: str, value: float, run: Run, reading: Reading, note: str = "") -> Figure:
    return Figure(title, measured, value, value, run, reading, f"{value:.2f}", note)


def epoch(title: str, measured: str, value: int, run: Run, reading: Reading, note: str) -> Figure:
    return Figure(title, measured, value, value, run, reading, str(value), note, decimals=0)


def costs() -> list[Figure]:
    quadratic = {size: Run(size, 3, cost="quadratic", init="large") for size in (30, 100)}
    entropy = {size: Run(size, 0.5, init="large") for size in (30, 100)}
    of_three = "Of the book, the best of three runs, in chapter 1."
    varied = f"{of_three} Its footnote says that with 100 neurons some runs are quite a bit worse."
    later = "The same run as in the row before; the book gives this value beside that of the training images."
    best = logs.best("test")
    return [
        accuracy("30 hidden, quadratic, η 3, large weights", BEST_TEST, 95.42, quadratic[30], best, of_three),
        accuracy("100 hidden, quadratic, η 3, large weights", BEST_TEST, 96.59, quadratic[100], best, varied),
        accuracy("30 hidden, cross-entropy, η 0.5, large weights", BEST_TEST, 95.49, entropy[30], best),
        accuracy("the same, as overfitting shows it", BEST_TEST, 95.33, entropy[30], best, later),
        accuracy("100 hidden, cross-entropy, η 0.5, large weights", BEST_TEST, 96.82, entropy[100], best),
    ]


def regularized() -> list[Figure]:
    small = Run(30, 0.5, l2=5, init="large")
    large = Run(100, 0.5, l2=5, init="large")
    longer = Run(100, 0.1, epochs=60, l2=5, init="large")
    validation = logs.best("validation")
    return [
        accuracy("30 hidden, η 0.5, λ 5, large weights", BEST_TEST, 96.49, small, logs.best("test")),
        accuracy("100 hidden, η 0.5, λ 5, large weights", BEST_VALIDATION, 97.92, large, validation),
        accuracy("100 hidden, η 0.1, λ 5, large weights, 60 epochs", BEST_VALIDATION, 98.04, longer, validation),
    ]


def overfitting() -> list[Figure]:
    plain = Run(30, 0.5, epochs=400, init="large", limit=1_000)
    decayed = dataclasses.replace(plain, l2=0.1)
    title = "1,000 images, 400 epochs, 30 hidden, η 0.5, large weights"
    about = "The book says about 15; in its data it is epoch 14 counted from 0."
    during = (
        "Of the book, epoch 67 counted from 0; it measures the network after the epoch. Ours is measured during the "
        "epoch, each mini-batch before its own update."
    )
    return [
        accuracy(title, BEST_TEST, 82.27, plain, logs.best("test")),
        epoch("the same", "epoch of the least test cost", 15, plain, logs.epoch_of_least_test_cost, about),
        epoch("the same", "first epoch of 100 % in training", 68, plain, logs.first_epoch_without_mistake, during),
        accuracy("the same with λ 0.1", BEST_TEST, 87.10, decayed, logs.best("test")),
    ]


def initial_weights() -> list[Figure]:
    values = {(30, "large"): 86.43, (30, "scaled"): 92.70, (100, "large"): 89.94, (100, "scaled"): 92.95}
    return [
        accuracy(
            f"{hidden} hidden, η 0.1, λ 5, {init} weights",
            "validation, first epoch",
            value,
            Run(hidden, 0.1, l2=5, init=init),
            logs.after_first("validation"),
        )
        for (hidden, init), value in values.items()
    ]


def softmax() -> list[Figure]:
    run = Run(100, 0.1, epochs=60, output="softmax")
    note = "The first network of chapter 6, whose output weights start at 0, with another spread of hidden weights."
    title = "100 hidden, softmax, log-likelihood, η 0.1, 60 epochs"
    return [accuracy(title, "test, best validation epoch", 97.80, run, logs.test_at_best_validation, note)]


def more_data() -> list[Figure]:
    values = {100: 69.09, 500: 85.29, 1_000: 88.85, 5_000: 93.24, 10_000: 94.89}
    rows = []
    for size, value in values.items():
        epochs = PRESENTATIONS // size
        every = max(1, epochs // 100)
        run = Run(30, 0.5, epochs, init="large", l2=size / 10_000, limit=size, evaluate_every=every)
        title = f"{size:,} images, {epochs:,} epochs, 30 hidden, η 0.5, λ {run.l2:g}, large weights"
        rows.append(accuracy(title, LAST_VALIDATION, value, run, logs.after_last("validation")))
    return rows


def bad_choices() -> list[Figure]:
    fast = Run(30, 100, cost="quadratic", init="large", may_diverge=True)
    decayed = Run(30, 10, l2=1_000, may_diverge=True)
    answer = "A network that gives all images one class has from 8.92 to 11.35 %, which is what is compared."
    return [
        Figure(
            "30 hidden, quadratic, η 100, large weights",
            "test, last epoch",
            *CHANCE,
            fast,
            logs.after_last("test"),
            "about 10",
            f"Of the book, in chapter 1, 9.82. {answer}",
        ),
        Figure(
            "30 hidden, η 10, λ 1,000, scaled weights",
            LAST_VALIDATION,
            *CHANCE,
            decayed,
            logs.after_last("validation"),
            "about 10",
            f"Of the book 9.67. {answer}",
        ),
    ]
