"""The made-up quarter in the database: its projects, experiments, numbers, answers and blockers as rows."""

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.experiment import AbandonReason, Category, Outcome, Split, Status
from models.domain.metric import Goal, MetricKind
from models.domain.project import Stage
from models.domain.standup import BlockerKind, EntryStatus
from models.tables import (
    Acknowledgement,
    Benchmark,
    Blocker,
    Ceremony,
    Experiment,
    Measurement,
    Member,
    Metric,
    Project,
    Run,
    StandupEntry,
    Workspace,
)
from tests import rows
from tests.quarter_reviews import write_reviews
from tests.rows_scope import make_scope_change
from tests.scenarios import away, day, experiments, scenarios

NOON = time(12, tzinfo=UTC)


def at(text: str) -> datetime:
    """Noon of a date of the file."""
    return datetime.combine(date.fromisoformat(text), NOON)


async def write_quarter(session: AsyncSession) -> Workspace:
    """Everything that findings are made from; the standups are those of one general ceremony."""
    start = at(scenarios()["meta"]["calendar"]["start"])
    workspace = await rows.make_workspace(session, created_at=start, tz="UTC")
    members = {one["id"]: await _member(session, workspace, one) for one in scenarios()["members"]}
    projects = {one["key"]: await _project(session, workspace, one, start) for one in _projects()}
    metrics = {
        (one["project"], one["key"]): await _metric(session, projects[one["project"]], one)
        for one in scenarios()["metrics"]
    }
    ceremony = await rows.make_ceremony(
        session,
        list(members.values()),
        days=",".join(one.lower() for one in scenarios()["meta"]["standup"]["days"]),
        created_at=start,
    )
    runs: dict[str, Run] = {}
    written: dict[str, Experiment] = {}
    for one in experiments():
        experiment = await _experiment(
            session, projects[one["project"]], members[one["owner"]], metrics, one
        )
        written[one["id"]] = experiment
        for update in one["updates"]:
            await _answer(session, ceremony, runs, experiment, update)
    for one in scenarios()["blockers"]:
        of = written.get(one["experiment"])
        session.add(
            Blocker(
                workspace_id=workspace.id,
                project_id=projects[one["project"]].id,
                experiment_id=of and of.id,
                kind=BlockerKind.DATA_ACCESS,
                text=one["text"],
                raised_by_id=members["maya"].id,
                owner_id=members[one["owner"]].id,
                opened_at=at(one["opened"]),
                resolved_at=at(one["resolved"]) if one["resolved"] else None,
            )
        )
    for one in scenarios()["production_measurements"]:
        metric = metrics[one["project"], one["metric"]]
        session.add(_live_value(metric, one))
    for one in scenarios()["scope_changes"]:
        await _scope_change(session, projects[one["project"]], members, one)
    await write_reviews(session, projects, members)
    await session.flush()
    return workspace


def _live_value(metric: Metric, of: dict[str, Any]) -> Measurement:
    return Measurement(
        workspace_id=metric.workspace_id,
        metric_id=metric.id,
        on=date.fromisoformat(of["at"]),
        at=at(of["at"]),
        value=of["value"],
        split=Split(of["split"]),
        benchmark_version=1,
    )


async def _scope_change(
    session: AsyncSession, project: Project, members: dict[str, Member], of: dict[str, Any]
) -> None:
    row = await make_scope_change(
        session,
        project,
        members[of["raised_by"]],
        [members[one] for one in of["notify"]],
        on=day(of["raised"]),
        created_at=at(of["raised"]),
    )
    read = {members[one["member"]].id: one["at"] for one in of["acknowledged"]}
    subject = Acknowledgement.subject == f"scope:{row.id}"
    for asked in await session.scalars(select(Acknowledgement).where(subject)):
        if asked.member_id in read:
            asked.acknowledged_on = day(read[asked.member_id])
            asked.acknowledged_at = at(read[asked.member_id])


def _projects() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = scenarios()["projects"]
    return found


async def _member(session: AsyncSession, workspace: Workspace, of: dict[str, str]) -> Member:
    """With their last days off: the table holds one span."""
    spans = away(of["id"])
    return await rows.make_member(
        session,
        workspace,
        slack_id=f"U{of['id']}",
        name=of["name"],
        away_from=spans[-1].start if spans else None,
        away_to=spans[-1].end if spans else None,
    )


