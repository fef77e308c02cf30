"""A surprising number is looked at by a second person before anybody builds on it (S0-21)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models import answers, numbers, outbox, prompts, showing, surprises, telling
from models.answers import Said
from models.domain.delivery import DeliveryState, Operation
from models.domain.errors import AlreadyLookedAt, MayNotConfirm, Unknown
from models.domain.facts import Answer
from models.domain.facts_notices import SetAside, ToConfirm
from models.domain.messages import StandupPrompt
from models.domain.project import Role
from models.domain.standup import EntryStatus, PromptState
from models.domain.surprise import AsideReason
from models.tables import (
    Delivery,
    Event,
    Measurement,
    Member,
    Membership,
    Notice,
    Prompt,
    Workspace,
)
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, at
from tests.queries import count_queries
from tests.rows import make_experiment, make_measurement, make_member

LEAP = Said(EntryStatus.STILL_TESTING, learned="It leaps", typed=71)
"""Past acceptance (70 of 100), at once."""
LATER = at(MORNING + timedelta(days=1))


async def say(team: Team, said: Said = LEAP) -> None:
    async with team.writing() as session:
        await answers.answer(session, team.asks_ana.id, team.of_ana.id, "UANA", said, at=NOW)
    async with team.db.writing(None) as session:
        await showing.show_answers(session, MORNING)


async def newest(team: Team) -> Measurement:
    async with team.db.reading(team.workspace_id) as session:
        order = select(Measurement).order_by(Measurement.id.desc()).limit(1)
        return (await session.scalars(order)).one()


async def asked(team: Team) -> list[tuple[int, str, bool]]:
    async with team.db.reading(team.workspace_id) as session:
        found = await session.scalars(select(Notice).order_by(Notice.id))
        return [(row.member_id, row.kind, row.done_at is not None) for row in found]


async def answer_of(team: Team) -> Answer:
    async with team.db.reading(team.workspace_id) as session:
        facts = await prompts.facts(session, team.asks_ana.id, NOW.today)
    assert facts.cards[0].answer is not None
    return facts.cards[0].answer


async def is_doubted(team: Team) -> bool:
    async with team.db.reading(team.workspace_id) as session:
        found = await numbers.standing(session, [team.project.id], LATER.today)
    return found[team.project.id].unconfirmed


async def test_the_first_past_acceptance_asks_for_a_second_look(team: Team) -> None:
    await say(team)
    row = await newest(team)
    assert (row.surprising, row.confirmed_on) == (True, None)
    # Ben runs an experiment in the project; Ana is the owner of this one.
    assert await asked(team) == [(team.ben.id, "number_to_confirm", False)]
    assert (await answer_of(team)).to_confirm
    assert await is_doubted(team)
    await say(team, replace(LEAP, learned="Better words"))
    assert len(await asked(team)) == 1


async def test_a_leap_asks_too_and_a_step_does_not(team: Team) -> None:
    await say(team, replace(LEAP, typed=63))
    assert not (await newest(team)).surprising
    assert await asked(team) == []
    await say(team, replace(LEAP, typed=64))
    assert (await newest(team)).surprising
    assert len(await asked(team)) == 1


async def test_a_number_that_is_corrected_asks_for_nothing_more(team: Team) -> None:
    await say(team)
    await say(team, replace(LEAP, typed=57.1))
    assert await asked(team) == [(team.ben.id, "number_to_confirm", True)]
    assert not (await answer_of(team)).to_confirm


async def test_three_people_are_asked_at_most_and_no_guest(team: Team) -> None:
    async with team.writing() as session:
        workspace = await session.get_one(Workspace, team.workspace_id)
        for role, limited in (
            (Role.DATA_SCIENTIST, True),
            (Role.PM, False),
            (Role.ML_ENGINEER, False),
            (Role.ANALYST, False),
            (Role.DEVOPS, False),
        ):
            member = await make_member(session, workspace, limited=limited, name=role.value)
            session.add(Membership(project_id=team.project.id, member_id=member.id, role=role))
    await say(team)
    async with team.db.reading(team.workspace_id) as session:
        names = await session.scalars(
            select(Member.name).join(Notice, Notice.member_id == Member.id).order_by(Member.id)
        )
        assert list(names) == ["Ben", "ml_engineer", "analyst"]


async def test_a_second_person_confirms(team: Team) -> None:
    await say(team)
    row = await newest(team)
    async with team.writing() as session:
        with count_queries(team.db) as statements:
            await surprises.confirm(session, row.id, "UBEN", at=LATER)
            await session.flush()
    assert len(statements) <= 8, statements
    row = await newest(team)
    assert (row.confirmed_by_id, row.confirmed_on) == (team.ben.id, LATER.today)
    assert await asked(team) == [(team.ben.id, "number_to_confirm", True)]
    assert not (await answer_of(team)).to_confirm
    assert not await is_doubted(team)
    async with team.writing() as session:
        for act in (
            surprises.confirm(session, row.id, "UBEN", at=LATER),
            surprises.set_aside(session, row.id, "UBEN", AsideReason.LEAK, None, at=LATER),
        ):
            with pytest.raises(AlreadyLookedAt):
                await act


async def test_a_number_is_set_aside_and_its_owner_is_told_why(team: Team) -> None:
    await say(team)
    row = await newest(team)
    async with team.writing() as session:
        assert (await surprises.require_open(session, row.id, "UBEN")).value == pytest.approx(0.71)
        with count_queries(team.db) as statements:
            await surprises.set_aside(
                session, row.id, "UBEN", AsideReason.LEAK, "the label is in it", at=NOW
            )
            await session.flush()
    assert len(statements) <= 8, statements
    row = await newest(team)
    assert (row.excluded_on, row.excluded_reason) == (NOW.today, "leak")
    assert (await answer_of(team)).set_aside == "leak"
    assert await asked(team) == [
        (team.ben.id, "number_to_confirm", True),
        (team.ana.id, "number_set_aside", False),
    ]
    async with team.writing() as session:
        for notice in await session.scalars(select(Notice)):
            notice.told_on = NOW.today
        await session.flush()
        (to_ana,) = (await telling.notices_facts(session, team.ana.id, NOW.today)).parts
        (to_ben,) = (await telling.notices_facts(session, team.ben.id, NOW.today)).parts
        (event,) = await session.scalars(select(Event))
    assert isinstance(to_ana, SetAside)
    assert (to_ana.about.note, to_ana.about.excluded) == ("the label is in it", "leak")
    assert isinstance(to_ben, ToConfirm)
    assert not to_ben.about.open
    assert (event.kind, event.data["reason"]) == ("number_set_aside", "leak")


async def test_open_questions_that_show_a_number_set_aside_are_shown_anew(team: Team) -> None:
    await say(team)
    row = await newest(team)
    async with team.writing() as session:
        (await session.get_one(Prompt, team.asks_ben.id)).state = PromptState.ASKED
        questions = [StandupPrompt(prompt_id=one.id) for one in (team.asks_ana, team.asks_ben)]
        for message in questions:
            await outbox.post(session, message, to="UANA", now=NOW.now)
        await session.execute(update(Delivery).values(state=DeliveryState.SENT, sent_at=NOW.now))
        await surprises.set_aside(session, row.id, "UBEN", AsideReason.LEAK, None, at=NOW)
    sent = await team.sent(kind="standup_prompt")
    refreshed = {one.subject for one in sent if one.operation is Operation.REFRESH}
    assert refreshed == {message.subject for message in questions}


async def test_only_a_second_person_with_a_part_in_the_work_may(team: Team) -> None:
    await say(team)
    row = await newest(team)
    async with team.writing() as session:
        workspace = await session.get_one(Workspace, team.workspace_id)
        await make_member(session, workspace, slack_id="UPM")
        pm = await make_member(session, workspace, slack_id="ULEAD")
        session.add(Membership(project_id=team.project.id, member_id=pm.id, role=Role.PM))
        await make_member(session, workspace, slack_id="UGUEST", limited=True)
        for slack_id in ("UANA", "UPM", "ULEAD", "UGUEST", "UNOBODY"):
            with pytest.raises(MayNotConfirm):
                await surprises.confirm(session, row.id, slack_id, at=NOW)
        with pytest.raises(Unknown):
            await surprises.confirm(session, 10_000, "UBEN", at=NOW)


async def test_an_imported_number_is_confirmed_without_an_answer(team: Team) -> None:
    async with team.writing() as session:
        experiment = await make_experiment(session, team.project, team.ana)
        row = await make_measurement(session, experiment, 0.8, surprising=True)
        await surprises.confirm(session, row.id, "UBEN", at=NOW)
    assert (await newest(team)).confirmed_by_id == team.ben.id
