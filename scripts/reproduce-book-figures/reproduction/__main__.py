"""The command line of scripts/reproduce-book."""

import argparse
import dataclasses
import os
import pathlib
import signal
import sys
import tempfile
import time

from driver.failure import UNWRITABLE, USAGE, Failure

from .book import figures
from .document import document
from .methods import methods
from .pictures import draw
from .pool import Pool
from .progress import Progress

MISSING = 66


class Arguments(argparse.ArgumentParser):
    def error(self, message: str):
        raise Failure(USAGE, f"{message}; scripts/reproduce-book --help shows what there is")


def arguments() -> argparse.Namespace:
    parser = Arguments(prog="scripts/reproduce-book", allow_abbrev=False, add_help=False)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--data")
    parser.add_argument("--seeds", type=int)
    parser.add_argument("--figures")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--check-usage", action="store_true")
    given = parser.parse_args()
    if given.seeds is None:
        given.seeds = 2 if given.quick else 3
    if given.seeds < 2:
        raise Failure(USAGE, "--seeds: at least 2, for intervals need more than one run")
    if given.jobs < 1:
        raise Failure(USAGE, "--jobs: at least 1")
    if given.quick and given.data is not None:
        raise Failure(USAGE, "--quick takes the bundled digits; leave out --data")
    if not given.quick:
        given.data = given.data or os.environ.get("NETTRAIN_MNIST")
        check_data(given.data)
    return given


def check_data(folder: str | None) -> None:
    if not folder:
        raise Failure(USAGE, "--data: scripts/fetch-mnist DIR downloads the full MNIST to DIR; or give --quick")
    if not os.path.isdir(folder):
        raise Failure(MISSING, f"{folder}: there is no such folder; scripts/fetch-mnist {folder} downloads MNIST to it")


def reproduce(given: argparse.Namespace) -> str:
    rows, pairs = figures(), methods()
    if given.quick:
        rows = [dataclasses.replace(row, run=row.run.shortened()) for row in rows]
        pairs = [dataclasses.replace(pair, run=pair.run.shortened(), twin=pair.twin.shortened()) for pair in pairs]
    seeds = range(given.seeds)
    chosen = [row.run for row in rows] + [run for pair in pairs for run in (pair.run, pair.twin)]
    tasks = [(run, seed) for run in dict.fromkeys(chosen) for seed in seeds]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="reproduce-book.") as folder, Progress(tasks) as progress:
        pool = Pool(given.data, folder)
        logs = pool.train(tasks, given.jobs, progress.add)
        if given.figures:
            draw(pathlib.Path(given.figures), rows, logs, pool)
    return document(rows, pairs, logs, seeds, given.quick, time.monotonic() - started)


def stop(number: int, _) -> None:
    # Once more would disturb the end of what is running.
    for other in STOPPING:
        signal.signal(other, signal.SIG_IGN)
    sys.exit(128 + number)


STOPPING = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)

if __name__ == "__main__":
    for number in STOPPING:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        given = arguments()
        if not given.check_usage:
            print(reproduce(given), flush=True)
    except Failure as failure:
        print(f"reproduce-book: {failure}", file=sys.stderr)
        sys.exit(failure.status)
    except BrokenPipeError:
        # Nobody reads any more; nor should what is left in the buffer be tried at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(UNWRITABLE)
