"""Runs of nettrain side by side; none outlives this program."""

import concurrent.futures
import itertools
import pathlib
import subprocess
import threading
from collections.abc import Callable

from driver.failure import Failure

from .logs import Log
from .runs import Run

NETTRAIN = pathlib.Path(__file__).resolve().parents[3] / ".build/release/nettrain"
DIVERGED = 3

Task = tuple[Run, int]


class Pool:
    def __init__(self, data: str | None, folder: str):
        self.data = ["--data", data] if data else []
        self.folder = pathlib.Path(folder)
        self.names = itertools.count()
        self.lock = threading.Lock()
        # Where the logs are.
        self.paths: dict[Task, pathlib.Path] = {}
        self.children: set[subprocess.Popen] = set()
        self.has_ended = False

    def train(self, tasks: list[Task], jobs: int, finished: Callable[[Task], None]) -> dict[Task, Log]:
        """The log of each task. The longest begin first, so that the end is not one long run."""
        logs = {}
        tasks = sorted(tasks, key=lambda task: -task[0].seconds())
        with concurrent.futures.ThreadPoolExecutor(jobs) as executor:
            try:
                futures = {executor.submit(self.run, *task): task for task in tasks}
                for future in concurrent.futures.as_completed(futures):
                    task = futures[future]
                    logs[task] = future.result()
                    finished(task)
            except BaseException:
                self.end()
                executor.shutdown(wait=False, cancel_futures=True)
                raise
        return logs

    def run(self, run: Run, seed: int) -> Log | None:
        path = self.folder / f"{next(self.names)}.jsonl"
        command = [NETTRAIN, *self.data, *run.arguments(), "--seed", str(seed), "--log", path, "--quiet"]
        with self.lock:
            if self.has_ended:
                return None
            # A session of its own, so that Ctrl-C reaches this program alone, which then ends it.
            child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
                text=True,
            )
            self.children.add(child)
        _, said = child.communicate()
        with self.lock:
            self.children.remove(child)
            if self.has_ended:
                return None
        self.check(run, child.returncode, said)
        self.paths[run, seed] = path
        return Log.read(path)

    def check(self, run: Run, status: int, said: str) -> None:
        if status == 0 or (status == DIVERGED and run.may_diverge):
            return
        lines = said.strip().splitlines()
        reason = lines[-1].removeprefix("nettrain: error: ") if lines else f"status {status}, without a message"
        raise Failure(status if status > 0 else 128 - status, f"{reason} ({run})")

    def end(self) -> None:
        with self.lock:
            self.has_ended = True
            for child in self.children:
                child.kill()
