"""README's picture of what leaders read, from the running product: `python -m tests.browser.leaders`.

The made-up quarter (tests/data/scenarios.json) is in the record, and its PM types `/lab digest leadership` on
its last day.
"""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from bot.seed import team
from models.db import Database
from models.migrations import upgrade
from models.tables import Workspace
from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.digests import drawn, served, together
from tests.browser.product import ROOT
from tests.leaders_rows import write_leaders
from tests.scenarios import scenarios

PICTURE = ROOT / "docs/pictures/leaders.png"
LAST_DAY = datetime(2026, 11, 13, 12, tzinfo=UTC)
LEADERS = "C0LEADERS"


def world(workspace: Workspace) -> dict[str, Any]:
    """The quarter's people and the leaders' channel."""
    people = [
        {"id": f"U{one['id']}", "handle": one["id"]}
        | {key: one[key] for key in ("name", "title", "tz")}
        for one in scenarios()["members"]
    ]
    ids = [one["id"] for one in people]
    plain = team.world(LAST_DAY, empty=True)
    channel = {
        "id": LEADERS,
        "name": "leaders",
        "topic": "",
        "members": [*ids, workspace.bot_user_id],
    }
    return plain | {
        "team": {"id": workspace.slack_id, "name": workspace.name, "domain": "lab"},
        "app": plain["app"] | {"bot_user_id": workspace.bot_user_id},
        "people": people,
        "channels": [channel],
    }


async def main() -> None:
    """Write the picture.

    Raises:
        SystemExit: there is no Chromium to draw it with.
    """
    path = chromium()
    if path is None:
        raise SystemExit("No Chromium found.")
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'quarter.db'}"
        await upgrade(database)
        db = Database(database)
        async with db.writing(None) as session:
            workspace, _ = await write_leaders(session)
        await db.close()
        async with async_playwright() as playwright, served(database, world(workspace)) as url:
            browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            said = await drawn(
                browser,
                url,
                who="Umaya",
                where=LEADERS,
                typed="/lab digest leadership",
                height=1_500,
            )
            picture = await together(browser, said)
            await browser.close()
    PICTURE.write_bytes(picture)
    print(f"{PICTURE.relative_to(ROOT)}: {len(picture) // 1000} kB")


if __name__ == "__main__":
    asyncio.run(main())
