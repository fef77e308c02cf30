"""The record that the seeded team has behind it: the first weeks of a real research log.

Hypotheses, dates, numbers, outcomes and learnings are the log's (nanochat_log.csv: karpathy/nanochat, MIT;
the source stands in every row). Who owns what, the start of what is still open and the value needed are
the playground's own: the log doesn't say.
"""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.seed import team
from models.db import Database
from models.digests import Schedule, schedule
from models.domain.digest import DigestKind
from models.domain.experiment import (
    DEFAULT_TIMEBOX,
    AbandonReason,
    Category,
    Outcome,
    Split,
    Status,
    title_of,
)
from models.domain.metric import Goal, MetricKind
from models.domain.project import ProjectStatus, Role, Stage
from models.domain.standup import (
    ANSWER_HOURS,
    DEFAULT_DAYS,
    DEFAULT_TIME,
    SUMMARY_TIME,
    CeremonyKind,
)
from models.people import Profile, remember
from models.roster import ask_these, plan_first
from models.tables import (
    Benchmark,
    Ceremony,
    Experiment,
    Measurement,
    Member,
    Membership,
    Metric,
    Project,
)
from models.workspaces import find, settle_in

ZONE = "Europe/Berlin"
PRIMARY = "hours_to_gpt2"
NEEDED = 2.0
BEGINS = date(2026, 1, 8)
OPEN_SINCE = date(2026, 2, 2)
OPEN_UNTIL = date(2026, 2, 5)
"""What the log concludes on these days is still open when the page opens."""
OWNERS = {
    "NC-32": "U0SOFIA",
    "NC-33": "U0PRIYA",
    "NC-34": "U0JONAS",
    "NC-35": "U0DANIEL",
    "NC-36": "U0DANIEL",
}
BY_CATEGORY = {"productionization": "U0SOFIA", "data": "U0PRIYA", "modeling": "U0JONAS"}


class Row(NamedTuple):
    """One line of the log; its columns."""

    id: str
    logged_on: str
    eval_series: str
    category: str
    hypothesis: str
    metric: str
    goal: str
    reference: str
    result: str
    outcome: str
    learning: str
    source: str


def rows() -> Iterator[Row]:
    """The log up to OPEN_UNTIL."""
    with files("bot.seed").joinpath("nanochat_log.csv").open(encoding="utf-8") as log:
        for line in csv.DictReader(log):
            row = Row(**line)
            if date.fromisoformat(row.logged_on) <= OPEN_UNTIL:
                yield row


async def seed(database_url: str) -> None:
    """Write the team's record into an empty database; one that has it already is left alone."""
    db = Database(database_url)
    try:
        async with db.writing(None) as session:
            if await find(session, team.TEAM) is None:
                await _write(session)
    finally:
        await db.close()


