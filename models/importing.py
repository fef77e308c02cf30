"""Importing an experiment log: new experiments with their numbers; what is known already stays as it is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import charter_lines, chronicle, follow_ups, project_lines
from models.domain.experiment import (
    DEFAULT_TIMEBOX,
    AbandonReason,
    Category,
    Outcome,
    Split,
    Status,
    suggested_outcome,
    title_of,
)
from models.domain.log_fields import Kept
from models.domain.logbook import COUNTS, Entry, LogLine, links_in
from models.domain.moves import stands
from models.domain.project import Stage
from models.landing import Landing, Target, prepare
from models.leaps import mark_surprises
from models.project_lines import compared
from models.tables import Experiment, Measurement, Project

CHUNK = 1_000
"""So many experiments at a time: a constant number of statements each."""
COMPARED = (
    *("change", "expected_effect", "because", "category", "owner_id", "started_on"),
    *("concluded_on", "outcome", "learning", "link", "criterion_metric_id", "criterion_threshold"),
)
"""Columns by which a known experiment is held against its lines."""


@dataclass(frozen=True)
class Imported:
    """What an import did. `differing`: first lines of known experiments that are recorded differently."""

    project: str
    is_new: bool
    experiments: int
    new: int
    numbers: int
    surprising: int
    differing: tuple[int, ...]
    stage: Stage


async def import_log(
    session: AsyncSession,
    target: Target,
    log: Sequence[Entry],
    *,
    now: datetime,
    told: Callable[[int], None],
) -> Imported:
    """Add the experiments of a log that its project doesn't have yet; nothing else is changed.

    An experiment is known by its key: the log's own, or the project's (NANO-12). `told` hears how many more
    are done. Dates without a time are taken as noon, UTC.

    Raises:
        CannotImport: see `prepare`.
        LogRefused: see `prepare`, and `follow_ups.followed`.
    """
    today = now.date()
    landing = await prepare(session, target, log, today=today, now=now)
    beside = [one for one in log if one.says.of_project]
    log = [one for one in log if not one.says.of_project]
    there = await follow_ups.followed(session, landing.project, log)
    writer = _Writer(session, landing, now)
    differing: list[int] = []
    for start in range(0, len(log), CHUNK):
        chunk = log[start : start + CHUNK]
        known = await follow_ups.known(session, landing.project, [one.key for one in chunk])
        differing += await writer.differing([one for one in chunk if one.key in known], known)
        await writer.add([one for one in chunk if one.key not in known])
        there = {key: one.id for key, one in known.items()} | dict(there)
        told(len(chunk))
    await follow_ups.link(session, log, writer.added, there)
    await project_lines.marks(session, landing, [one.says for one in beside], today)
    await charter_lines.take(session, landing, target, [one.says for one in beside], now)
    of_no_experiment = [row for one in beside for row in writer.rows(one, None)]
    writer.numbers += await project_lines.numbers(session, landing, of_no_experiment)
    new = len(writer.added)
    added = set(writer.added.values())
    surprising = await mark_surprises(session, landing, added, target.confirmed, today)
    if new:
        chronicle.record(
            session,
            "experiments_imported",
            project_id=landing.project.id,
            by_id=None,
            at=now,
            experiments=new,
            numbers=writer.numbers,
        )
    return Imported(
        project=landing.project.key,
        is_new=landing.is_new,
        experiments=len(log),
        new=new,
        numbers=writer.numbers,
        surprising=surprising,
        differing=tuple(differing),
        stage=landing.project.stage,
    )


class _Writer:
    """Writes experiments of one project, many at a time."""

    def __init__(self, session: AsyncSession, landing: Landing, now: datetime) -> None:
        self.session, self.landing, self.now = session, landing, now
        self.added: dict[str, int] = {}
        self.numbers = 0

    async def add(self, chunk: Sequence[Entry]) -> None:
        """Insert experiments with their numbers, in the log's order."""
        if not chunk:
            return
        project = self.landing.project
        last = await self.session.scalar(
            update(Project)
            .where(Project.id == project.id)
            .values(experiments=Project.experiments + len(chunk))
            .returning(Project.experiments)
        )
        numbered = dict(enumerate(chunk, start=(last or 0) - len(chunk) + 1))
        rows = [{**self._columns(one), **self._fixed(one, n)} for n, one in numbered.items()]
        # Not in the order of the rows: SQLite would insert them one by one to promise it.
        added = await self.session.execute(
            insert(Experiment).returning(Experiment.id, Experiment.number), rows
        )
        ids = {number: experiment_id for experiment_id, number in added}
        self.added |= {one.key: ids[number] for number, one in numbered.items()}
        numbers = [row for n, one in numbered.items() for row in self.rows(one, ids[n])]
        self.numbers += len(numbers)
        if numbers:
            await self.session.execute(insert(Measurement), numbers)

    async def differing(self, chunk: Sequence[Entry], known: dict[str, Experiment]) -> list[int]:
        """The lines of known experiments that say something else than what is recorded."""
        recorded: dict[int, set[tuple[object, ...]]] = {one.id: set() for one in known.values()}
        if chunk:
            for row in await self.session.scalars(
                select(Measurement).where(Measurement.experiment_id.in_(recorded))
            ):
                recorded[row.experiment_id or 0].add(compared(vars(row)))
        return [
            entry.number
            for entry in chunk
            if self._differs(entry, known[entry.key], recorded[known[entry.key].id])
        ]

    def _differs(self, entry: Entry, known: Experiment, numbers: set[tuple[object, ...]]) -> bool:
        columns = self._columns(entry)
        said = {compared(row) for row in self.rows(entry, known.id)}
        return said != numbers or any(columns[name] != getattr(known, name) for name in COMPARED)

    def _fixed(self, entry: Entry, number: int) -> dict[str, Any]:
        """What doesn't come from the log's lines."""
        return {
            "workspace_id": self.landing.project.workspace_id,
            "project_id": self.landing.project.id,
            "number": number,
            "source_key": entry.key,
        }

    def _columns(self, entry: Entry) -> dict[str, Any]:
        says = entry.says
        change, hypothesis = says.change or says.hypothesis or "", says.hypothesis or ""
        ended = says.concluded_on or says.measured_on
        started = says.started_on or (None if says.never_started is Kept.YES else ended)
        outcome = self._outcome(entry)
        criterion = next(
            (line.says for line in entry.lines if line.says.criterion is not None), None
        )
        first = started or says.concluded_on
        begun = self._noon(first) if first else self.now
        status = Status.RUNNING if started else Status.PROPOSED
        if started and says.paused_on:
            status = stands(Status.PAUSED, says.paused_until, self.now.date())
        return {
            "owner_id": self.landing.owner(says),
            "title": title_of(change),
            "category": says.category or Category.MODELING,
            "change": change,
            "expected_effect": hypothesis if hypothesis != change else "",
            "because": says.because or "",
            "criterion_metric_id": self.landing.metric(criterion).id if criterion else None,
            "criterion_threshold": criterion.criterion if criterion else None,
            "criterion_set_at": self._set_at(says, begun) if criterion else None,
            "benchmark_version": self.landing.version(says, self.now.date()),
            "status": Status.CONCLUDED if outcome else status,
            "started_on": started,
            "concluded_on": says.concluded_on,
            "outcome": outcome,
            "abandon_reason": (says.abandon_reason or AbandonReason.DEPRIORITISED)
            if outcome is Outcome.ABANDONED
            else None,
            "learning": says.learning,
            "link": says.link,
            "created_at": begun,
            **self._course(says),
        }

    def _course(self, says: LogLine) -> dict[str, Any]:
        """Its timebox, its pauses, what is next, and what was kept."""
        edited = says.criterion_edited_on
        return {
            "links": [[address, what] for address, what in links_in(says.links)],
            "adopted": None if says.adopted is None else says.adopted is Kept.YES,
            "next_step": says.next_step,
            "timebox_days": says.timebox or DEFAULT_TIMEBOX,
            "extended_days": says.extended_days or 0,
            "extension_reason": says.extension_reason,
            "paused_on": says.paused_on,
            "paused_until": says.paused_until,
            "paused_days": says.paused_days or 0,
            "criterion_edited_at": self._noon(edited) if edited else None,
        }

    def _outcome(self, entry: Entry) -> Outcome | None:
        """As the log says. Where it only says when, the criterion's word, or else that nobody can tell."""
        says = entry.says
        if says.concluded_on is None or says.outcome is not None:
            return says.outcome
        suggested = [
            suggested_outcome(
                line.value,
                line.criterion,
                goal=self.landing.metric(line).goal,
                low=line.low,
                high=line.high,
            )
            for line in entry.measured
        ]
        return next((one for one in suggested if one), Outcome.INCONCLUSIVE)

    def rows(self, entry: Entry, experiment_id: int | None) -> Iterator[dict[str, Any]]:
        """The numbers of an experiment, or of none, as they are stored."""
        for says in entry.measured:
            day = says.day or entry.says.day or self.now.date()
            yield {
                "workspace_id": self.landing.project.workspace_id,
                "metric_id": self.landing.metric(says).id,
                "experiment_id": experiment_id,
                "on": day,
                "at": self._noon(day),
                "value": says.value,
                "low": says.low,
                "high": says.high,
                "split": says.split or Split.VALIDATION,
                "benchmark_version": self._version(says, entry.says),
                "by_id": self.landing.person(says.measured_by),
                "confirmed_on": says.confirmed_on,
                "confirmed_by_id": self.landing.person(says.confirmed_by),
                "excluded_on": says.excluded_on,
                "excluded_by_id": self.landing.person(says.excluded_by),
                "excluded_reason": says.excluded_reason,
                "excluded_note": says.excluded_note,
                "seeds": says.seeds,
                "url": says.url,
                **{name: getattr(says, name) for name in COUNTS},
            }

    def _version(self, says: LogLine, first: LogLine) -> int:
        named = says if says.benchmark_version else first
        return self.landing.version(named, self.now.date())

    def _set_at(self, says: LogLine, begun: datetime) -> datetime:
        """When its criterion was set: from the start, unless the log says so."""
        return self._noon(says.criterion_set_on) if says.criterion_set_on else begun

    def _noon(self, day: date) -> datetime:
        return min(datetime.combine(day, time(12), tzinfo=UTC), self.now)
