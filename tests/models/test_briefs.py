"""A brief says what a decision rests on; it is posted once, two working days before (domain §5.4)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from models import agenda, brief_times, briefs
from models.domain.advice import Rule
from models.domain.errors import Unknown
from models.domain.experiment import Outcome, Status
from models.domain.review import ReviewKind, ReviewState
from models.tables import Delivery, Metric, Project, Workspace
from scheduler.steps import briefs_due, ceremonies
from tests.models.conftest import NOW, Team
from tests.rows import make_blocker, make_experiment, make_measurement, make_project, make_review
from tests.rows_decisions import make_condition, make_decision

ON = date(2026, 3, 11)
"""A Wednesday; two working days before, at nine in Berlin, it is eight o'clock UTC."""
NINE = datetime(2026, 3, 9, 8, tzinfo=UTC)
EARLIER = datetime(2026, 2, 20, 8, tzinfo=UTC)


async def posted(team: Team) -> list[str]:
    async with team.writing() as session:
        found = await session.scalars(
            select(Delivery.subject).where(Delivery.kind == "decision_brief").order_by(Delivery.id)
        )
        return list(found)


async def touchpoint(team: Team, day: date | None) -> None:
    async with team.writing() as session:
        (await session.get_one(Project, team.project.id)).next_touchpoint = day


async def test_it_is_posted_once_two_working_days_before(team: Team) -> None:
    await touchpoint(team, ON)
    assert await briefs_due(team.db, NINE - timedelta(minutes=1)) == 0
    assert await briefs_due(team.db, NINE) == 1
    assert await briefs_due(team.db, NINE) == 0
    assert await posted(team) == [f"brief:{team.project.id}:{ON}"]
    await touchpoint(team, ON + timedelta(days=7))
    assert await briefs_due(team.db, NINE + timedelta(days=7)) == 1


async def test_of_two_processes_one_posts_it(team: Team) -> None:
    await touchpoint(team, ON)
    async with team.db.reading(None) as session:
        (due,) = await brief_times.due(session, NINE)
    claimed = []
    for _ in range(2):
        async with team.db.writing(due.workspace_id) as session:
            claimed.append(await brief_times.claim(session, due, NINE))
    assert claimed == [1, 0]
    assert len(await posted(team)) == 1


@pytest.mark.parametrize(
    ("kind", "has_brief"),
    [(ReviewKind.PROJECT, True), (ReviewKind.STAKEHOLDER, True), (ReviewKind.HANDOVER, False)],
)
async def test_before_reviews_that_decide(team: Team, kind: ReviewKind, has_brief: bool) -> None:
    async with team.writing() as session:
        state = ReviewState.SCHEDULED
        await make_review(
            session, team.project, team.ana, kind=kind, state=state, due=ON, wakes_at=NINE
        )
    assert await briefs_due(team.db, NINE) == int(has_brief)


async def test_the_agenda_knows_when_the_next_one_comes(team: Team) -> None:
    async def comes(now: datetime) -> datetime | None:
        async with team.db.reading(None) as session:
            return (await agenda.read(session, now)).get(agenda.Step.BRIEF)

    assert await comes(NINE) is None
    await touchpoint(team, ON)
    assert await comes(NINE - timedelta(hours=5)) == NINE
    async with team.writing() as session:
        workspace = await session.get_one(Workspace, team.workspace_id)
        other = await make_project(session, workspace, next_touchpoint=ON, channel_id="C0OTHER")
        state = ReviewState.SCHEDULED
        await make_review(session, other, team.ana, kind=ReviewKind.STAKEHOLDER, state=state,
                          due=ON + timedelta(days=1), wakes_at=NINE)  # fmt: skip
    assert await comes(NINE) == NINE
    assert await ceremonies(team.db, NINE) >= 2
    assert await posted(team) == [f"brief:{key}:{ON}" for key in (team.project.id, other.id)]
    assert await comes(NINE) is None


async def test_what_it_says(team: Team) -> None:
    async with team.writing() as session:
        (await session.get_one(Project, team.project.id)).effort_per_week = 0.5
        for days in (8, 3, 5, 13):
            await make_experiment(
                session, team.project, team.ben, status=Status.PROPOSED, timebox_days=days,
                title=f"idea of {days}", started_on=None,
            )  # fmt: skip
        concluded = {"status": Status.CONCLUDED, "outcome": Outcome.REFUTED, "learning": "No"}
        await make_experiment(
            session, team.project, team.ben, title="Graph features", concluded_on=NOW.today,
            **concluded,
        )  # fmt: skip
        await make_measurement(session, team.of_ana, value=0.6)
        await make_blocker(session, team.of_ben, team.ben, text="the labels", opened_at=EARLIER)
        go = await make_decision(session, team.project, team.ana, on=date(2026, 2, 2))
        await make_condition(session, go, team.ben, due=date(2026, 2, 20))
        for due in (date(2026, 2, 20), NOW.today):
            await make_review(
                session, team.project, team.ana, due=due, state=ReviewState.OPEN,
                kind=ReviewKind.PEER if due < NOW.today else ReviewKind.HANDOVER,
                created_at=EARLIER,
            )  # fmt: skip
        metric = (await session.scalars(select(Metric))).one()
        metric.value_model = {
            "kind": "per_point", "currency": "EUR", "per_point_per_month": [1000.0, 2000.0]
        }  # fmt: skip
    async with team.db.reading(team.workspace_id) as session:
        facts = await briefs.facts(session, team.project.id, NOW, on=ON)
        with pytest.raises(Unknown):
            await briefs.facts(session, 99, NOW)
    assert [one.title for one in facts.ideas] == ["idea of 3", "idea of 5", "idea of 8"]
    assert (facts.ideas_more, facts.ruled_out) == (1, ("Graph features",))
    assert facts.advice.rule is Rule.STILL_MOVING
    assert facts.worth is not None
    assert facts.worth.best is not None
    assert facts.worth.best.low < facts.worth.needed.low
    assert facts.gaps
    assert facts.person_weeks > 0
    held = facts.in_the_way
    assert [one.text for one in held.blockers] == ["the labels"]
    assert [one.text for one in held.conditions] == ["Contract signed"]
    assert [one.kind for one in held.reviews] == [ReviewKind.PEER], (
        "what is due today is not overdue"
    )
