"""What is in the way: opened by an answer, told to its owner, cleared by them (domain §3.4)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from models import answers, blockers, prompt_forms, runs, showing, summaries, telling
from models.answers import Remembered, Said
from models.domain.delivery import DeliveryState, Operation
from models.domain.errors import MayNotClear, Unknown
from models.domain.facts_notices import Cleared, ToClear, Told
from models.domain.facts_summary import Help
from models.domain.questions import Question, Questions, kept
from models.domain.standup import BlockerKind, EntryStatus
from models.tables import Blocker, Ceremony, Delivery, Event, Member, Notice, Workspace
from tests.clock import MORNING
from tests.models.conftest import Team, at
from tests.queries import count_queries
from tests.rows import make_entry, make_member, make_prompt, make_run

STILL = Said(EntryStatus.STILL_TESTING, learned="Old months hurt")
LATER = MORNING + timedelta(hours=2)
TOMORROW = MORNING + timedelta(days=1)


def needs(team: Team, text: str = "Invoices before 2024", owner: Member | None = None) -> Said:
    return replace(
        STILL,
        blocker_kind=BlockerKind.DATA_ACCESS,
        blocker_text=text,
        blocker_owner_id=(owner or team.ben).id,
    )


async def say(team: Team, said: Said, now: datetime = MORNING) -> None:
    """Ana answers, and the tick draws what follows."""
    async with team.writing() as session:
        await answers.answer(session, team.asks_ana.id, team.of_ana.id, "UANA", said, at=at(now))
    await tick(team, now)


async def tick(team: Team, now: datetime) -> None:
    async with team.db.writing(None) as session:
        await showing.show_answers(session, now)


async def rows(team: Team) -> list[Blocker]:
    async with team.db.reading(team.workspace_id) as session:
        return list(await session.scalars(select(Blocker).order_by(Blocker.id)))


async def notices(team: Team) -> list[tuple[int, str, bool]]:
    async with team.db.reading(team.workspace_id) as session:
        found = await session.scalars(select(Notice).order_by(Notice.id))
        return [(row.member_id, row.kind, row.done_at is not None) for row in found]


async def chronicle(team: Team) -> list[str]:
    async with team.db.reading(team.workspace_id) as session:
        return list(await session.scalars(select(Event.kind).order_by(Event.id)))


async def wanted(team: Team, now: datetime = MORNING) -> tuple[Help, ...]:
    async with team.db.reading(team.workspace_id) as session:
        facts = await summaries.summary_facts(session, team.run.id, now.date(), now)
        return facts.wanted


async def told(team: Team, member: Member) -> list[Told]:
    """What the member's message would say."""
    async with team.writing() as session:
        for row in await session.scalars(select(Notice).where(Notice.member_id == member.id)):
            row.told_on = MORNING.date()
        await session.flush()
        facts = await telling.notices_facts(session, member.id, MORNING.date())
        return list(facts.parts)


async def test_an_answer_opens_a_blocker_and_its_owner_is_told(team: Team) -> None:
    await say(team, needs(team))
    (row,) = await rows(team)
    assert (row.kind, row.text, row.raised_by_id, row.owner_id) == (
        BlockerKind.DATA_ACCESS,
        "Invoices before 2024",
        team.ana.id,
        team.ben.id,
    )
    assert (row.experiment_id, row.opened_at, row.resolved_at) == (team.of_ana.id, MORNING, None)
    assert await notices(team) == [(team.ben.id, "blocker_to_clear", False)]
    assert await chronicle(team) == ["blocker_opened"]
    (one,) = await wanted(team)
    assert (one.key, one.days, one.acknowledged) == (f"FRAUD-{team.of_ana.number}", None, False)


async def test_nobody_is_told_about_their_own(team: Team) -> None:
    await say(team, needs(team, owner=team.ana))
    assert len(await rows(team)) == 1
    assert await notices(team) == []


