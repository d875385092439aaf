"""Whole programs, from start to exit: an epoch of training with all that surrounds it, and loading alone."""

import pathlib

from . import programs
from .digits import Data
from .cases import TRAINING_COUNT
from .markdown import ratio, seconds, table
from .rounds import medians, say

ROUNDS = 5
HEADS = ["program", "seconds", "MiB", "seconds : nettrain", "MiB : nettrain"]


def training(data: Data) -> str:
    """Seconds and peak memory of programs that load, train an epoch and evaluate."""
    say("whole programs")
    held_out = ["--limit", TRAINING_COUNT, "--validation", data.training_count - TRAINING_COUNT]
    native, wheels = programs.native_environment(), programs.wheel_environment()
    nettrain = [programs.NETTRAIN, "--data", data.folder, "--epochs", 1, "--hidden", 30, *held_out]
    contenders = {
        "nettrain": (nettrain, native),
        "NumPy f64": ([programs.PYTHON, programs.PEERS / "whole_numpy.py", data.folder], wheels),
        "PyTorch f32": ([programs.PYTHON, programs.PEERS / "whole_pytorch.py", data.folder], wheels),
    }
    peaks = dict.fromkeys(contenders, 0.0)

    def measure(name: str) -> float:
        finished = programs.run(name, *contenders[name])
        peaks[name] = max(peaks[name], finished.peak_mebibytes)
        return finished.seconds

    figures = medians(ROUNDS, {name: lambda name=name: measure(name) for name in contenders})
    rows = [
        [name, seconds(figures[name]), f"{peaks[name]:.0f}"]
        + [ratio(figures[name] / figures["nettrain"]), ratio(peaks[name] / peaks["nettrain"])]
        for name in contenders
    ]
    return table(HEADS, rows)


def loading(data: Data) -> str:
    """Seconds to load the four files, against gunzip, which only unpacks them."""
    packed = [path for path in data.files if path.suffix == ".gz"]
    if len(packed) < len(data.files):
        return f"Not measured: of the files in use, {len(data.files) - len(packed)} are not gzipped."
    say("loading")
    environment = programs.native_environment()
    nettrain = [programs.NETTRAIN, "--data", data.folder, "--epochs", 0, "--limit", 1, "--validation", 0]
    gunzip = ["sh", "-c", 'gunzip -c -- "$@" >/dev/null', "gunzip", *map(pathlib.Path.resolve, packed)]
    contenders = {"nettrain": nettrain, "gunzip": gunzip}
    figures = medians(
        ROUNDS,
        {
            name: lambda name=name, command=command: programs.run(name, command, environment).seconds
            for name, command in contenders.items()
        },
    )
    rows = [[name, seconds(figures[name]), ratio(figures[name] / figures["nettrain"])] for name in contenders]
    return table(["program", "seconds", ": nettrain"], rows)
