"""Child processes: none outlives the block that started it."""

import dataclasses
import json
import os
import pathlib
import subprocess
import tempfile
import time
from collections.abc import Sequence

from .failure import FAILED, Failure

ROOT = pathlib.Path(__file__).resolve().parents[3]
PEERS = ROOT / "scripts" / "benchmark-peers"
BUILT = ROOT / ".build" / "benchmark"
NETTRAIN = ROOT / ".build" / "release" / "nettrain"
PYTHON = BUILT / "venv" / "bin" / "python"


def native_environment() -> dict[str, str]:
    """The environment of programs that use the system's OpenBLAS."""
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1"}


def wheel_environment() -> dict[str, str]:
    """The environment of Python. Its wheels contain their own BLAS, for which no kernel is chosen."""
    forced = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
    kept = {name: value for name, value in os.environ.items() if name not in forced}
    single = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}
    return {**kept, **single, "PYTHONDONTWRITEBYTECODE": "1"}


@dataclasses.dataclass
class Finished:
    output: str
    seconds: float
    peak_mebibytes: float


class Program:
    """A process in a session of its own, so that Ctrl-C reaches this driver alone, which then ends it."""

    def __init__(self, name: str, command: list, environment: dict[str, str], stdin=subprocess.DEVNULL):
        self.name = name
        self.errors = tempfile.TemporaryFile()
        self.started = time.perf_counter()
        try:
            self.process = subprocess.Popen(
                [str(word) for word in command],
                env=environment,
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=self.errors,
                start_new_session=True,
                text=True,
            )
        except OSError as error:
            raise Failure(FAILED, f"{name}: {command[0]}: {error.strerror}") from None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.returncode is None:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.errors):
            if stream:
                stream.close()

    def finish(self) -> Finished:
        """Waits for its end. The peak of memory is at least that of this driver, 20 MiB, because it is inherited."""
        output = self.process.stdout.read()
        _, status, usage = os.wait4(self.process.pid, 0)
        seconds = time.perf_counter() - self.started
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if self.process.returncode != 0:
            raise self.failure()
        return Finished(output, seconds, usage.ru_maxrss / 1024)

    def failure(self) -> Failure:
        self.errors.seek(0)
        lines = self.errors.read().decode(errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip()]
        return Failure(FAILED, f"{self.name} failed: {said[-1] if said else 'it said nothing'}")


def run(name: str, command: list, environment: dict[str, str]) -> Finished:
    with Program(name, command, environment) as program:
        return program.finish()


class Peer(Program):
    """A competitor that keeps running and answers each line with a line; peer.py describes the protocol."""

    def __init__(self, name: str, command: list, environment: dict[str, str]):
        super().__init__(name, command, environment, stdin=subprocess.PIPE)

    def __enter__(self):
        try:
            self.facts = json.loads(self.answer())
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        # First, for closing the pipe to a process that has ended would raise.
        self.process.kill()
        self.process.wait()
        super().__exit__()

    def answer(self) -> str:
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            raise self.failure()
        return line

    def request(self, word: str) -> None:
        try:
            self.process.stdin.write(word + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            self.process.wait()
            raise self.failure() from None

    def ask(self, word: str) -> float:
        self.request(word)
        return float(self.answer())

    def epoch(self) -> float:
        return self.ask("epoch")


def python_peer(name: str, script: str, folder: str, case, precision: str, options: Sequence = ()) -> Peer:
    command = [PYTHON, PEERS / script, folder, case.layers, case.batch, precision, *options]
    return Peer(name, command, wheel_environment())


def bound(case, layout: str) -> Peer:
    """The matrix products of an epoch alone."""
    command = [BUILT / "bound", "-", case.layers, case.batch, case.precision, layout, case.examples]
    return Peer("the bound", command, native_environment())