async def test_the_same_again_ages_and_another_one_takes_its_place(team: Team) -> None:
    await say(team, needs(team))
    await say(team, needs(team, " INVOICES before 2024."), LATER)
    (row,) = await rows(team)
    assert row.opened_at == MORNING
    await say(team, needs(team, "Labels"), LATER + timedelta(hours=1))
    first, second = await rows(team)
    assert first.resolved_at == LATER + timedelta(hours=1)
    assert (second.text, second.resolved_at) == ("Labels", None)
    assert await notices(team) == [
        (team.ben.id, "blocker_to_clear", True),
        (team.ben.id, "blocker_to_clear", False),
    ]
    assert await chronicle(team) == ["blocker_opened", "blocker_resolved", "blocker_opened"]


async def test_nothing_ends_it_and_no_change_leaves_it(team: Team) -> None:
    await say(team, needs(team))
    await say(team, Said(EntryStatus.STILL_TESTING, no_change=True), LATER)
    (row,) = await rows(team)
    assert row.resolved_at is None
    assert len(await wanted(team)) == 1
    await say(team, STILL, TOMORROW)
    (row,) = await rows(team)
    assert row.resolved_at == TOMORROW
    assert await notices(team) == [(team.ben.id, "blocker_to_clear", True)]
    assert await wanted(team) == ()


async def test_a_form_that_does_not_ask_ends_nothing(team: Team) -> None:
    await say(team, needs(team))
    async with team.writing() as session:
        ceremony = await session.get_one(Ceremony, team.ceremony.id)
        ceremony.questions = kept(Questions(blocker=Question(asked=False)))
    await say(team, STILL, LATER)
    (row,) = await rows(team)
    assert row.resolved_at is None


async def test_an_experiment_that_is_concluded_waits_for_nothing(team: Team) -> None:
    await say(team, replace(needs(team), status=EntryStatus.REFUTED))
    async with team.writing() as session:
        await answers.conclude(
            session, team.asks_ana.id, team.of_ana.id, "UANA", Remembered("x"), at=at(LATER)
        )
    await tick(team, LATER)
    (row,) = await rows(team)
    assert row.resolved_at is not None
    assert await notices(team) == [(team.ben.id, "blocker_to_clear", True)]


async def test_the_owner_is_on_it(team: Team) -> None:
    await say(team, needs(team))
    (row,) = await rows(team)
    async with team.writing() as session:
        await blockers.acknowledge(session, row.id, "UBEN", LATER)
        await blockers.acknowledge(session, row.id, "UBEN", TOMORROW)
    (row,) = await rows(team)
    assert row.acknowledged_at == LATER
    (one,) = await wanted(team)
    assert one.acknowledged
    (part,) = await told(team, team.ben)
    assert isinstance(part, ToClear)
    assert (part.about.mine, part.about.acknowledged) == (True, True)


async def test_what_is_cleared_is_told_to_who_raised_it_once(team: Team) -> None:
    await say(team, needs(team))
    (row,) = await rows(team)
    async with team.writing() as session:
        await blockers.clear(session, row.id, "UBEN", LATER)
    (row,) = await rows(team)
    assert row.resolved_at == LATER
    assert await notices(team) == [
        (team.ben.id, "blocker_to_clear", True),
        (team.ana.id, "blocker_cleared", False),
    ]
    (part,) = await told(team, team.ana)
    assert isinstance(part, Cleared)
    (one,) = await wanted(team)
    assert one.cleared
    async with team.writing() as session:
        with pytest.raises(Unknown, match="cleared already"):
            await blockers.clear(session, row.id, "UBEN", LATER)
    # The same answer is looked at again: it does not come back.
    await say(team, needs(team), MORNING)
    assert len(await rows(team)) == 1
    # Said anew it does.
    await say(team, needs(team), TOMORROW)
    assert len(await rows(team)) == 2


async def test_who_raised_it_may_clear_it_too_and_tells_nobody(team: Team) -> None:
    await say(team, needs(team))
    (row,) = await rows(team)
    async with team.writing() as session:
        await blockers.clear(session, row.id, "UANA", LATER)
    assert await notices(team) == [(team.ben.id, "blocker_to_clear", True)]


