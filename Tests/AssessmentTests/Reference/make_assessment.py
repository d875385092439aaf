#!/usr/bin/env python3
"""Writes assessment.json: the figures of made-up networks on random images by scikit-learn and statsmodels.

    pip install scikit-learn statsmodels
    make_assessment.py > assessment.json

The networks have no hidden layer. One class has no image, and one is never read.
"""

import json

import numpy
import sklearn.calibration
import sklearn.metrics
import statsmodels.stats.proportion

IMAGES, PIXELS, CLASSES = 500, 6, 5
random = numpy.random.default_rng(20261125)


def softmax(z):
    powers = numpy.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


ACTIVATIONS = {"sigmoid": lambda z: 1 / (1 + numpy.exp(-z)), "softmax": softmax, "linear": lambda z: z}


def nullable(numbers):
    return [None if numpy.isnan(number) else float(number) for number in numbers]


def case(output):
    pixels = random.integers(0, 256, (IMAGES, PIXELS))
    weights = random.normal(0, 3, (CLASSES, PIXELS))
    biases = random.normal(0, 1, CLASSES)
    weights[2], biases[2] = 0, -12  # scikit-learn takes probabilities below 2e-16 for 2e-16
    activations = ACTIVATIONS[output](pixels / 255 @ weights.T + biases)
    read = activations.argmax(axis=1)
    # Most labels are right, and class 3 does not occur.
    labels = numpy.where(random.random(IMAGES) < 0.7, read, random.integers(0, CLASSES, IMAGES))
    labels[labels == 3] = 4
    classes = range(CLASSES)
    precision, recall, f1, count = sklearn.metrics.precision_recall_fscore_support(
        labels, read, labels=classes, zero_division=numpy.nan)
    low, high = statsmodels.stats.proportion.proportion_confint(
        (labels == read).sum(), IMAGES, method="wilson")
    targets = numpy.eye(CLASSES)[labels]
    activation = activations.max(axis=1)
    result = {
        "output": output, "pixels": pixels.ravel(), "weights": weights.ravel(), "biases": biases, "labels": labels,
        "confusion": sklearn.metrics.confusion_matrix(labels, read, labels=classes).ravel(),
        "accuracy": sklearn.metrics.accuracy_score(labels, read), "low": low, "high": high,
        "precision": nullable(precision), "recall": nullable(recall), "f1": nullable(f1), "count": count,
        "sums": [f(activations.sum(axis=1)) for f in (numpy.min, numpy.mean, numpy.max)],
        "quadratic": sklearn.metrics.mean_squared_error(targets, activations) * CLASSES / 2,
    }
    if output == "softmax":
        result["cross_entropy"] = sklearn.metrics.log_loss(labels, activations, labels=classes)
    if output == "sigmoid":
        result["cross_entropy"] = CLASSES * sklearn.metrics.log_loss(targets.ravel(), activations.ravel())
        result["saturated"] = numpy.mean((activations < 0.01) | (activations > 0.99))
    if output != "linear":
        correct = (labels == read).astype(int)
        shares, means = sklearn.calibration.calibration_curve(correct, activation, n_bins=10)
        counts = numpy.bincount(numpy.minimum((activation * 10).astype(int), 9), minlength=10)
        used = counts[counts > 0]
        result["bins"] = {"count": counts, "accuracy": shares, "activation": means}
        result["calibration_error"] = (used / IMAGES * abs(shares - means)).sum()
    return result


def plain(value):
    return value.tolist() if isinstance(value, (numpy.ndarray, numpy.generic)) else value


print(json.dumps([case(output) for output in ACTIVATIONS], default=plain))
