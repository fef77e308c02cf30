"""Facts of the digests: what could use a hand, and where each project stands (domain §5.2)."""

from dataclasses import dataclass
from datetime import date

from models.domain.digest import DigestKind
from models.domain.facts import Numbers
from models.domain.findings.raising import Finding


@dataclass(frozen=True)
class DigestPage:
    """The schedule of a channel's digest; `leave_out` are the parts of it that are not posted."""

    channel_id: str
    project_id: int | None
    days: tuple[str, ...]
    local_time: str
    tz: str
    next_day: date | None
    kind: DigestKind = DigestKind.STALLED
    leave_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class ContextLine:
    """Where a project stands, also when nothing is stalled.

    `concluded` counts the experiments concluded after the date of the best so far (of the baseline, while
    nothing beats it), `unmeasured` those of them without a number of the primary metric. `series` is the
    best so far after each measured experiment, the baseline first. `running` are the open experiments.
    """

    project_id: int
    key: str
    name: str
    numbers: Numbers | None
    since: date
    concluded: int
    unmeasured: int
    running: int
    series: tuple[float, ...]


@dataclass(frozen=True)
class StalledFacts:
    """What could use a hand on a day.

    `settled` are lines of a posted digest whose reasons are gone by now. `on_course` counts the running
    experiments of which nothing is to be said, `said_before` the findings that were posted less than a
    week ago and are still on, `put_off` those that somebody has snoozed.
    """

    as_of: date
    findings: tuple[Finding, ...]
    projects: tuple[ContextLine, ...]
    on_course: int
    said_before: int = 0
    put_off: int = 0
    settled: tuple[str, ...] = ()
    late: bool = False
    digest_id: int | None = None
