"""Tables and figures in Markdown."""


def table(heads: list[str], rows: list[list[str]], text_columns: int = 1) -> str:
    """A table whose first columns are text and whose others are numbers, aligned to the right."""
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]

    def line(cells: list[str]) -> str:
        padded = [
            cell.ljust(width) if column < text_columns else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(cells, widths))
        ]
        return f"| {' | '.join(padded)} |"

    rules = [
        "-" * (width + 2) if column < text_columns else "-" * (width + 1) + ":" for column, width in enumerate(widths)
    ]
    return "\n".join([line(heads), f"|{'|'.join(rules)}|", *(line(row) for row in rows)])


def seconds(figure: float) -> str:
    """Seconds to three digits or a millisecond; the rest is noise."""
    return f"{figure:.2f}" if figure >= 10 else f"{figure:.3f}"


def ratio(figure: float) -> str:
    return f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"
