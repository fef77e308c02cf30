"""`labmate digest` as it is typed: printed as of any date, posted where it is scheduled."""

import asyncio
import json

import pytest
from sqlalchemy import select

from models.db import Database
from models.digests import Schedule, schedule
from models.tables import Delivery, Digest
from tests.bot.conftest import Typed
from tests.clock import MORNING
from tests.reallogs import NANO, imported
from tests.rows import make_member, make_workspace


async def a_thursdays_digest(url: str) -> None:
    """Have one scheduled, in a workspace with nothing else."""
    db = Database(url)
    async with db.writing(None) as session:
        workspace = await make_workspace(session)
        ana = await make_member(session, workspace, name="Ana")
    async with db.writing(workspace.id) as session:
        plan = Schedule("C1", None, ("thu",), MORNING.time(), "Europe/Berlin")
        await schedule(session, plan, by=ana, now=MORNING)
    await db.close()


async def sent(url: str) -> list[tuple[str, str]]:
    """Kind and destination of what waits for delivery; nothing is posted that isn't kept."""
    db = Database(url)
    async with db.reading(None) as session:
        deliveries = (await session.scalars(select(Delivery))).all()
        kept = (await session.scalars(select(Digest))).all()
    await db.close()
    assert len(kept) == len(deliveries)
    return [(one.kind, one.destination) for one in deliveries]


def test_a_past_day_is_printed_and_nothing_is_posted(typed: Typed, sqlite: str) -> None:
    asyncio.run(imported(sqlite, NANO))
    words = ("digest", "stalled", "--dry-run", "--as-of", "2026-03-05")
    text = typed(*words, "--project", "nano", DATABASE_URL=sqlite)
    assert (text.code, text.err) == (0, "")
    assert "2.02 (to be confirmed) | needed 2." in text.out
    before = typed(*words[:-1], "2026-03-03", DATABASE_URL=sqlite)
    assert "2.76 | needed 2. Best since 5 Feb." in before.out
    blocks = json.loads(typed(*words, "--format", "blocks", DATABASE_URL=sqlite).out)
    assert blocks["text"] == text.out.removesuffix("\n")
    assert blocks["blocks"]
    assert asyncio.run(sent(sqlite)) == []


def test_what_leaders_read_is_printed_also_as_a_page(typed: Typed, sqlite: str) -> None:
    asyncio.run(imported(sqlite, NANO))
    words = ("digest", "leadership", "--dry-run", "--as-of", "2026-03-05")
    text = typed(*words, DATABASE_URL=sqlite)
    assert (text.code, text.err) == (0, "")
    assert text.out.startswith("*Machine learning — week to 5 March*")
    assert "2.02" not in text.out, "nobody has confirmed it"
    page = typed(*words, "--format", "html", DATABASE_URL=sqlite).out
    assert "<h1>Machine learning — week to 5 March</h1>" in page
    assert asyncio.run(sent(sqlite)) == []


def test_every_kind_is_printed_in_every_format(typed: Typed, sqlite: str) -> None:
    asyncio.run(imported(sqlite, NANO, confirmed=True))
    for kind, title in (
        ("stalled", "Nothing needs a hand"),
        ("progress", "Progress: week to 5 March"),
        ("leadership", "Machine learning — week to 5 March"),
    ):
        words = ("digest", kind, "--dry-run", "--as-of", "2026-03-05", "--format")
        text, blocks, page = (
            typed(*words, form, DATABASE_URL=sqlite) for form in ("text", "blocks", "html")
        )
        assert {(one.code, one.err) for one in (text, blocks, page)} == {(0, "")}
        assert text.out.startswith(f"*{title}*")
        said = json.loads(blocks.out)
        assert said["text"] == text.out.removesuffix("\n")
        assert said["blocks"][0]["type"] == "header"
        assert page.out.startswith("<!doctype html>")
        assert f"<h1>{title}</h1>" in page.out
        for printed in (text, blocks, page):
            assert "2.02" in printed.out, kind
    assert asyncio.run(sent(sqlite)) == []


def test_it_is_posted_where_it_is_scheduled(typed: Typed, sqlite: str) -> None:
    asyncio.run(a_thursdays_digest(sqlite))
    ended = typed("digest", "stalled", DATABASE_URL=sqlite)
    assert (ended.code, ended.out, ended.err) == (0, "1 on the way.\n", "")
    assert asyncio.run(sent(sqlite)) == [("stalled_digest", "C1")]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--as-of", "2026-03-05"), 2, "--as-of and --project only print: add --dry-run."),
        (("--project", "NANO"), 2, "--as-of and --project only print: add --dry-run."),
        (("--dry-run",), 1, "The database is empty: start `labmate run` once, or import a log."),
        ((), 1, "The database is empty: start `labmate run` once, or import a log."),
        (("--workspace", "T9"), 1, "Say which workspace with --workspace: there is none yet."),
    ],
)
def test_what_it_can_not_do_is_said(
    typed: Typed, sqlite: str, words: tuple[str, ...], code: int, said: str
) -> None:
    ended = typed("digest", "stalled", *words, DATABASE_URL=sqlite)
    assert (ended.code, ended.out, ended.err) == (code, "", f"labmate: {said}\n")


def test_a_project_that_is_not_there_is_named(typed: Typed, sqlite: str) -> None:
    asyncio.run(a_thursdays_digest(sqlite))
    words = ("digest", "stalled", "--dry-run", "--project", "none")
    ended = typed(*words, DATABASE_URL=sqlite)
    assert (ended.code, ended.err) == (1, "labmate: There is no project NONE.\n")


def test_where_none_is_scheduled_nothing_is_posted(typed: Typed, sqlite: str) -> None:
    asyncio.run(imported(sqlite, NANO))
    ended = typed("digest", "stalled", DATABASE_URL=sqlite)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "labmate: no stalled digest is scheduled.\n"
    assert asyncio.run(sent(sqlite)) == []


def test_the_team_s_week_is_printed_as_of_a_day(typed: Typed, sqlite: str) -> None:
    asyncio.run(imported(sqlite, NANO))
    words = ("digest", "progress", "--dry-run", "--as-of", "2026-03-05")
    text = typed(*words, "--project", "nano", DATABASE_URL=sqlite)
    assert (text.code, text.err) == (0, "")
    assert text.out.startswith("*Progress: week to 5 March*")
    assert "2.02 (to be confirmed) | needed 2" in text.out
