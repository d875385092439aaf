"""The kinds of disturbances. Each is given the runs and the options, and yields the rows of the table: the name of the
command, and for each disturbance its own name, the status and the faults.
"""

import os
import random
import re
import shutil
import signal
import time

from runs import OUTPUTS, ROOT, SMALL, contents, files_of, plain

PAIRS = ["compare", "--pair", "sigmoid:quadratic", "--pair", "softmax:cross-entropy", "--jobs", "2", "--format", "csv"]
COMMANDS = {
    "train": ["train", *SMALL, *OUTPUTS, "--log", "log.jsonl", "--force", "--format", "csv"],
    "train-gzip": ["train", *SMALL, "--data", "gz", *OUTPUTS, "--log", "log.csv", "--force", "--format", "json"],
    "resume": ["resume", "stopped", "--data", "raw", "--save", "model", "--log", "stopped.csv", "--quiet", "--format", "csv"],
    "compare": [*PAIRS, *SMALL, "--seeds", "2", "--out", "runs"],
    "predict": ["predict", "model", "raw/t10k-images-idx3-ubyte", "--format", "csv"],
    "predict-pipe": ["predict", "model", "-", "--format", "csv"],
    "predict-picture": ["predict", "model", f"{ROOT}/Tests/ImagesTests/Samples/grey.png", "--format", "csv"],
    "evaluate": ["evaluate", "model", "--data", "gz"],
    "page": ["page", "model", "page.html", "--force"],
    "summarize": ["summarize", "log.jsonl"],
}
# The files that a command reads.
FILES = {
    "train": ["raw/train-images-idx3-ubyte", "raw/train-labels-idx1-ubyte", "raw/t10k-images-idx3-ubyte"],
    "train-gzip": ["gz/train-images-idx3-ubyte.gz", "gz/t10k-labels-idx1-ubyte.gz"],
    "resume": ["stopped", "raw/train-images-idx3-ubyte", "stopped.csv"],
    "compare": ["raw/train-images-idx3-ubyte"],
    "predict": ["model", "raw/t10k-images-idx3-ubyte"],
    "evaluate": ["model", "gz/t10k-images-idx3-ubyte.gz"],
    "page": ["model"],
    "summarize": ["log.jsonl"],
}
ACTS = ["overwrite", "replace", "half", "empty", "append"]
# The drift of each call and its swing, in seconds. A machine sleeps for hours, and its steady clock may go back when it is
# moved to another host.
CLOCKS = [
    {"INTERFERE_REAL": "0 36000", "INTERFERE_STEADY": "0 1"},
    *({"INTERFERE_REAL": shift} for shift in ["0 36000", "-3600 0", "3600 0"]),
    *({"INTERFERE_STEADY": shift} for shift in ["0 1", "-0.01 0", "3600 0"]),
]


def transfers(runs, options):
    for name in options.among(COMMANDS):
        def cases():
            for count in options.some(["7", "1", "4095"]):
                outcome = runs.run(COMMANDS[name], INTERFERE_BYTES=count)
                yield f"{count} bytes", outcome.status, runs.changes(COMMANDS[name], outcome)
        yield name, cases()


def clocks(runs, options):
    def cases(name):
        for shifts in options.some(CLOCKS):
            outcome = runs.run(COMMANDS[name], **shifts)
            faults = runs.changes(COMMANDS[name], outcome)
            files = [outcome.output, *outcome.files.values()]
            if any(re.search(rb'econds\\?":-|^\d+,.*,-[\d.e-]+(,[\d.e-]+)?$', data, re.M) for data in files):
                faults.append("a negative number of seconds")
            yield shifts, outcome.status, faults

    def signalled():
        """A run that waits for a reader of its log ends after a signal, though the clock of the day goes back."""
        folder = runs.folder()
        os.mkfifo(f"{folder}/pipe")
        process = runs.start(["train", *SMALL, "--log", "pipe"], folder, INTERFERE_REAL="-3600 0")
        time.sleep(0.5)
        process.terminate()
        # The pipe is no file that can be read.
        status = runs.wait(process, 10)
        yield "a log that nobody reads", status, [] if status == 128 + signal.SIGTERM else [f"status {status}"]
    for name in options.among(COMMANDS):
        yield name, cases(name)
    for name in options.among(["train and SIGTERM"]):
        yield name, signalled()


def stops(runs, options):
    def cases(name):
        for number in options.some(range(options.count)):
            folder = runs.folder()
            process = runs.start(COMMANDS[name], folder)
            while process.poll() is None:
                for sent in [signal.SIGSTOP, signal.SIGCONT]:
                    time.sleep(random.uniform(0, 0.02))
                    process.send_signal(sent)
            outcome = runs.end(process, folder)
            yield f"run {number}", outcome.status, runs.changes(COMMANDS[name], outcome)
    for name in options.among(COMMANDS):
        yield name, cases(name)


