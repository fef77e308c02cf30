"""The made-up quarter brought in as a team with a log of its own does: `labmate import`, then use cases."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.settings import Settings
from bot.transfer.bringing import Source, bring
from models import (
    answers,
    blocker_pages,
    blockers,
    measured,
    opening,
    people,
    replies,
    runs,
    settings,
    standups,
)
from models.answers import Said
from models.domain.cadence import WORKDAYS
from models.domain.clock import Moment
from models.domain.errands import ReadChannel
from models.domain.experiment import Split
from models.domain.metric import Goal
from models.domain.project import Stage
from models.domain.standup import BlockerKind, EntryStatus
from models.landing import Target
from models.measured import Full, Place
from models.people import Profile
from models.projects import Charter, start_project
from models.settings import Wish
from models.standups import Plan
from models.tables import Experiment, Member, Metric, Project, Prompt, Run
from models.workspaces import settle_locally
from tests.scenarios import away, experiments, metric, scenarios

IMPORTED = ("fraud", "churn", "dedupe")
START = datetime(2026, 8, 24, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 14, 12, tzinfo=UTC)
"""When the logs are imported."""
STANDUPS_FROM = datetime(2026, 10, 29, 12, tzinfo=UTC)


def moment(text: str) -> Moment:
    """Noon of a date of the file."""
    day = date.fromisoformat(text)
    return Moment(datetime.combine(day, time(12), UTC), day)


def slack_id(member: str) -> str:
    """A member's."""
    return f"U{member.upper()}"


def profiles() -> list[Profile]:
    """What Slack says of everybody; Maya is an admin."""
    return [
        Profile(slack_id(one["id"]), one["name"], "UTC", True, False, admin=one["id"] == "maya")
        for one in scenarios()["members"]
    ]


def lines(project: str) -> Iterator[dict[str, Any]]:
    """The project's log, a line a number."""
    names = {one["id"]: one["name"] for one in scenarios()["members"]}
    for one in experiments():
        if one["project"] != project:
            continue
        criterion = one["criterion"] or {}
        of = {
            "key": one["id"],
            "hypothesis": one["hypothesis"]["expected_effect"],
            "change": one["title"],
            "because": one["hypothesis"]["because"],
            "category": one["category"],
            "owner": names[one["owner"]],
            "started_on": one["started"],
            "concluded_on": one["concluded"],
            "outcome": one["outcome"],
            "abandon_reason": one["abandon_reason"],
            "learning": one["learning"],
            "next_step": one["next_step"],
            "timebox": one["timebox_working_days"],
            "criterion_set_on": criterion.get("set_at"),
            "benchmark_version": str(one["benchmark_version"]),
        }
        numbers = [_number(project, row) for row in one["measurements"]]
        for number in numbers or [_metric(project, criterion["metric"])]:
            threshold = criterion.get("threshold")
            mine = number["metric"] == criterion.get("metric")
            yield {**of, **number, **({"criterion": threshold} if mine else {})}


def _metric(project: str, key: str) -> dict[str, Any]:
    of = metric(project, key)
    return {"metric": key, "goal": of["goal"], "unit": of["unit"]}


def _number(project: str, row: dict[str, Any]) -> dict[str, Any]:
    excluded, confirmed = row["excluded"] or {}, row["confirmed"] or {}
    return {
        **_metric(project, row["metric"]),
        **{name: row[name] for name in ("value", "low", "high", "split")},
        "measured_on": row["at"],
        "confirmed_on": confirmed.get("at"),
        "excluded_on": excluded.get("at"),
        "excluded_reason": excluded.get("reason"),
        "excluded_note": excluded.get("note"),
    }


def target(project: str) -> Target:
    """The options of the command."""
    of = next(
        one
        for one in scenarios()["metrics"]
        if (one["project"], one["kind"]) == (project, "primary")
    )
    (mark,) = of["benchmarks"]
    its = next(one for one in scenarios()["projects"] if one["key"] == project)
    return Target(
        project.upper(),
        its["name"],
        of["key"],
        Goal(of["goal"]),
        mark["baseline"],
        mark["acceptance"],
        of["min_delta"],
        stage=Stage(its["stage"]),
    )


