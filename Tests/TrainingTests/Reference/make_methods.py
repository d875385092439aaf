#!/usr/bin/env python3
"""Trains two epochs by each method of training, in plain NumPy, and writes what comes out.

    python3 Tests/TrainingTests/Reference/make_methods.py

The program shares no code with nettrain and follows the formulas of the book, of Adam's paper and of He's
initialization as they stand there. It writes `methods.json` beside itself: for each case the choices, under the names of
the options, every 41st parameter after the epochs (layer by layer, the weights row by row and then the biases), and the
mean cost and the accuracy of the training examples in the last epoch, each measured just before the update by its
mini-batch. Needs NumPy.
"""

import json
import pathlib

import numpy as np
from make_reference import BATCH_SIZE, DATA, EXAMPLES, HERE, PAIRS, cost_and_delta, read_idx, sigma

STRIDE = 41
EPOCHS = 2

ACTIVATIONS = {
    "sigmoid": (sigma, lambda z: sigma(z) * (1 - sigma(z))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(float)),
}

METHODS = [
    {"activation": "tanh"},
    {"activation": "relu"},
    {"learning_rate_decay": 0.5},
    {"momentum": 0.9},
    {"momentum": 0.5, "l2": 5.0},
    {"l1": 5.0},
    {"l1": 3.0, "l2": 5.0},
    {"momentum": 0.7, "l1": 3.0, "l2": 5.0},
    {"optimizer": "adam"},
    {"optimizer": "adam", "l1": 3.0, "l2": 5.0},
    {"dropout": True},
    {"dropout": True, "activation": "relu", "momentum": 0.5, "l2": 5.0},
]

# The share left out of each hidden layer, by their number.
SHARES = {1: [0.5], 2: [0.25, 0.5]}
SEED = 0
DROPOUT_STREAM, STREAMS_OF_AN_EPOCH = 3, 16


def initial_parameters(sizes):
    """Numbers that either side computes to the same bits: parameter i is (7919·i mod 10007)/10007 − ½, times 2/√in."""
    layers, first = [], 0
    for inputs, outputs in zip(sizes, sizes[1:]):
        index = np.arange(first, first + (inputs + 1) * outputs)
        first += len(index)
        values = ((7919 * index % 10007) / 10007 - 0.5) * (2 / np.sqrt(float(inputs)))
        layers.append([values[: inputs * outputs].reshape(outputs, inputs), values[inputs * outputs :]])
    return layers


def words(seed, stream):
    """The random words of a stream: xoshiro256** whose state are words 4·stream to 4·stream + 3 of SplitMix64."""
    mask = 2**64 - 1

    def split_mix(number):
        word = (seed + 0x9E3779B97F4A7C15 * (number + 1)) & mask
        word = ((word ^ word >> 30) * 0xBF58476D1CE4E5B9) & mask
        word = ((word ^ word >> 27) * 0x94D049BB133111EB) & mask
        return word ^ word >> 31

    def rotated(word, count):
        return (word << count | word >> 64 - count) & mask

    s = [split_mix(4 * stream + place) for place in range(4)]
    while True:
        yield rotated(s[1] * 5 & mask, 7) * 9 & mask
        t = s[1] << 17 & mask
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotated(s[3], 45)


def masks(shares, hidden, example, epoch):
    """The factors of an example's hidden activations, layer by layer: 0 with the probability of the layer's share."""
    key = next(words(SEED, DROPOUT_STREAM + STREAMS_OF_AN_EPOCH * epoch))
    stream = words(key, example)
    return [
        np.array([0.0 if (next(stream) >> 11) * 2.0**-53 < share else 1 / (1 - share) for _ in range(size)])
        for share, size in zip(shares, hidden)
    ]


def train(choices, images, labels):
    layers = initial_parameters([784, *choices["hidden"], 10])
    function, slope = ACTIVATIONS[choices.get("activation", "sigmoid")]
    mu, l1, l2 = choices.get("momentum", 0), choices.get("l1", 0), choices.get("l2", 0)
    state = [[[np.zeros_like(part), np.zeros_like(part)] for part in layer] for layer in layers]
    step = 0
    for epoch in range(EPOCHS):
        rate = choices["learning_rate"] * choices.get("learning_rate_decay", 1) ** epoch
        total, correct = 0.0, 0
        for first in range(0, EXAMPLES, BATCH_SIZE):
            x = images[first : first + BATCH_SIZE]
            t = labels[first : first + BATCH_SIZE]
            factors = [1.0] * len(layers)
            if "dropout" in choices:
                examples = range(first, first + len(x))
                drawn = [masks(choices["dropout"], choices["hidden"], example, epoch) for example in examples]
                factors = [np.array(rows) for rows in zip(*drawn)] + [1.0]
            activations, inputs = [x], []
            for (w, b), factor in zip(layers, factors):
                inputs.append(activations[-1] @ w.T + b)
                activations.append(function(inputs[-1]) * factor)
            cost, delta = cost_and_delta(choices["output"], choices["cost"], inputs[-1], np.eye(10)[t])
            total += cost
            correct += int((inputs[-1].argmax(axis=1) == t).sum())
            gradients = []
            for layer in reversed(range(len(layers))):
                w = layers[layer][0]
                dw = delta.T @ activations[layer] / len(x) + l2 / EXAMPLES * w + l1 / EXAMPLES * np.sign(w)
                gradients.insert(0, (dw, delta.mean(axis=0)))
                if layer > 0:
                    delta = (delta @ w) * factors[layer - 1] * slope(inputs[layer - 1])
            step += 1
            for layer, parts, slots in zip(layers, gradients, state):
                for place, gradient in enumerate(parts):
                    if choices.get("optimizer") == "adam":
                        m, v = slots[place]
                        m[:] = 0.9 * m + 0.1 * gradient
                        v[:] = 0.999 * v + 0.001 * gradient**2
                        mean, square = m / (1 - 0.9**step), v / (1 - 0.999**step)
                        layer[place] = layer[place] - rate * mean / (np.sqrt(square) + 1e-8)
                    else:
                        slots[place][0] = mu * slots[place][0] - rate * gradient
                        layer[place] = layer[place] + slots[place][0]
    parameters = np.concatenate([part.ravel() for layer in layers for part in layer])
    return {"choices": choices, "parameters": parameters[::STRIDE].tolist(), "cost": total / EXAMPLES,
            "accuracy": correct / EXAMPLES}


def main():
    images = read_idx("train-images-idx3-ubyte")[:EXAMPLES].reshape(EXAMPLES, -1) / 255
    labels = read_idx("train-labels-idx1-ubyte")[:EXAMPLES]
    cases = []
    for number, method in enumerate(METHODS):
        for pair, (output, cost, rate) in enumerate(PAIRS):
            rate *= 0.02 if "optimizer" in method else 0.1 if "momentum" in method or "activation" in method else 1
            hidden = [8, 6] if (number + pair) % 2 == 0 else [12]
            choices = {"output": output, "cost": cost, "learning_rate": rate, "hidden": hidden, **method}
            if "dropout" in method:
                choices["dropout"] = SHARES[len(hidden)]
            cases.append(train(choices, images, labels))
            assert np.isfinite(cases[-1]["parameters"]).all() and np.abs(cases[-1]["parameters"]).max() < 100
    (HERE / "methods.json").write_text(json.dumps(cases, separators=(",", ":")))


if __name__ == "__main__":
    main()
