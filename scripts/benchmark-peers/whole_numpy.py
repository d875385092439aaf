"""A whole program in NumPy: loads the digits of a folder, trains an epoch and evaluates."""

import sys

import peer
from numpy_peer import NumPyPeer

digits = peer.DigitsWithValidation(sys.argv[1])
network = NumPyPeer(digits, [784, 30, 10], 10, "double")
network.train()
print(peer.share_of_right(network, digits.validation_images, digits.validation_labels))
print(peer.share_of_right(network, digits.test_images, digits.test_labels))