async def test_somebody_else_can_clear_it(team: Team) -> None:
    await say(team, needs(team))
    (row,) = await rows(team)
    async with team.writing() as session:
        workspace = await session.get_one(Workspace, team.workspace_id)
        carl = await make_member(session, workspace, name="Carl", slack_id="UCARL")
        await blockers.hand_on(session, row.id, "UBEN", carl, LATER)
    (row,) = await rows(team)
    assert (row.owner_id, row.acknowledged_at) == (carl.id, None)
    assert await notices(team) == [
        (team.ben.id, "blocker_to_clear", True),
        (carl.id, "blocker_to_clear", False),
    ]
    (part,) = await told(team, team.ben)
    assert isinstance(part, ToClear)
    assert not part.about.mine
    # The answer that named Ben names Carl now: looked at again, nothing is turned back.
    await tick(team, LATER)
    async with team.writing() as session:
        with pytest.raises(MayNotClear):
            await blockers.clear(session, row.id, "UBEN", LATER)
        await blockers.hand_on(session, row.id, "UCARL", team.ben, LATER)
    assert await notices(team) == [
        (team.ben.id, "blocker_to_clear", False),
        (carl.id, "blocker_to_clear", True),
    ]


async def test_an_answer_names_another_owner(team: Team) -> None:
    await say(team, needs(team))
    await say(team, needs(team, owner=team.ana), LATER)
    (row,) = await rows(team)
    assert row.owner_id == team.ana.id
    assert await notices(team) == [(team.ben.id, "blocker_to_clear", True)]


async def test_only_they_may(team: Team) -> None:
    await say(team, needs(team))
    (row,) = await rows(team)
    async with team.writing() as session:
        for act in (blockers.acknowledge, blockers.clear):
            with pytest.raises(MayNotClear):
                await act(session, row.id, "USTRANGER", LATER)
        with pytest.raises(MayNotClear):
            await blockers.require_mine(session, row.id, "USTRANGER")
        with pytest.raises(Unknown):
            await blockers.acknowledge(session, 10_000, "UBEN", LATER)
        assert (await blockers.require_mine(session, row.id, "UBEN")).raised_by.name == "Ana"


async def test_what_is_open_since_an_earlier_standup_says_how_long(team: Team) -> None:
    await say(team, needs(team))
    async with team.writing() as session:
        thursday = MORNING + timedelta(days=2)
        run = await make_run(
            session,
            team.ceremony,
            day=thursday.date(),
            opened_at=thursday,
            closes_at=thursday + timedelta(days=1),
        )
        prompt = await make_prompt(session, run, team.ana)
        await make_entry(session, run, team.ana, team.of_ana, no_change=True)
        form = await prompt_forms.form_facts(
            session, prompt.id, team.of_ana.id, "UANA", thursday.date()
        )
        (one,) = (await summaries.summary_facts(session, run.id, thursday.date(), thursday)).wanted
    assert one.days == 2
    assert form.card.in_the_way is not None
    assert form.card.in_the_way.text == "Invoices before 2024"


async def test_a_click_asks_the_database_eight_times_at_most(team: Team) -> None:
    await say(team, needs(team))
    (row,) = await rows(team)
    async with team.writing() as session:
        with count_queries(team.db) as statements:
            await blockers.clear(session, row.id, "UBEN", LATER)
            await session.flush()
    assert len(statements) <= 8, statements


async def test_a_summary_that_stands_is_brought_up_to_date(team: Team) -> None:
    await say(team, needs(team))
    async with team.db.writing(None) as session:
        await runs.summarise_due(session, MORNING + timedelta(hours=7))
        await session.execute(
            update(Delivery).values(state=DeliveryState.SENT, sent_at=MORNING, lease_until=None)
        )
    (row,) = await rows(team)
    async with team.writing() as session:
        await blockers.acknowledge(session, row.id, "UBEN", LATER)
    operations = [post.operation for post in await team.sent(kind="standup_summary")]
    assert operations == [Operation.POST, Operation.REFRESH]
