"""The common part of the benchmark's Python peers: the digits, and the protocol between the driver and them.

A peer is started as

    PEER FOLDER LAYERS BATCH PRECISION        such as: numpy_peer.py mnist 784,30,10 10 double

and pytorch_methods_peer.py with options of nettrain after these.

When it is ready to train it prints a line of JSON that says what it is. Then it reads a line at a time: "epoch"
trains once over all examples and is answered with the seconds that took, "accuracy" with the share of test images
that are recognised.
"""

import json
import sys
import time

import idx
import numpy
import threadpoolctl

TRAINING_COUNT = 50_000
LEARNING_RATE = 0.1


class Digits:
    """The images as bytes, a row each, and their labels."""

    def __init__(self, folder: str):
        self.training_images, self.training_labels = self._read(folder, "train", slice(TRAINING_COUNT))
        self.test_images, self.test_labels = self._read(folder, "t10k", slice(None))

    @staticmethod
    def _read(folder: str, part: str, examples: slice):
        (count, rows, columns), pixels = idx.read(idx.find(folder, part, idx.IMAGES), idx.IMAGES)
        _, labels = idx.read(idx.find(folder, part, idx.LABELS), idx.LABELS)
        images = numpy.frombuffer(pixels, numpy.uint8).reshape(count, rows * columns)
        return images[examples], numpy.frombuffer(labels, numpy.uint8)[examples]


class DigitsWithValidation(Digits):
    """Keeps the held-out training examples as well."""

    def __init__(self, folder: str):
        images, labels = self._read(folder, "train", slice(None))
        self.training_images, self.training_labels = images[:TRAINING_COUNT], labels[:TRAINING_COUNT]
        self.validation_images, self.validation_labels = images[TRAINING_COUNT:], labels[TRAINING_COUNT:]
        self.test_images, self.test_labels = self._read(folder, "t10k", slice(None))


def initial_weights(layers: list[int], element) -> list:
    """A matrix [outputs, inputs] for each layer, of normal numbers with standard deviation 1/√inputs."""
    generator = numpy.random.default_rng(0)
    return [
        (generator.standard_normal((outputs, inputs)) / inputs**0.5).astype(element)
        for inputs, outputs in zip(layers[:-1], layers[1:])
    ]


def element_type(precision: str):
    return {"double": numpy.float64, "single": numpy.float32}[precision]


def share_of_right(peer, images, labels) -> float:
    """The accuracy of a peer. Images are passed by the thousand, so that its buffers stay small."""
    if len(images) == 0:
        return float("nan")
    starts = range(0, len(images), 1000)
    right = sum(int((peer.classify(images[i : i + 1000]) == labels[i : i + 1000]).sum()) for i in starts)
    return right / len(images)


def blas_kernels() -> str:
    """The BLAS libraries in this process and the kernels they chose for its processor."""
    pools = [pool for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]
    kernels = {f"{pool['internal_api']} {pool['version']} {pool.get('architecture', '')}".strip() for pool in pools}
    return ", ".join(sorted(kernels))


def serve(peer_class) -> None:
    folder, layers, batch, precision, *options = sys.argv[1:]
    digits = Digits(folder)
    peer = peer_class(digits, [int(size) for size in layers.split(",")], int(batch), precision, *options)
    print(json.dumps({"name": peer.name, "version": peer.version, "kernel": peer.kernel()}), flush=True)
    for line in sys.stdin:
        if line.strip() == "epoch":
            started = time.perf_counter()
            peer.train()
            print(time.perf_counter() - started, flush=True)
        elif line.strip() == "accuracy":
            print(share_of_right(peer, digits.test_images, digits.test_labels), flush=True)
        else:
            sys.exit(f"{sys.argv[0]}: unknown request {line!r}")
