"""What leaders are told of the made-up quarter, in the database: beside what `tests.quarter_rows` writes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.decision import Cause, DecisionKind
from models.domain.experiment import Split
from models.domain.metric import MetricKind
from models.domain.project import Role
from models.domain.review import ReviewKind, ReviewState
from models.domain.score import Axis
from models.tables import (
    Benchmark,
    Ceremony,
    Condition,
    Decision,
    Incident,
    LeaderNote,
    Measurement,
    Member,
    Membership,
    Metric,
    Project,
    Review,
    Score,
    Workspace,
)
from tests import rows
from tests.quarter_rows import at, write_quarter
from tests.scenarios import day, scenarios

STORY = (
    "After seven weeks on the same result: one in seven fraud cases had been labelled genuine. "
    "Fixing that, and following links between cards, did it."
)
SUSPECTED = "A changed address feed is suspected"
SAID_ON = date(2026, 11, 13)


async def write_leaders(session: AsyncSession) -> tuple[Workspace, Ceremony]:
    """The quarter with its plans, values, decisions, reviews and production values; and the digest."""
    workspace = await write_quarter(session)
    members = {row.slack_id: row for row in await session.scalars(select(Member))}
    people = {one["id"]: members[f"U{one['id']}"] for one in scenarios()["members"]}
    projects = {row.key.lower(): row for row in await session.scalars(select(Project))}
    primary = {row.project_id: row for row in await _primary(session)}
    for one in scenarios()["projects"]:
        await _plan(session, projects[one["key"]], people, one)
    for one in scenarios()["metrics"]:
        if one["kind"] == "primary":
            primary[projects[one["project"]].id].value_model = one["value_model"]
    for one in scenarios()["reviews"]:
        await _review(session, projects, people, one)
    for one in scenarios()["production_measurements"]:
        metric = primary[projects[one["project"]].id]
        session.add(
            Measurement(
                workspace_id=workspace.id,
                metric_id=metric.id,
                on=day(one["at"]),
                at=at(one["at"]),
                value=one["value"],
                split=Split.PRODUCTION,
                benchmark_version=1,
            )
        )
    session.add(
        Incident(
            workspace_id=workspace.id,
            project_id=projects["dedupe"].id,
            what=SUSPECTED,
            cause=Cause.UPSTREAM_DATA,
            by_id=people["sofia"].id,
            since=date(2026, 11, 2),
            opened_on=date(2026, 11, 3),
            created_at=at("2026-11-03"),
        )
    )
    for benchmark in await session.scalars(select(Benchmark)):
        benchmark.agreed_pm_id, benchmark.agreed_technical_id = (
            people["maya"].id,
            people["jonas"].id,
        )
        benchmark.agreed_pm_on = benchmark.agreed_technical_on = benchmark.effective
    await note(session, projects["fraud"], people["maya"], STORY)
    ceremony = await rows.make_ceremony(
        session,
        [people["maya"]],
        kind="digest_leadership",
        name="Leadership digest",
        channel_id="C0LEADERS",
        days="mon",
        tz="UTC",
    )
    await session.flush()
    return workspace, ceremony


async def note(
    session: AsyncSession,
    project: Project,
    by: Member,
    sentence: str = "",
    *,
    on: date = SAID_ON,
    held_back: bool = False,
) -> None:
    """What the PM has leaders told."""
    session.add(
        LeaderNote(
            workspace_id=project.workspace_id,
            project_id=project.id,
            on=on,
            sentence=sentence,
            held_back=held_back,
            by_id=by.id,
            at=datetime.combine(on, at("2026-11-13").timetz()),
        )
    )
    await session.flush()


async def _primary(session: AsyncSession) -> list[Metric]:
    found = await session.scalars(select(Metric).where(Metric.kind == MetricKind.PRIMARY))
    return list(found)


async def _plan(
    session: AsyncSession, project: Project, people: dict[str, Member], of: dict[str, Any]
) -> None:
    project.channel_id = None
    project.effort_per_week = of["effort_pw_per_week"]
    project.next_touchpoint = day(of["next_touchpoint"])
    if of["estimate"]:
        project.estimate_earliest = day(of["estimate"]["earliest"])
        project.estimate_latest = day(of["estimate"]["latest"])
    if of["kill_criterion"]:
        project.stop_threshold = of["kill_criterion"]["threshold"]
        project.stop_by = day(of["kill_criterion"]["by"])
    for one in of["members"]:
        role = Membership(
            workspace_id=project.workspace_id,
            project_id=project.id,
            member_id=people[one["member"]].id,
            role=Role(one["role"]),
        )
        session.add(role)
    for on, value in of["confidence"]:
        session.add(
            Score(
                workspace_id=project.workspace_id,
                project_id=project.id,
                member_id=people["maya"].id,
                axis=Axis.CONFIDENCE,
                value=value,
                why="",
                on=day(on),
                at=at(on),
            )
        )
    await session.flush()


async def _review(
    session: AsyncSession,
    projects: dict[str, Project],
    people: dict[str, Member],
    of: dict[str, Any],
) -> None:
    held = day(of["held"])
    if held is None:
        return  # `tests.quarter_rows` has planned it
    of_project = projects[of["project"]] if of["project"] else None
    review = Review(
        workspace_id=next(iter(projects.values())).workspace_id,
        project_id=of_project and of_project.id,
        kind=ReviewKind(of["kind"]),
        state=ReviewState.HELD,
        due=day(of["due"]),
        held_on=held,
        created_at=at("2026-08-24"),
    )
    session.add(review)
    await session.flush()
    decided = [*of.get("per_project", [])]
    if of.get("decision"):
        decided.append({**of["decision"], "project": of["project"]})
    for one in decided:
        project = projects[one["project"]]
        row = Decision(
            workspace_id=project.workspace_id,
            project_id=project.id,
            review_id=review.id,
            kind=DecisionKind(one["kind"]),
            reason=one["reason"],
            by_id=people[one.get("by", "maya")].id,
            on=held,
            at=at(of["held"]),
        )
        session.add(row)
        await session.flush()
        for condition in one.get("conditions", ()):
            session.add(
                Condition(
                    workspace_id=project.workspace_id,
                    decision_id=row.id,
                    item=condition["item"],
                    text=condition["text"],
                    owner_id=people[condition["owner"]].id,
                    due=day(condition["due"]),
                    met_on=day(condition["met"]),
                )
            )
