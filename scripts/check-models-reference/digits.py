"""The digits that come with nettrain, read and written as IDX files."""

import gzip
import pathlib

import numpy as np


def read_idx(path: pathlib.Path) -> np.ndarray:
    raw = gzip.open(path).read()
    rank = raw[3]
    shape = [int.from_bytes(raw[4 + 4 * i : 8 + 4 * i], "big") for i in range(rank)]
    return np.frombuffer(raw[4 + 4 * rank :], np.uint8).reshape(shape)


def write_idx(path: pathlib.Path, elements: np.ndarray) -> None:
    header = bytes([0, 0, 8, elements.ndim]) + b"".join(size.to_bytes(4, "big") for size in elements.shape)
    path.write_bytes(header + elements.astype(np.uint8).tobytes())


class Digits:
    """Images as rows of pixels from 0 to 1."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.test_bytes = read_idx(folder / "t10k-images-idx3-ubyte.gz")
        self.test_images = self._rows(self.test_bytes)
        self.test_labels = read_idx(folder / "t10k-labels-idx1-ubyte.gz")
        self.training_images = self._rows(read_idx(folder / "train-images-idx3-ubyte.gz"))
        self.training_labels = read_idx(folder / "train-labels-idx1-ubyte.gz")

    @staticmethod
    def _rows(images: np.ndarray) -> np.ndarray:
        return images.reshape(len(images), -1) / 255

    def write_with_single_test(self, folder: pathlib.Path, image: int, label: int) -> None:
        """A data folder with the training files as they are and one test image, under some label."""
        folder.mkdir(exist_ok=True)
        for name in ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"):
            if not (folder / name).exists():
                (folder / name).symlink_to(self.folder / name)
        write_idx(folder / "t10k-images-idx3-ubyte", self.test_bytes[image : image + 1])
        write_idx(folder / "t10k-labels-idx1-ubyte", np.array([label]))
