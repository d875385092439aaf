"""Seconds per epoch of nettrain, of its bound and of the other programs."""

import contextlib

from . import nettrain, programs
from .cases import DOUBLE, SINGLE, Case
from .digits import Data
from .failure import FAILED, Failure
from .markdown import ratio, seconds, table
from .rounds import medians, say

LEAST_ACCURACY = 0.85
LAYOUTS = ("out-in", "in-out")
BOUND, AUTO, DENSE = "bound", "nettrain", "nettrain dense"
# Each with its program and the precision it runs in; without one, that of the case.
PEERS = {
    "NumPy f64": ("numpy_peer.py", DOUBLE),
    "PyTorch f32": ("pytorch_peer.py", SINGLE),
    "JAX": ("jax_peer.py", None),
    "scikit-learn": ("scikit_learn_peer.py", None),
}


class MainTable:
    """Measures case by case, and collects the versions and kernels of the competitors."""

    def __init__(self, data: Data, rounds: int, with_peers: bool):
        self.data = data
        self.rounds = rounds
        self.with_peers = with_peers
        self.facts: dict[str, dict] = {}
        self.figures: dict[Case, dict[str, float]] = {}
        self.kernels: dict[Case, str] = {}

    def measure(self, case: Case) -> None:
        say(f"{case}: {'all competitors' if self.with_peers else 'nettrain and its bound'}")
        with contextlib.ExitStack() as stack:
            bounds = {layout: stack.enter_context(programs.bound(case, layout)) for layout in LAYOUTS}
            peers = {}
            for name, (script, precision) in PEERS.items() if self.with_peers else ():
                peer = programs.python_peer(name, script, self.data.folder, case, precision or case.precision)
                peers[name] = stack.enter_context(peer)
                self.facts[name] = peer.facts
            for competitor in [*bounds.values(), *peers.values()]:
                competitor.epoch()
            if self.with_peers:
                self.check_nettrain(case)
            figures = medians(
                self.rounds,
                {layout: peer.epoch for layout, peer in bounds.items()}
                | {AUTO: lambda: self.train(case, "auto"), DENSE: lambda: self.train(case, "dense")}
                | {name: peer.epoch for name, peer in peers.items()},
            )
            for name, peer in peers.items():
                check(name, case, peer.ask("accuracy"))
        figures[BOUND] = min(figures.pop(layout) for layout in LAYOUTS)
        self.figures[case] = figures

    def train(self, case: Case, kernel: str) -> float:
        run = nettrain.train(self.data.folder, case, kernel)
        if kernel == "auto":
            self.kernels[case] = run.kernel
        return run.seconds

    def check_nettrain(self, case: Case) -> None:
        """Checks the accuracy after as many epochs as the peers train."""
        for kernel in ("auto", "dense"):
            run = nettrain.train(self.data.folder, case, kernel, epochs=self.rounds + 1)
            check(f"nettrain --kernel {kernel}", case, run.test_accuracy)

    @property
    def columns(self) -> list[str]:
        return [BOUND, AUTO, DENSE, *(PEERS if self.with_peers else ())]

    def seconds(self) -> str:
        examples = {case: f"{case.examples:,}" for case in self.figures}
        shown = [] if self.with_peers else ["examples"]
        rows = [
            [*described(case), *(examples[case] for _ in shown), self.kernels[case]]
            + [seconds(figures[name]) for name in self.columns]
            for case, figures in self.figures.items()
        ]
        heads = [*DESCRIPTION, *shown, "kernel"]
        return table([*heads, *self.columns], rows, text_columns=len(heads))

    def ratios(self) -> str:
        peers = list(PEERS) if self.with_peers else []
        rows = [
            [*described(case), ratio(figures[DENSE] / figures[BOUND]), ratio(figures[AUTO] / figures[BOUND])]
            + [ratio(figures[name] / figures[AUTO]) + " ×" for name in peers]
            for case, figures in self.figures.items()
        ]
        heads = [*DESCRIPTION, "dense : bound", "nettrain : bound", *(f"than {name}" for name in peers)]
        return table(heads, rows, text_columns=len(DESCRIPTION))


DESCRIPTION = ["layers", "batch", "precision"]


def described(case: Case) -> list[str]:
    return [case.network, str(case.batch), case.precision]


def check(name: str, case: Case, accuracy: float) -> None:
    """Refuses a competitor that learns too little: it may do less work, and its seconds would mean nothing."""
    if not accuracy >= LEAST_ACCURACY:
        raise Failure(FAILED, f"{name} reaches {accuracy:.1%} on {case}, not {LEAST_ACCURACY:.0%}: it is no competitor")
