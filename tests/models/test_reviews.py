"""Reviews: planned, opened, answered and closed, on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models import closing, review_pages, reviewing, reviews
from models.checklists import packaged
from models.closing import GoRefused, Promised, Wanted
from models.domain.checklist import ItemKind
from models.domain.decision import DecisionKind
from models.domain.errors import DayIsPast
from models.domain.facts_reviews import ReviewFacts
from models.domain.permissions import NotAllowed
from models.domain.project import ProjectStatus, Role
from models.domain.review import Answer, ReviewKind, ReviewState, Side
from models.reviewing import NotOpenYet, Said, SignedAlready, TwoPeople
from models.reviews import NowhereToPost, Plan, ReviewOver, ScheduledAlready
from models.tables import Decision, Event, Member, Membership, Project, ReviewAnswer
from tests.models.conftest import NOW, Team
from tests.rows import make_measurement

BERLIN = ZoneInfo("Europe/Berlin")
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


@pytest.fixture
async def led(team: Team) -> Team:
    """Ana is PM, Ben the engineer."""
    async with team.writing() as session:
        for member in await session.scalars(select(Member)):
            member.described = True
    await role(team, team.ana, Role.PM)
    await role(team, team.ben, Role.ML_ENGINEER)
    return team


async def planned(team: Team, kind: ReviewKind = ReviewKind.HANDOVER) -> int:
    """A review's id."""
    async with team.writing() as session:
        review, _ = await reviews.schedule(session, plan(team, kind), "UANA", zone=BERLIN, at=NOW)
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
        hand = await reviews.take(session, review_id, who)
        await closing.close(session, hand, wanted, at=NOW)


def everything(kind: ReviewKind) -> dict[str, Said]:
    """A yes to every item."""
    return {
        item.key: Said(Answer.YES, "Written" if item.kind is ItemKind.STATEMENT else None)
        for item in packaged(kind).items
    }


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
            await reviews.schedule(session, wanted, "UANA", zone=BERLIN, at=NOW)
            return
        with pytest.raises(refused):
            await reviews.schedule(session, wanted, "UANA", zone=BERLIN, at=NOW)


async def test_without_a_channel_it_is_nowhere(led: Team) -> None:
    async with led.writing() as session:
        project = await session.get_one(Project, led.project.id)
        project.channel_id = None
        await session.flush()
        with pytest.raises(NowhereToPost):
            await reviews.schedule(session, plan(led), "UANA", zone=BERLIN, at=NOW)


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
            await reviews.schedule(session, plan(led), "UEVE", zone=BERLIN, at=NOW)


async def test_it_is_answered_from_its_opening_on(led: Team) -> None:
    review_id = await planned(led)
    with pytest.raises(NotOpenYet):
        await answered(led, review_id, contracts=Said(Answer.YES))


async def test_what_is_asked_of_a_role_is_answered_by_it_or_by_the_chair(led: Team) -> None:
    review_id = await opened(led)
    asked = {item.key: item.asked_of for item in packaged(ReviewKind.HANDOVER).items}
    engineers = next(key for key, of in asked.items() if of is Role.ML_ENGINEER)
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


async def test_a_person_who_left_blocks_nobody(led: Team) -> None:
    review_id = await opened(led)
    async with led.writing() as session:
        (await session.get_one(Member, led.ben.id)).active = False
    owed = {person.name for line in (await shown(led, review_id)).lines for person in line.owed_by}
    assert owed == {"Ana"}


async def test_a_go_is_refused_while_a_must_have_fails_and_the_review_stays_open(led: Team) -> None:
    review_id = await opened(led)
    with pytest.raises(GoRefused) as refused:
        await closed(led, review_id, Wanted(DecisionKind.GO, "We want it"))
    assert refused.value.sentence.startswith("Must-have not met: ")
    assert (await shown(led, review_id)).state is ReviewState.OPEN


