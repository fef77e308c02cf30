"""The App Home's facts: what waits, a page of experiments, standups, blockers; in eight statements."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from models import home, notices, waiting
from models.domain.errors import NotMetYet
from models.domain.experiment import Outcome, Status
from models.domain.facts_home import HomeFacts, MyNotice, MyReview
from models.domain.notices import AskedAbout, NumberToConfirm
from models.domain.review import ReviewKind, ReviewState
from models.domain.standup import BlockerKind, Part, PromptState
from models.notices import ToTell
from models.tables import Blocker, Member, Participant, ReviewParticipant, Workspace
from tests.clock import MORNING
from tests.models.conftest import Team, make_team
from tests.queries import count_queries
from tests.rows import (
    make_ceremony,
    make_entry,
    make_experiment,
    make_measurement,
    make_member,
    make_project,
    make_prompt,
    make_review,
    make_run,
)

TODAY = MORNING.date()


async def described(team: Team) -> None:
    async with team.writing() as session:
        await session.execute(update(Member).values(described=True))


async def of_ana(team: Team, offset: int = 0) -> HomeFacts:
    async with team.db.reading(team.workspace_id) as session:
        return await home.facts(session, "UANA", MORNING, offset)


async def change(team: Team, row: Any, **columns: Any) -> None:
    async with team.writing() as session:
        there = await session.get_one(type(row), row.id)
        for name, value in columns.items():
            setattr(there, name, value)


async def test_what_was_asked_and_not_answered_waits(team: Team) -> None:
    await described(team)
    facts = await of_ana(team)
    (question,) = facts.due
    assert (question.prompt_id, question.day) == (team.asks_ana.id, TODAY)
    (one,) = question.experiments
    assert (one.key, one.answered, one.pending) == ("FRAUD-1", False, None)
    assert (facts.now.hour, facts.person.name) == (9, "Ana")
    async with team.writing() as session:
        await make_entry(session, team.run, team.ana, team.of_ana)
    assert (await of_ana(team)).due == ()


async def test_other_peoples_and_closed_questions_do_not_wait(team: Team) -> None:
    await described(team)
    await change(team, team.run, closed_at=MORNING)
    facts = await of_ana(team)
    assert facts.questions == ()


async def test_a_conclusion_that_is_owed_is_finished_where_it_was_said(team: Team) -> None:
    await described(team)
    async with team.writing() as session:
        await make_entry(session, team.run, team.ana, team.of_ana)
        await make_experiment(session, team.project, team.ana)
    await change(team, team.of_ana, pending_outcome=Outcome.REFUTED)
    await change(team, team.run, closed_at=MORNING)
    facts = await of_ana(team)
    (owed,) = facts.owed
    assert (owed.experiment_id, owed.prompt_id) == (team.of_ana.id, team.asks_ana.id)
    assert facts.mine.rows[0] == owed, "it stands first"
    assert facts.mine.rows[1].prompt_id is None


async def test_experiments_come_in_pages_with_where_they_stand(team: Team) -> None:
    await described(team)
    async with team.writing() as session:
        for n in range(25):
            await make_experiment(session, team.project, team.ana, title=f"idea {n}")
        await make_experiment(
            session,
            team.project,
            team.ana,
            status=Status.CONCLUDED,
            outcome=Outcome.SUPPORTED,
        )
        await make_measurement(session, team.of_ana, 0.6)
    first, last = await of_ana(team), await of_ana(team, offset=20)
    assert (len(first.mine.rows), first.mine.total) == (home.PER_PAGE, 26)
    assert (len(last.mine.rows), last.mine.offset, last.mine.total) == (6, 20, 26)
    numbers = first.mine.rows[0].numbers
    assert numbers is not None
    assert numbers.best == pytest.approx(0.6)
    assert (await of_ana(team, offset=900)).mine.rows == ()


async def test_standups_that_ask_are_read_or_are_owned(team: Team) -> None:
    await described(team)
    thursday = date(2026, 3, 5)
    await change(team, team.ceremony, next_day=thursday, name="A")
    async with team.writing() as session:
        asks: dict[str, Any] = {"channel_id": "C2", "next_day": thursday}
        reads = await make_ceremony(session, [team.ben, team.ana], name="B", **asks)
        await session.execute(
            update(Participant)
            .where(Participant.ceremony_id == reads.id, Participant.member_id == team.ana.id)
            .values(part=Part.OBSERVER)
        )
        owned = await make_ceremony(session, [team.ben], name="C", **asks)
        owned.owner_id = team.ana.id
        await make_ceremony(session, [team.ben], name="D", **asks)
        await make_ceremony(session, [team.ana], name="E", active=False, **asks)
    facts = await of_ana(team)
    assert [(one.name, one.asked) for one in facts.standups] == [
        ("A", True),
        ("B", False),
        ("C", False),
    ]
    at = facts.standups[0].next_at
    assert at is not None
    assert f"{at:%a %H:%M}" == "Thu 09:30"
    assert facts.standups[1].next_at is None
    await change(team, team.ana, away_from=thursday, away_to=thursday)
    away = (await of_ana(team)).standups[0]
    assert (away.next_at, away.works) == (None, False)


async def test_blockers_that_this_person_can_clear(team: Team) -> None:
    await described(team)
    async with team.writing() as session:
        for text, resolved in (("invoices", None), ("over", MORNING)):
            session.add(
                Blocker(
                    project_id=team.project.id,
                    kind=BlockerKind.DATA_ACCESS,
                    text=text,
                    raised_by_id=team.ben.id,
                    owner_id=team.ana.id,
                    opened_at=MORNING - timedelta(days=7),
                    resolved_at=resolved,
                )
            )
    (blocker,) = (await of_ana(team)).blockers
    assert (blocker.text, blocker.raised_by, blocker.days) == ("invoices", "Ben", 5)


async def test_somebody_unknown_is_asked_for_first(team: Team) -> None:
    async with team.writing() as session:
        await session.execute(update(Member).values(described=False))
    async with team.writing() as session:
        (await session.get_one(Member, team.ana.id)).described = False
    async with team.db.reading(team.workspace_id) as session:
        for slack_id in ("UANA", "UNEW"):  # Ana is known, but Slack has not described her
            with pytest.raises(NotMetYet):
                await home.facts(session, slack_id, MORNING)


@pytest.mark.parametrize("size", [1, 60])
async def test_the_home_takes_at_most_eight_statements(team: Team, size: int) -> None:
    await described(team)
    theirs = await make_team(team.db)
    async with team.writing() as session:
        workspace = await session.get_one(Workspace, team.workspace_id)
        for n in range(size):
            project = await make_project(session, workspace)
            experiment = await make_experiment(session, project, team.ana)
            await make_measurement(session, experiment, 0.6)
            ceremony = await make_ceremony(session, [team.ana], project, name=f"S{n}")
            run = await make_run(session, ceremony)
            await make_prompt(session, run, team.ana)
    with count_queries(team.db) as statements:
        facts = await of_ana(team)
    assert len(statements) == 8
    assert len(facts.questions) == size + 1
    assert theirs.workspace_id != team.workspace_id
    assert {one.project_name for one in facts.mine.rows} == {"Fraud detection"}


async def test_the_next_question_has_a_place_for_early_answers(team: Team) -> None:
    await described(team)
    await change(team, team.ceremony, next_day=date(2026, 3, 5))
    with count_queries(team.db) as statements:
        async with team.writing() as session:
            found = await waiting.next_question(session, "UANA", MORNING, TODAY)
    assert len(statements) <= 8
    assert found is not None
    question, zone = found
    assert (question.ahead, question.state, zone) == (True, PromptState.WAITING, "Europe/Berlin")
    assert question.day == date(2026, 3, 5)
    async with team.writing() as session:
        again = await waiting.next_question(session, "UANA", MORNING, TODAY)
        with pytest.raises(NotMetYet):
            await waiting.next_question(session, "UNEW", MORNING, TODAY)
    assert again == found
    facts = await of_ana(team)
    assert [one.ahead for one in facts.questions] == [False, True]


async def test_nobody_asks_whoever_is_in_no_standup(team: Team) -> None:
    async with team.writing() as session:
        workspace = await session.get_one(Workspace, team.workspace_id)
        await make_member(session, workspace, slack_id="UEVA", described=True)
        assert await waiting.next_question(session, "UEVA", MORNING, TODAY) is None


async def test_paused_experiments_are_not_asked_about(team: Team) -> None:
    await described(team)
    await change(team, team.of_ana, status=Status.PAUSED)
    facts = await of_ana(team)
    assert facts.questions[0].experiments == ()
    assert facts.mine.rows[0].status is Status.PAUSED


async def test_a_second_look_and_a_question_wait_too(team: Team) -> None:
    await described(team)
    async with team.writing() as session:
        number = await make_measurement(session, team.of_ben, 0.9)
        looked_at = NumberToConfirm(measurement_id=number.id)
        asked = AskedAbout(experiment_id=team.of_ana.id, by_id=team.ben.id)
        to_ana = [ToTell(team.workspace_id, team.ana.id, one) for one in (looked_at, asked)]
        await notices.give(session, to_ana, MORNING)
    facts = await of_ana(team)
    assert facts.notices == (
        MyNotice(team.of_ben.id, "FRAUD-2", team.of_ben.title, number.id),
        MyNotice(team.of_ana.id, "FRAUD-1", team.of_ana.title, None),
    )
    async with team.writing() as session:
        await notices.settle(session, [looked_at.subject, asked.subject], MORNING)
    assert (await of_ana(team)).notices == ()


async def test_reviews_that_one_leads_or_takes_part_in_are_owed(team: Team) -> None:
    await described(team)
    async with team.writing() as session:
        led = await make_review(session, team.project, team.ana)
        later = await make_review(
            session,
            team.project,
            team.ben,
            kind=ReviewKind.PEER,
            state=ReviewState.SCHEDULED,
            due=TODAY + timedelta(days=20),
            opened_at=None,
        )
        proposed = await make_review(session, team.project, team.ben, kind=ReviewKind.STAKEHOLDER)
        held = {"state": ReviewState.HELD, "held_on": TODAY}
        await make_review(session, team.project, team.ana, kind=ReviewKind.HANDOVER, **held)
        for review, only_proposed in ((later, False), (proposed, True)):
            session.add(
                ReviewParticipant(
                    workspace_id=team.workspace_id,
                    review_id=review.id,
                    member_id=team.ana.id,
                    proposed=only_proposed,
                )
            )
    name = team.project.name
    assert (await of_ana(team)).reviews == (
        MyReview(led.id, ReviewKind.DEPLOYMENT, name, led.due, is_open=True, leads=True),
        MyReview(later.id, ReviewKind.PEER, name, later.due, is_open=False, leads=False),
    )
