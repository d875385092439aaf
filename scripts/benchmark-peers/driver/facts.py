"""The machine, the programs and the method of the measurements."""

import datetime
import os
import pathlib
import platform
import re

from . import nettrain, programs
from .cases import Case
from .digits import Data


def facts(data: Data, rounds: int, peers: dict[str, dict]) -> str:
    smallest = nettrain.train(data.folder, Case((1,), 10, examples=10), "dense")
    lines = {
        "date": datetime.date.today().isoformat(),
        "machine": machine(),
        "nettrain": first_line("nettrain", [programs.NETTRAIN, "--version"]),
        "Swift": swift(),
        "BLAS of nettrain and bound": f"{smallest.blas} kernel",
        "instructions of nettrain's own loops": smallest.instructions,
    }
    for said in peers.values():
        lines[said["name"]] = f"{said['version']} ({said['kernel']})"
    lines["data"] = data.description
    lines["figures"] = f"medians of {rounds} rounds, in each of which every program runs once, one at a time, 1 thread"
    return "\n".join(f"- {name}: {value}" for name, value in lines.items())


def machine() -> str:
    described = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    model = re.search(r"^model name\s*:\s*(.+)$", described, re.MULTILINE)
    return f"{model[1] if model else platform.machine()}, {len(os.sched_getaffinity(0))} CPUs, {system()}"


def system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def swift() -> str:
    return re.sub(r"^.*Swift version (\S+).*$", r"\1", first_line("swift", ["swift", "--version"]))


def first_line(name: str, command: list) -> str:
    return programs.run(name, command, programs.native_environment()).output.strip().split("\n")[0]
