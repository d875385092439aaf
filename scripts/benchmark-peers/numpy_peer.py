"""The same training in NumPy, made fast: each operation takes a whole mini-batch and writes into an existing buffer."""

import numpy
import peer


class Buffers:
    """The buffers of a step, for one size of mini-batches."""

    def __init__(self, layers: list[int], size: int, element):
        self.bytes = numpy.empty((size, layers[0]), numpy.uint8)
        self.inputs = numpy.empty((size, layers[0]), element)
        self.targets = numpy.empty((size, layers[-1]), element)
        self.outputs = [numpy.empty((size, width), element) for width in layers[1:]]
        self.errors = [numpy.empty((size, width), element) for width in layers[1:-1]]
        self.slopes = [numpy.empty((size, width), element) for width in layers[1:-1]]
        self.row_figure = numpy.empty((size, 1), element)


class NumPyPeer:
    name = "NumPy"
    version = numpy.__version__
    kernel = staticmethod(peer.blas_kernels)

    def __init__(self, digits: peer.Digits, layers: list[int], batch: int, precision: str):
        element = peer.element_type(precision)
        self.batch = batch
        # As bytes they are gathered from an eighth of the memory; each mini-batch is then scaled.
        self.images = digits.training_images
        self.pixel_scale = element(1 / 255)
        self.targets = numpy.eye(layers[-1], dtype=element)[digits.training_labels]
        self.weights = peer.initial_weights(layers, element)
        self.weight_steps = [numpy.empty_like(weights) for weights in self.weights]
        self.biases = [numpy.zeros(width, element) for width in layers[1:]]
        self.bias_steps = [numpy.empty_like(biases) for biases in self.biases]
        self.buffers = {size: Buffers(layers, size, element) for size in {batch, len(self.images) % batch} - {0}}
        self.random = numpy.random.default_rng(1)

    def train(self) -> None:
        order = self.random.permutation(len(self.images))
        for start in range(0, len(order), self.batch):
            examples = order[start : start + self.batch]
            buffers = self.buffers[len(examples)]
            # With mode="clip" take() writes to the buffer itself, not through another.
            numpy.take(self.images, examples, axis=0, out=buffers.bytes, mode="clip")
            numpy.take(self.targets, examples, axis=0, out=buffers.targets, mode="clip")
            numpy.multiply(buffers.bytes, self.pixel_scale, out=buffers.inputs)
            self.forward(buffers)
            self.update(buffers)

    def forward(self, buffers: Buffers) -> None:
        """Computes the softmax outputs from the inputs."""
        below = buffers.inputs
        for weights, biases, output in zip(self.weights, self.biases, buffers.outputs):
            numpy.matmul(below, weights.T, out=output)
            numpy.add(output, biases, out=output)
            if output is not buffers.outputs[-1]:
                numpy.negative(output, out=output)
                numpy.exp(output, out=output)
                numpy.add(output, 1, out=output)
                numpy.reciprocal(output, out=output)
            below = output
        numpy.maximum.reduce(output, axis=1, out=buffers.row_figure, keepdims=True)
        numpy.subtract(output, buffers.row_figure, out=output)
        numpy.exp(output, out=output)
        numpy.add.reduce(output, axis=1, out=buffers.row_figure, keepdims=True)
        numpy.divide(output, buffers.row_figure, out=output)

    def update(self, buffers: Buffers) -> None:
        """Updates the weights. The errors contain the step size, so that no gradient is scaled."""
        error = buffers.outputs[-1]
        numpy.subtract(error, buffers.targets, out=error)
        numpy.multiply(error, peer.LEARNING_RATE / len(error), out=error)
        for layer in reversed(range(len(self.weights))):
            weights, biases, step = self.weights[layer], self.biases[layer], self.weight_steps[layer]
            below = buffers.outputs[layer - 1] if layer > 0 else buffers.inputs
            numpy.matmul(error.T, below, out=step)
            numpy.add.reduce(error, axis=0, out=self.bias_steps[layer])
            if layer > 0:
                slope, error_below = buffers.slopes[layer - 1], buffers.errors[layer - 1]
                numpy.matmul(error, weights, out=error_below)
                numpy.subtract(1, below, out=slope)
                numpy.multiply(slope, below, out=slope)
                numpy.multiply(error_below, slope, out=error_below)
                error = error_below
            numpy.subtract(weights, step, out=weights)
            numpy.subtract(biases, self.bias_steps[layer], out=biases)

    def classify(self, images):
        activations = images * self.pixel_scale
        for weights, biases in zip(self.weights[:-1], self.biases[:-1]):
            activations = 1 / (1 + numpy.exp(-(activations @ weights.T + biases)))
        return (activations @ self.weights[-1].T + self.biases[-1]).argmax(axis=1)


if __name__ == "__main__":
    peer.serve(NumPyPeer)
