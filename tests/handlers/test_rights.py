"""Every command, click and form asks for a right, is refused to who lacks it, and works for who has it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from handlers import rights
from handlers.deps import Ask, Home
from handlers.forms import InvalidForm
from handlers.right import Free, Right
from handlers.rights import CLICKS, FORMS, SHORTCUTS, VERBS
from models.db import Database
from models.domain.errors import BotError, GuestsMayNot, Unknown
from models.domain.permissions import ALLOWED, Who
from models.tables import Member
from tests.clock import MORNING
from tests.handlers import book
from tests.handlers.somewhere import OWNS_NOTHING, Place, make_place, samples

RIGHTS = {
    **{f"/{verb}": right for verb, right in VERBS.items()},
    **{str(click): right for click, right in CLICKS.items()},
    **{str(form): right for form, right in FORMS.items()},
    **{str(shortcut): right for shortcut, right in SHORTCUTS.items()},
}
HANDLERS = book.handlers()
PAGE = Path(__file__).resolve().parents[2] / "docs/permissions.md"
ASKED_FOR = sorted(name for name, right in RIGHTS.items() if right is not Free.READ)


def test_every_registered_id_has_a_line_in_the_table() -> None:
    registered = set(HANDLERS)
    missing = registered - set(RIGHTS)
    assert not missing, f"say in handlers/rights.py which right these ask for: {missing}"
    assert set(RIGHTS) == registered


def test_the_page_says_what_the_code_says() -> None:
    assert PAGE.read_text("utf-8") == rights.page(), (
        "python -m handlers.rights > docs/permissions.md"
    )


@pytest.fixture
async def place(sqlite: str) -> AsyncIterator[Place]:
    db = Database(sqlite)
    yield await make_place(db)
    await db.close()


def ask_of(place: Place, by: str, **said: object) -> Ask:
    home = Home(place.workspace_id, "T1", ZoneInfo("Europe/Berlin"), "UBOT")
    ask = Ask(home, by, by.lower(), MORNING, channel="C00000001")
    return replace(ask, **said)  # type: ignore[arg-type]  # the samples' fields are an Ask's


async def attempt(place: Place, name: str, by: str) -> None:
    """Do it as `by`, in a transaction of its own."""
    said = samples(place)[name]
    async with place.db.writing(place.workspace_id) as session:
        await HANDLERS[name](ask_of(place, by, **said), session)


async def become(place: Place, by: str, *, guest: bool) -> None:
    async with place.db.writing(place.workspace_id) as session:
        await session.execute(update(Member).where(Member.slack_id == by).values(limited=guest))


@pytest.mark.parametrize("name", ASKED_FOR)
async def test_only_who_has_the_right_gets_through(name: str, place: Place) -> None:
    right, by = RIGHTS[name], place.who_may(name)
    if name not in OWNS_NOTHING and not _is_for_anyone(right):
        await _somebody_else_is_refused(place, name)
    if right is not Free.OWN:
        await become(place, by, guest=True)
        with pytest.raises(GuestsMayNot):
            await attempt(place, name, by)
        await become(place, by, guest=False)
    await attempt(place, name, by)


async def _somebody_else_is_refused(place: Place, name: str) -> None:
    with pytest.raises(BotError) as refused:
        await attempt(place, name, "USTRANGER")
    assert not isinstance(refused.value, Unknown | InvalidForm)
    if RIGHTS[name] is not Free.OWN:
        assert refused.value.sentence.startswith("Only ")
        assert "Ana" in refused.value.sentence, "it names whom to ask"


def _is_for_anyone(right: Right) -> bool:
    return not isinstance(right, Free) and Who.ANYONE in ALLOWED[right]
