"""Where an imported log lands: its project, metrics, benchmark versions and owners, found or made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.errors import CannotImport
from models.domain.logbook import Entry, Line, LogLine, are_numbers, in_order
from models.domain.metric import Goal, MetricKind, assumed_min_delta, gain
from models.domain.project import ProjectStatus, Stage
from models.owners import NOBODY, owners
from models.tables import Benchmark, Metric, Project

PRIMARY = "primary"
"""The word for a project's primary metric, whatever its name is."""
SERIES = "Series {} of an imported log"


@dataclass(frozen=True)
class Target:
    """What is said about the project beside the log. None: the log says it, or the project has it.

    `confirmed`: surprising numbers were confirmed already (S0-21). `stage`: where a new project is by now.
    """

    project: str
    name: str | None = None
    metric: str | None = None
    goal: Goal | None = None
    baseline: float | None = None
    acceptance: float | None = None
    min_delta: float | None = None
    confirmed: bool = False
    stage: Stage | None = None
    phrase: str | None = None


@dataclass
class Landing:
    """The project with what its lines refer to. Names of metrics and owners are in lower case."""

    project: Project
    primary: Metric
    is_new: bool
    metrics: dict[str, Metric] = field(default_factory=dict)
    marks: list[Benchmark] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)

    def metric(self, says: LogLine) -> Metric:
        """The metric that a line's number is of."""
        return self.metrics[(says.metric or PRIMARY).lower()]

    def version(self, says: LogLine, today: date) -> int:
        """The benchmark version of a line: the one it names, or else that of its day."""
        if says.benchmark_version is not None:
            return self.versions[says.benchmark_version]
        day = says.day or today
        begun = [mark.version for mark in self.marks if mark.effective <= day]
        return max(begun, default=min(mark.version for mark in self.marks))

    def owner(self, says: LogLine) -> int:
        """The member that owns a line's experiment."""
        return self.owners[(says.owner or NOBODY).lower()]

    def person(self, name: str | None) -> int | None:
        """The member that a line names, if it names one."""
        return None if name is None else self.owners[name.lower()]


async def prepare(
    session: AsyncSession, target: Target, log: Sequence[Entry], *, today: date, now: datetime
) -> Landing:
    """Find or make everything that the lines refer to.

    Raises:
        CannotImport: the project is new and something about it isn't said (S0-7), or its primary metric is
            another one, or the log has two.
        LogRefused: a name is that of several people.
    """
    lines = [line for entry in log for line in entry.lines]
    target = _with_what_the_log_says(target, lines)
    landing = await _project(session, target, lines, now)
    await _metrics(session, landing, lines)
    await _versions(session, landing, target, lines, today)
    landing.owners = await owners(session, log, now)
    await session.flush()
    return landing


def _with_what_the_log_says(target: Target, lines: Iterable[Line]) -> Target:
    says = [line.says for line in lines if line.says.of_primary]
    named = (one.metric for one in says if one.kind is MetricKind.PRIMARY)
    target = replace(target, metric=target.metric or next(named, None))
    of_it = (one.goal for one in says if one.goal and target.metric in {one.metric, PRIMARY})
    return replace(
        target,
        goal=target.goal or next(of_it, None),
        min_delta=_first(target.min_delta, (one.min_delta for one in says)),
        phrase=target.phrase or next((one.phrase for one in says if one.phrase), None),
        baseline=_first(target.baseline, (one.baseline for one in says)),
        acceptance=_first(target.acceptance, (one.acceptance for one in says)),
    )


def _first(said: float | None, others: Iterable[float | None]) -> float | None:
    return said if said is not None else next((one for one in others if one is not None), None)


async def _project(
    session: AsyncSession, target: Target, lines: Sequence[Line], now: datetime
) -> Landing:
    project = await session.scalar(select(Project).where(Project.key == target.project))
    if project is None:
        return await _new_project(session, target, lines, now)
    primary = await session.scalar(
        select(Metric).where(Metric.project_id == project.id, Metric.kind == MetricKind.PRIMARY)
    )
    if primary is None:
        raise CannotImport(f"{project.key} has no primary metric: what would its numbers be of?")
    if target.metric and target.metric.lower() not in _names(primary):
        raise CannotImport(
            f"The primary metric of {project.key} is {primary.name}, not {target.metric} (--metric)."
        )
    marks = await session.scalars(
        select(Benchmark).where(Benchmark.metric_id == primary.id).order_by(Benchmark.version)
    )
    return Landing(project, primary, is_new=False, marks=list(marks))


def _names(metric: Metric) -> set[str]:
    names = {metric.key.lower(), metric.name.lower()}
    return names | {PRIMARY} if metric.kind is MetricKind.PRIMARY else names


async def _new_project(
    session: AsyncSession, target: Target, lines: Sequence[Line], now: datetime
) -> Landing:
    metric, goal, baseline, acceptance = _charter(target)
    project = Project(
        key=target.project,
        name=target.name or target.project,
        business_goal=target.name or target.project,
        stage=target.stage or Stage.DEVELOPMENT,
        status=ProjectStatus.ACTIVE,
        experiments=0,
        created_at=now,
    )
    session.add(project)
    await session.flush()
    primary = Metric(
        project_id=project.id,
        key=metric,
        name=metric,
        kind=MetricKind.PRIMARY,
        goal=goal,
        unit=_unit(metric, lines),
        min_delta=target.min_delta or assumed_min_delta(baseline, acceptance),
        min_delta_assumed=target.min_delta is None,
        business_phrase=target.phrase or metric.replace("_", " "),
    )
    session.add(primary)
    await session.flush()
    chronicle.record(session, "project_started", project_id=project.id, by_id=None, at=now)
    return Landing(project, primary, is_new=True)


