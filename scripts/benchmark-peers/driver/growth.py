"""The growth of an epoch's seconds with the examples, the hidden neurons and the mini-batch."""

from . import nettrain
from .cases import TRAINING_COUNT, Case
from .digits import Data
from .markdown import ratio, seconds, table
from .rounds import medians, say

ROUNDS = 5
SERIES = {
    "examples": [Case((30,), 10, examples=TRAINING_COUNT // part) for part in (8, 4, 2, 1)],
    "hidden neurons": [Case((hidden,), 10) for hidden in (16, 32, 64, 128, 256, 512, 1024)],
    "batch size": [Case((30,), batch) for batch in (1, 4, 16, 64, 256, 1024)],
}
STEP = {
    "examples": lambda case: f"{case.examples:,}",
    "hidden neurons": lambda case: f"{case.hidden[0]:,}",
    "batch size": lambda case: f"{case.batch:,}",
}
HEADS = ["kernel", "nettrain", ": step before", "nettrain dense", ": step before"]


def growth(data: Data, what: str) -> str:
    rows, before = [], None
    for case in SERIES[what]:
        say(f"growth: {STEP[what](case)} {what}")
        kernels = {}

        def train(kernel: str, case=case, kernels=kernels) -> float:
            run = nettrain.train(data.folder, case, kernel)
            kernels[kernel] = run.kernel
            return run.seconds

        figures = medians(ROUNDS, {kernel: lambda kernel=kernel: train(kernel) for kernel in ("auto", "dense")})
        row = [STEP[what](case), kernels["auto"]]
        for kernel, figure in figures.items():
            row += [seconds(figure), ratio(figure / before[kernel]) if before else ""]
        rows.append(row)
        before = figures
    return table([what, *HEADS], rows, text_columns=0)
