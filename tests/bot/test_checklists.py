"""`labmate checklists`: a checklist goes out as a file, and comes in changed, or is refused with its line."""

from pathlib import Path

import pytest

from bot.settings import Settings
from bot.transfer.checklists import File, lists
from models.checklists import packaged, read, written
from models.db import Database
from models.domain.review import ReviewKind
from models.own_checklists import MinimumCheck, NoAdmin
from tests.bot.conftest import Typed
from tests.rows import make_member, make_workspace


@pytest.mark.parametrize("kind", ReviewKind)
def test_what_is_written_is_read(kind: ReviewKind) -> None:
    assert read(written(packaged(kind))) == packaged(kind)


def own(folder: Path, changed: str, to: str) -> str:
    """A launch check's file with some words changed."""
    text = written(packaged(ReviewKind.DEPLOYMENT))
    assert changed in text
    (folder / "own.yaml").write_text(text.replace(changed, to), "utf-8")
    return str(folder / "own.yaml")


def test_one_is_printed_before_anything_is_there(typed: Typed) -> None:
    done = typed("checklists", "peer")
    assert done.code == 0
    assert read(done.out) == packaged(ReviewKind.PEER)


def test_what_is_wrong_is_said_with_its_line(typed: Typed, tmp_path: Path) -> None:
    file = own(tmp_path, "gate: info", "gate: perhaps")
    done = typed("checklists", "deployment", file)
    line = Path(file).read_text("utf-8").splitlines().index("  gate: perhaps") + 1
    assert done.code == 1
    assert f"labmate: Line {line}, items.23.gate: " in done.err
    assert typed("checklists", "deployment", "nowhere.yaml").code == 1
    (tmp_path / "latin.yaml").write_bytes(b"title: caf\xe9\n")
    assert "is not written in UTF-8" in typed("checklists", "deployment", "latin.yaml").err
    assert "changes nothing" in typed("checklists", "peer", _same(tmp_path)).out


def _same(folder: Path) -> str:
    (folder / "same.yaml").write_text(written(packaged(ReviewKind.PEER)), "utf-8")
    return str(folder / "same.yaml")


async def a_workspace(url: str, *, admin: bool) -> None:
    db = Database(url)
    async with db.writing(None) as session:
        home = await make_workspace(session)
        member = await make_member(session, home, slack_id="UANA", described=True)
        member.admin = admin
    await db.close()


async def said(url: str, name: str | None, *, dry_run: bool = False) -> str:
    file = File(ReviewKind.DEPLOYMENT, name, "", dry_run)
    return await lists(Settings(_env_file=None, database_url=url), file)


async def test_a_changed_one_is_in_force_from_the_next_review_on(
    sqlite: str, tmp_path: Path
) -> None:
    await a_workspace(sqlite, admin=True)
    file = own(tmp_path, "label: Users trained", "label: Everybody trained")
    change = "“Everybody trained” is worded anew (was “Users trained”)"
    assert await said(sqlite, file, dry_run=True) == (
        f"It is right; without --dry-run:\n  {change}\n"
    )
    assert read(await said(sqlite, None)) == packaged(ReviewKind.DEPLOYMENT)
    assert await said(sqlite, file) == f"From the next review on:\n  {change}\n"
    now = read(await said(sqlite, None))
    assert now.version == 2
    assert next(one.label for one in now.items if one.key == "user_training") == "Everybody trained"


async def test_a_minimum_check_stays(sqlite: str, tmp_path: Path) -> None:
    await a_workspace(sqlite, admin=True)
    file = own(tmp_path, "label: Privacy review done", "label: Privacy")
    for dry_run in (True, False):
        with pytest.raises(MinimumCheck, match="keeps its words"):
            await said(sqlite, file, dry_run=dry_run)
    assert read(await said(sqlite, None)) == packaged(ReviewKind.DEPLOYMENT)


async def test_it_is_changed_in_the_name_of_an_admin(sqlite: str, tmp_path: Path) -> None:
    await a_workspace(sqlite, admin=False)
    with pytest.raises(NoAdmin):
        await said(sqlite, own(tmp_path, "label: Users trained", "label: Everybody trained"))
