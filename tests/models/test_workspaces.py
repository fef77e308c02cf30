"""A workspace settles in at the first start, and keeps its zone when the bot starts again."""

import pytest

from models import workspaces
from models.db import Database
from models.domain.errors import Unknown
from tests.clock import MORNING
from tests.rows import make_workspace


async def test_a_workspace_settles_in_once(database: Database) -> None:
    ids = []
    for name, tz in (("Acme", "Europe/Berlin"), ("Acme Labs", "Asia/Tokyo")):
        async with database.writing(None) as session:
            found = await workspaces.settle_in(
                session, slack_id="T1", name=name, bot_user_id="UBOT", tz=tz, now=MORNING
            )
            ids.append(found.id)
    async with database.reading(None) as session:
        workspace = await workspaces.find(session, "T1")
        assert await workspaces.find(session, "T2") is None
    assert workspace is not None
    assert ids == [workspace.id] * 2
    assert (workspace.name, workspace.tz) == ("Acme Labs", "Europe/Berlin")


async def test_what_was_imported_before_the_first_start_is_its_own(database: Database) -> None:
    async with database.writing(None) as session:
        assert await workspaces.the_only_one(session) is None
        local = await workspaces.settle_locally(session, MORNING)
        assert await workspaces.the_only_one(session) is local
    async with database.writing(None) as session:
        settled = await workspaces.settle_in(
            session, slack_id="T1", name="Acme", bot_user_id="UBOT", tz="Asia/Tokyo", now=MORNING
        )
        said = (settled.id, settled.slack_id, settled.name, settled.bot_user_id, settled.tz)
    assert said == (local.id, "T1", "Acme", "UBOT", "Asia/Tokyo")
    async with database.writing(None) as session:
        other = await workspaces.settle_in(
            session, slack_id="T2", name="Beta", bot_user_id="UBOT", tz="UTC", now=MORNING
        )
    assert other.id != local.id


async def test_a_command_is_about_the_only_workspace_or_a_named_one(database: Database) -> None:
    async with database.writing(None) as session:
        with pytest.raises(Unknown, match="there is none yet"):
            await workspaces.the_only_one(session, "T1")
        one = await make_workspace(session, slack_id="T1", name="Acme")
        assert await workspaces.the_only_one(session) is one
        two = await make_workspace(session, slack_id="T2", name="Beta")
        assert await workspaces.the_only_one(session, "T2") is two
        for named in ("", "T3"):
            with pytest.raises(Unknown, match=r"--workspace: there is T1 \(Acme\), T2 \(Beta\)"):
                await workspaces.the_only_one(session, named)
