"""What was decided is kept with its reason, told to the project's channel, and followed (domain §2.4-7)."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from models import addresses, decided, deciding, planning
from models.closing import Wanted
from models.deciding import Typed
from models.decisions import ReplacedAlready
from models.domain.advice import Rule
from models.domain.clock import Moment
from models.domain.decision import DecisionKind
from models.domain.decision_facts import DecisionFacts, Replacement
from models.domain.delivery import Operation
from models.domain.errors import DayIsPast, NoProject, Unknown
from models.domain.findings.kinds import Kind
from models.domain.permissions import NotAllowed
from models.domain.project import ProjectStatus, Stage
from models.domain.project_facts import Plan
from models.domain.stages import NotReady
from models.search import AsOf
from models.stalled import stalled
from models.tables import Decision, Delivery, Event, Member, Project
from tests.models.conftest import NOW, Team, make_team
from tests.models.reviewed import closed, opened, shown

UTC = ZoneInfo("UTC")
MAY = date(2026, 5, 5)
HOLD = Typed(
    DecisionKind.HOLD, "The labels come in May", MAY, link="https://lab.slack.com/archives/C1/p1"
)


async def said(team: Team, typed: Typed, who: str = "UANA", at: Moment = NOW) -> Decision:
    async with team.writing() as session:
        row, _ = await deciding.decide(session, team.project.id, who, typed, at=at)
    return row


async def project_of(team: Team) -> Project:
    async with team.db.reading(team.workspace_id) as session:
        return await session.get_one(Project, team.project.id)


async def listed(team: Team, *, standing: bool = False) -> tuple[DecisionFacts, ...]:
    async with team.db.reading(team.workspace_id) as session:
        found, more = await decided.of_project(session, team.project.id, standing=standing)
    assert not more
    return found


async def test_it_is_stored_told_and_listed(led: Team) -> None:
    row = await said(led, HOLD)
    assert (row.kind, row.on) == (DecisionKind.HOLD, NOW.today)
    async with led.db.reading(led.workspace_id) as session:
        event = (await session.scalars(select(Event).where(Event.kind == "decided"))).one()
        facts = await decided.facts(session, row.id)
    assert event.data == {
        "decision": row.id,
        "what": "hold",
        "changes": {
            "status": ["active", "on_hold"],
            "next_touchpoint": [None, MAY.isoformat()],
        },
    }
    (told,) = await led.sent(kind="decision_made")
    assert (told.destination, told.subject) == (led.project.channel_id, f"decision:{row.id}")
    assert await listed(led) == (facts,)
    assert (facts.by.name, facts.next_on, facts.link) == ("Ana", MAY, HOLD.link)


async def test_what_the_rule_says_is_kept_with_the_facts_of_the_day(led: Team) -> None:
    row = await said(led, HOLD._replace(said="see the notes", dissent="Ben would go on"))
    assert row.recommended is DecisionKind.CONTINUE
    assert row.evidence["rule"] == Rule.STILL_MOVING
    assert {"baseline", "best", "acceptance", "version"} < set(row.evidence)
    (facts,) = await listed(led)
    assert (facts.differs, facts.recommended) == (True, DecisionKind.CONTINUE)
    assert (facts.evidence, facts.dissent) == ("see the notes", "Ben would go on")
    await said(led, Typed(DecisionKind.CONTINUE, "It still moves"))
    assert not (await listed(led))[0].differs


async def test_a_later_one_takes_its_place(led: Team) -> None:
    first = await said(led, HOLD)
    again = HOLD._replace(kind=DecisionKind.CONTINUE, supersedes_id=first.id)
    second = await said(led, again)
    (stands,) = await listed(led, standing=True)
    assert (stands.decision_id, stands.replaces) == (second.id, (DecisionKind.HOLD, NOW.today))
    assert [one.replaced_by for one in await listed(led)] == [
        None,
        Replacement(DecisionKind.CONTINUE, NOW.today),
    ]
    with pytest.raises(ReplacedAlready):
        await said(led, again)


async def test_where_the_first_one_stands_it_says_so_with_a_link(led: Team) -> None:
    first = await said(led, HOLD)
    second = await said(led, HOLD._replace(supersedes_id=first.id))
    refreshes = [row for row in await led.sent() if row.operation is Operation.REFRESH]
    assert [row.subject for row in refreshes] == [f"decision:{first.id}"]
    assert refreshes[0].not_before > NOW.now, "after the one that it leads to"
    async with led.writing() as session:
        addresses.known_as(session, "https://lab.slack.com/")
        assert (await decided.facts(session, first.id)).replaced_by == Replacement(
            DecisionKind.HOLD, NOW.today
        )
        await session.execute(
            update(Delivery)
            .where(Delivery.subject == f"decision:{second.id}")
            .values(state="sent", sent_at=NOW.now, slack_channel="C7", slack_ts="12.0034")
        )
        facts = await decided.facts(session, first.id)
    assert facts.replaced_by is not None
    assert facts.replaced_by.link == "https://lab.slack.com/archives/C7/p120034"


async def test_a_review_s_card_says_that_its_decision_was_replaced(led: Team) -> None:
    review_id = await opened(led)
    await closed(led, review_id, Wanted(DecisionKind.NO_GO, "Not yet"))
    (first,) = await listed(led)
    await said(led, HOLD._replace(supersedes_id=first.decision_id))
    again = [row.subject for row in await led.sent() if row.operation is Operation.REFRESH]
    assert {f"review:{review_id}", f"result:{review_id}"} < {*again}
    decided_in_it = (await shown(led, review_id)).decided
    assert decided_in_it is not None
    assert decided_in_it.replaced_by == Replacement(DecisionKind.HOLD, NOW.today)


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ((DecisionKind.STOP,), ProjectStatus.STOPPED),
        ((DecisionKind.HOLD,), ProjectStatus.ON_HOLD),
        ((DecisionKind.NO_GO,), ProjectStatus.ACTIVE),
        ((DecisionKind.STOP, DecisionKind.CONTINUE), ProjectStatus.ACTIVE),
    ],
)
async def test_the_project_s_status_follows(
    led: Team, kinds: tuple[DecisionKind, ...], status: ProjectStatus
) -> None:
    for kind in kinds:
        await said(led, Typed(kind, "Because"))
    assert (await project_of(led)).status is status


async def test_a_next_date_is_the_next_touchpoint(led: Team) -> None:
    await said(led, Typed(DecisionKind.CONTINUE, "It moves", MAY))
    assert (await project_of(led)).next_touchpoint == MAY
    for day in (NOW.today, NOW.today - timedelta(days=1)):
        with pytest.raises(DayIsPast):
            await said(led, Typed(DecisionKind.CONTINUE, "It moves", day))


async def test_a_go_moves_the_project_on_and_its_channel_reads_both(led: Team) -> None:
    async with led.writing() as session:
        (await session.get_one(Project, led.project.id)).stage = Stage.PROTOTYPE
    await said(led, Typed(DecisionKind.GO, "The idea holds"))
    assert (await project_of(led)).stage is Stage.DEVELOPMENT
    assert len(await led.sent(kind="stage_moved")) == 1
    assert len(await led.sent(kind="decision_made")) == 1


async def test_a_go_to_a_launch_is_refused_while_a_review_is_missing(led: Team) -> None:
    async with led.writing() as session:
        (await session.get_one(Project, led.project.id)).stage = Stage.READINESS
    with pytest.raises(NotReady, match="a go on the hand-over; a go on the launch check"):
        await said(led, Typed(DecisionKind.GO, "We want it"))
    assert await listed(led) == ()


async def test_a_project_without_a_channel_is_told_nothing(led: Team) -> None:
    async with led.writing() as session:
        (await session.get_one(Project, led.project.id)).channel_id = None
    await said(led, HOLD)
    assert await led.sent(kind="decision_made") == []


async def test_not_by_everybody_and_not_about_what_isnt_there(led: Team) -> None:
    with pytest.raises(NotAllowed, match="Ana"):
        await said(led, HOLD, "UBEN")
    with pytest.raises(Unknown):
        await said(led, HOLD._replace(supersedes_id=99))
    async with led.writing() as session:
        with pytest.raises(Unknown):
            await decided.facts(session, 99)
    theirs = await make_team(led.db)
    async with theirs.writing() as session:
        ana = await session.get_one(Member, theirs.ana.id)
        ana.admin = ana.described = True
    async with theirs.writing() as session:
        with pytest.raises(Unknown):
            await deciding.decide(session, led.project.id, "UANA", HOLD, at=NOW)


async def test_the_form_is_about_the_project_asked_for_even_if_it_has_ended(led: Team) -> None:
    await said(led, Typed(DecisionKind.STOP, "The market is gone"))
    async with led.db.reading(led.workspace_id) as session:
        form = await deciding.form(session, "FRAUD", NOW.today)
        assert (form.chosen.key, form.chosen.status) == ("FRAUD", ProjectStatus.STOPPED)
        assert [one.kind for one in form.standing] == [DecisionKind.STOP]
        page = await deciding.page(session, led.project.id)
        assert [one.reason for one in page.decisions] == ["The market is gone"]
        with pytest.raises(NoProject):
            await deciding.form(session, "NONE", NOW.today)
        with pytest.raises(Unknown):
            await deciding.waiting_review(session, led.project.id)


async def test_past_days_read_as_they_did_whatever_was_decided_since(led: Team) -> None:
    """A touchpoint that has passed asks for a decision; on a day before the decision it still does."""
    touched = NOW.today + timedelta(days=2)
    async with led.writing() as session:
        hand = await planning.take(session, led.project.id, "UANA")
        await planning.set_plan(session, hand, Plan(touchpoint=touched), NOW)
    later = Moment(NOW.now + timedelta(days=5), NOW.today + timedelta(days=5))

    async def due(day: date) -> list[date]:
        async with led.db.reading(led.workspace_id) as session:
            facts = await stalled(session, AsOf(day, UTC))
        return [
            reason.since
            for one in facts.findings
            for reason in one.reasons
            if reason.kind is Kind.DECISION_DUE
        ]

    assert await due(touched) == []
    assert await due(touched + timedelta(days=1)) == [touched]
    await said(led, Typed(DecisionKind.STOP, "Enough", MAY), at=later)
    assert await due(touched) == []
    assert await due(touched + timedelta(days=1)) == [touched]
    assert await due(later.today) == []
