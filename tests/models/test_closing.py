"""Reviews closed by their gate, on both databases: what a go needs, what is kept, what follows."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models import closing, decided, review_ticks
from models.closing import GoRefused, Promised, Wanted
from models.domain.decision import DecisionKind
from models.domain.errors import SignedAlready
from models.domain.permissions import NotAllowed
from models.domain.project import ProjectStatus, Role, Stage
from models.domain.review import Answer, ReviewKind, ReviewState, Side
from models.domain.stages import NotReady
from models.reviewing import Said, TwoPeople
from models.reviews import ReviewOver
from models.tables import Decision, Event, Project, ReviewAnswer
from tests.models.conftest import NOW, Team
from tests.models.reviewed import (
    DUE,
    answered,
    both_answered,
    closed,
    everything,
    followed,
    opened,
    role,
    shown,
    signed,
)
from tests.rows import make_measurement, make_review
from tests.rows_decisions import make_decision


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
    await both_answered(led, review_id, **said)
    with pytest.raises(GoRefused):
        await closed(led, review_id, Wanted(DecisionKind.GO, "Ready"))
    promised = Promised("support_split", "Agree on nights", "UBEN", DUE)
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


async def test_who_sees_to_a_condition_may_be_new_to_labmate(led: Team) -> None:
    review_id = await opened(led)
    said = everything(ReviewKind.HANDOVER)
    said["support_split"] = Said(Answer.NO, "nights are open")
    await both_answered(led, review_id, **said)
    promised = Promised("support_split", "Agree on nights", "UNEW", DUE)
    await closed(led, review_id, Wanted(DecisionKind.GO, "Ready", conditions=(promised,)))
    ended = (await shown(led, review_id)).decided
    assert ended is not None
    assert [one.owner.slack_id for one in ended.conditions] == ["UNEW"]
    assert [row.subject for row in await led.sent(kind="read_person")] == ["person:UNEW"]


async def test_a_promise_that_a_former_version_has_noted_is_kept(led: Team) -> None:
    review_id = await opened(led, ReviewKind.STAKEHOLDER)
    async with led.writing() as session:
        hand = await closing.take(session, review_id, "UANA", NOW.today)
        row = await closing.close(session, hand, Wanted(DecisionKind.CONTINUE, "So"), at=NOW)
        noted = {"item": "users", "text": "Ask", "owner": led.ben.id, "due": DUE.isoformat()}
        row.evidence = row.evidence | {"promised": [noted]}
    await followed(led, review_id)
    ended = (await shown(led, review_id)).decided
    assert ended is not None
    assert [one.owner.name for one in ended.conditions] == ["Ben"]


async def test_a_decision_that_differs_from_the_checklist_says_so(led: Team) -> None:
    review_id = await opened(led, ReviewKind.STAKEHOLDER)
    await closed(led, review_id, Wanted(DecisionKind.GO, "They are happy"))
    ended = (await shown(led, review_id)).decided
    assert ended is not None
    assert ended.differs


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
    assert kinds == ["review_scheduled", "review_opened", "decided"]


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


async def test_a_project_review_does_not_launch_what_two_reviews_have_not_let_through(
    led: Team,
) -> None:
    async with led.writing() as session:
        (await session.get_one(Project, led.project.id)).stage = Stage.READINESS
    review_id = await opened(led, ReviewKind.PROJECT)
    with pytest.raises(NotReady, match="a go on the hand-over; a go on the launch check"):
        await closed(led, review_id, Wanted(DecisionKind.GO, "Let us launch"))
    assert (await shown(led, review_id)).state is ReviewState.OPEN
    await closed(led, review_id, Wanted(DecisionKind.CONTINUE, "Later"))


async def test_what_was_known_stands_before_and_after_the_tick_that_follows(led: Team) -> None:
    review_id = await opened(led, ReviewKind.PROJECT)
    async with led.writing() as session:
        hand = await closing.take(session, review_id, "UANA", NOW.today)
        await closing.close(session, hand, Wanted(DecisionKind.HOLD, "No data"), at=NOW)
    before = await shown(led, review_id)
    assert before.decided is not None
    assert [one.item.key for one in before.lines if one.known] == ["evidence", "stop_mark"]
    late = NOW.now + timedelta(days=2)
    await followed(led, review_id, late)
    after = await shown(led, review_id)
    assert [(one.answer, one.note) for one in after.lines] == [
        (one.answer, one.note) for one in before.lines
    ]
    async with led.writing() as session:
        assert not await review_ticks.wake(session, review_id, late), "it follows once"
        project = await session.get_one(Project, led.project.id)
        said = await session.scalars(select(Event.at).where(Event.kind == "decided"))
        assert project.status is ProjectStatus.ON_HOLD
        assert list(said) == [NOW.now], "it was decided then, however late the tick comes"


@pytest.mark.parametrize("launched", [False, True])
async def test_whichever_go_comes_last_launches_it(led: Team, launched: bool) -> None:
    """The hand-over's moves nothing alone, and says what it waits for."""
    async with led.writing() as session:
        project = await session.get_one(Project, led.project.id)
        project.stage = Stage.READINESS
        if launched:
            held: dict[str, Any] = {"state": ReviewState.HELD, "held_on": NOW.today}
            kind = ReviewKind.DEPLOYMENT
            check = await make_review(session, project, led.ana, kind=kind, **held)
            await make_decision(session, project, led.ana, kind=DecisionKind.GO, review_id=check.id)
    review_id = await opened(led)
    await both_answered(led, review_id, **everything(ReviewKind.HANDOVER))
    await closed(led, review_id, Wanted(DecisionKind.GO, "Ready"))
    async with led.writing() as session:
        stage = (await session.get_one(Project, led.project.id)).stage
        ((decision, *_), _) = await decided.of_project(session, led.project.id)
    assert (stage, decision.waits_for) == (
        (Stage.DEPLOYMENT, None) if launched else (Stage.READINESS, ReviewKind.DEPLOYMENT)
    )
