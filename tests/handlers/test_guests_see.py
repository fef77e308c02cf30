"""Guests read the projects that they belong to, by every way of reading, and none of the others."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from handlers.blocks import lab
from handlers.blocks.document import Document, button
from handlers.guests import CLOSED, for_reader, without_closed
from handlers.ids import Click
from handlers.right import Free
from handlers.rights import VERBS
from models import visible
from models.db import Database
from models.domain.errors import BotError, NotMetYet
from models.domain.permissions import Tie
from models.domain.project import Role
from models.tables import Ceremony, Experiment, Member, Membership, Participant, Project
from tests.handlers import book
from tests.handlers.somewhere import Place, make_place
from tests.handlers.test_rights import ask_of
from tests.queries import count_queries
from tests.rows import make_member

pytestmark = pytest.mark.traced_through

HANDLERS = book.handlers()
ASKS_NOTHING = {"", "help"}
READING = {f"/{verb}" for verb, right in VERBS.items() if right is Free.READ} - {
    f"/{verb}" for verb in ASKS_NOTHING
}
TYPED = {
    "/show": "show FRAUD-1",
    "/project": "project FRAUD",
    "/find": "find merchant velocity",
    "/score": "score FRAUD",
    "/status": "status FRAUD",
    "/explain": "explain baseline FRAUD",
}
SHOWS = {"Fraud detection", "FRAUD-1", "Merchant velocity"}


@pytest.fixture
async def place(database: Database) -> Place:
    place = await make_place(database)
    async with database.writing(place.workspace_id) as session:
        gus = Member(slack_id="UGUS", name="Gus", tz="Europe/Berlin", described=True, limited=True)
        gus.created_at = (await session.get_one(Project, place.project_id)).created_at
        session.add(gus)
    return place


async def tie(place: Place, kind: Tie) -> None:
    async with place.db.writing(place.workspace_id) as session:
        gus = (await session.scalars(select(Member).where(Member.slack_id == "UGUS"))).one()
        ceremony = await session.get_one(Ceremony, place.ceremony_id)
        match kind:
            case Tie.ROLE:
                session.add(
                    Membership(project_id=place.project_id, member_id=gus.id, role=Role.DESIGNER)
                )
            case Tie.OWNER:
                (await session.get_one(Experiment, place.owed_id)).owner_id = gus.id
            case Tie.STANDUP:
                (await session.get_one(Project, place.project_id)).channel_id = None
                session.add(Participant(ceremony_id=ceremony.id, member_id=gus.id))
            case Tie.CHANNEL:
                ceremony.project_id = None
                session.add(Participant(ceremony_id=ceremony.id, member_id=gus.id))


async def reads(place: Place, name: str, by: str) -> str:
    """Everything that this way of reading shows, as the doors ask for it."""
    handler: Callable[..., Awaitable[object]] = HANDLERS[name]
    async with place.db.reading(place.workspace_id) as session:
        visible.read_as(session, by)
        try:
            shown = await handler(ask_of(place, by, text=TYPED.get(name, name[1:])), session)
        except BotError as error:
            return error.sentence
    return str(shown)


@pytest.mark.parametrize("name", sorted(READING))
async def test_a_guest_reads_nothing_of_what_they_have_no_part_in(name: str, place: Place) -> None:
    everything = await reads(place, name, "USTRANGER")
    assert any(word in everything for word in SHOWS), "a member of the workspace reads all of it"
    shown = await reads(place, name, "UGUS")
    typed = {"FRAUD-1"} if name == "/show" else set()
    assert not [word for word in SHOWS - typed if word in shown]


SHOWS_PAGES = READING | {"/", "/help", "/settings", "/update", "/export", Click.HOME_PAGE}


@pytest.mark.parametrize("name", sorted(SHOWS_PAGES))
async def test_a_guest_is_shown_no_button_that_they_would_be_refused_at(
    name: str, place: Place
) -> None:
    await tie(place, Tie.ROLE)
    handler: Callable[..., Awaitable[Any]] = HANDLERS[name]
    for by in ("UGUS", "UANA"):
        async with place.db.writing(place.workspace_id) as session:
            visible.read_as(session, by)
            shown = await handler(ask_of(place, by, text=TYPED.get(name, name[1:])), session)
            seen = await for_reader(session, by, shown)
        closed = [action for action in CLOSED if f"'action_id': '{action}'" in str(seen)]
        assert by == "UANA" or not closed
        assert by == "UGUS" or seen is shown


def test_what_a_guest_may_not_click_is_neither_shown_nor_said() -> None:
    page = Document().paragraph("What would you like to do?")
    page.row("Nanochat [New hypothesis]", button("Open", Click.PROJECT_PAGE, "1"))
    page.row("Recall", button("Change", Click.METRIC_CHANGE, "1"))
    page.actions("some", [button("New & all", Click.MENU_NEW), button("Find", Click.MENU_FIND)])
    page.actions("none", [button("Decide", Click.MENU_DECIDE)])
    seen = without_closed(page.rendered())
    assert seen.text == (
        "What would you like to do?\nNanochat [New hypothesis] [Open]\nRecall\n[Find]"
    )
    assert [block["type"] for block in seen.blocks] == [
        "rich_text",
        "section",
        "section",
        "actions",
    ]
    assert "accessory" not in seen.blocks[2]
    view = without_closed({"type": "home", "blocks": page.rendered().blocks})
    assert view == {"type": "home", "blocks": seen.blocks}


async def test_who_may_do_what_is_asked_only_where_something_is_closed(place: Place) -> None:
    async with place.db.reading(place.workspace_id) as session:
        with count_queries(place.db) as count:
            page = lab.help_page("/lab", [])
            assert await for_reader(session, "UGUS", page) is page
            assert not count
            menu = lab.menu("/lab")
            assert await for_reader(session, "UGUS", menu) != menu
            assert await for_reader(session, "UNOBODY", menu) is menu
            assert len(count) == 2


@pytest.mark.parametrize("kind", Tie)
async def test_each_tie_opens_the_project_and_no_other(kind: Tie, place: Place) -> None:
    await tie(place, kind)
    for name in sorted(READING - {"/digest"}):
        shown = await reads(place, name, "UGUS")
        assert any(word in shown for word in SHOWS), (name, shown)


async def test_whom_slack_has_not_described_is_asked_for_first(place: Place) -> None:
    async with place.db.writing(place.workspace_id) as session:
        workspace = type("W", (), {"id": place.workspace_id, "tz": "UTC"})()
        await make_member(session, workspace, slack_id="UNEW")
    for by in ("UNEW", "UNOBODY"):
        async with place.db.reading(place.workspace_id) as session:
            visible.read_as(session, by)
            assert await session.scalar(select(Member).where(Member.slack_id == "UANA"))
            with pytest.raises(NotMetYet):
                await session.scalars(select(Project))


async def test_who_has_been_loaded_is_not_asked_for_again(place: Place) -> None:
    async with place.db.reading(place.workspace_id) as session:
        visible.read_as(session, "UANA")
        await session.scalars(select(Member))
        await session.scalars(select(Project))
        assert visible.sees_all(session)
