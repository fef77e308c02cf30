"""Experiment logs, as they are imported and exported: one line is an experiment with at most one number.

Several lines with one key are one experiment with several numbers.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict

from models.domain.errors import LogRefused, Problem
from models.domain.experiment import AbandonReason, Category, Outcome, Split
from models.domain.log_fields import (
    CATEGORIES,
    KEPT,
    OUTCOMES,
    SPLITS,
    Day,
    Days,
    Kept,
    Number,
    Whole,
    Words,
    at_most,
    one_of,
)
from models.domain.metric import Goal, MetricKind


class LogLine(BaseModel):
    """The fields of a log, in the order in which they are exported; docs/import.md says what they mean.

    `links` has an address a line, and behind it what is there.
    `baseline` and `acceptance` are the primary metric's under the line's `benchmark_version`; where `kind`
    says that it is about another metric, they are that one's. Numbers are in the metric's unit as stored.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    project: Words = None
    key: Annotated[str | None, at_most(80)] = None
    hypothesis: Words = None
    change: Words = None
    because: Words = None
    category: Annotated[Category | None, one_of(CATEGORIES)] = None
    owner: Annotated[str | None, at_most(80)] = None
    started_on: Day = None
    never_started: Annotated[Kept | None, one_of(KEPT)] = None
    concluded_on: Day = None
    outcome: Annotated[Outcome | None, one_of(OUTCOMES)] = None
    abandon_reason: Annotated[
        AbandonReason | None, one_of({one.value: one for one in AbandonReason})
    ] = None
    learning: Words = None
    link: Words = None
    links: Words = None
    adopted: Annotated[Kept | None, one_of(KEPT)] = None
    next_step: Words = None
    follows: Annotated[str | None, at_most(80)] = None
    timebox: Days = None
    extended_days: Days = None
    extension_reason: Words = None
    paused_on: Day = None
    paused_until: Day = None
    paused_days: Days = None
    criterion_set_on: Day = None
    criterion_edited_on: Day = None
    metric: Annotated[str | None, at_most(64)] = None
    kind: Annotated[MetricKind | None, one_of({one.value: one for one in MetricKind})] = None
    goal: Annotated[Goal | None, one_of({one.value: one for one in Goal})] = None
    unit: Annotated[str | None, at_most(32)] = None
    min_delta: Number = None
    phrase: Words = None
    value: Number = None
    low: Number = None
    high: Number = None
    seeds: Whole = None
    tp: Whole = None
    fp: Whole = None
    fn: Whole = None
    tn: Whole = None
    url: Words = None
    split: Annotated[Split | None, one_of(SPLITS)] = None
    measured_on: Day = None
    measured_by: Annotated[str | None, at_most(80)] = None
    confirmed_on: Day = None
    confirmed_by: Annotated[str | None, at_most(80)] = None
    excluded_on: Day = None
    excluded_by: Annotated[str | None, at_most(80)] = None
    excluded_reason: Words = None
    excluded_note: Words = None
    criterion: Number = None
    benchmark_version: Annotated[str | None, at_most(80)] = None
    baseline: Number = None
    acceptance: Number = None
    about: Annotated[str | None, at_most(80)] = None
    says: Words = None
    said_by: Annotated[str | None, at_most(80)] = None
    said_on: Day = None

    @property
    def day(self) -> date | None:
        """When its number was measured, as far as it is said."""
        return self.measured_on or self.concluded_on or self.started_on

    @property
    def of_project(self) -> bool:
        """Whether it is of no experiment: of the project, a metric with its marks, or the model in use."""
        if self.hypothesis or self.change or self.key:
            return False
        if self.value is None:
            return self.kind is not None or self.about is not None
        return self.split is Split.PRODUCTION

    @property
    def of_primary(self) -> bool:
        """Whether its baseline and acceptance are the primary metric's."""
        return self.kind in {None, MetricKind.PRIMARY}


