"""The methods of nettrain in PyTorch, named by the same options; each in the fastest form that it has on a CPU."""

import argparse

import peer
import torch
from pytorch_peer import PyTorchPeer

ACTIVATIONS = {"sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}


def parsed(options: tuple[str, ...]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--learning-rate", type=float, required=True)
    parser.add_argument("--optimizer", choices=("sgd", "adam"), default="sgd")
    parser.add_argument("--momentum", type=float, default=0)
    parser.add_argument("--l1", type=float, default=0)
    parser.add_argument("--dropout", type=float, default=0)
    parser.add_argument("--activation", choices=ACTIVATIONS, default="sigmoid")
    return parser.parse_args(options)


class PyTorchMethodsPeer(PyTorchPeer):
    def __init__(self, digits: peer.Digits, layers: list[int], batch: int, precision: str, *options: str):
        # In momentum and Adam the gradients of rare pixels decay to subnormal numbers, which double an epoch's time.
        torch.set_flush_denormal(True)
        self.method = parsed(options)
        super().__init__(digits, layers, batch, precision)
        if self.method.l1:
            self.weights = [parameter for parameter in self.network.parameters() if parameter.ndim > 1]
            self.optimizer.register_step_pre_hook(self.add_l1_slope)

    def hidden_neurons(self) -> list[torch.nn.Module]:
        dropout = [torch.nn.Dropout(self.method.dropout)] if self.method.dropout else []
        return [ACTIVATIONS[self.method.activation](), *dropout]

    def new_optimizer(self) -> torch.optim.Optimizer:
        parameters, rate, momentum = self.network.parameters(), self.method.learning_rate, self.method.momentum
        # The fused variants are the fastest ones with a memory, the plain loop without.
        if self.method.optimizer == "adam":
            return torch.optim.Adam(parameters, lr=rate, fused=True)
        if momentum:
            return torch.optim.SGD(parameters, lr=rate, momentum=momentum, fused=True)
        return torch.optim.SGD(parameters, lr=rate, foreach=False)

    @torch.no_grad()
    def add_l1_slope(self, *_) -> None:
        """Adds λ/n·sgn(w) to the gradient, which is faster than to add the sum of |w| to the loss."""
        for weights in self.weights:
            weights.grad.add_(weights.sign(), alpha=self.method.l1 / len(self.images))

    def train(self) -> None:
        self.network.train()
        super().train()

    def classify(self, images):
        self.network.eval()
        return super().classify(images)


if __name__ == "__main__":
    peer.serve(PyTorchMethodsPeer)
