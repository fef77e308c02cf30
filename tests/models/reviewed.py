"""Steps of a review that several tests take."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models import closing, review_pages, review_ticks, reviewing, reviews
from models.checklists import packaged
from models.closing import Wanted
from models.domain.checklist import ItemKind, for_project
from models.domain.facts_reviews import ReviewFacts
from models.domain.project import RiskTier, Role
from models.domain.review import Answer, ReviewKind, Side
from models.reviewing import Said
from models.reviews import Plan
from models.tables import Member, Membership
from tests.models.conftest import NOW, Team

BERLIN = ZoneInfo("Europe/Berlin")
BOTH_WAYS = "code_explained_both_ways"
"""The engineer's side of it."""
DUE = NOW.today + timedelta(days=10)


def plan(team: Team, kind: ReviewKind = ReviewKind.HANDOVER) -> Plan:
    """Ana leads a review of the project."""
    return Plan(kind, team.project.id, DUE, team.ana)


async def role(team: Team, member: Member, *roles: Role) -> None:
    """Give somebody roles in the project."""
    async with team.writing() as session:
        session.add_all(
            Membership(project_id=team.project.id, member_id=member.id, role=one) for one in roles
        )


async def planned(team: Team, kind: ReviewKind = ReviewKind.HANDOVER) -> int:
    """A review's id."""
    async with team.writing() as session:
        review, _ = await reviews.schedule(session, plan(team, kind), "UANA", at=NOW)
        return review.id


async def opened(team: Team, kind: ReviewKind = ReviewKind.HANDOVER) -> int:
    """An open review's id."""
    review_id = await planned(team, kind)
    async with team.writing() as session:
        hand = await reviews.take(session, review_id, "UANA")
        await reviews.open_now(session, hand, zone=BERLIN, at=NOW)
    return review_id


async def answered(team: Team, review_id: int, who: str = "UANA", /, **said: Said) -> None:
    """Somebody answers."""
    async with team.writing() as session:
        taking = await reviewing.take_part(session, review_id, who)
        await reviewing.answer(session, taking, said, NOW.now)


async def both_answered(team: Team, review_id: int, **said: Said) -> None:
    """Ana leads it and answers for everybody; what is Ben's own word, he says."""
    own = {key: one for key, one in said.items() if key == BOTH_WAYS}
    await answered(team, review_id, **{key: one for key, one in said.items() if key not in own})
    await answered(team, review_id, "UBEN", **own)


async def shown(team: Team, review_id: int) -> ReviewFacts:
    """As it reads now."""
    async with team.writing() as session:
        return await review_pages.facts(session, review_id, NOW.today)


async def signed(team: Team, review_id: int, who: str, side: Side) -> None:
    """Somebody signs."""
    async with team.writing() as session:
        taking = await reviewing.take_part(session, review_id, who)
        await reviewing.sign(session, taking, side, NOW.now)


async def closed(team: Team, review_id: int, wanted: Wanted, who: str = "UANA") -> None:
    """Somebody closes it."""
    async with team.writing() as session:
        hand = await closing.take(session, review_id, who, NOW.today)
        await closing.close(session, hand, wanted, at=NOW)
    await followed(team, review_id)


async def followed(team: Team, review_id: int, now: datetime = NOW.now) -> None:
    """The tick does what follows."""
    async with team.writing() as session:
        assert await review_ticks.wake(session, review_id, now)


def everything(kind: ReviewKind) -> dict[str, Said]:
    """A yes to every item, from each side."""
    asked = for_project(packaged(kind).items, risk=RiskTier.LOW, explainability_required=False)
    return {
        item.key: Said(Answer.YES, "Written" if item.kind is ItemKind.STATEMENT else None)
        for item in asked
    }