def files(runs, options):
    def cases(name, file):
        count, other = f"{runs.top}/count", f"{runs.top}/other"
        runs.run(COMMANDS[name], INTERFERE_FILE=file, INTERFERE_COUNT=count)
        reads = os.path.getsize(count)
        os.remove(count)
        for act in options.some(ACTS, 2):
            for at in options.some(range(reads, 0, -1)):
                shutil.copy2(f"{runs.others}/{file}", other)
                outcome = runs.run(
                    COMMANDS[name], INTERFERE_FILE=file, INTERFERE_AT=str(at), INTERFERE_ACT=act, INTERFERE_OTHER=other)
                wholes = [runs.whole(COMMANDS[name]), runs.whole(COMMANDS[name], file)]
                yield f"{act} before read {at}", outcome.status, runs.faults(outcome, wholes, [file])
    for name in options.among(FILES):
        for file in options.some(FILES[name]):
            yield f"{name} {file}", cases(name, file)


def folders(runs, options):
    long = ["--data", "raw", "--validation", "50", "--format", "csv"]
    outputs = ["--save", "out/model", "--checkpoint", "out/checkpoint", "--log", "out/log.jsonl"]
    commands = {
        "train": ["train", *long, "--epochs", "100", *outputs],
        "compare": [*PAIRS, *long, "--epochs", "5", "--seeds", "20", "--quiet", "--out", "out"],
        "train --save": ["train", *long, "--epochs", "100", *outputs[:2]],
        "train --checkpoint": ["train", *long, "--epochs", "100", *outputs[2:4]],
        "train --log": ["train", *long, "--epochs", "100", *outputs[4:]],
    }

    def cases(name):
        for act in options.some(["remove", "rename", "read-only"]):
            folder = runs.folder()
            os.mkdir(f"{folder}/out")
            yield act, *moved(runs, commands[name], folder, act)
    for name in options.some(options.among(commands), 2):
        yield name, cases(name)


def moved(runs, command, folder, act):
    """The status and the faults of a command whose folder of outputs goes after the first epoch."""
    out = f"{folder}/out"
    for path in [runs.top, folder, out]:
        os.chmod(path, 0o777)
    # Root may write everything; where the folder is read-only, the run is that of another user.
    is_root = os.geteuid() == 0 and act == "read-only"
    user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if is_root else []
    process = runs.start(command, folder, user)

    def has_begun():
        if command[0] == "train":
            return os.pread(process.output.fileno(), 1000, 0).count(b"\n") > 1
        return any(name.endswith(".jsonl") for name in os.listdir(out))
    while process.poll() is None and not has_begun():
        time.sleep(0.001)
    if act == "rename":
        os.rename(out, f"{folder}/gone")
    elif act == "read-only":
        os.chmod(out, 0o555)
    while act == "remove" and os.path.exists(out):
        shutil.rmtree(out, ignore_errors=True)
    outcome = runs.end(process, folder)
    if act == "read-only":
        os.chmod(out, 0o777)
    faults, lines = [], outcome.error.splitlines()
    # A log is open and goes on being written, wherever it is. That the files can be created was found before.
    if outcome.status != 74 and not (outcome.status == 0 and (act == "read-only" or "--log" in command)):
        faults.append(f"status {outcome.status}: {outcome.error[:300]}")
    if outcome.status and (len(lines) != 1 or "out" not in outcome.error):
        faults.append(f"not one line with the name: {outcome.error[:300]}")
    # Where the folder no longer has its name or may not be written, the lock and the file that was being written cannot
    # be removed; the next run does it.
    left = [name for name in outcome.files if not name.startswith("gone/" if act == "rename" else "out/")]
    if act == "remove":
        left = outcome.files
    return outcome.status, faults + [f"{name} is left" for name in sorted(set(left) - set(contents(runs.template)))]


def pairs(runs, options):
    def train(*outputs):
        return [["train", *SMALL, "--seed", seed, *outputs, "--force", "--format", "csv"] for seed in "34"]
    commands = {
        "train --log": train("--log", "log.jsonl"), "train --checkpoint": train("--checkpoint", "checkpoint"),
        "train --save": train("--save", "model"), "compare --out": [COMMANDS["compare"]] * 2,
        "page": [["page", model, "page.html", "--force"] for model in ["model", "untrained"]],
    }

    def cases(name):
        for number in options.some(range(options.count)):
            # Half of the pairs take so long that the second run cannot wait for the first.
            epochs = {"train --log": "400", "page": None}.get(name, "100") if number % 2 == 0 else None
            pair = [command + (["--epochs", epochs] if epochs else []) for command in commands[name]]
            wholes, folder, processes = [runs.whole(command) for command in pair], runs.folder(), []
            for command in pair:
                processes.append(runs.start(command, folder))
                time.sleep(random.uniform(0, 0.1))
            for process in processes:
                process.wait()
            outcomes = [runs.end(process, folder) for process in processes]
            statuses = sorted(outcome.status for outcome in outcomes)
            # A model and a page are replaced as a whole, and have no lock.
            usual = [[0, 0]] if name in ("train --save", "page") else [[0, 0], [0, 75]]
            faults = [] if statuses in usual else [f"statuses {statuses}"]
            for outcome, whole in zip(outcomes, wholes):
                if outcome.status:
                    faults += runs.faults(outcome, wholes)
                elif plain(outcome.output) != plain(whole.output):
                    faults.append("another output")
            if files_of(outcomes[0]) not in map(files_of, wholes):
                faults.append("the files are those of neither run")
            yield f"pair {number}", " and ".join(map(str, statuses)), faults
    for name in options.among(commands):
        yield name, cases(name)


KINDS = {kind.__name__: kind for kind in [transfers, clocks, stops, files, folders, pairs]}
