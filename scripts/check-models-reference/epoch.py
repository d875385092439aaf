"""An epoch in nettrain and one in NumPy from the same weights end with the same weights."""

import numpy as np

import models
from digits import Digits
from findings import Findings, largest_difference
from network import PAIRS, random_layers, train_epoch
from program import Program, ProgramFailed

HIDDEN = ["none", "30", "20,15", "12,11,10"]
KERNELS = ["dense", "sparse"]
# 20 mini-batches of 10 and a last one of 3. Not many more, for the largest rate without a hidden layer multiplies
# rounding errors from step to step: after 1,003 examples the NumPy program is 5e-11 away from itself in extended
# precision, after 205 it is 1e-14.
EXAMPLES = 203
L2 = 5
BOUND = 1e-12
# The weights and biases of every layer must change by more than this: untrained networks would agree as well.
LEAST_MOVE = 1e-6


def check(program: Program, digits: Digits, findings: Findings) -> None:
    findings.begin(f"An epoch of {EXAMPLES} examples from weights made by NumPy, λ = {L2}: largest absolute difference")
    start, end = program.scratch / "start.safetensors", program.scratch / "end.safetensors"
    unread, unmoved = 0.0, 0
    for pair, objective in enumerate(PAIRS):
        for number, hidden in enumerate(HIDDEN):
            inner = [] if hidden == "none" else [int(size) for size in hidden.split(",")]
            layers = random_layers([784, *inner, 10], seed=10 * pair + number)
            models.write(start, layers)
            program.train("--init-from", str(start), "--epochs", "0", "--save", str(end), *objective.options())
            unread = max(unread, difference(models.read(end).layers, layers))
            for kernel in KERNELS:
                options = ["--no-shuffle", "--epochs", "1", "--l2", str(L2), "--limit", str(EXAMPLES)]
                options += ["--kernel", kernel, *objective.options()]
                run = program.train("--init-from", str(start), "--save", str(end), *options)
                rate, batch, count = run.start["learning_rate"], run.start["batch_size"], run.start["data"]["train"]
                if run.start["kernel"] != kernel or count != EXAMPLES or count % batch == 0:
                    raise ProgramFailed(f"not the run that was asked for, but {run.start}")
                images, labels = digits.training_images[:count], digits.training_labels[:count]
                trained = train_epoch(objective, layers, images, labels, batch, rate, L2)
                moves = [largest_difference(a, b) for was, now in zip(layers, trained) for a, b in zip(was, now)]
                unmoved += min(moves) < LEAST_MOVE
                text = (
                    f"{objective}, hidden {hidden}, {kernel}, η = {rate:g}; each layer moved {min(moves):.1g} or more"
                )
                findings.add(text, difference(models.read(end).layers, trained), BOUND)
    findings.add("the starts, read by nettrain and saved again untrained", unread, 0)
    findings.add(f"epochs with a layer whose weights or biases moved by less than {LEAST_MOVE:g}", unmoved, 0)


def difference(ours: list, theirs: list) -> float:
    if len(ours) != len(theirs):
        return np.inf
    return max(largest_difference(a, b) for one, other in zip(ours, theirs) for a, b in zip(one, other))
