"""Checks of the files themselves."""

import importlib.util
import itertools
import pathlib

from digits import Digits
from findings import Findings
from program import Program

RUNS = [
    ["--precision", "double", "--kernel", "dense"],
    ["--precision", "double", "--kernel", "sparse", "--hidden", "20,15", "--output", "sigmoid"],
    ["--precision", "single", "--kernel", "dense"],
    ["--precision", "single", "--kernel", "sparse", "--hidden", "none"],
]


def differing_bytes(one: pathlib.Path, other: pathlib.Path) -> int:
    return sum(a != b for a, b in itertools.zip_longest(one.read_bytes(), other.read_bytes()))


def check(program: Program, digits: Digits, findings: Findings) -> None:
    findings.begin("Files")
    one, other = program.scratch / "one.safetensors", program.scratch / "other.safetensors"
    checkpoint = program.scratch / "checkpoint.safetensors"
    for options in RUNS:
        program.train("--epochs", "2", *options, "--save", str(one))
        program.train("--epochs", "2", *options, "--save", str(other))
        findings.add(f"{' '.join(options)}: bytes that differ in a second run", differing_bytes(one, other), 0)
    program.train("--epochs", "2", "--save", str(one))
    program.train("--epochs", "1", "--checkpoint", str(checkpoint))
    program.resume(checkpoint, "--epochs", "2", "--save", str(other))
    findings.add("bytes that differ after one epoch, a checkpoint and another", differing_bytes(one, other), 0)

    program.train("--epochs", "0", "--precision", "double", "--save", str(one))
    program.train("--epochs", "0", "--precision", "single", "--save", str(other))
    sizes = one.stat().st_size, other.stat().st_size
    text = f"single precision has {sizes[1]:,} bytes and double precision {sizes[0]:,}: the share, less ½"
    findings.add(text, abs(sizes[1] / sizes[0] - 0.5), 0.01)
    findings.add("PyTorch in the environment where all this ran", importlib.util.find_spec("torch") is not None, 0)
