"""A file in a conversation, as the SDK uploads it: its title, its size, and a click that saves it."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Lab, Open

pytestmark = pytest.mark.asyncio(loop_scope="session")
LOG = "key,learning\r\nNANO-1,“norms”\r\n"


async def test_a_file_is_shown_and_saved(lab: Lab, open_page: Open) -> None:
    await lab.bot.client.files_upload_v2(
        channel="C0TEAM", content=LOG, filename="log.csv", title="<b>The log</b>"
    )
    page = await open_page("U0ANA", "C0TEAM")
    link = page.get_by_role("link", name=re.compile("The log"))
    await expect(link).to_have_text(re.compile(r"<b>The log</b>\s*CSV · \d+ bytes"))
    async with page.expect_download() as saving:
        await link.click()
    saved = await saving.value
    assert saved.suggested_filename == "log.csv"
    path = Path(await saved.path())
    assert await asyncio.to_thread(path.read_bytes) == LOG.encode()
