#!/usr/bin/env python3
"""Writes the gradients that PyTorch's autograd finds for each pair of output and cost on 100 real digits.

    python3 Tests/TrainingTests/Reference/make_gradients.py

It writes `gradients.f64` beside itself: for each pair, in the order of make_reference.py, the gradient of the mean cost
by all parameters (layer by layer, the weights row by row and then the biases). Little-endian doubles, one after the
other. The network is that of make_reference.py; the derivatives are PyTorch's alone. Needs NumPy and PyTorch.
"""

import numpy as np
import torch
from make_reference import HERE, PAIRS, initial_parameters, read_idx

DIGITS = 100


def mean_cost(output: str, cost: str, z: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    y = torch.nn.functional.one_hot(labels, 10).double()
    if cost == "cross-entropy" and output == "sigmoid":
        return torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="sum") / DIGITS
    if cost == "cross-entropy":
        return torch.nn.functional.cross_entropy(z, labels)
    a = {"sigmoid": torch.sigmoid, "softmax": lambda z: torch.softmax(z, 1), "linear": lambda z: z}[output](z)
    return ((a - y) ** 2).sum() / 2 / DIGITS


def gradients(output: str, cost: str, images: torch.Tensor, labels: torch.Tensor) -> np.ndarray:
    layers = [[torch.tensor(part, requires_grad=True) for part in layer] for layer in initial_parameters()]
    a = images
    for w, b in layers[:-1]:
        a = torch.sigmoid(torch.nn.functional.linear(a, w, b))
    w, b = layers[-1]
    mean_cost(output, cost, torch.nn.functional.linear(a, w, b), labels).backward()
    return np.concatenate([part.grad.numpy().ravel() for layer in layers for part in layer])


def main() -> None:
    torch.set_num_threads(1)
    images = torch.tensor(read_idx("train-images-idx3-ubyte")[:DIGITS].reshape(DIGITS, -1) / 255)
    labels = torch.tensor(read_idx("train-labels-idx1-ubyte")[:DIGITS].astype(np.int64))
    results = [gradients(output, cost, images, labels) for output, cost, _ in PAIRS]
    (HERE / "gradients.f64").write_bytes(np.concatenate(results).astype("<f8").tobytes())


if __name__ == "__main__":
    main()