async def test_a_go_with_a_condition(led: Team) -> None:
    review_id = await opened(led)
    said = everything(ReviewKind.HANDOVER)
    said["support_split"] = Said(Answer.PARTLY, "nights are open")
    await answered(led, review_id, **said)
    with pytest.raises(GoRefused):
        await closed(led, review_id, Wanted(DecisionKind.GO, "Ready"))
    promised = Promised("support_split", "Agree on nights", led.ben, DUE)
    wanted = Wanted(DecisionKind.GO, "Ready", next_on=DUE, conditions=(promised,))
    await closed(led, review_id, wanted)
    facts = await shown(led, review_id)
    assert facts.state is ReviewState.HELD
    assert facts.decided is not None
    assert (facts.decided.kind, facts.decided.differs) == (DecisionKind.GO, False)
    (condition,) = facts.decided.conditions
    assert (condition.text, condition.owner.name, condition.due) == ("Agree on nights", "Ben", DUE)
    async with led.writing() as session:
        assert (await session.get_one(Project, led.project.id)).next_touchpoint == DUE
    with pytest.raises(ReviewOver):
        await answered(led, review_id, contracts=Said(Answer.NO, "not yet"))


async def test_a_decision_that_differs_from_the_checklist_says_so(led: Team) -> None:
    review_id = await opened(led, ReviewKind.STAKEHOLDER)
    await closed(led, review_id, Wanted(DecisionKind.GO, "They are happy"))
    decided = (await shown(led, review_id)).decided
    assert decided is not None
    assert decided.differs


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (DecisionKind.STOP, ProjectStatus.STOPPED),
        (DecisionKind.HOLD, ProjectStatus.ON_HOLD),
        (DecisionKind.PIVOT, ProjectStatus.ACTIVE),
    ],
)
async def test_what_follows_from_a_decision(
    led: Team, kind: DecisionKind, status: ProjectStatus
) -> None:
    review_id = await opened(led, ReviewKind.PEER)
    await closed(led, review_id, Wanted(kind, "Because"))
    async with led.writing() as session:
        assert (await session.get_one(Project, led.project.id)).status is status
        kinds = list(await session.scalars(select(Event.kind).order_by(Event.id)))
    assert kinds == ["review_scheduled", "review_opened", "decision"]


async def test_a_launch_is_signed_by_two_technical_people(led: Team) -> None:
    await role(led, led.ana, Role.DATA_SCIENTIST, Role.ML_ENGINEER)
    review_id = await opened(led, ReviewKind.DEPLOYMENT)
    await signed(led, review_id, "UANA", Side.SCIENTIST)
    await signed(led, review_id, "UANA", Side.SCIENTIST)
    with pytest.raises(TwoPeople):
        await signed(led, review_id, "UANA", Side.ENGINEER)
    with pytest.raises(NotAllowed, match="Only a scientist"):
        await signed(led, review_id, "UBEN", Side.SCIENTIST)
    await signed(led, review_id, "UBEN", Side.ENGINEER)
    await role(led, led.ben, Role.DATA_SCIENTIST)
    with pytest.raises(SignedAlready):
        await signed(led, review_id, "UBEN", Side.SCIENTIST)
    names = {side: one.name for side, one in (await shown(led, review_id)).signed.items()}
    assert names == {Side.SCIENTIST: "Ana", Side.ENGINEER: "Ben"}


async def test_nobody_s_yes_stands_in_for_the_numbers(led: Team) -> None:
    review_id = await opened(led, ReviewKind.DEPLOYMENT)
    await answered(led, review_id, acceptance_met=Said(Answer.YES, "trust me"))
    lines = {line.item.key: line for line in (await shown(led, review_id)).lines}
    assert lines["acceptance_met"].answer is Answer.NO
    async with led.writing() as session:
        await make_measurement(
            session, led.of_ana, value=0.71, confirmed_by_id=led.ben.id, confirmed_on=NOW.today
        )
    lines = {line.item.key: line for line in (await shown(led, review_id)).lines}
    assert lines["acceptance_met"].answer is Answer.YES
    await closed(led, review_id, Wanted(DecisionKind.NO_GO, "Not yet"))
    async with led.writing() as session:
        kept = (
            await session.scalars(select(ReviewAnswer).where(ReviewAnswer.item == "acceptance_met"))
        ).one()
        decision = (await session.scalars(select(Decision))).one()
    assert (kept.answer, kept.given) == (Answer.YES, False)
    assert decision.evidence["best"] == 0.71


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
        assert await review_pages.to_be_held(session) == ((), 0)