def _charter(target: Target) -> tuple[str, Goal, float, float]:
    """What a project needs before its first experiment (S0-7)."""
    metric, goal, baseline, acceptance = (
        target.metric,
        target.goal,
        target.baseline,
        target.acceptance,
    )
    if metric is None or goal is None or baseline is None or acceptance is None:
        wanted = {
            "--metric": metric,
            "--goal": goal,
            "--baseline": baseline,
            "--acceptance": acceptance,
        }
        missing = [option for option, said in wanted.items() if said is None]
        listed = " and ".join(filter(None, [", ".join(missing[:-1]), missing[-1]]))
        raise CannotImport(
            f"There is no project {target.project} yet. To start it, say {listed} as well."
        )
    if gain(goal, acceptance, baseline) < 0:
        raise CannotImport(
            f"--acceptance {acceptance:g} is worse than --baseline {baseline:g} with --goal {goal.value}."
        )
    return metric, goal, baseline, acceptance


def _unit(metric: str, lines: Iterable[Line]) -> str:
    said = (line.says for line in lines if line.says.unit)
    return next(
        (one.unit for one in said if one.unit and one.metric in {metric, None, PRIMARY}), ""
    )


async def _metrics(session: AsyncSession, landing: Landing, lines: Iterable[Line]) -> None:
    """The metrics that the lines name; a new one is a guardrail (S4-5) as its line goes, or as said."""
    known = await session.scalars(
        select(Metric).where(Metric.project_id == landing.project.id).order_by(Metric.id.desc())
    )
    for metric in known:
        landing.metrics |= dict.fromkeys(_names(metric), metric)
    landing.metrics |= dict.fromkeys(_names(landing.primary), landing.primary)
    lines = list(lines)
    kinds = {(one.says.metric or PRIMARY).lower(): one.says.kind for one in lines if one.says.kind}
    for says in (line.says for line in lines):
        name = says.metric or PRIMARY
        if name.lower() not in landing.metrics:
            kind = kinds.get(name.lower(), MetricKind.GUARDRAIL)
            if kind is MetricKind.PRIMARY:
                raise CannotImport(
                    f"The primary metric of {landing.project.key} is {landing.primary.name}: "
                    f"the log's own, {name}, can't be that, too."
                )
            metric = Metric(
                project_id=landing.project.id,
                key=name,
                name=name,
                kind=kind,
                goal=says.goal or landing.primary.goal,
                unit=says.unit or "",
                # A hundredth of what it is: until somebody says better.
                min_delta=says.min_delta or abs(says.value or 0) * 0.01 or 0.01,
                min_delta_assumed=says.min_delta is None,
                business_phrase=says.phrase or name.replace("_", " "),
            )
            session.add(metric)
            landing.metrics[name.lower()] = metric


async def _versions(
    session: AsyncSession, landing: Landing, target: Target, lines: Sequence[Line], today: date
) -> None:
    """Number the benchmark versions that the lines name; a new one has the marks that its lines say."""
    lines = [one for one in lines if one.says.of_primary]
    first_days = in_order(lines, today)
    recorded = {mark.reason: mark.version for mark in landing.marks}
    taken = {mark.version for mark in landing.marks}
    numbered = are_numbers(first_days)
    said = {
        one.says.benchmark_version: one.says
        for one in reversed(lines)
        if one.says.baseline is not None or one.says.acceptance is not None
    }
    for label, day in first_days.items():
        reason = "Imported" if numbered else SERIES.format(label)
        version = int(label) if numbered else recorded.get(reason, max(taken, default=0) + 1)
        landing.versions[label] = version
        if version in taken:
            continue
        taken.add(version)
        _add_version(
            session, landing, version, day, _marks(landing, target, said.get(label)), reason
        )
    if not landing.marks:
        first_day = min((line.says.day or today for line in lines), default=today)
        _add_version(session, landing, 1, first_day, _marks(landing, target, None), "Imported")


def _marks(landing: Landing, target: Target, says: LogLine | None) -> tuple[float, float]:
    """Baseline and acceptance of a new version: as its lines say, as the command says, as the last one."""
    last = landing.marks[-1] if landing.marks else None
    sources = [one for one in (says, target, last) if one is not None]
    baseline = _first(None, (one.baseline for one in sources))
    acceptance = _first(None, (one.acceptance for one in sources))
    if baseline is None or acceptance is None:
        raise CannotImport("A new benchmark version needs --baseline and --acceptance.")
    return baseline, acceptance


def _add_version(
    session: AsyncSession,
    landing: Landing,
    version: int,
    effective: date,
    marks: tuple[float, float],
    reason: str,
) -> None:
    benchmark = Benchmark(
        metric_id=landing.primary.id,
        version=version,
        effective=effective,
        baseline=marks[0],
        baseline_source="The imported log",
        acceptance=marks[1],
        reason=reason,
    )
    session.add(benchmark)
    landing.marks = sorted([*landing.marks, benchmark], key=lambda mark: mark.version)
