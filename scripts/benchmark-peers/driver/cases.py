"""The networks, mini-batches and precisions that are compared."""

import dataclasses

TRAINING_COUNT = 50_000
DOUBLE, SINGLE = "double", "single"


@dataclasses.dataclass(frozen=True)
class Case:
    """An epoch of training."""

    hidden: tuple[int, ...]
    batch: int
    precision: str = DOUBLE
    examples: int = TRAINING_COUNT

    @property
    def layers(self) -> str:
        return ",".join(str(size) for size in (784, *self.hidden, 10))

    @property
    def network(self) -> str:
        return self.layers.replace(",", "-")

    def __str__(self) -> str:
        return f"{self.network}, batches of {self.batch}, {self.precision}"


CASES = {
    "30-double": Case((30,), 10),
    "30-single": Case((30,), 10, SINGLE),
    "100-double": Case((100,), 10),
    "128-double": Case((128,), 128),
    "128-single": Case((128,), 128, SINGLE),
    "1024-single": Case((1024, 1024), 128, SINGLE),
}


def quick(case: Case) -> Case:
    """The same case with fewer examples, if all of them would take seconds."""
    return dataclasses.replace(case, examples=TRAINING_COUNT // 10) if len(case.hidden) > 1 else case
