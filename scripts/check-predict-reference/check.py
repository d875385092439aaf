"""Draws digits in many ways and has nettrain predict them; see scripts/check-predict."""

import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy
from PIL import Image

ROOT = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(ROOT / "Tests/ImagesTests/Reference"))

import drawings  # noqa: E402
import preparation  # noqa: E402

COUNT, BOUND = 200, 0.95


def nettrain(*arguments):
    result = subprocess.run([ROOT / "scripts/nettrain", *arguments], capture_output=True, text=True)
    if result.returncode not in (0, 1):
        sys.exit(f"check-predict: nettrain {' '.join(map(str, arguments))} ended with {result.returncode}: {result.stderr}")
    return result.stdout


def predictions(model, *arguments):
    """The objects of predict by the names of the images."""
    lines = nettrain("predict", model, *arguments, "--format", "json").splitlines()
    return {line["image"]: line for line in map(json.loads, lines)}


def check(name, draw, digits, originals, models, folder, counts):
    """Draws the digits, prints the shares that are predicted as the originals are, and counts the faults."""
    random = numpy.random.default_rng(1)
    files, prepared = [], []
    for index, digit in enumerate(digits):
        picture = draw(digit, random)
        files.append(str(folder / f"{index}.png"))
        Image.fromarray(picture).save(files[-1])
        prepared.append(str(folder / f"{index}.pgm"))
        try:
            Image.fromarray(preparation.prepare(picture)).save(prepared[-1])
        except preparation.NoInk:
            pathlib.Path(prepared[-1]).unlink(missing_ok=True)
    shares = []
    for model in models:
        read = predictions(model, *files)
        raw = predictions(model, *prepared, "--raw")
        same = [read[file]["activations"] if file in read else None for file in files]
        expected = [raw[file]["activations"] if file in raw else None for file in prepared]
        counts["prepared otherwise"] += sum(a != b for a, b in zip(same, expected))
        misses = [i for i, file in enumerate(files) if file not in read or read[file]["class"] != originals[model][i]]
        shares.append(1 - len(misses) / len(files))
    print(f"{name:31}" + "".join(f"{100 * share:9.1f} %" for share in shares), flush=True)
    return shares


def main():
    images = gzip.decompress((ROOT / "data/t10k-images-idx3-ubyte.gz").read_bytes())
    digits = numpy.frombuffer(images, "u1", offset=16).reshape(-1, 28, 28)[:COUNT]
    counts, low = {"prepared otherwise": 0}, []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        models = [folder / "bundled"]
        # Weights that decay are less disturbed by single pixels.
        nettrain("--quiet", "--l2", "1", "--save", models[0])
        if len(sys.argv) > 2:
            models.append(folder / "mnist")
            nettrain("--quiet", "--data", sys.argv[2], "--epochs", "10", "--l2", "5", "--save", models[1])
        idx = ROOT / "data/t10k-images-idx3-ubyte.gz"
        originals = {m: [line["class"] for line in predictions(m, idx).values()][:COUNT] for m in models}
        print(f"{COUNT} digits predicted as the originals are, by a model of " + " and of ".join(
            model.name for model in models))
        for kind, draw in drawings.kinds().items():
            shares = check(kind, draw, digits, originals, models, folder, counts)
            if min(shares) < BOUND:
                low.append(kind)
        print("without a bound: digits of another shape")
        for kind, draw in drawings.hard_kinds().items():
            check(kind, draw, digits, originals, models, folder, counts)
    print(f"pictures that were prepared otherwise than by the reference: {counts['prepared otherwise']}")
    print(f"kinds below {100 * BOUND:.0f} %: {', '.join(low) or 'none'}")
    sys.exit(1 if low or counts["prepared otherwise"] else 0)


main()
