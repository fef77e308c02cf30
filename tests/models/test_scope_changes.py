"""Scope changes: told once, confirmed by each, chased, said in summaries and in what could use a hand."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from models import (
    acknowledging,
    notices,
    scope_changes,
    scope_forms,
    scope_pages,
    stalled,
    summaries,
    telling,
)
from models.domain.acknowledging import Matter, Subject
from models.domain.errors import (
    GuestsMayNot,
    NoGoodBenchmark,
    NotMetYet,
    NotToldOfIt,
    Unknown,
)
from models.domain.facts_scope import ScopeTold
from models.domain.findings.kinds import Kind, Unacknowledged
from models.domain.permissions import NotAllowed
from models.domain.project import Role
from models.domain.scope_change import ScopeReason
from models.scope_changes import Change, Typed
from models.search import AsOf
from models.tables import (
    Acknowledgement,
    Benchmark,
    Delivery,
    Event,
    Member,
    Membership,
    Notice,
    Project,
    ScopeChange,
)
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, at
from tests.queries import count_queries
from tests.rows import make_entry, make_prompt, make_run

ZONE = ZoneInfo("Europe/Berlin")
INVOICES = Change(
    before="All payment types",
    after="Invoices only",
    reason=ScopeReason.DATA,
    because="card payments come too late",
    safe_to_build=("The page with the list", "The export"),
    told=("UANA", "UBEN"),
)
VERSION = Typed(date(2026, 3, 9), 60, "the rules on invoices", 75)


async def announce(team: Team, change: Change = INVOICES, by: str = "UANA") -> int:
    async with team.writing() as session:
        done = await scope_changes.announce(session, team.project.id, change, by, NOW)
        return done.row.id


async def tick(team: Team, days: int = 0) -> None:
    async with team.db.writing(None) as session:
        await notices.tell_due(session, MORNING + timedelta(days=days))


async def of_ben(team: Team) -> list[tuple[str, bool, bool]]:
    """Kind, told, done, of each of Ben's notices."""
    async with team.db.reading(team.workspace_id) as session:
        found = await session.scalars(
            select(Notice).where(Notice.member_id == team.ben.id).order_by(Notice.id)
        )
        return [(row.kind, row.told_on is not None, row.done_at is not None) for row in found]


async def said_on(team: Team, day: date) -> list[Unacknowledged]:
    async with team.db.reading(team.workspace_id) as session:
        facts = await stalled.stalled(session, AsOf(day, ZONE))
    reasons = [reason for one in facts.findings for reason in one.reasons]
    return [one for one in reasons if isinstance(one, Unacknowledged)]


async def test_it_is_posted_once_and_asks_everybody_but_who_announces_it(led: Team) -> None:
    scope_id = await announce(led)
    (post,) = await led.sent(kind="scope_changed")
    assert post.destination == led.project.channel_id
    async with led.db.reading(led.workspace_id) as session:
        (ack,) = (await session.scalars(select(Acknowledgement))).all()
        assert (ack.subject, ack.member_id) == (f"scope:{scope_id}", led.ben.id)
        facts = await scope_pages.facts(session, scope_id)
        event = (await session.scalars(select(Event))).one()
    assert [one.name for one in facts.waiting] == ["Ben"]
    assert facts.safe_to_build == INVOICES.safe_to_build
    assert event.kind == "scope_changed"
    assert await of_ben(led) == [
        ("scope_to_confirm", False, False),
        ("scope_still_open", False, False),
    ]


async def test_a_project_without_a_channel_posts_nowhere(led: Team) -> None:
    async with led.writing() as session:
        await session.execute(update(Project).values(channel_id=None))
    await announce(led)
    assert await led.sent(kind="scope_changed") == []


async def test_confirmed_it_asks_for_nothing_any_more(led: Team) -> None:
    scope_id = await announce(led)
    await tick(led)
    async with led.writing() as session:
        day = (
            await session.scalars(select(Notice.told_on).where(Notice.told_on.is_not(None)))
        ).one()
        assert day is not None
        (part,) = (await telling.notices_facts(session, led.ben.id, day)).parts
        assert isinstance(part, ScopeTold)
        assert (part.confirmed, part.again) == (False, False)
        for _ in range(2):
            await acknowledging.confirm(session, Subject(Matter.SCOPE, scope_id), "UBEN", NOW)
        with pytest.raises(NotToldOfIt):
            await acknowledging.confirm(session, Subject(Matter.SCOPE, scope_id), "UANA", NOW)
        (part,) = (await telling.notices_facts(session, led.ben.id, day)).parts
        assert isinstance(part, ScopeTold)
        assert part.confirmed
    assert [done for *_, done in await of_ben(led)] == [True, True]
    assert await said_on(led, date(2026, 4, 1)) == []


async def test_who_has_not_confirmed_is_asked_after_three_days_then_weekly(led: Team) -> None:
    await announce(led)
    counts = []
    for day in range(14):
        await tick(led, day)
        counts.append(sum(told for _, told, _ in await of_ben(led)))
    # MORNING is a Tuesday: told then, on Friday, and on the Friday after.
    assert counts == [1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3]


