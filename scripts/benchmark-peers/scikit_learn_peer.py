"""The same training by scikit-learn's MLPClassifier, whose partial_fit is an epoch of shuffled mini-batches."""

import numpy
import peer
import sklearn
import sklearn.neural_network


class ScikitLearnPeer:
    name = "scikit-learn"
    version = sklearn.__version__
    kernel = staticmethod(peer.blas_kernels)

    def __init__(self, digits: peer.Digits, layers: list[int], batch: int, precision: str):
        self.element = peer.element_type(precision)
        self.images = self.scaled(digits.training_images)
        self.labels = digits.training_labels
        self.network = sklearn.neural_network.MLPClassifier(
            layers[1:-1],
            activation="logistic",
            solver="sgd",
            alpha=0,
            batch_size=batch,
            learning_rate_init=peer.LEARNING_RATE,
            momentum=0,
            nesterovs_momentum=False,
            random_state=0,
        )
        # A first mini-batch makes its weights; then they are set to those that the others begin with.
        self.network.partial_fit(self.images[:batch], self.labels[:batch], classes=numpy.arange(layers[-1]))
        for own, weights in zip(self.network.coefs_, peer.initial_weights(layers, self.element)):
            own[:] = weights.T
        for own in self.network.intercepts_:
            own[:] = 0

    def scaled(self, images):
        return images * self.element(1 / 255)

    def train(self) -> None:
        self.network.partial_fit(self.images, self.labels)

    def classify(self, images):
        return self.network.predict(self.scaled(images))


if __name__ == "__main__":
    peer.serve(ScikitLearnPeer)
