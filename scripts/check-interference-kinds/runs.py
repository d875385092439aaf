"""Runs of nettrain on prepared files, and the faults of a run that was disturbed."""

import collections
import gzip
import os
import re
import shutil
import subprocess
import tempfile

FOLDER = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(os.path.dirname(FOLDER))
PROGRAM = f"{ROOT}/.build/release/nettrain"
SMALL = ["--data", "raw", "--epochs", "2", "--hidden", "3", "--validation", "50", "--quiet"]
OUTPUTS = ["--save", "model", "--save-best", "best", "--checkpoint", "checkpoint"]
# 64 and 70 would be a wrong report.
DOCUMENTED = {0, 1, 65, 66, 71, 73, 74, 75, 78}
SECONDS = 60
Outcome = collections.namedtuple("Outcome", "status output error files")


def plain(data):
    """A file without its times, which no two runs have the same, and without what follows from them."""
    if b'"format":"nettrain checkpoint"' in data[:1 << 16]:
        length = int.from_bytes(data[:8], "little")
        data = re.sub(rb'"sha256":"[0-9a-f]*"', b"", data[8:8 + length].rstrip()) + data[8 + length:]
    if b",evaluation_seconds" in data:
        data = re.sub(rb"(?m)^(\d+,.*),[^,\n]*,[^,\n]*$", rb"\1", data)
    return re.sub(rb'\\?"(evaluation_?[sS]econds|seconds)\\?":[^,}]*', b"", data)


def contents(folder):
    """The files of a folder, hidden ones included."""
    files = {}
    for path, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(path, name), "rb") as file:
                files[os.path.relpath(os.path.join(path, name), folder)] = file.read()
    return files


def idx(data, numbers):
    """Some items of IDX data."""
    start = 4 + 4 * data[3]
    size = (len(data) - start) // int.from_bytes(data[4:8], "big")
    return data[:4] + len(numbers).to_bytes(4, "big") + data[8:start] + data[
        start + size * numbers[0]:start + size * (numbers[-1] + 1)]


def files_of(outcome, without=()):
    """The files of a run, without their times."""
    return {name: plain(data) for name, data in outcome.files.items() if name not in without}


class Runs:
    """Runs in copies of a folder."""

    def __init__(self, top):
        self.top = top
        self.template, self.others = f"{top}/template", f"{top}/others"
        self.library = f"{top}/interference.so"
        # Another user need not be able to read the folder of the build.
        self.program = shutil.copy(PROGRAM, top)
        subprocess.run(["clang", "-O1", "-shared", "-fPIC", f"{FOLDER}/interference.c", "-o", self.library], check=True)
        for folder, first, seed in [(self.template, 0, "1"), (self.others, 500, "2")]:
            self.prepare(folder, first, seed)
        self.known = {}

    def prepare(self, folder, first, seed):
        """Data, and the files of other runs. The two folders differ in the contents of all files."""
        for kind in ["raw", "gz"]:
            os.makedirs(f"{folder}/{kind}")
        for part, count in [("train", 400), ("t10k", 200)]:
            for name in [f"{part}-images-idx3-ubyte", f"{part}-labels-idx1-ubyte"]:
                with gzip.open(f"{ROOT}/data/{name}.gz") as file:
                    data = idx(file.read(), range(first, first + count))
                with open(f"{folder}/raw/{name}", "wb") as file:
                    file.write(data)
                with gzip.open(f"{folder}/gz/{name}.gz", "wb") as file:
                    file.write(data)

        def run(*arguments):
            subprocess.run([self.program, *arguments], cwd=folder, check=True, stdin=subprocess.DEVNULL, capture_output=True)

        run("train", *SMALL, *OUTPUTS, "--seed", seed, "--log", "log.jsonl")
        run("train", *SMALL, "--seed", seed, "--epochs", "1", "--checkpoint", "stopped", "--log", "stopped.csv")
        run("train", *SMALL, "--epochs", "0", "--save", "untrained")
        run("page", "best", "page.html")

    def start(self, command, folder, user=(), **variables):
        """A command that runs in a folder. Its output goes to files, for a full pipe would stop it."""
        if variables:
            variables["LD_PRELOAD"] = self.library
        output, error = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        process = subprocess.Popen(
            [*user, self.program, *command], cwd=folder, env={**os.environ, **variables}, stdin=subprocess.PIPE,
            stdout=output, stderr=error)
        process.output, process.error = output, error
        with process.stdin as pipe:
            if "-" in command:
                # Fewer bytes than a pipe holds.
                with open(f"{folder}/gz/t10k-images-idx3-ubyte.gz", "rb") as data:
                    pipe.write(data.read())
        return process

    @staticmethod
    def wait(process, seconds=SECONDS):
        """The status of a command that ends in time; None of one that hangs, which is killed."""
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return None

    def end(self, process, folder):
        """What a command has said and left when it ends."""
        status, texts = self.wait(process), []
        for file in [process.output, process.error]:
            with file:
                file.seek(0)
                texts.append(file.read())
        return Outcome(status, texts[0], texts[1].decode(errors="replace"), contents(folder))

    def folder(self):
        """A copy of the template, with the times of its files; always of the same name, for models tell that of the data."""
        shutil.rmtree(f"{self.top}/run", ignore_errors=True)
        return shutil.copytree(self.template, f"{self.top}/run")

    def run(self, command, **variables):
        folder = self.folder()
        return self.end(self.start(command, folder, **variables), folder)

    def whole(self, command, other=None):
        """The undisturbed run, with a file that has its other contents."""
        key = (*command, other)
        if key not in self.known:
            folder = self.folder()
            if other:
                shutil.copy(f"{self.others}/{other}", f"{folder}/{other}")
            self.known[key] = self.end(self.start(command, folder), folder)
        return self.known[key]

    def faults(self, outcome, wholes, touched=()):
        """The faults of an outcome, which should be one of some undisturbed ones. Touched files are those of the check."""
        if outcome.status is None:
            return [f"not done after {SECONDS} s"]
        faults = []
        lines = [line for line in outcome.error.splitlines() if not line.startswith("nettrain: note:")]
        if outcome.status not in DOCUMENTED:
            faults.append(f"status {outcome.status}: {outcome.error[:300]}")
        if len(lines) != (outcome.status not in (0, 1)):
            faults.append(f"{len(lines)} lines: {outcome.error[:300]}")
        old = contents(self.template)
        wholes = [whole for whole in wholes if whole.status == 0]
        for name in sorted({*old, *outcome.files, *(name for whole in wholes for name in whole.files)} - {*touched}):
            now, before = outcome.files.get(name), old.get(name)
            after = [whole.files.get(name) for whole in wholes]
            *whole, now_plain = [plain(data or b"") for data in [before, *after, now]]
            # The log of a run that failed is not complete.
            is_begun = name.endswith((".jsonl", ".csv")) and any(data.startswith(now_plain) for data in whole)
            if now_plain not in whole and not is_begun:
                faults.append(f"{name} is neither old nor new" if before or any(after) else f"{name} is left")
            if now is None and before is not None:
                faults.append(f"{name} is lost")

        def result(outcome):
            return plain(outcome.output), files_of(outcome, touched)
        if outcome.status == 0 and result(outcome) not in map(result, wholes):
            faults.append("status 0, and not the result of an undisturbed run")
        return faults

    def changes(self, command, outcome):
        """The faults of an outcome that should be that of an undisturbed run."""
        return self.faults(outcome, [self.whole(command)]) + ["not the result"] * (outcome.status != 0)