COUNTS = ("tp", "fp", "fn", "tn")
PEOPLE = ("owner", "measured_by", "confirmed_by", "excluded_by", "said_by")
"""Fields that name somebody."""
FIELDS = tuple(LogLine.model_fields)
DAYS = (
    *("started_on", "concluded_on", "paused_on", "criterion_set_on", "criterion_edited_on"),
    *("measured_on", "confirmed_on", "excluded_on", "said_on"),
)
OF_THE_EXPERIMENT = FIELDS[: FIELDS.index("metric")]
"""What all lines with one key have to agree on, where they say it."""


class Line(NamedTuple):
    """A line with its number in the file."""

    number: int
    says: LogLine


@dataclass(frozen=True)
class Entry:
    """An experiment of a log: what its first line says, and all lines with its key."""

    key: str
    lines: tuple[Line, ...]

    @property
    def number(self) -> int:
        """Its first line's number in the file."""
        return self.lines[0].number

    @property
    def says(self) -> LogLine:
        """What its first line says."""
        return self.lines[0].says

    @property
    def measured(self) -> list[LogLine]:
        """The lines that have a number."""
        return [line.says for line in self.lines if line.says.value is not None]


def links_in(words: str | None) -> list[tuple[str, str]]:
    """The addresses of a log's line, each with what is there."""
    lines = [line.strip() for line in (words or "").splitlines() if line.strip()]
    return [(address, what.strip()) for address, _, what in (one.partition(" ") for one in lines)]


def links_as(links: Iterable[Sequence[str]]) -> str | None:
    """The same, as a log says it; None when there are none."""
    return "\n".join(" ".join([address, *what.split()]) for address, what in links) or None


def entries(lines: Iterable[tuple[str, Line]]) -> list[Entry]:
    """The experiments of a log, in the order of their first lines; each line comes with its key.

    Raises:
        LogRefused: lines with one key contradict each other, or say the same twice.
    """
    by_key: dict[str, _Gathered] = {}
    found: list[Problem] = []
    for key, line in lines:
        if problem := by_key.setdefault(key, _Gathered(key)).add(line):
            found.append(problem)
    if found:
        raise LogRefused(found)
    return [Entry(key, tuple(gathered.lines)) for key, gathered in by_key.items()]


class _Gathered:
    """The lines with one key so far."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.lines: list[Line] = []
        self.criterion: Line | None = None
        self.numbers: dict[object, int] = {}

    def add(self, line: Line) -> Problem | None:
        """One line more; what is wrong with it."""
        self.lines.append(line)
        if self.criterion is None and line.says.criterion is not None:
            self.criterion = line
        twin = self.numbers.setdefault(_measures(line.says), line.number)
        return self._contradiction(line) or self._twice(line, twin)

    def _contradiction(self, line: Line) -> Problem | None:
        for field in (*OF_THE_EXPERIMENT, "criterion"):
            first = self.lines[0] if field != "criterion" else self.criterion or line
            said = getattr(line.says, field)
            if said is not None and said != getattr(first.says, field):
                why = f"differs from line {first.number}, which has its key too"
                return Problem(line.number, field, why)
        return None

    def _twice(self, line: Line, twin: int) -> Problem | None:
        if twin == line.number:
            return None
        same = "has the same values" if line.says.key is None else f"has the key {self.key} already"
        return Problem(line.number, "key", f"line {twin} {same}")


def _measures(says: LogLine) -> tuple[object, ...]:
    fields = ("metric", "value", "low", "high", "split", "excluded_on", "benchmark_version")
    return (says.value is None and says.criterion, says.day, *(getattr(says, f) for f in fields))


def in_order(lines: Iterable[Line], today: date) -> dict[str, date]:
    """The benchmark versions that a log names, with the first day of each, by that day.

    A line about the metric itself says that day; without one it is the day of the first number.
    """
    first: dict[str, date] = {}
    said: dict[str, date] = {}
    for line in lines:
        if (label := line.says.benchmark_version) is not None:
            first[label] = min(line.says.day or today, first.get(label, today))
            if line.says.kind is not None and line.says.measured_on is not None:
                said[label] = line.says.measured_on
    first |= said
    return dict(sorted(first.items(), key=lambda one: one[1]))


def are_numbers(labels: Iterable[str]) -> bool:
    """Whether versions are numbered 1, 2, … already."""
    return all(re.fullmatch(r"[1-9][0-9]{0,4}", label) for label in labels)
