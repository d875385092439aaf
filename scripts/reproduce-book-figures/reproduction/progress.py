"""Progress on stderr: a line for each finished run, or one that changes on a terminal."""

import sys
import time

from .pool import Task


class Progress:
    def __init__(self, tasks: list[Task]):
        self.count = len(tasks)
        self.finished = 0
        self.work = sum(run.seconds() for run, _ in tasks)
        self.work_done = 0.0
        self.started = time.monotonic()
        self.is_terminal = sys.stderr.isatty()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.is_terminal and self.finished > 0:
            print(file=sys.stderr)

    def add(self, task: Task) -> None:
        run, seed = task
        self.finished += 1
        self.work_done += run.seconds()
        left = (time.monotonic() - self.started) * (self.work / self.work_done - 1)
        remaining = f", about {left / 60:.0f} min left" if left >= 60 else ""
        if self.is_terminal:
            print(f"\r\033[K{self.finished}/{self.count} runs{remaining}", end="", file=sys.stderr, flush=True)
        else:
            print(f"{self.finished}/{self.count}{remaining}: {run} --seed {seed}", file=sys.stderr, flush=True)
