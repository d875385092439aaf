"""The outputs of nettrain for single images, from the costs that it reports, are those of NumPy.

One test image under each of its K possible labels k has K costs, and from these all outputs aⱼ follow:

    softmax, log-likelihood   Cₖ = −ln aₖ, so aₖ = e^(−Cₖ)
    quadratic                 Cₖ = T − aₖ with T = (1 + Σ aⱼ²)/2, so T solves Σ (T − Cⱼ)² = 2T − 1
    sigmoid, cross-entropy    Cₖ = S − zₖ with S = Σ ln(1 + e^zⱼ), so S solves Σ ln(1 + e^(S − Cⱼ)) = S

Both equations are convex and have two roots, with Σ aⱼ < 1 and with Σ aⱼ > 1. One more cost, of the same weights under
another pair, tells which of them it is. The closer Σ aⱼ is to 1 the less the costs say about it; so the images are
those where it is farthest from 1. Softmax outputs do sum to 1, and that gives T = (1 + Σ Cⱼ)/K.
"""

from collections.abc import Callable

import numpy as np

import models
from digits import Digits
from findings import Findings, largest_difference
from network import PAIRS, Objective, costs, output_of, sigma, softplus, weighted_inputs
from program import Program

IMAGES = 4
CLASSES = 10


def roots(f: Callable, slope: Callable) -> list[float]:
    """Both roots of a convex function, by Newton's method from outside, which passes over neither."""
    found = []
    for x in (-500.0, 500.0):
        for _ in range(200):
            x -= f(x) / slope(x)
        found.append(float(x))
    return found


def candidates(objective: Objective, c: np.ndarray) -> list[np.ndarray]:
    """The weighted inputs, or with softmax the logarithms of the outputs, that an image with these costs can have."""
    if objective.output == "softmax":
        return [-c if objective.cost == "cross-entropy" else np.log((1 + c.sum()) / len(c) - c)]
    if objective.cost == "cross-entropy":
        return [s - c for s in roots(lambda s: softplus(s - c).sum() - s, lambda s: sigma(s - c).sum() - 1)]
    found = [t - c for t in roots(lambda t: ((t - c) ** 2).sum() - 2 * t + 1, lambda t: 2 * (t - c).sum() - 2)]
    if objective.output == "linear":
        return found
    # An output of a sigmoid neuron is between 0 and 1.
    return [np.log(a / (1 - a)) for a in found if (a > 0).all() and (a < 1).all()]


def check(program: Program, digits: Digits, findings: Findings) -> None:
    findings.begin(
        f"Outputs of nettrain for single images, from the costs of each under its {CLASSES} labels: absolute difference"
    )
    saved, folder = program.scratch / "outputs.safetensors", program.scratch / "single"
    wrong_classes = 0
    for objective in PAIRS:
        program.train("--epochs", "1", "--hidden", "30", "--save", str(saved), *objective.options())
        z = weighted_inputs(models.read(saved).layers, digits.test_images)
        expected = output_of(objective, z)

        def told(pair: Objective, image: int, label: int) -> dict:
            digits.write_with_single_test(folder, image, label)
            return program.train("--init-from", str(saved), "--epochs", "0", *pair.options(), data=folder).epochs[0]

        distance = np.abs(expected.sum(axis=1) - 1)
        images = range(IMAGES) if objective.output == "softmax" else np.argsort(-distance)[:IMAGES]
        differences = []
        for image in images:
            events = [told(objective, image, label) for label in range(CLASSES)]
            found = candidates(objective, np.array([event["test_cost"] for event in events]))
            if len(found) > 1:
                other = Objective("linear", "quadratic") if objective.output == "sigmoid" else PAIRS[1]
                cost = told(other, image, 0)["test_cost"]
                found.sort(key=lambda z: abs(costs(other, z[None], np.array([0]))[0] - cost))
            outputs = output_of(objective, found[0][None])[0]
            differences.append(largest_difference(outputs, expected[image]))
            right = [event["test_accuracy"] for event in events]
            wrong_classes += right != [float(label == z[image].argmax()) for label in range(CLASSES)]
        spread = f"from {expected[images].min():.1e} to {expected[images].max():.4f}"
        findings.add(f"{objective}, hidden 30, {len(images)} images, outputs {spread}", max(differences), 1e-12)
    findings.add("images whose class is another", wrong_classes, 0)
