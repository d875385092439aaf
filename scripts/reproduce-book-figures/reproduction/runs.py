"""Descriptions of training runs. They say what to train, and nothing about what is read from the logs."""

import dataclasses

TRAINING_COUNT = 50_000
EVALUATED_COUNT = 20_000
QUICK_LIMIT = 1_000


@dataclasses.dataclass(frozen=True)
class Run:
    """The options of a run without its data and seed; equal ones are trained once."""

    hidden: int
    rate: float
    epochs: int = 30
    output: str = "sigmoid"
    cost: str = "cross-entropy"
    init: str = "scaled"
    l2: float = 0
    limit: int | None = None
    evaluate_every: int = 1
    # Options of one method, each followed by its value if it has one.
    more: tuple[str, ...] = ()
    # The book shows that these choices fail, so divergence is a result.
    may_diverge: bool = False

    def arguments(self) -> list[str]:
        options = {
            "--hidden": self.hidden,
            "--output": self.output,
            "--cost": self.cost,
            "--learning-rate": self.rate,
            "--epochs": self.epochs,
            "--init": "large" if self.init == "large" else None,
            "--l2": f"{self.l2:g}" if self.l2 else None,
            "--limit": self.limit,
            "--evaluate-every": self.evaluate_every if self.evaluate_every > 1 else None,
        }
        given = ((option, value) for option, value in options.items() if value is not None)
        return [word for option, value in given for word in (option, str(value))] + list(self.more)

    def __str__(self) -> str:
        return " ".join(["nettrain", *self.arguments()])

    def seconds(self) -> float:
        """An estimate for ordering runs and for the time left, from epochs measured on one machine."""
        examples = (self.limit or TRAINING_COUNT) * (5 if "--expand" in self.more else 1)
        training = 1e-6 * examples * (0.8 + 0.037 * self.hidden) * (1.4 if self.more else 1)
        evaluation = 1e-6 * EVALUATED_COUNT * (0.13 + 0.015 * self.hidden)
        return 0.3 + self.epochs * (training + evaluation / self.evaluate_every)

    def shortened(self) -> "Run":
        """The run of --quick."""
        return dataclasses.replace(
            self,
            epochs=max(2, self.epochs // 10),
            limit=self.limit and min(self.limit, QUICK_LIMIT),
            evaluate_every=max(1, self.evaluate_every // 10),
        )
