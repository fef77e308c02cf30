"""Incidents of a live model: one at a time, shown where its users read, closed with what was done."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from handlers.blocks import incidents as incidents_blocks
from handlers.blocks import notices as notices_blocks
from models import chronicle_page, incident_pages, incidents, notices, telling
from models.domain import charter
from models.domain.decision import Cause
from models.domain.errors import IncidentIsClosed, IncidentIsOpen, StillToCome, Unknown
from models.domain.facts_live import IncidentsPage
from models.domain.permissions import NotAllowed
from models.incidents import Account
from models.search import AsOf
from models.tables import CharterAnswer, Delivery, Event, Incident, Member, Notice, Project
from tests.clock import MORNING
from tests.models.conftest import NOW, Team
from tests.models.live import BAD, GOOD, OVER, SEEN, asked, in_use, later, opened, said, value
from tests.models.test_scope_changes import ZONE
from tests.queries import count_queries
from tests.rows_live import make_incident


@pytest.fixture
async def live(team: Team) -> Team:
    """A model in use."""
    return await in_use(team)


async def test_the_question_says_what_became_of_it(live: Team) -> None:
    await value(live, BAD)
    async with live.db.writing(None) as session:
        await notices.tell_due(session, MORNING)

    async def told() -> str:
        async with live.db.reading(live.workspace_id) as session:
            facts = await telling.notices_facts(session, live.ana.id, NOW.today)
            return notices_blocks.notices(facts).text

    assert "did an input change?" in await told()
    assert "60 of 100, needed 70 of 100, since 3 Mar." in await told()
    assert "[Open incident] [Live number]" in await told()
    incident_id = await opened(live)
    assert "✓ An incident is open since 3 Mar." in await told()
    await said(live, incident_id)
    await value(live, GOOD)
    assert "✓ It is good again." in await told()
    async with live.writing() as session:
        await session.execute(update(Project).values(stage="production"))


async def test_one_incident_at_a_time_shown_where_its_users_read(live: Team) -> None:
    async with live.writing() as session:
        await session.execute(update(Project).values(stakeholders_channel_id="C00000055"))
    await value(live, BAD)
    incident_id = await opened(live)
    assert await asked(live) == [(live.ana.id, False)]
    with pytest.raises(IncidentIsOpen):
        await opened(live)
    (card,) = await live.sent(kind="incident_card")
    assert (card.destination, card.payload["incident_id"]) == ("C00000055", incident_id)
    async with live.writing() as session:
        early = replace(SEEN, since=later(1))
        with pytest.raises(StillToCome):
            await incidents.open_one(session, live.project.id, early, "UBEN", NOW)
        await session.execute(update(Member).values(admin=True))
        with pytest.raises(Unknown):
            await incidents.open_one(session, 999, SEEN, "UBEN", NOW)
        with pytest.raises(Unknown):
            await incident_pages.to_open(session, 999, "UBEN", NOW.today)
    await said(live, incident_id)
    assert await opened(live) != incident_id, "another one, later"


async def test_not_everybody_says_how_it_stands(live: Team) -> None:
    incident_id = await opened(live)
    async with live.writing() as session:
        await session.execute(
            update(Member).where(Member.id == live.ana.id).values(slack_id="UPM", admin=False)
        )
        await session.flush()
    async with live.writing() as session:
        session.add(
            Member(
                workspace_id=live.workspace_id, slack_id="UCLEO", name="Cleo", tz="UTC",
                described=True, created_at=MORNING,
            )
        )  # fmt: skip
        await session.flush()
        for attempt in (
            incidents.account(session, incident_id, OVER, "UCLEO", NOW),
            incident_pages.to_handle(session, incident_id, "UCLEO", NOW.now),
            incidents.open_one(session, live.project.id, SEEN, "UCLEO", NOW),
            incident_pages.to_open(session, live.project.id, "UCLEO", NOW.today),
        ):
            with pytest.raises(NotAllowed):
                await attempt


async def test_it_is_told_then_closed_and_then_nothing_is_said_any_more(live: Team) -> None:
    await value(live, BAD)
    incident_id = await opened(live)
    await said(live, incident_id, Account(SEEN.what, Cause.PLATFORM, "Restarting"), hours=1)
    async with live.db.reading(live.workspace_id) as session:
        facts = await incident_pages.to_handle(session, incident_id, "UBEN", NOW.now)
    assert (facts.cause, facts.fix, facts.closed_on) == (Cause.PLATFORM, "Restarting", None)
    assert facts.live is not None
    assert (facts.live.value, facts.live.needed) == (0.6, 0.7)
    assert facts.clock.agreed == 8
    await said(live, incident_id, hours=9)
    async with live.db.reading(live.workspace_id) as session:
        facts = await incident_pages.facts(session, incident_id, NOW.now)
    assert (facts.clock.hours, facts.clock.late) == (9, True)
    with pytest.raises(IncidentIsClosed):
        await said(live, incident_id)
    async with live.db.reading(live.workspace_id) as session:
        with pytest.raises(IncidentIsClosed):
            await incident_pages.to_handle(session, incident_id, "UBEN", NOW.now)
        for attempt in (
            incident_pages.facts(session, 999, NOW.now),
            incidents.account(session, 999, OVER, "UBEN", NOW),
        ):
            with pytest.raises(Unknown):
                await attempt
        kinds = await session.scalars(
            select(Event.kind).where(Event.kind.startswith("incident")).order_by(Event.id)
        )
        assert list(kinds) == ["incident_opened", "incident_told", "incident_closed"]
        history = await chronicle_page.page(session, live.project.id, AsOf(later(1), ZONE))
    assert [one.kind for one in history.lines][:2] == ["repaired", "incident"]


async def test_what_was_agreed_then_counts(live: Team) -> None:
    incident_id = await opened(live)
    async with live.writing() as session:
        await session.execute(update(Project).values(repair_hours=100))
    await said(live, incident_id, hours=9)
    async with live.db.reading(live.workspace_id) as session:
        assert (await incident_pages.facts(session, incident_id, NOW.now)).clock.late


async def test_who_has_opened_it_and_the_pm_are_told_once_when_it_takes_longer_than_agreed(
    live: Team,
) -> None:
    incident_id = await opened(live)

    async def told(hours: float) -> list[int]:
        async with live.db.writing(None) as session:
            await notices.tell_due(session, MORNING + timedelta(hours=hours))
            found = await session.scalars(
                select(Notice.member_id)
                .where(Notice.kind == "incident_late", Notice.told_on.is_not(None))
                .order_by(Notice.member_id)
            )
            return list(found)

    assert await told(8) == []
    assert await told(8.01) == [live.ana.id, live.ben.id]
    kinds = [row.operation for row in await live.sent(kind="incident_card")]
    assert kinds == ["post"], "what is still to be posted needs no refresh"
    async with live.db.reading(live.workspace_id) as session:
        facts = await telling.notices_facts(session, live.ana.id, NOW.today)
    said_of = notices_blocks.notices(facts).text
    assert "an incident takes longer than agreed" in said_of
    await said(live, incident_id, hours=9)
    async with live.db.reading(live.workspace_id) as session:
        still = select(func.count()).where(Notice.kind == "incident_late", Notice.done_at.is_(None))
        assert await session.scalar(still) == 0


async def test_where_nothing_is_agreed_nobody_is_told_that_it_is_late(live: Team) -> None:
    async with live.writing() as session:
        await session.execute(update(Project).values(repair_hours=None))
    await opened(live)
    async with live.db.reading(live.workspace_id) as session:
        late = select(func.count()).where(Notice.kind == "incident_late")
        assert await session.scalar(late) == 0


async def test_the_list_has_the_open_one_first(live: Team) -> None:
    async def page() -> IncidentsPage:
        async with live.db.reading(live.workspace_id) as session:
            return await incident_pages.page(session, live.project.id)

    assert not (await page()).lines
    first = await opened(live)
    async with live.writing() as session:
        for _ in range(incident_pages.SHOWN):
            await make_incident(
                session, live.project, live.ana, closed_on=NOW.today, closed_at=MORNING
            )
    found = await page()
    assert (found.lines[0].incident_id, found.is_open, found.more) == (first, True, 1)


async def test_the_form_shows_which_inputs_there_are_and_whose(live: Team) -> None:
    async def known() -> str | None:
        async with live.db.reading(live.workspace_id) as session:
            found = await incident_pages.to_open(session, live.project.id, "UBEN", NOW.today)
            return found.inputs

    assert await known() is None
    said = "Address feed of the vendor (Erik), orders table (Sofía)"
    async with live.writing() as session:
        ids = {"project_id": live.project.id, "by_id": live.ben.id}
        session.add(CharterAnswer(**ids, key=incident_pages.INPUTS, text=said, at=MORNING))
    shown = incidents_blocks.open_form("x", "2026-03-03", "x", await known())
    assert said in str(shown["blocks"])
    assert incident_pages.INPUTS in charter.QUESTIONS


async def test_statements(live: Team) -> None:
    with count_queries(live.db) as statements:
        await value(live, BAD)
    assert len(statements) <= 7, "and one more for a form that is stored once"
    with count_queries(live.db) as statements:
        incident_id = await opened(live)
    assert len(statements) <= 6, "two more show messages anew"
    with count_queries(live.db) as statements:
        await said(live, incident_id)
    assert len(statements) <= 8
    async with live.db.reading(live.workspace_id) as session:
        with count_queries(live.db) as statements:
            await incident_pages.to_open(session, live.project.id, "UBEN", NOW.today)
        assert len(statements) <= 5


async def test_two_people_open_it_at_the_same_moment(live: Team) -> None:
    """The second one is told that there is one: the index says so, on both databases."""
    await opened(live)
    with pytest.raises(IncidentIsOpen):
        await opened(live, by="UANA")
    async with live.db.reading(live.workspace_id) as session:
        assert await session.scalar(select(func.count(Incident.id))) == 1
        assert await session.scalar(
            select(func.count(Delivery.id)).where(Delivery.kind == "incident_card")
        )
