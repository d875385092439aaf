"""The mathematics: networks of sigmoid neurons in plain NumPy, in double precision, with nothing from nettrain.

A network is a list of layers, each a pair of weights [outputs, inputs] and biases [outputs]. An objective is the kind
of its outputs, the cost, and the c of softmax(c·z).
"""

from typing import NamedTuple

import numpy as np

Layers = list[tuple[np.ndarray, np.ndarray]]


class Objective(NamedTuple):
    output: str
    cost: str
    scale: float = 1.0

    def __str__(self) -> str:
        return f"{self.output} {self.cost}" + ("" if self.scale == 1 else f", c = {self.scale:g}")

    def options(self) -> list[str]:
        scale = [] if self.scale == 1 else ["--softmax-scale", f"{self.scale:g}"]
        return ["--output", self.output, "--cost", self.cost, *scale]


PAIRS = [
    Objective("sigmoid", "quadratic"),
    Objective("sigmoid", "cross-entropy"),
    Objective("softmax", "quadratic"),
    Objective("softmax", "cross-entropy"),
    Objective("linear", "quadratic"),
]


def sigma(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


def softplus(z: np.ndarray) -> np.ndarray:
    """ln(1 + eᶻ), which is −ln(1 − σ(z))."""
    return np.logaddexp(0, z)


def activations(layers: Layers, x: np.ndarray) -> list[np.ndarray]:
    """The inputs of each layer, the pixels first."""
    given = [x]
    for w, b in layers[:-1]:
        given.append(sigma(given[-1] @ w.T + b))
    return given


def weighted_inputs(layers: Layers, x: np.ndarray) -> np.ndarray:
    """The z of the output layer."""
    w, b = layers[-1]
    return activations(layers, x)[-1] @ w.T + b


def output_of(objective: Objective, z: np.ndarray) -> np.ndarray:
    if objective.output == "sigmoid":
        return sigma(z)
    if objective.output == "softmax":
        powers = np.exp(objective.scale * (z - z.max(axis=1, keepdims=True)))
        return powers / powers.sum(axis=1, keepdims=True)
    return z


def costs(objective: Objective, z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The cost of each example."""
    y = np.eye(z.shape[1])[labels]
    if objective.cost == "quadratic":
        return ((output_of(objective, z) - y) ** 2).sum(axis=1) / 2
    if objective.output == "sigmoid":
        # −[y ln σ(z) + (1 − y) ln(1 − σ(z))] = ln(1 + eᶻ) − yz
        return (softplus(z) - y * z).sum(axis=1)
    cz = objective.scale * z
    return np.logaddexp.reduce(cz, axis=1) - (y * cz).sum(axis=1)


def delta(objective: Objective, z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """∂C/∂z of each example."""
    y = np.eye(z.shape[1])[labels]
    a = output_of(objective, z)
    g = a - y
    if objective.output == "softmax":
        by_z = g if objective.cost == "cross-entropy" else a * (g - (a * g).sum(axis=1, keepdims=True))
        return objective.scale * by_z
    if objective.output == "sigmoid" and objective.cost == "quadratic":
        return g * a * (1 - a)
    return g


def step(objective: Objective, layers: Layers, x: np.ndarray, labels: np.ndarray, rate: float, decay: float) -> Layers:
    """One mini-batch: w ← decay·w − η/m Σ ∂C/∂w and b ← b − η/m Σ ∂C/∂b."""
    given = activations(layers, x)
    w, b = layers[-1]
    error = delta(objective, given[-1] @ w.T + b, labels)
    moved = []
    for (w, b), a in zip(reversed(layers), reversed(given)):
        moved.append((decay * w - rate / len(x) * (error.T @ a), b - rate / len(x) * error.sum(axis=0)))
        error = (error @ w) * a * (1 - a)
    return moved[::-1]


def train_epoch(
    objective: Objective, layers: Layers, images: np.ndarray, labels: np.ndarray, batch: int, rate: float, l2: float
) -> Layers:
    """An epoch in the order of the file; the last mini-batch has the remaining examples."""
    decay = 1 - rate * l2 / len(images)
    for first in range(0, len(images), batch):
        examples = slice(first, first + batch)
        layers = step(objective, layers, images[examples], labels[examples], rate, decay)
    return layers


def random_layers(sizes: list[int], seed: int) -> Layers:
    random = np.random.default_rng(seed)
    return [
        (random.normal(size=(outputs, inputs)) / np.sqrt(inputs), random.normal(size=outputs))
        for inputs, outputs in zip(sizes, sizes[1:])
    ]
