"""What a benchmark says: a figure beside its budget and beside what it is compared with."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

HEAD = ("", "measured", "beside it", "ratio", "budget")


@dataclass(frozen=True)
class Figure:
    """One line of the table. `value` and `beside` are in `unit`; their ratio holds on any machine."""

    what: str
    value: float
    unit: str
    beside: float | None = None
    compared_with: str = ""
    budget: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The line's cells, as text."""
        other = (
            "" if self.beside is None else f"{shown(self.beside, self.unit)} {self.compared_with}"
        )
        ratio = f"{self.value / self.beside:.2f} ×" if self.beside else ""
        return self.what, shown(self.value, self.unit), other.strip(), ratio, self.budget


def shown(value: float, unit: str) -> str:
    """A number with as many digits as mean something."""
    digits = 0 if value == int(value) or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def p50(values: Sequence[float]) -> float:
    """The median."""
    return median(values)


def p99(values: Sequence[float]) -> float:
    """What one of a hundred exceeds."""
    return quantiles(values, n=100, method="inclusive")[98]


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = [HEAD, *(figure.cells for figure in figures)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    rows = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    ]
    rows.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(rows)


def machine() -> str:
    """How big the machine is, and how busy with other things."""
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    return f"{os.cpu_count()} cores, load {load} (1, 5, 15 minutes)"