async def _write(session: AsyncSession) -> None:
    begin = datetime.combine(BEGINS, time(9), tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    workspace = await settle_in(
        session, slack_id=team.TEAM, name="Nano Lab", bot_user_id=team.BOT, tz=ZONE, now=begin
    )
    session.info["workspace_id"] = workspace.id
    profiles = [
        Profile(person.id, person.name, person.tz, active=True, limited=False, admin=person.admin)
        for person in team.PEOPLE
    ]
    people = {member.slack_id: member for member in await remember(session, profiles, begin)}
    project = await _project(session, people, begin)
    metrics = await _metrics(session, project)
    for number, row in enumerate(rows(), start=1):
        await _experiment(session, project, metrics, people[_owner(row)], number, row)
    project.experiments = sum(1 for _ in rows())
    await _standup(session, project, people)


def _owner(row: Row) -> str:
    return OWNERS.get(row.id) or BY_CATEGORY[row.category]


async def _project(session: AsyncSession, people: dict[str, Member], begin: datetime) -> Project:
    project = Project(
        key="NANO",
        name="Nanochat",
        business_goal="Train a model as good as GPT-2 in as few hours as possible.",
        channel_id=team.CHANNEL,
        stage=Stage.DEVELOPMENT,
        status=ProjectStatus.ACTIVE,
        created_at=begin,
    )
    session.add(project)
    await session.flush()
    roles = {"U0MAYA": Role.PM, **dict.fromkeys(team.ASKED, Role.DATA_SCIENTIST)}
    session.add_all(
        Membership(project_id=project.id, member_id=people[slack_id].id, role=role)
        for slack_id, role in roles.items()
    )
    return project


async def _metrics(session: AsyncSession, project: Project) -> dict[str, Metric]:
    """The log's metrics; the one that its goal names is primary."""
    known: dict[str, Metric] = {}
    for row in rows():
        if row.metric and row.metric not in known:
            is_primary = row.metric == PRIMARY
            known[row.metric] = Metric(
                project_id=project.id,
                key=row.metric,
                name="Hours to GPT-2" if is_primary else row.metric,
                kind=MetricKind.PRIMARY if is_primary else MetricKind.GUARDRAIL,
                goal=Goal(row.goal),
                unit="hours" if is_primary else "",
                min_delta=0.05 if is_primary else 0.001,
                min_delta_assumed=not is_primary,
                business_phrase="Hours of training until it is as good as GPT-2"
                if is_primary
                else row.metric,
            )
    session.add_all(known.values())
    await session.flush()
    session.add(
        Benchmark(
            metric_id=known[PRIMARY].id,
            version=1,
            effective=BEGINS,
            baseline=168.0,
            baseline_source="GPT-2's own training, as the log gives it (NC-30)",
            acceptance=NEEDED,
            reason="The playground's own target",
        )
    )
    return known


async def _experiment(
    session: AsyncSession,
    project: Project,
    metrics: dict[str, Metric],
    owner: Member,
    number: int,
    row: Row,
) -> None:
    logged = date.fromisoformat(row.logged_on)
    is_open = row.id in OWNERS
    at = datetime.combine(OPEN_SINCE if is_open else logged, time(12), tzinfo=UTC)
    metric = metrics.get(row.metric)
    has_criterion = metric is not None and row.metric == PRIMARY and bool(row.reference)
    outcome = None if is_open else Outcome(row.outcome)
    experiment = Experiment(
        project_id=project.id,
        number=number,
        owner_id=owner.id,
        title=title_of(row.hypothesis),
        category=Category(row.category),
        change=row.hypothesis,
        expected_effect="",
        because="",
        criterion_metric_id=metric.id if metric and has_criterion else None,
        criterion_threshold=float(row.reference) if has_criterion else None,
        criterion_set_at=at if has_criterion else None,
        timebox_days=DEFAULT_TIMEBOX,
        status=Status.RUNNING if is_open else Status.CONCLUDED,
        started_on=at.date() if is_open else None,  # the log doesn't say when it began
        concluded_on=None if is_open else logged,
        outcome=outcome,
        abandon_reason=AbandonReason.DEPRIORITISED if outcome is Outcome.ABANDONED else None,
        learning=None if is_open else row.learning,
        created_at=at,
    )
    session.add(experiment)
    await session.flush()
    if metric is not None and row.result and not is_open:
        session.add(
            Measurement(
                metric_id=metric.id,
                experiment_id=experiment.id,
                on=logged,
                at=at,
                value=float(row.result),
                split=Split.VALIDATION,
                benchmark_version=1,
                confirmed_on=logged,  # the team that wrote the log has built on each of them
            )
        )


async def _standup(session: AsyncSession, project: Project, people: dict[str, Member]) -> None:
    """Tuesdays and Thursdays at 09:30 on each clock, from the day when the page opens; the digests too."""
    ceremony = Ceremony(
        kind=CeremonyKind.STANDUP,
        project_id=project.id,
        channel_id=team.CHANNEL,
        days=",".join(DEFAULT_DAYS),
        local_time=DEFAULT_TIME,
        tz=ZONE,
        summary_time=SUMMARY_TIME,
        answer_hours=ANSWER_HOURS,
        whole_channel=False,
        owner_id=people["U0MAYA"].id,
        created_at=team.STARTS,
    )
    session.add(ceremony)
    await session.flush()
    await ask_these(session, ceremony, [people[slack_id] for slack_id in team.ASKED])
    await plan_first(session, ceremony, team.STARTS - timedelta(days=1))
    for kind in DigestKind:
        where = team.LEADERS if kind is DigestKind.LEADERSHIP else team.CHANNEL
        usual = Schedule(where, None, kind.usual.days, kind.usual.time, ZONE, kind)
        await schedule(session, usual, by=people["U0MAYA"], now=team.STARTS)
