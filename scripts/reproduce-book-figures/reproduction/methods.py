"""Methods that the book describes without a figure, each with its plain twin."""

import dataclasses

from .runs import Run


@dataclasses.dataclass(frozen=True)
class Method:
    title: str
    twin_title: str
    run: Run
    twin: Run
    note: str = ""


PLAIN = Run(100, 0.5)
DECAYED = Run(100, 0.5, l2=5)
LONG = dataclasses.replace(DECAYED, epochs=100)


def methods() -> list[Method]:
    def changed(run: Run = DECAYED, **changes) -> Run:
        return dataclasses.replace(run, **changes)

    rate = "The rate is the program's default for these neurons with this cost."
    same_decay = "λ grows with the number of examples, so that each step shrinks the weights as much as the twin's."
    return [
        Method("momentum 0.9, η 0.05", "η 0.5", changed(rate=0.05, more=("--momentum", "0.9")), DECAYED),
        Method("dropout 0.5", "none", changed(more=("--dropout", "0.5")), DECAYED),
        Method("dropout 0.5, no λ", "none, no λ", changed(PLAIN, more=("--dropout", "0.5")), PLAIN),
        Method("L1, λ 0.5", "no λ", changed(PLAIN, more=("--l1", "0.5")), PLAIN),
        Method("L2, λ 5", "no λ", DECAYED, PLAIN),
        Method(
            "expanded data, as many epochs",
            "the images alone",
            changed(l2=25, more=("--expand",)),
            DECAYED,
            f"{same_decay} It takes five times as many steps.",
        ),
        Method(
            "expanded data, as many steps",
            "the images alone",
            changed(epochs=6, l2=25, more=("--expand",)),
            DECAYED,
            same_decay,
        ),
        Method("tanh, η 0.1", "sigmoid, η 0.5", changed(rate=0.1, more=("--activation", "tanh")), DECAYED, rate),
        Method("ReLU, η 0.1", "sigmoid, η 0.5", changed(rate=0.1, more=("--activation", "relu")), DECAYED, rate),
        Method(
            "η halved up to 7 times",
            "η 0.5 throughout",
            changed(LONG, more=("--patience", "10", "--halvings", "7")),
            LONG,
            "Both have at most 100 epochs; after the seventh halving, ten epochs without a better one end a run.",
        ),
    ]
