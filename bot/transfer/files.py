"""Files of rows: CSV and JSON Lines are read into columns and text, and written."""

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from models.domain import exported
from models.domain.errors import CannotImport, LogRefused, Problem
from models.domain.exported import Format

STANDARD = "-"
"""The name of standard input."""
DELIMITERS = ",;\t"
LONGEST = 10_000_000
"""Characters of one value; a quote that isn't closed makes one of the rest of the file."""


ENDINGS = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".json": Format.JSONL,
}


class Row(NamedTuple):
    """A row's values as text, by column, and the number of its first line in the file."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True)
class Table:
    """What a file holds; `columns` in the file's order."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read(name: str, kind: Format | None = None) -> Table:
    """The rows of a file, or of standard input where it is called “-”.

    Without `kind` the file's ending says what it is, or else its first character.

    Raises:
        CannotImport: the file can't be read, isn't UTF-8, or has no rows.
        LogRefused: rows that aren't what the header or the format promises.
    """
    content = _text(name)
    if not content.strip():
        raise CannotImport(f"{_called(name)} is empty.")
    guess = Format.JSONL if content.lstrip().startswith(("{", "[")) else Format.CSV
    kind = kind or ENDINGS.get(Path(name).suffix.lower(), guess)
    table = _csv(content) if kind is Format.CSV else _json_lines(content)
    if not table.rows:
        raise CannotImport(f"{_called(name)} has no rows.")
    return table


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == STANDARD else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotImport(f"{name} can't be read: {reason}.") from error
    try:
        return raw.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CannotImport(
            f"{_called(name)} is not UTF-8 (line {line}): save it as UTF-8 and import it again."
        ) from error


def _called(name: str) -> str:
    return "Standard input" if name == STANDARD else name


def _csv(content: str) -> Table:
    header = content.lstrip("\r\n").splitlines()[0]
    csv.field_size_limit(LONGEST)
    lines = csv.reader(
        StringIO(content, newline=""),
        delimiter=max(DELIMITERS, key=header.count),
        strict=True,
    )
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    found: list[Problem] = []
    for number, values in _numbered(lines):
        if not columns:
            columns = _header(values)
        elif len(values) == len(columns):
            rows.append(Row(number, dict(zip(columns, values, strict=True))))
        else:
            said = f"has {len(values)} values for {len(columns)} columns"
            found.append(Problem(number, "", said))
    if found:
        raise LogRefused(found)
    return Table(columns, tuple(rows))


def _numbered(lines: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows that have a value, each with the number of its first line."""
    number = 1
    try:
        for values in lines:
            if any(value.strip() for value in values):
                yield number, values
            number = lines.line_num + 1
    except csv.Error as error:
        said = "a quote is not closed, or has something beside it"
        if "limit" in str(error):
            said = f"a value has more than {LONGEST:,} characters: a quote is not closed"
        raise LogRefused([Problem(number, "", said)]) from error


def _header(values: Sequence[str]) -> tuple[str, ...]:
    columns = tuple(value.strip() for value in values)
    named = [column for column in columns if column]
    twice = {column for column in named if named.count(column) > 1}
    if twice:
        raise CannotImport(f"Two columns are called {min(twice)}: rename one of them.")
    return tuple(column or f"column {place}" for place, column in enumerate(columns, start=1))


def _json_lines(content: str) -> Table:
    columns: dict[str, None] = {}
    rows: list[Row] = []
    found: list[Problem] = []
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = {column.strip(): _said(value) for column, value in _object(line).items()}
        except (ValueError, RecursionError) as error:
            known = isinstance(error, _NotARow)
            said = str(error) if known else "is not JSON; JSON Lines has one object a line"
            found.append(Problem(number, "", said))
        else:
            columns |= dict.fromkeys(values)
            rows.append(Row(number, values))
    if found:
        raise LogRefused(found)
    return Table(tuple(columns), tuple(rows))


class _NotARow(ValueError):
    """JSON that isn't a row."""


def _object(line: str) -> dict[str, Any]:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise _NotARow("is not an object; JSON Lines has one object a line")
    return row


def _said(value: Any) -> str:
    """A value as CSV would have it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (dict, list)):
        raise _NotARow("has a list or an object in it; values are text, numbers or null")
    return json.dumps(value)


def write(rows: Iterable[dict[str, Any]], columns: Sequence[str], kind: Format) -> str:
    """Rows as the text of a file. Values are written as they are: also one that begins with =."""
    lines = (exported.line(row, columns, kind) for row in rows)
    return exported.header(columns, kind) + "".join(lines)
