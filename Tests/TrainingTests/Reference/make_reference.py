#!/usr/bin/env python3
"""Trains one epoch of each pair of output and cost, in plain NumPy, and writes what comes out.

    python3 Tests/TrainingTests/Reference/make_reference.py

The program shares no code with nettrain and follows the book's formulas as they stand there. It writes
`epoch.f64` beside itself: for each pair, in the order below, all parameters after the epoch (layer by layer, the
weights row by row and then the biases), then the mean cost and the accuracy of the training examples, each measured
just before the update by its mini-batch. Little-endian doubles, one after the other. Needs NumPy.
"""

import gzip
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parent.parent.parent / "data"

EXAMPLES = 205  # 20 mini-batches of 10 and a last one of 5
BATCH_SIZE = 10
SIZES = [784, 8, 6, 10]
L2 = 5.0
PAIRS = [
    ("sigmoid", "quadratic", 3.0),
    ("sigmoid", "cross-entropy", 0.5),
    ("softmax", "quadratic", 1.0),
    ("softmax", "cross-entropy", 0.5),
    ("linear", "quadratic", 0.05),
]


def read_idx(name: str) -> np.ndarray:
    raw = gzip.open(DATA / f"{name}.gz").read()
    rank = raw[3]
    shape = [int.from_bytes(raw[4 + 4 * i : 8 + 4 * i], "big") for i in range(rank)]
    return np.frombuffer(raw[4 + 4 * rank :], np.uint8).reshape(shape)


def initial_parameters() -> list[list[np.ndarray]]:
    """Numbers that either side computes to the same bits: parameter i is (7919·i mod 10007)/10007 − ½, times 2/√in."""
    layers, first = [], 0
    for inputs, outputs in zip(SIZES, SIZES[1:]):
        count = (inputs + 1) * outputs
        index = np.arange(first, first + count)
        first += count
        values = ((7919 * index % 10007) / 10007 - 0.5) * (2 / np.sqrt(float(inputs)))
        layers.append([values[: inputs * outputs].reshape(outputs, inputs), values[inputs * outputs :]])
    return layers


def sigma(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


def softmax(z: np.ndarray) -> np.ndarray:
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def cost_and_delta(output: str, cost: str, z: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    a = {"sigmoid": sigma, "softmax": softmax, "linear": lambda z: z}[output](z)
    g = a - y
    if cost == "quadratic":
        total = float((g**2).sum() / 2)
        if output == "sigmoid":
            return total, g * a * (1 - a)
        if output == "softmax":
            return total, a * (g - (a * g).sum(axis=1, keepdims=True))
        return total, g
    if output == "sigmoid":
        return float(-(y * np.log(a) + (1 - y) * np.log(1 - a)).sum()), g
    return float(-(y * np.log(a)).sum()), g


def train(output: str, cost: str, rate: float, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    layers = initial_parameters()
    total, correct = 0.0, 0
    for first in range(0, EXAMPLES, BATCH_SIZE):
        x = images[first : first + BATCH_SIZE]
        y = np.eye(10)[labels[first : first + BATCH_SIZE]]
        activations = [x]
        for w, b in layers[:-1]:
            activations.append(sigma(activations[-1] @ w.T + b))
        w, b = layers[-1]
        z = activations[-1] @ w.T + b
        batch_cost, delta = cost_and_delta(output, cost, z, y)
        total += batch_cost
        correct += int((z.argmax(axis=1) == labels[first : first + BATCH_SIZE]).sum())
        gradients = []
        for (w, _), a in zip(reversed(layers), reversed(activations)):
            gradients.append((delta.T @ a / len(x), delta.mean(axis=0)))
            delta = (delta @ w) * a * (1 - a)
        for layer, (dw, db) in zip(layers, reversed(gradients)):
            layer[0] = (1 - rate * L2 / EXAMPLES) * layer[0] - rate * dw
            layer[1] = layer[1] - rate * db
    parameters = [part.ravel() for layer in layers for part in layer]
    return np.concatenate([*parameters, [total / EXAMPLES, correct / EXAMPLES]])


def main() -> None:
    images = read_idx("train-images-idx3-ubyte")[:EXAMPLES].reshape(EXAMPLES, -1) / 255
    labels = read_idx("train-labels-idx1-ubyte")[:EXAMPLES]
    results = [train(*pair, images, labels) for pair in PAIRS]
    (HERE / "epoch.f64").write_bytes(np.concatenate(results).astype("<f8").tobytes())


if __name__ == "__main__":
    main()
