"""Conditions of a go: told to their owners, met with evidence, and a finding from the day after (§4.8)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models import conditions, decided, home
from models.closing import OnlyOfAGo, Promised, Wanted
from models.conditions import MetAlready
from models.domain.decision import DecisionKind
from models.domain.errors import Unknown
from models.domain.facts_home import MyCondition
from models.domain.facts_notices import ToMeet
from models.domain.findings.kinds import OverdueCondition
from models.domain.permissions import NotAllowed
from models.domain.review import Answer, ReviewKind
from models.reviewing import Said
from models.search import AsOf
from models.stalled import stalled
from models.tables import Condition, Decision, Notice
from models.telling import notices_facts
from tests.models.conftest import NOW, Team
from tests.models.reviewed import DUE, both_answered, closed, everything, opened
from tests.rows_decisions import make_decision


async def gone(led: Team) -> int:
    """A hand-over's go with a condition that Ben sees to; the condition's id."""
    review_id = await opened(led)
    said = everything(ReviewKind.HANDOVER)
    said["support_split"] = Said(Answer.PARTLY, "nights are open")
    await both_answered(led, review_id, **said)
    promised = Promised("support_split", "Agree on nights", "UBEN", DUE)
    await closed(led, review_id, Wanted(DecisionKind.GO, "Ready", conditions=(promised,)))
    async with led.writing() as session:
        return (await session.scalars(select(Condition.id))).one()


async def met(led: Team, condition_id: int, who: str) -> None:
    async with led.writing() as session:
        await conditions.meet(session, condition_id, who, "https://wiki/nights", at=NOW)


async def told(led: Team) -> list[Notice]:
    async with led.writing() as session:
        found = await session.scalars(
            select(Notice).where(Notice.subject.startswith("condition:")).order_by(Notice.id)
        )
        return list(found)


async def overdue(led: Team, days: int) -> list[OverdueCondition]:
    """What is said so many days after it was due."""
    async with led.db.reading(led.workspace_id) as session:
        facts = await stalled(session, AsOf(DUE + timedelta(days=days), ZoneInfo("UTC")))
    reasons = [reason for one in facts.findings for reason in one.reasons]
    return [reason for reason in reasons if isinstance(reason, OverdueCondition)]


async def test_its_owner_is_told_at_once_and_on_the_day(led: Team) -> None:
    await gone(led)
    first, again = await told(led)
    assert {first.member_id, again.member_id} == {led.ben.id}
    assert (first.kind, first.due_at) == ("condition_to_meet", NOW.now)
    assert (again.kind, again.due_at.date()) == ("condition_is_due", DUE)
    async with led.writing() as session:
        (await session.get_one(Notice, first.id)).told_on = NOW.today
    async with led.writing() as session:
        (part,) = (await notices_facts(session, led.ben.id, NOW.today)).parts
    assert "Agree on nights" in str(part)


async def test_it_stands_in_its_owner_s_home_until_it_is_met(led: Team) -> None:
    condition_id = await gone(led)

    async def mine() -> tuple[object, ...]:
        async with led.db.reading(led.workspace_id) as session:
            return (await home.facts(session, "UBEN", NOW.now)).notices

    assert await mine() == (MyCondition(condition_id, "Fraud detection", "Agree on nights", DUE),)
    await met(led, condition_id, "UBEN")
    assert await mine() == ()


async def test_of_a_go_that_was_replaced_nothing_is_asked_any_more(led: Team) -> None:
    condition_id = await gone(led)
    async with led.writing() as session:
        condition = await session.get_one(Condition, condition_id)
        go = await session.get_one(Decision, condition.decision_id)
        await make_decision(session, led.project, led.ana, supersedes_id=go.id, on=NOW.today)
        for row in await session.scalars(select(Notice)):
            row.told_on = NOW.today
    async with led.db.reading(led.workspace_id) as session:
        assert (await home.facts(session, "UBEN", NOW.now)).notices == ()
        parts = (await notices_facts(session, led.ben.id, NOW.today)).parts
    told = [one for one in parts if isinstance(one, ToMeet)]
    assert told
    assert all(one.replaced for one in told)


async def test_it_is_met_with_what_shows_it(led: Team) -> None:
    condition_id = await gone(led)
    await met(led, condition_id, "UBEN")
    async with led.writing() as session:
        ((found,), _) = await decided.of_project(session, led.project.id)
    (one,) = found.conditions
    assert (one.met_on, one.evidence) == (NOW.today, "https://wiki/nights")
    assert all(row.done_at for row in await told(led))
    with pytest.raises(MetAlready):
        await met(led, condition_id, "UANA")
    assert await overdue(led, 1) == []


async def test_the_day_after_it_was_due_it_waits(led: Team) -> None:
    condition_id = await gone(led)
    assert await overdue(led, 0) == []
    (one,) = await overdue(led, 1)
    assert (one.condition_id, one.text, one.since) == (condition_id, "Agree on nights", DUE)
    assert one.owner is not None
    assert one.owner.name == "Ben"


async def test_not_by_everybody_and_not_what_isn_t_there(led: Team) -> None:
    condition_id = await gone(led)
    with pytest.raises(Unknown):
        await met(led, 99, "UANA")
    async with led.writing() as session:
        (await session.get_one(Condition, condition_id)).owner_id = led.ana.id
    with pytest.raises(NotAllowed):
        await met(led, condition_id, "UBEN")


async def test_only_a_go_has_conditions(led: Team) -> None:
    review_id = await opened(led)
    promised = Promised("support_split", "Agree on nights", "UBEN", DUE)
    with pytest.raises(OnlyOfAGo):
        await closed(led, review_id, Wanted(DecisionKind.NO_GO, "No", conditions=(promised,)))