async def _project(
    session: AsyncSession, workspace: Workspace, of: dict[str, Any], start: datetime
) -> Project:
    stop = of["kill_criterion"] or {"threshold": None, "by": None}
    return await rows.make_project(
        session,
        workspace,
        key=of["key"].upper(),
        name=of["name"],
        stage=Stage(of["stage"]),
        metrics=[],
        stop_threshold=stop["threshold"],
        stop_by=day(stop["by"]),
        next_touchpoint=day(of["next_touchpoint"]),
        created_at=start,
    )


async def _metric(session: AsyncSession, project: Project, of: dict[str, object]) -> Metric:
    row = Metric(
        workspace_id=project.workspace_id,
        project_id=project.id,
        key=of["key"],
        name=of["name"],
        kind=MetricKind(str(of["kind"])),
        goal=Goal(str(of["goal"])),
        unit=of["unit"],
        min_delta=of["min_delta"],
        business_phrase=of["business_phrase"] or "",
        benchmarks=[
            Benchmark(
                workspace_id=project.workspace_id,
                version=one["version"],
                effective=date.fromisoformat(one["effective"]),
                baseline=one["baseline"],
                baseline_source="",
                acceptance=one["acceptance"],
                reason="",
            )
            for one in of["benchmarks"]  # type: ignore[attr-defined]
        ],
    )
    session.add(row)
    await session.flush()
    return row


async def _experiment(
    session: AsyncSession,
    project: Project,
    owner: Member,
    metrics: dict[tuple[str, str], Metric],
    of: dict[str, object],
) -> Experiment:
    criterion: dict[str, str] | None = of["criterion"]  # type: ignore[assignment]
    key = str(of["project"])
    experiment = Experiment(
        workspace_id=project.workspace_id,
        project_id=project.id,
        owner_id=owner.id,
        change=of["title"],
        expected_effect="",
        because="",
        created_at=at(str(of["started"])),
        number=int(str(of["id"])[1:]),
        title=of["title"],
        category=Category(str(of["category"])),
        benchmark_version=of["benchmark_version"],
        criterion_metric_id=criterion and metrics[key, criterion["metric"]].id,
        criterion_threshold=criterion and criterion["threshold"],
        criterion_set_at=at(criterion["set_at"]) if criterion else None,
        timebox_days=of["timebox_working_days"],
        status=Status(str(of["status"])),
        started_on=date.fromisoformat(str(of["started"])),
        concluded_on=day(of["concluded"]),  # type: ignore[arg-type]
        outcome=Outcome(str(of["outcome"])) if of["outcome"] else None,
        abandon_reason=AbandonReason(str(of["abandon_reason"])) if of["abandon_reason"] else None,
        learning=of["learning"],
    )
    session.add(experiment)
    await session.flush()
    for one in of["measurements"]:  # type: ignore[attr-defined]
        session.add(
            Measurement(
                workspace_id=project.workspace_id,
                metric_id=metrics[key, one["metric"]].id,
                experiment_id=experiment.id,
                on=date.fromisoformat(one["at"]),
                at=at(one["at"]),
                value=one["value"],
                split=Split(one["split"]),
                benchmark_version=experiment.benchmark_version,
                excluded_on=day(one["excluded"] and one["excluded"]["at"]),
                excluded_reason=one["excluded"] and one["excluded"]["reason"],
                confirmed_on=day(one["confirmed"] and one["confirmed"]["at"]),
            )
        )
    await session.flush()
    return experiment


async def _answer(
    session: AsyncSession,
    ceremony: Ceremony,
    runs: dict[str, Run],
    experiment: Experiment,
    on: str,
) -> None:
    """An answer in that day's run."""
    if on not in runs:
        runs[on] = await rows.make_run(
            session, ceremony, day=date.fromisoformat(on), slot=on, opened_at=at(on),
            closes_at=at(on).replace(hour=23), summary_at=at(on).replace(hour=16),
        )  # fmt: skip
    session.add(
        StandupEntry(
            workspace_id=ceremony.workspace_id,
            run_id=runs[on].id,
            member_id=experiment.owner_id,
            experiment_id=experiment.id,
            status=EntryStatus.STILL_TESTING,
            answered_at=at(on),
        )
    )