async def import_quarter(url: str, folder: Path) -> None:
    """The three projects that have a log, each by the command's own function."""
    for project in IMPORTED:
        file = folder / f"{project}.jsonl"
        file.write_text("\n".join(json.dumps(one) for one in lines(project)), "utf-8")
        source = Source(str(file), None, (), "", dry_run=False)
        await bring(Settings(_env_file=None, database_url=url), source, target(project))


async def meet_the_team(session: AsyncSession) -> int:
    """Everybody, with their last days off: a person's settings hold one span."""
    workspace = await settle_locally(session, START)
    session.info["workspace_id"] = workspace.id
    for member in await people.remember(session, profiles(), START):
        spans = away(member.slack_id[1:].lower())
        wish = Wish(
            ask_time=None,
            workdays=tuple(WORKDAYS.split(",")),
            away_from=spans[-1].start if spans else None,
            away_to=spans[-1].end if spans else None,
            country=None,
            nudges=True,
        )
        await settings.change(session, member, wish)
    return workspace.id


async def what_no_log_carries(session: AsyncSession) -> None:
    """Another project without a number, blockers, and what is measured in production."""
    charter = Charter(
        "Support ticket routing", "ROUTING", "Send a ticket to the right team the first time",
        "Right the first time", "share", Goal.MAX, 0.6, "last quarter", 0.8, "Of 100, how many",
    )  # fmt: skip
    await start_project(session, charter, "UMAYA", Moment(START, START.date()))
    projects = {one.key.lower(): one.id for one in await session.scalars(select(Project))}
    for one in scenarios()["blockers"]:
        if one["project"] not in IMPORTED:
            continue
        raised = blocker_pages.Raised(
            BlockerKind(one["kind"]), one["text"], risk=False, owner=slack_id(one["owner"])
        )
        about, begun = f"project:{projects[one['project']]}", moment(one["opened"]).now
        row = await blocker_pages.raise_one(session, about, raised, "UMAYA", begun)
        if one["resolved"]:
            cleared = moment(one["resolved"]).now
            await blockers.clear(session, row.id, slack_id(one["owner"]), cleared)
    for one in scenarios()["production_measurements"]:
        metric_id = await session.scalar(
            select(Metric.id).where(
                Metric.project_id == projects[one["project"]], Metric.key == one["metric"]
            )
        )
        full = Full(metric_id or 0, one["value"] * 100, None, None, Split.PRODUCTION)
        place = Place(None, projects[one["project"]])
        await measured.add(session, place, "UMAYA", full, at=moment(one["at"]))


async def hold_standups(session: AsyncSession) -> None:
    """From the end of October on everybody is asked; who has something running answers as in the file."""
    said = {
        (slack_id(one["owner"]), one["title"], day)
        for one in experiments()
        for day in one["updates"]
        if one["project"] in IMPORTED and one["concluded"] is None
    }
    maya = (await session.scalars(select(Member).where(Member.slack_id == "UMAYA"))).one()
    plan = Plan("C1", None, (), ("tue", "thu"), time(9, 30), "UTC")
    ceremony = await standups.set_up(session, plan, by=maya, now=STANDUPS_FROM)
    read = ReadChannel(ceremony_id=ceremony.id)
    await replies.learned(session, read, profiles(), STANDUPS_FROM)
    now = STANDUPS_FROM
    while now < NOW:
        now = (now + timedelta(days=1)).replace(hour=9, minute=30)
        if await opening.open_due(session, now):
            await _answer(session, now, said)
        await runs.close_due(session, now)


async def _answer(session: AsyncSession, now: datetime, said: set[tuple[str, str, str]]) -> None:
    found = await session.execute(
        select(Prompt.id, Experiment, Member.slack_id)
        .join(Run, Run.id == Prompt.run_id)
        .join(Member, Member.id == Prompt.member_id)
        .join(Experiment, Experiment.owner_id == Member.id)
        .where(Run.day == now.date())
    )
    for prompt_id, experiment, who in found.all():
        if (who, experiment.title, str(now.date())) in said:
            still = Said(EntryStatus.STILL_TESTING, no_change=True, measured=False)
            at = Moment(now, now.date())
            await answers.answer(session, prompt_id, experiment.id, who, still, at=at)
