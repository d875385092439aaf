"""The Markdown document: what was run, and the tables."""

import datetime

from driver.facts import machine
from driver.markdown import table

from .book import Figure
from .intervals import mean_and_margin
from .logs import Log, after_last
from .methods import Method
from .pool import Task
from .runs import Run

COLUMNS = """\
Accuracies are in per cent. *Book* is the printed figure, *mean* that of our runs with its 95 % interval by Student's
t over the seeds, and *least to greatest* are our runs themselves, the last one the best. *In range* says whether the
book's figure lies between the least and the greatest of ours, or how far outside. Networks have one layer of sigmoid
neurons, mini-batches of 10 images, 30 epochs, sigmoid outputs and the cross-entropy cost, where a row does not say
otherwise."""
QUICK = """\
**These figures are not comparable with the book's**: the data are the bundled digits, and runs have a tenth of the
epochs and at most 1,000 images where the book limits them. They show that each row works."""
MEASUREMENT = """\
- A best epoch is chosen on the set that it is quoted for, as in the book. That favours it: the best of 30 epochs on the
  test images is higher than what such a network has on new images.
- The book's figures are of one run each, but for the best of three in chapter 1. If such a run were one more of ours,
  it would lie in the range of the others in {inside} of {all} cases. So a figure outside is no proof of a difference.
- The random numbers are others: the same seed gives other weights and mini-batches in NumPy than here.
- The book's epochs are counted from 0; here all are counted from 1.
- The split is the book's: the last 10,000 of the training images validate, and limits take the first of the others."""
METHODS = """\
The book describes these without a figure. Each is compared with its twin, which is the same run without the method,
over the same seeds: the means of the accuracy after the last epoch, and the mean of the paired differences with its
95 % interval. If the interval contains 0, no difference was found."""


def document(
    figures: list[Figure], methods: list[Method], logs: dict[Task, Log], seeds: range, is_quick: bool, seconds: float
) -> str:
    def of(run: Run) -> list[Log]:
        return [logs[run, seed] for seed in seeds]

    numbered = list(enumerate(figures, 1))
    further = list(enumerate(methods, len(figures) + 1))
    parts = [
        "# The figures of chapter 3",
        head(of(figures[0].run)[0].start, seeds, seconds),
        *([QUICK] if is_quick else []),
        "## Printed figures",
        COLUMNS,
        figure_table([(number, figure, of(figure.run)) for number, figure in numbered]),
        "What to know where a figure of the book lies outside:",
        "\n".join([MEASUREMENT.format(inside=len(seeds) - 1, all=len(seeds) + 1), *(f"- Row {number}: {row.note}" for number, row in numbered if row.note)]),
        "## Methods without a printed figure",
        METHODS,
        method_table([(number, method, of(method.run), of(method.twin)) for number, method in further]),
        "\n".join(f"- Row {number}: {row.note}" for number, row in further if row.note),
        "## Commands",
        "Each with the data by `--data`, the seed by `--seed` and a log by `--log FILE.jsonl`, which has the figures.",
        "\n".join(
            [f"- Row {number}: `{figure.run}`" for number, figure in numbered]
            + [f"- Row {number}: `{method.run}`, twin `{method.twin}`" for number, method in further]
        ),
    ]
    return "\n\n".join(parts)


def head(start: dict, seeds: range, seconds: float) -> str:
    data = start["data"]
    minutes, rest = divmod(round(seconds), 60)
    lines = {
        "date": datetime.date.today().isoformat(),
        "nettrain": start["version"],
        "machine": machine(),
        "arithmetic": f"{start['precision']} precision, {start['blas']} kernel, {start['instructions']} instructions",
        "data": f"{data['directory']}: {data['train']:,} to train, {data['validation']:,} to validate, "
        f"{data['test']:,} to test",
        "seeds": f"{seeds[0]} to {seeds[-1]}",
        "running time": f"{minutes} min {rest} s",
    }
    return "\n".join(f"- {name}: {value}" for name, value in lines.items())


def figure_table(rows: list[tuple[int, Figure, list[Log]]]) -> str:
    heads = ["row", "network and training", "measured", "book", "mean", "least to greatest", "in range"]
    cells = [
        [str(number), figure.title, figure.measured, figure.printed, *compared(figure, logs)]
        for number, figure, logs in rows
    ]
    return table(heads, cells, text_columns=3)


def compared(figure: Figure, logs: list[Log]) -> tuple[str, str, str]:
    """The mean, the range and the verdict."""
    read = [figure.reading(log) for log in logs]
    values = [value for value in read if value is not None]
    remarks = []
    if len(values) < len(read):
        remarks.append(f"not reached in {len(read) - len(values)} of {len(read)} runs")
    diverged = sum(log.diverged for log in logs)
    if diverged:
        remarks.append(f"diverged in {diverged} of {len(logs)} runs")
    if not values:
        return "–", "–", remarks[0]
    least, greatest = min(values), max(values)
    return (
        with_margin(values, figure.decimals),
        f"{least:.{figure.decimals}f} to {greatest:.{figure.decimals}f}",
        "; ".join([verdict(figure, least, greatest), *remarks]),
    )


def verdict(figure: Figure, least: float, greatest: float) -> str:
    if figure.low > greatest:
        return f"no, {figure.low - greatest:.{figure.decimals}f} above our greatest"
    if figure.high < least:
        return f"no, {least - figure.high:.{figure.decimals}f} below our least"
    return "yes"


def with_margin(values: list[float], decimals: int = 2, sign: str = "") -> str:
    """The mean with its interval; to one decimal more than whole numbers have."""
    shown = max(1, decimals)
    mean, margin = mean_and_margin(values) if len(values) > 1 else (values[0], None)
    # Adding 0 makes a negative zero positive.
    text = f"{round(mean, shown) + 0.0:{sign}.{shown}f}"
    return text if margin is None else f"{text} ± {margin:.{shown}f}"


def method_table(rows: list[tuple[int, Method, list[Log], list[Log]]]) -> str:
    heads = ["row", "method", "twin"]
    heads += [f"{part}: {column}" for part in ("validation", "test") for column in ("method", "twin", "difference")]
    cells = []
    for number, method, logs, twin_logs in rows:
        row = [str(number), method.title, method.twin_title]
        for part in ("validation", "test"):
            read = after_last(part)
            own, twin = [read(log) for log in logs], [read(log) for log in twin_logs]
            row += [f"{sum(values) / len(values):.2f}" for values in (own, twin)]
            row.append(with_margin([a - b for a, b in zip(own, twin)], sign="+"))
        cells.append(row)
    return table(heads, cells, text_columns=3)
