"""The same training in JAX: a whole epoch is one compiled program, which the first epoch compiles."""

import functools
import os

# One thread: XLA makes as many as it may use processors when it is loaded.
os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy
import numpy
import peer


def outputs(parameters, inputs):
    """The weighted inputs of the output layer."""
    for weights, biases in parameters[:-1]:
        inputs = jax.nn.sigmoid(inputs @ weights.T + biases)
    weights, biases = parameters[-1]
    return inputs @ weights.T + biases


def cost(parameters, inputs, targets):
    return -jax.numpy.mean(jax.numpy.sum(jax.nn.log_softmax(outputs(parameters, inputs)) * targets, axis=1))


def step(parameters, inputs, targets):
    gradient = jax.grad(cost)(parameters, inputs, targets)
    return jax.tree.map(lambda value, slope: value - peer.LEARNING_RATE * slope, parameters, gradient)


@functools.partial(jax.jit, static_argnames="batch", donate_argnames="parameters")
def epoch(parameters, images, targets, key, batch):
    def step_on(parameters, examples):
        # Images that stay bytes until they are gathered are faster than images of floating-point numbers.
        inputs = images[examples].astype(targets.dtype) * targets.dtype.type(1 / 255)
        return step(parameters, inputs, targets[examples]), None

    count = len(images)
    order = jax.random.permutation(key, count)
    whole = count - count % batch
    parameters, _ = jax.lax.scan(step_on, parameters, order[:whole].reshape(-1, batch))
    if whole < count:
        parameters, _ = step_on(parameters, order[whole:])
    return parameters


class JAXPeer:
    name = "JAX"
    version = jax.__version__

    def __init__(self, digits: peer.Digits, layers: list[int], batch: int, precision: str):
        jax.config.update("jax_enable_x64", precision == "double")
        element = peer.element_type(precision)
        self.batch = batch
        self.images = jax.numpy.asarray(digits.training_images)
        self.targets = jax.numpy.asarray(numpy.eye(layers[-1], dtype=element)[digits.training_labels])
        self.parameters = [
            (jax.numpy.asarray(weights), jax.numpy.zeros(len(weights), element))
            for weights in peer.initial_weights(layers, element)
        ]
        self.key = jax.random.key(0)

    @staticmethod
    def kernel() -> str:
        return f"XLA on {len(os.sched_getaffinity(0))} CPU"

    def train(self) -> None:
        self.key, key = jax.random.split(self.key)
        self.parameters = jax.block_until_ready(epoch(self.parameters, self.images, self.targets, key, self.batch))

    def classify(self, images):
        inputs = jax.numpy.asarray(images / 255, dtype=self.targets.dtype)
        return numpy.asarray(outputs(self.parameters, inputs).argmax(axis=1))


if __name__ == "__main__":
    peer.serve(JAXPeer)
