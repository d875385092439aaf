"""The results of the checks, one line each."""

import numpy as np


class Findings:
    def __init__(self):
        self.held = self.failed = 0

    def begin(self, subject: str) -> None:
        print(f"\n{subject}\n\n{'difference':>10}  {'bound':>7}", flush=True)

    def add(self, text: str, difference: float, bound: float) -> None:
        """A difference holds if it is at most its bound; NaN does not hold."""
        holds = bool(difference <= bound)
        self.held += holds
        self.failed += not holds
        print(f"{difference:10.1e}  {bound:7.0e}  {'holds' if holds else 'FAILS'}  {text}", flush=True)

    def conclude(self) -> int:
        """Prints the last line and returns the exit status."""
        print(f"\n{self.held} checks hold, {self.failed} fail")
        return 0 if self.held and not self.failed else 1


def largest_difference(ours: np.ndarray, theirs: np.ndarray) -> float:
    """The largest absolute difference; infinite if the shapes differ."""
    return float(np.abs(ours - theirs).max()) if ours.shape == theirs.shape else np.inf
