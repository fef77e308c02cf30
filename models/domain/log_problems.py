"""What a line of an experiment log says that can't be, each thing with its field."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from models.domain.address import is_address
from models.domain.errors import Problem
from models.domain.log_about import saying
from models.domain.log_fields import Kept, quoted
from models.domain.logbook import COUNTS, DAYS, Entry, Line, LogLine, links_in


def problems(line: Line, latest: date) -> list[Problem]:
    """What a line says that can't be, each with its field. `latest`: no date is after it."""
    says = line.says
    found = [
        (
            "hypothesis",
            "is empty, and so is change",
            not (says.hypothesis or says.change or says.of_project),
        ),
        (
            "never_started",
            f"is yes, but it started on {says.started_on}",
            says.never_started is Kept.YES and says.started_on is not None,
        ),
        (
            "concluded_on",
            f"{says.concluded_on} is before started_on, {says.started_on}",
            _descends(says.started_on, says.concluded_on),
        ),
        (
            "concluded_on",
            "is empty, but there is an outcome",
            says.outcome is not None and says.concluded_on is None,
        ),
        ("low", f"{says.low} is higher than high, {says.high}", _descends(says.low, says.high)),
        (
            "value",
            "is empty, but there is an interval",
            says.value is None and not (says.low is says.high is None),
        ),
        (
            "excluded_reason",
            "goes together with excluded_on",
            (says.excluded_on is None) != (says.excluded_reason is None),
        ),
    ]
    found += _of_its_number(says)
    found += _of_its_course(says)
    found += [("about", said, True) for said in _of_its_project(says)]
    found += [
        (field, f"{day} is in the future", True)
        for field in DAYS
        if (day := getattr(says, field)) is not None and day > latest
    ]
    return [Problem(line.number, field, said) for field, said, is_so in found if is_so]


def _of_its_number(says: LogLine) -> list[tuple[str, str, bool]]:
    counts = [getattr(says, name) for name in COUNTS]
    known = [count for count in counts if count is not None]
    return [
        (
            "excluded_note",
            "is there, but no excluded_on",
            says.excluded_on is None and says.excluded_note is not None,
        ),
        (
            "measured_by",
            "is there, but no value",
            says.measured_by is not None and says.value is None,
        ),
        (
            "confirmed_by",
            "is there, but no confirmed_on",
            says.confirmed_by is not None and says.confirmed_on is None,
        ),
        (
            "excluded_by",
            "is there, but no excluded_on",
            says.excluded_by is not None and says.excluded_on is None,
        ),
        ("tp", "goes together with fp, fn and tn", 0 < len(known) < len(COUNTS)),
        ("seeds", "is 0", says.seeds == 0),
        ("url", "is no address", says.url is not None and not is_address(says.url)),
    ]


def _of_its_course(says: LogLine) -> list[tuple[str, str, bool]]:
    no_address = [one for one, _ in links_in(says.links) if not is_address(one)]
    return [
        (
            "links",
            f"{quoted(no_address[0]) if no_address else ''} is no address",
            bool(no_address),
        ),
        ("timebox", "is 0 days", says.timebox == 0),
        (
            "paused_until",
            f"{says.paused_until} is before paused_on, {says.paused_on}",
            _descends(says.paused_on, says.paused_until),
        ),
        (
            "paused_on",
            "is empty, but there is a pause",
            says.paused_on is None and bool(says.paused_until or says.paused_days),
        ),
    ]


def _of_its_project(says: LogLine) -> list[str]:
    if says.about is None:
        return []
    try:
        saying(says.about, says.says)
    except ValueError as error:
        return [str(error)]
    return []


def leads_nowhere(log: Sequence[Entry], known: Collection[str]) -> list[Problem]:
    """Follow-ups of what is neither in the log nor `known` (the project's keys), or that go in a circle."""
    follows = {entry.key: entry.says.follows for entry in log}
    return [
        Problem(entry.number, "follows", why)
        for entry in log
        if (why := _goes_wrong(entry.key, follows, known)) is not None
    ]


def _goes_wrong(key: str, follows: Mapping[str, str | None], known: Collection[str]) -> str | None:
    before = follows[key]
    if before is None or (before not in follows and before in known):
        return None
    if before not in follows:
        return f"{quoted(before)} is no experiment of the project, nor in the log"
    seen = {key}
    while (at := before) is not None:
        if at in seen:
            return f"{quoted(at)} follows this one" if at == key else None
        seen.add(at)
        before = follows.get(at)
    return None


def _descends(first: Any, then: Any) -> bool:
    return first is not None and then is not None and first > then
