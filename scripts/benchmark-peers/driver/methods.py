"""The cost of each method as a multiple of plain gradient descent's, in nettrain and in PyTorch."""

import contextlib

from . import nettrain, programs
from .cases import SINGLE, TRAINING_COUNT, Case
from .digits import Data
from .main_table import check
from .markdown import ratio, seconds, table
from .rounds import medians, say

PLAIN = ""
# Options that nettrain and the peer both take, each with a learning rate at which both learn.
METHODS = {
    PLAIN: 0.1,
    "--momentum 0.9": 0.01,
    "--optimizer adam": 0.001,
    "--l1 5": 0.1,
    "--dropout 0.5": 0.1,
    "--activation tanh": 0.1,
    "--activation relu": 0.05,
}
BATCHES = (10, 128)
NETTRAIN, PYTORCH = "nettrain", "PyTorch f32"
PEER = "pytorch_methods_peer.py"


class MethodsTable:
    """Measures all methods with one batch size after the other, and keeps the version and kernel of PyTorch."""

    def __init__(self, data: Data, rounds: int, with_peers: bool):
        self.data = data
        self.rounds = rounds
        self.programs = [NETTRAIN, PYTORCH] if with_peers else [NETTRAIN]
        examples = TRAINING_COUNT if with_peers else TRAINING_COUNT // 5
        self.cases = [Case((100,), batch, examples=examples) for batch in BATCHES]
        self.facts: dict[str, dict] = {}
        self.figures: dict[Case, dict[tuple[str, str], float]] = {}

    def measure(self) -> None:
        for case in self.cases:
            say(f"{case}: {len(METHODS)} methods")
            with contextlib.ExitStack() as stack:
                self.figures[case] = self.medians(case, stack)

    def medians(self, case: Case, stack: contextlib.ExitStack) -> dict[tuple[str, str], float]:
        """Median seconds by program and method."""
        measurements, peers = {}, {}
        for method in METHODS:
            measurements[NETTRAIN, method] = lambda method=method: self.train(case, method).seconds
            if PYTORCH in self.programs:
                peer = programs.python_peer(PYTORCH, PEER, self.data.folder, case, SINGLE, options(method))
                peers[method] = stack.enter_context(peer)
                self.facts[PYTORCH] = peer.facts
                measurements[PYTORCH, method] = peer.epoch
        for method, peer in peers.items():
            peer.epoch()
            # After as many epochs as the peers train.
            run = self.train(case, method, epochs=self.rounds + 1)
            check(f"{NETTRAIN} with {described(method)}", case, run.test_accuracy)
        figures = medians(self.rounds, measurements)
        for method, peer in peers.items():
            check(f"{PYTORCH} with {described(method)}", case, peer.ask("accuracy"))
        return figures

    def train(self, case: Case, method: str, epochs: int = 2) -> nettrain.Run:
        return nettrain.train(self.data.folder, case, "auto", epochs=epochs, method=options(method))

    def table(self) -> str:
        description = ["method", "learning rate", "batch"]
        heads = [*description, *(head for program in self.programs for head in (program, ": plain"))]
        if PYTORCH in self.programs:
            heads.append(f"nettrain than {PYTORCH}")
        rows = [self.row(method, case) for method in METHODS for case in self.cases]
        return table(heads, rows, text_columns=len(description))

    def row(self, method: str, case: Case) -> list[str]:
        figures = self.figures[case]
        row = [described(method), str(METHODS[method]), str(case.batch)]
        for program in self.programs:
            row += [seconds(figures[program, method]), ratio(figures[program, method] / figures[program, PLAIN])]
        if PYTORCH in self.programs:
            row.append(ratio(figures[PYTORCH, method] / figures[NETTRAIN, method]) + " ×")
        return row


def options(method: str) -> tuple:
    return (*method.split(), "--learning-rate", METHODS[method])


def described(method: str) -> str:
    return f"`{method}`" if method else "plain SGD"
