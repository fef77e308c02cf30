"""A workspace settles in at the first start, and keeps its zone when the bot starts again."""

from models import workspaces
from models.db import Database
from tests.clock import MORNING


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
