"""The use of a second processor: for one training, and for two at once."""

import contextlib

from . import nettrain, programs
from .cases import CASES, Case
from .digits import Data
from .markdown import ratio, seconds, table
from .rounds import medians, say

ROUNDS = 3
THREADED = [CASES["128-double"], CASES["1024-single"]]
AT_ONCE = [CASES["30-double"], CASES["128-double"], CASES["1024-single"]]


def threads(data: Data) -> str:
    """One training with one thread and with two."""
    rows = []
    for case in THREADED:
        say(f"{case}: one thread and two")
        for kernel in ("auto", "dense"):
            figures = medians(
                ROUNDS,
                {
                    count: lambda count=count: nettrain.train(data.folder, case, kernel, threads=count).seconds
                    for count in (1, 2)
                },
            )
            rows.append([str(case), kernel, seconds(figures[1]), seconds(figures[2]), ratio(figures[1] / figures[2])])
    return table(["network", "kernel", "1 thread", "2 threads", "speed-up"], rows, text_columns=2)


def at_once(data: Data) -> str:
    """Two processes at once against one. The bound shares nothing, so its figures are those of the machine itself."""
    rows = []
    for case in AT_ONCE:
        say(f"{case}: one process and two at once")
        with contextlib.ExitStack() as stack:
            bounds = [stack.enter_context(programs.bound(case, "in-out")) for _ in range(2)]
            for bound in bounds:
                bound.epoch()
            figures = medians(
                ROUNDS,
                {
                    "nettrain": lambda: trainings(data, case, 1),
                    "nettrain twice": lambda: trainings(data, case, 2),
                    "bound": lambda: epochs(bounds[:1]),
                    "bound twice": lambda: epochs(bounds),
                },
            )
        for name in ("nettrain", "bound"):
            alone, both = figures[name], figures[f"{name} twice"]
            rows.append([str(case), name, seconds(alone), seconds(both), ratio(2 * alone / both)])
    return table(["network", "process", "alone", "each of two", "work done : alone"], rows, text_columns=2)


def trainings(data: Data, case: Case, count: int) -> float:
    """Seconds of an epoch, the mean of `count` processes that run at once."""
    with contextlib.ExitStack() as stack:
        running = [stack.enter_context(nettrain.start(data.folder, case, "auto")) for _ in range(count)]
        return sum(nettrain.result(program.finish()).seconds for program in running) / count


def epochs(bounds: list[programs.Peer]) -> float:
    for bound in bounds:
        bound.request("epoch")
    return sum(float(bound.answer()) for bound in bounds) / len(bounds)
