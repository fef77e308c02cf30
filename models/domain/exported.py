"""Files that are exported: what they hold, and their rows as text, line by line: no file is held whole."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from io import StringIO
from typing import Any


class Exported(StrEnum):
    """What a file holds: what one person wrote, or every experiment with its numbers."""

    OWN = "own"
    WHOLE = "whole"


class Format(StrEnum):
    """How rows are written."""

    CSV = "csv"
    JSONL = "jsonl"


def header(columns: Sequence[str], kind: Format) -> str:
    """What stands before the rows; nothing in JSON Lines, where every row names its columns."""
    return _csv_line(columns) if kind is Format.CSV else ""


def line(row: Mapping[str, Any], columns: Sequence[str], kind: Format) -> str:
    """One row. Values are written as they are: also one that begins with =."""
    if kind is Format.JSONL:
        return f"{json.dumps(row, ensure_ascii=False)}\n"
    return _csv_line(row.get(column) for column in columns)


def _csv_line(values: Iterable[Any]) -> str:
    written = StringIO(newline="")
    # With \r\n as its end of a line the writer quotes both characters wherever they stand.
    csv.writer(written, lineterminator="\r\n").writerow(values)
    return written.getvalue()
