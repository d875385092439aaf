"""Runs of nettrain and their results."""

import dataclasses
import json
from collections.abc import Sequence

from . import programs
from .cases import Case

# Options of plain stochastic gradient descent, as the peers train.
PLAIN = ("--learning-rate", 0.1)


@dataclasses.dataclass
class Run:
    """The last epoch of a run."""

    seconds: float
    test_accuracy: float
    kernel: str
    instructions: str
    blas: str


def command(folder: str, case: Case, kernel: str, epochs: int = 2, threads: int = 1, method: Sequence = PLAIN) -> list:
    return [
        programs.NETTRAIN,
        *("--data", folder, "--validation", 0, "--limit", case.examples),
        *("--hidden", ",".join(str(size) for size in case.hidden), "--batch-size", case.batch),
        *("--precision", case.precision, *method, "--epochs", epochs),
        *("--kernel", kernel, "--threads", threads, "--format", "json", "--quiet"),
    ]


def start(*arguments, **options) -> programs.Program:
    return programs.Program("nettrain", command(*arguments, **options), programs.native_environment())


def result(finished: programs.Finished) -> Run:
    first, *_, epoch, _ = [json.loads(line) for line in finished.output.splitlines()]
    return Run(epoch["seconds"], epoch["test_accuracy"], first["kernel"], first["instructions"], first["blas"])


def train(*arguments, **options) -> Run:
    """Trains a new network and returns the last epoch, by default the second; the first one is the warm-up."""
    with start(*arguments, **options) as program:
        return result(program.finish())
