"""Reviews: planned, opened, answered, moved and cancelled, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models import review_lists, reviewing, reviews
from models.checklists import packaged
from models.domain.errors import DayIsPast, Unknown
from models.domain.permissions import NotAllowed
from models.domain.project import Role
from models.domain.review import Answer, ReviewKind, ReviewState
from models.reviewing import AnsweredAlready, NotOpenYet, Said
from models.reviews import NowhereToPost, ReviewOver, ScheduledAlready
from models.tables import Member, Project
from tests.models.conftest import NOW, Team
from tests.models.reviewed import (
    BERLIN,
    BOTH_WAYS,
    DUE,
    answered,
    opened,
    plan,
    planned,
    role,
    shown,
)


async def test_it_is_planned_opened_and_its_card_is_posted_once(led: Team) -> None:
    review_id = await opened(led)
    async with led.writing() as session:
        hand = await reviews.take(session, review_id, "UANA")
        await reviews.open_now(session, hand, zone=BERLIN, at=NOW)
    (card,) = await led.sent(kind="review_card")
    assert (card.destination, card.payload["review_id"]) == (led.project.channel_id, review_id)
    facts = await shown(led, review_id)
    assert facts.state is ReviewState.OPEN
    assert facts.chair is not None
    assert facts.chair.slack_id == "UANA"


async def test_the_checklist_is_kept_as_it_was_when_it_opened(led: Team) -> None:
    await role(led, led.ben, Role.DEVOPS)
    async with led.writing() as session:
        project = await session.get_one(Project, led.project.id)
        project.explainability_required = True
    review_id = await opened(led, ReviewKind.DEPLOYMENT)
    gates = {line.item.key: line.item.gate for line in (await shown(led, review_id)).lines}
    assert gates["explainability"] == "must"


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"due": NOW.today - timedelta(days=1)}, DayIsPast),
        ({"kind": ReviewKind.PEER}, None),
        ({}, ScheduledAlready),
    ],
)
async def test_one_of_a_kind_is_to_be_held(
    led: Team, changed: dict[str, object], refused: type[Exception] | None
) -> None:
    await planned(led)
    wanted = replace(plan(led), **changed)  # type: ignore[arg-type]
    async with led.writing() as session:
        if refused is None:
            await reviews.schedule(session, wanted, "UANA", at=NOW)
            return
        with pytest.raises(refused):
            await reviews.schedule(session, wanted, "UANA", at=NOW)


async def test_without_a_channel_it_is_nowhere(led: Team) -> None:
    async with led.writing() as session:
        project = await session.get_one(Project, led.project.id)
        project.channel_id = None
        await session.flush()
        with pytest.raises(NowhereToPost):
            await reviews.schedule(session, plan(led), "UANA", at=NOW)


async def test_only_those_with_a_part_in_it_plan_and_close_it(led: Team) -> None:
    async with led.writing() as session:
        workspace = await session.get_one(Project, led.project.id)
        session.add(
            Member(
                workspace_id=workspace.workspace_id,
                slack_id="UEVE",
                name="Eve",
                tz="Europe/Berlin",
                described=True,
                created_at=NOW.now,
            )
        )
    async with led.writing() as session:
        with pytest.raises(NotAllowed):
            await reviews.schedule(session, plan(led), "UEVE", at=NOW)


async def test_it_is_answered_from_its_opening_on(led: Team) -> None:
    review_id = await planned(led)
    with pytest.raises(NotOpenYet):
        await answered(led, review_id, contracts=Said(Answer.YES))


async def test_what_is_asked_of_a_role_is_answered_by_it_or_by_the_chair(led: Team) -> None:
    review_id = await opened(led)
    asked = {item.key: item.asked_of for item in packaged(ReviewKind.HANDOVER).items}
    engineers = next(
        key for key, of in asked.items() if of is Role.ML_ENGINEER and key != BOTH_WAYS
    )
    pms = next(key for key, of in asked.items() if of is Role.PM)
    await answered(led, review_id, "UBEN", **{engineers: Said(Answer.YES)})
    with pytest.raises(NotAllowed):
        await answered(led, review_id, "UBEN", **{pms: Said(Answer.YES)})
    await answered(led, review_id, "UANA", **{engineers: Said(Answer.PARTLY, "half of it")})
    line = next(one for one in (await shown(led, review_id)).lines if one.item.key == engineers)
    assert (line.answer, line.note, line.by and line.by.name) == (
        Answer.PARTLY,
        "half of it",
        "Ana",
    )


async def test_what_is_one_side_s_own_word_nobody_says_for_it(led: Team) -> None:
    review_id = await opened(led)
    yes = Said(Answer.YES)
    with pytest.raises(NotAllowed, match="Explained both ways: ML engineer"):
        await answered(led, review_id, "UANA", **{BOTH_WAYS: yes})
    facts = await shown(led, review_id)
    assert [one.item.key for one in facts.only_others_say("UANA")] == [BOTH_WAYS]
    assert BOTH_WAYS not in [one.item.key for one in facts.owed("UANA")]
    assert BOTH_WAYS in [one.item.key for one in facts.owed("UBEN")]
    assert facts.only_others_say("UBEN") == ()
    # Nobody is a data scientist in it: that side falls to whoever leads it.
    await answered(led, review_id, "UANA", **{f"{BOTH_WAYS}_data_scientist": yes})
    await answered(led, review_id, "UBEN", **{BOTH_WAYS: yes})
    lines = {line.item.key: line for line in (await shown(led, review_id)).lines}
    sides = (lines[BOTH_WAYS], lines[f"{BOTH_WAYS}_data_scientist"])
    assert [line.by and line.by.name for line in sides] == ["Ben", "Ana"]
    assert [line.nobodys for line in sides] == [False, True]


async def test_who_has_left_is_answered_for_even_where_it_was_their_own_word(led: Team) -> None:
    review_id = await opened(led)
    async with led.writing() as session:
        (await session.get_one(Member, led.ben.id)).active = False
    await answered(led, review_id, "UANA", **{BOTH_WAYS: Said(Answer.YES)})


async def test_a_person_who_left_blocks_nobody(led: Team) -> None:
    review_id = await opened(led)
    async with led.writing() as session:
        (await session.get_one(Member, led.ben.id)).active = False
    owed = {person.name for line in (await shown(led, review_id)).lines for person in line.owed_by}
    assert owed == {"Ana"}


async def test_it_is_moved_and_cancelled(led: Team) -> None:
    review_id = await planned(led)
    async with led.writing() as session:
        hand = await reviews.take(session, review_id, "UBEN")
        await reviews.move(session, hand, DUE + timedelta(days=1), zone=BERLIN, at=NOW)
        with pytest.raises(DayIsPast):
            await reviews.move(session, hand, date(2026, 1, 1), zone=BERLIN, at=NOW)
    assert (await shown(led, review_id)).due == DUE + timedelta(days=1)
    async with led.writing() as session:
        hand = await reviews.take(session, review_id, "UBEN")
        await reviews.cancel(session, hand, "no longer needed", at=NOW)
    async with led.writing() as session:
        with pytest.raises(ReviewOver):
            await reviews.take(session, review_id, "UBEN")
        assert await review_lists.listed(session) == ((), 0, (), True)


async def test_who_takes_an_item_owes_it_alone(led: Team) -> None:
    await role(led, led.ana, Role.ML_ENGINEER)
    review_id = await opened(led)
    asked = {item.key: item.asked_of for item in packaged(ReviewKind.HANDOVER).items}
    engineers = next(key for key, of in asked.items() if of is Role.ML_ENGINEER)
    assert await owing(led, review_id, engineers) == ["Ben", "Ana"]
    await taken(led, review_id, "UANA", engineers)
    assert await owing(led, review_id, engineers) == ["Ana"]
    await taken(led, review_id, "UBEN", engineers)
    assert await owing(led, review_id, engineers) == ["Ben"]
    async with led.writing() as session:
        (await session.get_one(Member, led.ben.id)).active = False
    assert await owing(led, review_id, engineers) == ["Ana"], "who left blocks nobody"
    await answered(led, review_id, "UANA", **{engineers: Said(Answer.YES)})
    with pytest.raises(AnsweredAlready):
        await taken(led, review_id, "UANA", engineers)


async def test_only_what_one_may_answer_is_taken(led: Team) -> None:
    review_id = await opened(led)
    pms = next(i.key for i in packaged(ReviewKind.HANDOVER).items if i.asked_of is Role.PM)
    with pytest.raises(NotAllowed):
        await taken(led, review_id, "UBEN", pms)
    with pytest.raises(Unknown):
        await taken(led, review_id, "UBEN", "nothing")
    facts = await shown(led, review_id)
    of = {who: {facts.lines[at].item for at in facts.free_for(who)} for who in ("UBEN", "UANA")}
    assert not {item for item in of["UBEN"] if item.asked_of in {Role.PM, Role.ML_ENGINEER}}
    assert not {item for item in of["UANA"] if item.asked_of is Role.PM}, "they are hers anyway"
    assert Role.ML_ENGINEER in {item.asked_of for item in of["UANA"]}, "she leads it"
    assert Role.DATA_SCIENTIST in {item.asked_of for item in of["UBEN"]}, "nobody holds the role"


async def taken(team: Team, review_id: int, who: str, key: str) -> None:
    """Somebody takes an item."""
    async with team.writing() as session:
        taking = await reviewing.take_part(session, review_id, who)
        keys = [item.key for item in reviews.kept(taking.review).items]
        place = keys.index(key) if key in keys else len(keys)
        await reviewing.take_item(session, taking, place, NOW.now)


async def owing(team: Team, review_id: int, key: str) -> list[str]:
    """Whom the item waits for."""
    line = next(one for one in (await shown(team, review_id)).lines if one.item.key == key)
    assert line.is_open
    return [person.name for person in line.owed_by]
