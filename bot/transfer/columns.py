"""Columns of a file become fields of a log: by their names, or as `--map field=column` says."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from difflib import get_close_matches
from hashlib import sha256

from pydantic import ValidationError

from bot.transfer.files import Row, Table
from models.domain.errors import CannotImport, LogRefused, Problem
from models.domain.log_problems import problems
from models.domain.logbook import FIELDS, Entry, Line, LogLine, entries

MOST = 80
"""Characters of a column's name in an error."""


def mapped(table: Table, said: Sequence[str]) -> dict[str, str]:
    """The column of each field that the file has.

    A column with a field's name is that field, unless `--map` uses it otherwise; `field=` leaves it out.

    Raises:
        CannotImport: there is no such field or column, or nothing is the hypothesis.
    """
    chosen = dict(_pair(one) for one in said)
    by_name = {column.lower(): column for column in reversed(table.columns)}
    found: dict[str, str] = {}
    for field, column in chosen.items():
        if column:
            found[field] = _column(table, by_name, field, column)
    taken = set(found.values())
    for field in FIELDS:
        if field not in chosen and by_name.get(field, "") not in {"", *taken}:
            found[field] = by_name[field]
    if not {"hypothesis", "change"} & found.keys():
        raise CannotImport(
            f"No column is the hypothesis. Say which: --map hypothesis=COLUMN; {_there_are(table)}."
        )
    return {field: found[field] for field in FIELDS if field in found}


def _pair(said: str) -> tuple[str, str]:
    field, is_pair, column = (part.strip() for part in said.partition("="))
    field = field.lower()
    if not is_pair:
        raise CannotImport(f"--map {said} is not of the form field=column.")
    if field not in FIELDS:
        near = get_close_matches(field, FIELDS, 1)
        meant = f"is it {near[0]}?" if near else f"the fields are {', '.join(FIELDS)}."
        raise CannotImport(f"--map {said}: {field or 'nothing'} is not a field; {meant}")
    return field, column


def _column(table: Table, by_name: Mapping[str, str], field: str, column: str) -> str:
    found = column if column in table.columns else by_name.get(column.lower())
    if found is None:
        raise CannotImport(f"--map {field}={column}: there is no such column; {_there_are(table)}.")
    return found


def _there_are(table: Table) -> str:
    shown = ", ".join(column[:MOST] for column in table.columns[:30])
    more = len(table.columns) - 30
    return f"the file has {shown}" + (f" and {more} more" if more > 0 else "")


def log_of(
    table: Table, columns: Mapping[str, str], project: str, latest: date
) -> tuple[list[Entry], int]:
    """The experiments of one project that a file holds, and how many rows are another project's.

    Raises:
        LogRefused: rows that can't be; with the file's own names of their columns.
        CannotImport: every row is another project's.
    """
    with in_the_words_of_the_file(columns):
        lines, found, others = [], list[Problem](), set[str]()
        left_out = 0
        for row in table.rows:
            line = _line(row, columns, found)
            if line is None:
                continue
            if line.says.project not in {None, project}:
                others.add(line.says.project or "")
                left_out += 1
                continue
            found += problems(line, latest)
            lines.append((line.says.key or _hash(line.says), line))
        if found:
            raise LogRefused(found)
        if not lines:
            named = ", ".join(sorted(others)[:20])
            raise CannotImport(
                f"No row is of the project {project}; the file has {named}. --map project= takes them all."
            )
        return entries(lines), left_out


def _line(row: Row, columns: Mapping[str, str], found: list[Problem]) -> Line | None:
    said = {
        field: value for field, column in columns.items() if (value := row.values.get(column, ""))
    }
    try:
        return Line(row.number, LogLine.model_validate(said))
    except ValidationError as error:
        found += [
            Problem(row.number, str(one["loc"][0]), str(one["ctx"]["error"]))
            for one in error.errors(include_url=False, include_input=False)
        ]
        return None


def _hash(says: LogLine) -> str:
    """The key of a row that has none: the same whenever the row says the same."""
    said = says.model_dump_json(exclude_none=True)
    return f"row:{sha256(said.encode()).hexdigest()[:16]}"


@contextmanager
def in_the_words_of_the_file(columns: Mapping[str, str]) -> Iterator[None]:
    """Problems name the column as it is called in the file, not the field that it became."""
    try:
        yield
    except LogRefused as refused:
        raise LogRefused(
            Problem(line, columns.get(field, field)[:MOST], said)
            for line, field, said in refused.problems
        ) from refused
