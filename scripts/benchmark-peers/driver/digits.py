"""The digits of the benchmark: the full MNIST, or as many bundled digits, repeated."""

import pathlib
import shutil
import sys

import idx

from .cases import TRAINING_COUNT
from .failure import FAILED, USAGE, Failure
from .programs import BUILT, ROOT


class Data:
    """A folder with the four files."""

    def __init__(self, folder: str, description: str):
        self.folder = folder
        self.description = description
        self.files = [idx.find(folder, part, kind) for part in ("train", "t10k") for kind in (idx.IMAGES, idx.LABELS)]
        (self.training_count, *self.image_size), _ = idx.read(self.files[0], idx.IMAGES, size=0)


def full(folder: str) -> Data:
    """The folder that was named."""
    try:
        data = Data(folder, "the full MNIST, its first 50,000 training images; the 10,000 test images")
    except (OSError, ValueError) as error:
        raise Failure(USAGE, f"--data: {error}") from None
    if data.image_size != [28, 28] or data.training_count < TRAINING_COUNT:
        raise Failure(USAGE, f"--data: {folder}: 50,000 training images of 28×28 pixels are needed")
    return data


def repeated() -> Data:
    """The bundled digits, repeated to 50,000 training images; made once."""
    made = BUILT / "digits"
    if not made.is_dir():
        print("benchmark: writing the bundled digits, repeated to 50,000", file=sys.stderr)
        partial = BUILT / "digits.partial"
        shutil.rmtree(partial, ignore_errors=True)
        try:
            _write_repeated(partial)
            partial.rename(made)
        except OSError as error:
            raise Failure(FAILED, f"{made}: cannot be written: {error.strerror}") from None
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return Data(str(made), "the bundled digits, 4,000 repeated to 50,000 training images; their 1,000 test images")


def _write_repeated(folder: pathlib.Path) -> None:
    folder.mkdir(parents=True)
    for kind in (idx.IMAGES, idx.LABELS):
        (count, *size), elements = idx.read(idx.find(str(ROOT / "data"), "train", kind), kind)
        times, rest = divmod(TRAINING_COUNT, count)
        repeated = elements * times + elements[: rest * (len(elements) // count)]
        idx.write(folder / (idx.name("train", kind) + ".gz"), kind, (TRAINING_COUNT, *size), repeated)
        test = idx.find(str(ROOT / "data"), "t10k", kind)
        shutil.copyfile(test, folder / test.name)
