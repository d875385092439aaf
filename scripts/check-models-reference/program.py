"""Runs of nettrain."""

import json
import pathlib
import subprocess
from typing import NamedTuple


class ProgramFailed(Exception):
    """nettrain failed, or ran with other options."""


class Run(NamedTuple):
    """The output of `--format json`."""

    start: dict
    epochs: list[dict]
    end: dict


class Program:
    def __init__(self, path: pathlib.Path, data: pathlib.Path, scratch: pathlib.Path):
        self.path, self.data, self.scratch = path, data, scratch

    def _call(self, *arguments: str) -> str:
        call = [str(self.path), *arguments]
        result = subprocess.run(call, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if result.returncode != 0:
            raise ProgramFailed(f"{' '.join(call)} has exited with {result.returncode}: {result.stderr.strip()}")
        return result.stdout

    def version(self) -> str:
        return self._call("--version").strip()

    def train(self, *arguments: str, data: pathlib.Path | None = None) -> Run:
        return self._run("train", "--data", str(data or self.data), *arguments)

    def resume(self, checkpoint: pathlib.Path, *arguments: str) -> Run:
        return self._run("resume", str(checkpoint), *arguments)

    def _run(self, *arguments: str) -> Run:
        start, *epochs, end = map(json.loads, self._call(*arguments, "--format", "json").splitlines())
        return Run(start, epochs, end)
