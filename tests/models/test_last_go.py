"""An update of a live model takes over what was answered at the last go, on both databases (domain §4.3)."""

import pytest
from sqlalchemy import select

from models import reviewing
from models.closing import Wanted
from models.domain.decision import DecisionKind
from models.domain.facts_reviews import Line, ReviewFacts
from models.domain.project import Role
from models.domain.review import Answer, ReviewKind, Side
from models.domain.review_known import ALWAYS_ANEW
from models.reviewing import NothingToConfirm, Said
from models.tables import Decision, Review, ReviewAnswer
from tests.models.conftest import NOW, Team
from tests.models.reviewed import answered, closed, everything, opened, role, shown, signed
from tests.rows import make_measurement


async def live(team: Team, **said: Said) -> None:
    """A launch check that ended with a go; whatever isn't `said` is a yes."""
    await role(team, team.ana, Role.DATA_SCIENTIST)
    async with team.writing() as session:
        await make_measurement(
            session, team.of_ana, value=0.71, confirmed_by_id=team.ben.id, confirmed_on=NOW.today
        )
    review_id = await opened(team, ReviewKind.DEPLOYMENT)
    await answered(team, review_id, **{**everything(ReviewKind.DEPLOYMENT), **said})
    await signed(team, review_id, "UANA", Side.SCIENTIST)
    await signed(team, review_id, "UBEN", Side.ENGINEER)
    await closed(team, review_id, Wanted(DecisionKind.GO, "Ready"))


async def confirmed(team: Team, review_id: int, who: str) -> int:
    """Somebody says that what was said at the last go still holds."""
    async with team.writing() as session:
        taking = await reviewing.take_part(session, review_id, who)
        return await reviewing.confirm_unchanged(session, taking, NOW.now)


def line(facts: ReviewFacts, key: str) -> Line:
    """One line of it."""
    return next(one for one in facts.lines if one.item.key == key)


async def test_one_tap_takes_over_what_was_answered_at_the_last_go(led: Team) -> None:
    await live(led, sla=Said(Answer.YES, "four hours", "https://wiki.example/sla"))
    review_id = await opened(led, ReviewKind.DEPLOYMENT)
    before = await shown(led, review_id)
    sla = line(before, "sla").before
    assert sla is not None
    assert (sla.answer, sla.note, sla.by.name) == (Answer.YES, "four hours", "Ana")
    assert "sla" in {item.key for item in before.verdict.failing_should}, (
        "it counts for nothing yet"
    )
    assert {one.item.key for one in before.unconfirmed}.isdisjoint(ALWAYS_ANEW)
    assert await confirmed(led, review_id, "UANA") == len(before.unconfirmed) == 20
    after = await shown(led, review_id)
    assert (line(after, "sla").answer, line(after, "sla").note) == (Answer.YES, "four hours")
    assert {one.item.key for one in after.open_lines} == set(ALWAYS_ANEW) - {
        "acceptance_met",
        "same_numbers",
    }
    async with led.writing() as session:
        assert (await session.get_one(Review, review_id)).update


async def test_everybody_confirms_what_is_theirs_to_say(led: Team) -> None:
    await live(led)
    review_id = await opened(led, ReviewKind.DEPLOYMENT)
    count = await confirmed(led, review_id, "UBEN")
    facts = await shown(led, review_id)
    of_ana = {one.item.key for one in facts.unconfirmed}
    assert {one.item.asked_of for one in facts.unconfirmed} == {Role.PM, Role.DATA_SCIENTIST}
    with pytest.raises(NothingToConfirm):
        await confirmed(led, review_id, "UBEN")
    assert count + await confirmed(led, review_id, "UANA") == 20
    assert of_ana


async def test_what_was_not_met_or_is_asked_otherwise_is_asked_anew(led: Team) -> None:
    await live(led, compliance_legal=Said(Answer.NOT_APPLICABLE, "no credit decision"))
    async with led.writing() as session:
        review = (await session.scalars(select(Review))).one()
        assert review.checklist is not None
        items = [
            {**item, "text": "Another question?"} if item["key"] == "sla" else item
            for item in review.checklist["items"]
        ]
        review.checklist = {**review.checklist, "items": items}
        not_met = select(ReviewAnswer).where(ReviewAnswer.item == "model_card")
        (await session.scalars(not_met)).one().answer = Answer.PARTLY
    facts = await shown(led, await opened(led, ReviewKind.DEPLOYMENT))
    keys = {one.item.key for one in facts.unconfirmed}
    assert "compliance_legal" in keys
    assert keys.isdisjoint({"sla", "model_card"})


async def test_without_a_go_nothing_is_taken_over(led: Team) -> None:
    await live(led)
    async with led.writing() as session:
        (await session.scalars(select(Decision))).one().kind = DecisionKind.NO_GO
    assert (await shown(led, await opened(led, ReviewKind.DEPLOYMENT))).unconfirmed == ()


async def test_what_nobody_confirmed_stays_unanswered_when_it_is_closed(led: Team) -> None:
    await live(led)
    review_id = await opened(led, ReviewKind.DEPLOYMENT)
    await closed(led, review_id, Wanted(DecisionKind.NO_GO, "Too early"))
    sla = line(await shown(led, review_id), "sla")
    assert (sla.is_open, sla.known) == (True, False)
    assert sla.before is not None
