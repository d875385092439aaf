"""The same training in PyTorch, run eagerly with its own layers, loss and optimiser."""

import re

import peer
import torch


class PyTorchPeer:
    name = "PyTorch"
    version = torch.__version__

    def __init__(self, digits: peer.Digits, layers: list[int], batch: int, precision: str):
        torch.set_num_threads(1)
        self.element = {"double": torch.float64, "single": torch.float32}[precision]
        self.batch = batch
        self.images = self.scaled(digits.training_images)
        self.labels = torch.from_numpy(digits.training_labels.astype("int64"))
        self.shuffled_images = torch.empty_like(self.images)
        self.shuffled_labels = torch.empty_like(self.labels)
        modules = []
        for weights in peer.initial_weights(layers, peer.element_type(precision)):
            if modules:
                modules += self.hidden_neurons()
            linear = torch.nn.Linear(weights.shape[1], weights.shape[0], dtype=self.element)
            with torch.no_grad():
                linear.weight.copy_(torch.from_numpy(weights))
                linear.bias.zero_()
            modules.append(linear)
        self.network = torch.nn.Sequential(*modules)
        self.loss = torch.nn.CrossEntropyLoss()
        self.optimizer = self.new_optimizer()

    def hidden_neurons(self) -> list[torch.nn.Module]:
        return [torch.nn.Sigmoid()]

    def new_optimizer(self) -> torch.optim.Optimizer:
        # On a CPU a plain loop over the parameters is faster than the foreach and fused variants.
        return torch.optim.SGD(self.network.parameters(), lr=peer.LEARNING_RATE, foreach=False)

    @staticmethod
    def kernel() -> str:
        mkl = re.search(r"Math Kernel Library Version (\S+?)-", torch.__config__.show())
        library = f"MKL {mkl[1]}" if mkl else peer.blas_kernels()
        return f"{library}, {torch.backends.cpu.get_cpu_capability()}"

    def scaled(self, images):
        return torch.from_numpy(images.copy()).to(self.element).div_(255)

    def train(self) -> None:
        # To shuffle all at once is faster than to gather each mini-batch.
        order = torch.randperm(len(self.images))
        torch.index_select(self.images, 0, order, out=self.shuffled_images)
        torch.index_select(self.labels, 0, order, out=self.shuffled_labels)
        for images, labels in zip(self.shuffled_images.split(self.batch), self.shuffled_labels.split(self.batch)):
            self.optimizer.zero_grad()
            self.loss(self.network(images), labels).backward()
            self.optimizer.step()

    def classify(self, images):
        with torch.no_grad():
            return self.network(self.scaled(images)).argmax(dim=1).numpy()


if __name__ == "__main__":
    peer.serve(PyTorchPeer)
