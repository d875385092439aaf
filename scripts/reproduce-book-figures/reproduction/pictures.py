"""The figures that the book draws, from the logs of the same runs: SVG files, by 'nettrain plot' and gnuplot."""

import csv
import dataclasses
import io
import pathlib
import subprocess

from driver.failure import FAILED, Failure

from .book import Figure
from .intervals import mean_and_margin
from .logs import Log
from .pool import NETTRAIN, Pool, Task
from .runs import Run


@dataclasses.dataclass(frozen=True)
class Curves:
    """Learning curves of some runs."""

    name: str
    title: str
    y: str
    rows: tuple[int, ...]


# Rows are those of the document, counted from 1.
CURVES = (
    Curves("overfitting", "1,000 images, with and without weight decay", "train-cost,test-cost,test-accuracy", (9, 12)),
    Curves("initial-weights-30", "Large and scaled weights, 30 hidden", "validation-accuracy", (13, 14)),
    Curves("initial-weights-100", "Large and scaled weights, 100 hidden", "validation-accuracy", (15, 16)),
)
MORE_DATA = range(18, 23)
STARTS = (("0.6", "0.9"), ("2", "2"))


def draw(folder: pathlib.Path, rows: list[Figure], logs: dict[Task, Log], pool: Pool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for curves in CURVES:
        runs = {rows[number - 1].run for number in curves.rows}
        paths = [path for (run, _), path in pool.paths.items() if run in runs]
        picture = folder / f"{curves.name}.svg"
        options = ["--y", curves.y, "--title", curves.title, "--picture", picture]
        call([NETTRAIN, "plot", *paths, *options, "--force"])
    (folder / "more-data.svg").write_text(more_data([rows[number - 1] for number in MORE_DATA], logs))
    (folder / "slowdown.svg").write_text(slowdown())


def more_data(rows: list[Figure], logs: dict[Task, Log]) -> str:
    """Accuracy against the number of training images, ours with intervals and the book's."""
    points = []
    for row in rows:
        values = [row.reading(log) for (run, _), log in logs.items() if run == row.run]
        mean, half = mean_and_margin(values)
        points.append(f"{row.run.limit} {mean} {half} {row.low}")
    return gnuplot(
        "set title 'Accuracy and the number of training images'",
        "set logscale x",
        "set xrange [80:12500]",
        "set xtics (100, 500, '1,000' 1000, '5,000' 5000, '10,000' 10000)",
        "set xlabel 'training images'",
        "set ylabel 'validation accuracy, %'",
        "set key bottom right",
        block("$points", points),
        "plot $points using 1:2:3 with yerrorlines lc rgb '#0072B2' pt 7 title 'here, mean and 95 % interval', "
        "$points using 1:4 with linespoints lc rgb '#D55E00' pt 6 title 'the book'",
    )


def slowdown() -> str:
    """The output of a neuron that learns 0, from two starts under either cost."""
    table = csv.DictReader(io.StringIO(call([NETTRAIN, "slowdown", "--format", "csv", "--network-epochs", "0"])))
    neuron = [line for line in table if line["experiment"] == "neuron"]
    commands = [
        "set multiplot layout 1,2 title 'A neuron with input 1 learns the output 0'",
        "set xlabel 'epoch'",
        "set ylabel 'output'",
        "set yrange [0:1]",
        "set key below",
    ]
    for weight, bias in STARTS:
        blocks = []
        for cost, color in (("quadratic", "#D55E00"), ("cross-entropy", "#0072B2")):
            lines = [
                f"{line['epoch']} {line['output']}"
                for line in neuron
                if (line["cost"], line["start_weight"], line["start_bias"]) == (cost, weight, bias)
            ]
            name = f"${cost.replace('-', '_')}"
            commands.append(block(name, lines))
            blocks.append(f"{name} using 1:2 with lines lw 2 lc rgb '{color}' title '{cost}'")
        commands.append(f"set title 'from w = {weight}, b = {bias}'")
        commands.append("plot " + ", ".join(blocks))
    return gnuplot(*commands, size="900,420")


def block(name: str, lines: list[str]) -> str:
    return "\n".join([f"{name} << END", *lines, "END"])


def gnuplot(*commands: str, size: str = "720,480") -> str:
    terminal = f"set terminal svg standalone size {size} font 'sans-serif,14' background '#ffffff'"
    return call(["gnuplot", "-d", "-"], "\n".join(["set encoding utf8", terminal, *commands, ""]))


def call(command: list, text: str | None = None) -> str:
    result = subprocess.run(command, input=text, capture_output=True, text=True)
    if result.returncode != 0:
        lines = result.stderr.strip().splitlines()
        raise Failure(FAILED, f"a figure could not be drawn: {lines[-1] if lines else command[0]}")
    return result.stdout
