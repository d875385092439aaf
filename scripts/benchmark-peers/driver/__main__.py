"""The command line of the benchmark, and its sections in order."""

import argparse
import os
import signal
import sys

from . import growth, threads, whole_program
from .cases import CASES, quick
from .digits import Data, full, repeated
from .facts import facts
from .failure import UNWRITABLE, USAGE, Failure
from .main_table import MainTable
from .methods import MethodsTable
from .programs import BUILT

SECTIONS = ("whole", "growth", "threads")
SAME_WORK = """\
All train the same network on the same 50,000 images: sigmoid neurons, a softmax output layer with the log-likelihood
cost, plain stochastic gradient descent at a learning rate of 0.1, mini-batches in a new order each epoch. The seconds
are those of an epoch after the first, without evaluation. NumPy runs in double precision and PyTorch in single, JAX
and scikit-learn in that of the row. Each reaches a test accuracy of 85 % or is refused."""
BOUND = """\
The bound is the time of an epoch's matrix products alone, by the same OpenBLAS on constant matrices: what training
with dense inputs cannot go below. `nettrain` is what it chooses by itself, with the kernel that it chose; `nettrain
dense` multiplies dense inputs by the BLAS."""
METHODS = """\
Seconds per epoch of 784-100-10 with a softmax output layer and the log-likelihood cost, and how many times as long that
is as plain stochastic gradient descent takes with the same mini-batches. A row names the option of `nettrain` that
differs from plain, and the learning rate."""
METHODS_ALONE = "An epoch has 10,000 images."
METHODS_COMPARED = """\
An epoch has 50,000 images. `nettrain` runs in double precision, PyTorch in single, with its own layers and optimisers,
at the same learning rates. PyTorch has what is fastest on a CPU: the fused variants of momentum and Adam, the slope of
the L1 penalty added to the gradient by a hook of the optimiser, and subnormal numbers taken as 0. Each reaches a test
accuracy of 85 % or is refused."""

WHOLE = """\
Each loads the files, trains an epoch of 784-30-10 in batches of 10 and evaluates on all that is held out and on the
test images. Seconds are from start to exit, memory is the peak of what was resident."""


class Arguments(argparse.ArgumentParser):
    def error(self, message: str):
        raise Failure(USAGE, f"{message}; scripts/benchmark --help shows what there is")


def arguments() -> argparse.Namespace:
    parser = Arguments(prog="scripts/benchmark", allow_abbrev=False, add_help=False)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--data", default=os.environ.get("NETTRAIN_MNIST") or None)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--cases")
    parser.add_argument("--check-usage", action="store_true")
    given = parser.parse_args()
    known = [*CASES, "methods", *(() if given.quick else SECTIONS)]
    given.cases = given.cases.split(",") if given.cases is not None else known
    for name in given.cases:
        if name not in known:
            raise Failure(USAGE, f"--cases: there is no {name!r}; choose from {','.join(known)}")
    least = 1 if given.quick else 5
    given.rounds = (3 if given.quick else 5) if given.rounds is None else given.rounds
    if given.rounds < least:
        reason = "" if given.quick else ", after which all that compete have learned enough to be checked"
        raise Failure(USAGE, f"--rounds: at least {least}{reason}")
    return given


def document(given: argparse.Namespace, data: Data) -> None:
    main = MainTable(data, given.rounds, with_peers=not given.quick)
    for name, case in CASES.items():
        if name in given.cases:
            main.measure(quick(case) if given.quick else case)
    methods = MethodsTable(data, given.rounds, with_peers=not given.quick)
    if "methods" in given.cases:
        methods.measure()
    show("# Benchmark of nettrain", facts(data, given.rounds, main.facts | methods.facts))
    if main.figures:
        show("## Seconds per epoch", BOUND if given.quick else f"{SAME_WORK}\n\n{BOUND}", main.seconds())
        if given.quick:
            show("Where there are fewer examples than 50,000, bound and nettrain alike had as many.")
        else:
            show("## How many times as long as the bound, how many times as fast as the others")
        show(main.ratios())
    if methods.figures:
        show("## Methods", METHODS, METHODS_ALONE if given.quick else METHODS_COMPARED, methods.table())
    if "whole" in given.cases:
        show("## The whole program", WHOLE, whole_program.training(data))
        show("Loading alone, against unpacking the same files:", whole_program.loading(data))
    if "growth" in given.cases:
        show("## Growth", "Seconds per epoch in double precision; 784-30-10 and batches of 10 but for what varies.")
        for what in growth.SERIES:
            show(growth.growth(data, what))
    if "threads" in given.cases:
        show("## Threads and processes", threads.threads(data), threads.at_once(data))


def show(*parts: str) -> None:
    for part in parts:
        print(f"{part}\n", flush=True)


def main() -> None:
    given = arguments()
    data = full(given.data) if given.data else None
    if given.check_usage:
        return
    BUILT.mkdir(parents=True, exist_ok=True)
    document(given, data or repeated())


if __name__ == "__main__":
    # So that what is running is ended first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        main()
    except Failure as failure:
        print(f"benchmark: {failure}", file=sys.stderr)
        sys.exit(failure.status)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except BrokenPipeError:
        # Nobody reads any more; nor should what is left in the buffer be tried at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(UNWRITABLE)