async def test_the_finding_comes_on_its_day_and_not_one_sooner(led: Team) -> None:
    scope_id = await announce(led)
    assert await said_on(led, date(2026, 3, 5)) == []
    (found,) = await said_on(led, date(2026, 3, 6))
    assert (found.kind, found.notice_id, found.days) == (
        Kind.SCOPE_CHANGE_UNACKNOWLEDGED,
        scope_id,
        3,
    )
    assert [one.name for one in found.waiting_for] == ["Ben"]
    async with led.writing() as session:
        await acknowledging.confirm(
            session, Subject(Matter.SCOPE, scope_id), "UBEN", at(MORNING + timedelta(days=7))
        )
    assert await said_on(led, date(2026, 3, 10)) == []
    assert len(await said_on(led, date(2026, 3, 9))) == 1, "as of a day before it was confirmed"
    assert await said_on(led, date(2026, 3, 2)) == []


async def test_a_new_version_begins_on_its_day_and_the_past_stays(led: Team) -> None:
    scope_id = await announce(led, replace(INVOICES, version=VERSION))
    async with led.db.reading(led.workspace_id) as session:
        rows = (await session.scalars(select(Benchmark).order_by(Benchmark.version))).all()
        facts = await scope_pages.facts(session, scope_id)
        kinds = list(await session.scalars(select(Event.kind).order_by(Event.id)))
        before = await stalled.stalled(session, AsOf(date(2026, 3, 8), ZONE))
        after = await stalled.stalled(session, AsOf(date(2026, 3, 9), ZONE))
    assert [(row.version, row.baseline, row.acceptance) for row in rows] == [
        (1, 0.54, 0.70),
        (2, 0.60, 0.75),
    ]
    assert facts.version is not None
    assert (facts.version.version, facts.version.effective) == (2, date(2026, 3, 9))
    assert kinds == ["benchmark_versioned", "scope_changed"]
    needed = [
        line.numbers.acceptance
        for whole in (before, after)
        for line in whole.projects
        if line.numbers
    ]
    assert needed == [0.70, 0.75]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (replace(VERSION, effective=date(2026, 3, 2)), "effective"),
        (replace(VERSION, baseline=0.6), "baseline"),
        (replace(VERSION, acceptance=0.75), "acceptance"),
        (replace(VERSION, acceptance=60), "acceptance"),
    ],
)
async def test_what_can_not_be_a_benchmark_says_so_beside_its_field(
    led: Team, typed: Typed, field: str
) -> None:
    with pytest.raises(NoGoodBenchmark) as refused:
        await announce(led, replace(INVOICES, version=typed))
    assert refused.value.field == field
    async with led.db.reading(led.workspace_id) as session:
        assert (await session.scalars(select(ScopeChange))).all() == []


async def test_who_may(led: Team) -> None:
    async with led.writing() as session:
        await session.execute(update(Membership).values(role=Role.STAKEHOLDER))
    with pytest.raises(NotAllowed):
        await announce(led)
    with pytest.raises(NotMetYet):
        await announce(led, by="USTRANGER")
    async with led.writing() as session:
        await session.execute(update(Member).values(limited=True))
    with pytest.raises(GuestsMayNot):
        await announce(led)
    async with led.db.reading(led.workspace_id) as session:
        with pytest.raises(GuestsMayNot):
            await scope_forms.form_facts(session, led.project.id, "UANA")
        with pytest.raises(Unknown):
            await scope_pages.facts(session, 99)


async def test_somebody_whom_labmate_has_not_met_is_told_too(led: Team) -> None:
    await announce(led, replace(INVOICES, told=("UCARL", "UCARL")))
    async with led.db.reading(led.workspace_id) as session:
        carl = (await session.scalars(select(Member).where(Member.slack_id == "UCARL"))).one()
        (ack,) = (await session.scalars(select(Acknowledgement))).all()
    assert ack.member_id == carl.id


async def test_the_form_chooses_whom_to_tell_and_goes_on_from_the_last_one(led: Team) -> None:
    async with led.db.reading(led.workspace_id) as session:
        first = await scope_forms.form_facts(session, led.project.id, "UANA")
    assert (first.told, first.before, first.unit) == (("UBEN",), None, "share")
    assert (first.baseline, first.acceptance) == (54, 70)
    await announce(led)
    async with led.db.reading(led.workspace_id) as session:
        second = await scope_forms.form_facts(session, led.project.id, "UANA")
    assert second.before == "Invoices only"


async def test_summaries_say_what_is_safe_to_build_for_two_weeks(led: Team) -> None:
    await announce(led)
    for days, listed in ((1, True), (14, True), (15, False)):
        moment = MORNING + timedelta(days=days)
        async with led.writing() as session:
            run = await make_run(
                session,
                led.ceremony,
                day=moment.date(),
                opened_at=moment,
                closes_at=moment + timedelta(days=1),
            )
            await make_entry(session, run, led.ana, led.of_ana)
            await make_prompt(session, run, led.ana)
            facts = await summaries.summary_facts(session, run.id, moment.date(), moment)
        expected = (("Fraud detection", INVOICES.safe_to_build),) if listed else ()
        assert facts.safe_to_build == expected


async def test_announcing_asks_the_database_eight_times_at_most(led: Team) -> None:
    everybody = tuple(f"U{n}" for n in range(40))
    async with led.writing() as session:
        session.add_all(
            Member(slack_id=one, name=one, tz="Europe/Berlin", described=True, created_at=MORNING)
            for one in everybody
        )
    async with led.writing() as session:
        change = replace(INVOICES, told=everybody, version=VERSION)
        with count_queries(led.db) as statements:
            await scope_changes.announce(session, led.project.id, change, "UANA", NOW)
            await session.flush()
    assert len(statements) <= 7, statements
    async with led.db.reading(led.workspace_id) as session:
        assert len((await session.scalars(select(Acknowledgement))).all()) == 40
        assert len((await session.scalars(select(Delivery))).all()) == 1
