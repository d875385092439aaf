"""What the checks find, one line each."""

import numpy as np


class Findings:
    def __init__(self):
        self.held = self.failed = 0

    def begin(self, subject: str) -> None:
        print(f"\n{subject}\n\n{'difference':>10}  {'bound':>7}", flush=True)

    def add(self, text: str, difference: float, bound: float) -> None:
        """A difference holds up to its bound; one that is no number does not."""
        holds = bool(difference <= bound)
        self.held += holds
        self.failed += not holds
        print(f"{difference:10.1e}  {bound:7.0e}  {'holds' if holds else 'FAILS'}  {text}", flush=True)

    def conclude(self) -> int:
        """The last line, and the exit status."""
        print(f"\n{self.held} checks hold, {self.failed} fail")
        return 0 if self.held and not self.failed else 1


def largest_difference(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Infinite where the shapes differ, for then nothing can be compared."""
    return float(np.abs(ours - theirs).max()) if ours.shape == theirs.shape else np.inf
