"""A whole program in PyTorch: loads the digits of a folder, trains an epoch and evaluates."""

import sys

import peer
from pytorch_peer import PyTorchPeer

digits = peer.DigitsWithValidation(sys.argv[1])
network = PyTorchPeer(digits, [784, 30, 10], 10, "single")
network.train()
print(peer.share_of_right(network, digits.validation_images, digits.validation_labels))
print(peer.share_of_right(network, digits.test_images, digits.test_labels))
