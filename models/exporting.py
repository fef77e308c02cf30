"""Exporting experiments: every line is one that can be imported again."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from models import charter_lines
from models.domain.errors import Unknown
from models.domain.experiment import experiment_key
from models.domain.log_fields import Kept
from models.domain.logbook import COUNTS, LogLine, links_as
from models.domain.metric import MetricKind
from models.landing import PRIMARY
from models.owners import NOBODY
from models.tables import Benchmark, Experiment, Measurement, Member, Metric, Project

CHUNK = 1_000


async def export(session: AsyncSession, project_key: str | None = None) -> AsyncIterator[LogLine]:
    """The lines of the workspace, or of one project: by project, then by number, then by time.

    Raises:
        Unknown: no project has this key.
    """
    projects = list(await session.scalars(select(Project).order_by(Project.key)))
    wanted = [one for one in projects if project_key in (None, one.key)]
    if project_key and not wanted:
        there_are = ", ".join(one.key for one in projects) or "none yet"
        raise Unknown(f"There is no project {project_key}: there is {there_are}.")
    sheets = await _sheets(session, wanted) if wanted else {}
    people = next((sheet.people for sheet in sheets.values()), {})
    about = await charter_lines.of_projects(session, wanted, people) if wanted else {}
    for project_id, sheet in sheets.items():
        for line in (*about[project_id], *sheet.of_metrics()):
            yield line
    async for line in _live(session, sheets):
        yield line
    after, full = ("", 0), bool(wanted)
    while full:
        chunk = await _chunk(session, project_key, after)
        numbers = await _numbers(session, chunk)
        before = await _followed(session, chunk, sheets)
        for experiment in chunk:
            sheet = sheets[experiment.project_id]
            follows = before.get((experiment.project_id, experiment.follows_id or 0))
            for line in sheet.lines(experiment, numbers.get(experiment.id, []), follows):
                yield line
        full = len(chunk) == CHUNK
        after = _place(sheets, chunk[-1]) if full else after


async def _live(session: AsyncSession, sheets: "dict[int, _Sheet]") -> AsyncIterator[LogLine]:
    """The numbers of models in use: they are of no experiment."""
    after, full = 0, bool(sheets)
    while full:
        found = await session.execute(
            select(Metric.project_id, Measurement)
            .join(Metric, Metric.id == Measurement.metric_id)
            .where(
                Measurement.experiment_id.is_(None),
                Measurement.id > after,
                Metric.project_id.in_(sheets),
            )
            .order_by(Measurement.id)
            .limit(CHUNK)
        )
        rows = found.all()
        for project_id, row in rows:
            yield sheets[project_id].live(row)
        full = len(rows) == CHUNK
        after = rows[-1][1].id if full else after


def _place(sheets: "dict[int, _Sheet]", experiment: Experiment) -> tuple[str, int]:
    return sheets[experiment.project_id].project.key, experiment.number


async def _chunk(
    session: AsyncSession, project_key: str | None, after: tuple[str, int]
) -> Sequence[Experiment]:
    """The next experiments, across projects: their count is what statements depend on, by the thousand."""
    chunk = (
        select(Experiment)
        .join(Project, Project.id == Experiment.project_id)
        .where(tuple_(Project.key, Experiment.number) > after)
        .order_by(Project.key, Experiment.number)
        .limit(CHUNK)
    )
    if project_key:
        chunk = chunk.where(Project.key == project_key)
    return (await session.scalars(chunk)).all()


async def _numbers(
    session: AsyncSession, chunk: Sequence[Experiment]
) -> dict[int, list[Measurement]]:
    found: dict[int, list[Measurement]] = {}
    for row in await session.scalars(
        select(Measurement)
        .where(Measurement.experiment_id.in_([one.id for one in chunk]))
        .order_by(Measurement.at, Measurement.id)
    ):
        found.setdefault(row.experiment_id or 0, []).append(row)
    return found


async def _followed(
    session: AsyncSession, chunk: Sequence[Experiment], sheets: "dict[int, _Sheet]"
) -> dict[tuple[int, int], str]:
    """What these follow, by project and id: its key."""
    found = await session.execute(
        select(
            Experiment.id, Experiment.project_id, Experiment.number, Experiment.source_key
        ).where(Experiment.id.in_([one.follows_id for one in chunk if one.follows_id is not None]))
    )
    return {
        (of, one): sheets[of].key(number, source)
        for one, of, number, source in found
        if of in sheets
    }


async def _sheets(session: AsyncSession, projects: Sequence[Project]) -> "dict[int, _Sheet]":
    """By project id; three statements for all of them."""
    ids = [project.id for project in projects]
    metrics: dict[int, list[Metric]] = {}
    for metric in await session.scalars(select(Metric).where(Metric.project_id.in_(ids))):
        metrics.setdefault(metric.project_id, []).append(metric)
    marks: dict[int, list[Benchmark]] = {}
    for project_id, mark in await session.execute(
        select(Metric.project_id, Benchmark)
        .join(Metric, Metric.id == Benchmark.metric_id)
        .where(Metric.project_id.in_(ids))
        .order_by(Benchmark.metric_id, Benchmark.version)
    ):
        marks.setdefault(project_id, []).append(mark)
    named = await session.execute(select(Member.id, Member.name).where(Member.slack_id != NOBODY))
    people = {member.id: member.name for member in named}
    return {
        project.id: _Sheet(project, metrics.get(project.id, []), marks.get(project.id, []), people)
        for project in projects
    }


class _Sheet:
    """What the lines of one project have in common."""

    def __init__(
        self,
        project: Project,
        metrics: Iterable[Metric],
        marks: Iterable[Benchmark],
        people: Mapping[int, str],
    ) -> None:
        self.project, self.people = project, people
        self.metrics = {metric.id: metric for metric in metrics}
        self.of_metric: dict[int, list[Benchmark]] = {metric_id: [] for metric_id in self.metrics}
        for mark in marks:
            self.of_metric[mark.metric_id].append(mark)
        primary = next(
            (one.id for one in self.metrics.values() if one.kind is MetricKind.PRIMARY), 0
        )
        self.marks = {mark.version: mark for mark in self.of_metric.get(primary, ())}

    def of_metrics(self) -> Iterable[LogLine]:
        """A line for each benchmark of each metric, or one where it has none; the primary one first."""
        for metric in sorted(self.metrics.values(), key=_rank):
            said = {
                **self._metric(metric.id),
                "kind": metric.kind,
                "project": self.project.key,
                "min_delta": None if metric.min_delta_assumed else metric.min_delta,
                "phrase": metric.business_phrase or None,
            }
            for mark in self.of_metric[metric.id]:
                yield LogLine(
                    **said,
                    benchmark_version=str(mark.version),
                    baseline=mark.baseline,
                    acceptance=mark.acceptance,
                    measured_on=mark.effective,
                )
            if not self.of_metric[metric.id]:
                yield LogLine(**said)
            named = {name: said[name] for name in ("metric", "kind", "project")}
            yield from charter_lines.of_metric(
                metric, self.of_metric[metric.id], named, self.people
            )

    def live(self, row: Measurement) -> LogLine:
        """A number of the model in use."""
        number = self._number(row) | {"benchmark_version": str(row.benchmark_version)}
        return LogLine(**{**number, "project": self.project.key})

    def key(self, number: int, source_key: str | None) -> str:
        """What an experiment is called: in the log that it came from, or in the project."""
        return source_key or experiment_key(self.project.key, number)

    def lines(
        self, experiment: Experiment, numbers: Sequence[Measurement], follows: str | None
    ) -> Iterable[LogLine]:
        """One line a number, or one line; and one for a criterion whose metric has no number yet."""
        fields = [self._number(row) for row in numbers]
        of_criterion = experiment.criterion_metric_id
        if of_criterion and all(row.metric_id != of_criterion for row in numbers):
            fields.append(self._metric(of_criterion))
        lines = [self._line(experiment, line | {"follows": follows}) for line in fields or [{}]]
        return dict.fromkeys(lines)  # two equal numbers on a day are one: a line isn't said twice

    def _metric(self, metric_id: int) -> dict[str, object]:
        metric = self.metrics[metric_id]
        name = metric.name if metric.key == PRIMARY else metric.key
        return {"metric": name, "goal": metric.goal, "unit": metric.unit or None}

    def _number(self, row: Measurement) -> dict[str, object]:
        return {
            **self._metric(row.metric_id),
            "value": row.value,
            "low": row.low,
            "high": row.high,
            "split": row.split,
            "measured_on": row.on,
            "measured_by": self.people.get(row.by_id or 0),
            "confirmed_on": row.confirmed_on,
            "confirmed_by": self.people.get(row.confirmed_by_id or 0),
            "excluded_on": row.excluded_on,
            "excluded_by": self.people.get(row.excluded_by_id or 0),
            "excluded_reason": row.excluded_reason,
            "excluded_note": row.excluded_note,
            "seeds": row.seeds,
            "url": row.url,
            **{name: getattr(row, name) for name in COUNTS},
            "benchmark_version": row.benchmark_version,
        }

    def _line(self, experiment: Experiment, number: dict[str, object]) -> LogLine:
        version = number.get("benchmark_version", experiment.benchmark_version)
        mark = self.marks.get(version) if isinstance(version, int) else None
        metric = self.metrics.get(experiment.criterion_metric_id or 0)
        is_criterion = metric is not None and number.get("metric") in {metric.name, metric.key}
        return LogLine(
            **{
                **number,
                "project": self.project.key,
                "key": self.key(experiment.number, experiment.source_key),
                "hypothesis": experiment.expected_effect or experiment.change,
                "change": experiment.change if experiment.expected_effect else None,
                "because": experiment.because or None,
                "category": experiment.category,
                "owner": self.people.get(experiment.owner_id),
                "started_on": experiment.started_on,
                "never_started": _never_started(experiment),
                "concluded_on": experiment.concluded_on,
                "outcome": experiment.outcome,
                "abandon_reason": experiment.abandon_reason,
                "learning": experiment.learning,
                "link": experiment.link,
                **_course(experiment),
                "criterion": experiment.criterion_threshold if is_criterion else None,
                "benchmark_version": str(version),
                "baseline": mark and mark.baseline,
                "acceptance": mark and mark.acceptance,
            }
        )


def _never_started(experiment: Experiment) -> Kept | None:
    """Said where it ended without a start: an end without one is its start too, to an import."""
    is_so = experiment.concluded_on is not None and experiment.started_on is None
    return Kept.YES if is_so else None


def _rank(metric: Metric) -> tuple[bool, int]:
    return metric.kind is not MetricKind.PRIMARY, metric.id


def _course(experiment: Experiment) -> dict[str, object]:
    """Its timebox, its pauses, what is next, and what was kept."""
    adopted, edited = experiment.adopted, experiment.criterion_edited_at
    set_at = experiment.criterion_set_at
    return {
        "links": links_as(experiment.links),
        "adopted": None if adopted is None else Kept.YES if adopted else Kept.NO,
        "next_step": experiment.next_step,
        "timebox": experiment.timebox_days,
        "extended_days": experiment.extended_days or None,
        "extension_reason": experiment.extension_reason,
        "paused_on": experiment.paused_on,
        "paused_until": experiment.paused_until,
        "paused_days": experiment.paused_days or None,
        "criterion_set_on": set_at and set_at.date(),
        "criterion_edited_on": edited and edited.date(),
    }
