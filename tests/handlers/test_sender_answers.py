"""What the sender makes of an answer, Slack's own or of a gateway in its place."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sender import Sender
from models.db import Database
from models.domain.delivery import Operation
from models.domain.errands import ReadPerson
from models.domain.sending import Parcel, SlackBusy, SlackRefused
from tests.clock import MORNING, FixedClock

PARCEL = Parcel(
    delivery_id=1,
    workspace_id=1,
    attempt=1,
    message=ReadPerson(slack_id="U1"),
    operation=Operation.READ,
    destination="U1",
    metadata_id="1-1",
    written_at=MORNING,
)
Answering = Callable[[web.Response], Awaitable[Sender]]


@pytest.fixture
async def answering(sqlite: str) -> AsyncIterator[Answering]:
    """A sender that speaks to a server which always gives one answer."""
    runners: list[web.AppRunner] = []
    db = Database(sqlite)

    async def start(response: web.Response) -> Sender:
        async def answer(_: web.Request) -> web.Response:
            return response

        app = web.Application()
        app.add_routes([web.route("*", "/{method}", answer)])
        runners.append(web.AppRunner(app))
        await runners[0].setup()
        await web.TCPSite(runners[0], "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runners[0].addresses[0][1]}/"
        client = AsyncWebClient(token="xoxb-1", base_url=url, retry_handlers=[])
        return Sender(db, FixedClock(), client, {})

    yield start
    for runner in runners:
        await runner.cleanup()
    await db.close()


@pytest.mark.parametrize(
    ("status", "content_type", "body"),
    [
        (503, "application/json", '{"ok": false, "error": "service_unavailable"}'),
        (503, "text/plain", "upstream connect error"),
        (502, "text/html", "<h1>Bad gateway</h1>"),
        (200, "application/json", '{"ok": tr'),
        (200, "application/json", '{"ok": false, "error": "internal_error"}'),
    ],
)
async def test_trouble_is_waited_out_and_looked_into(
    answering: Answering, status: int, content_type: str, body: str
) -> None:
    sender = await answering(web.Response(status=status, text=body, content_type=content_type))
    with pytest.raises(SlackBusy) as busy:
        await sender.read(PARCEL)
    assert busy.value.unsure
    assert busy.value.retry_after is None


@pytest.mark.parametrize("body", ['{"ok": false, "error": "ratelimited"}', ""])
async def test_too_much_is_waited_out_as_long_as_slack_says(
    answering: Answering, body: str
) -> None:
    response = web.Response(
        status=429, text=body, content_type="application/json", headers={"Retry-After": "7"}
    )
    with pytest.raises(SlackBusy) as busy:
        await (await answering(response)).read(PARCEL)
    assert (busy.value.retry_after, busy.value.unsure) == (7, False)


async def test_a_refusal_keeps_slacks_word(answering: Answering) -> None:
    body = '{"ok": false, "error": "account_inactive"}'
    response = web.Response(text=body, content_type="application/json")
    with pytest.raises(SlackRefused) as refused:
        await (await answering(response)).read(PARCEL)
    assert refused.value.error == "account_inactive"


async def test_nobody_there_is_waited_out(sqlite: str) -> None:
    db = Database(sqlite)
    client = AsyncWebClient(token="xoxb-1", base_url="http://127.0.0.1:1/", retry_handlers=[])
    with pytest.raises(SlackBusy):
        await Sender(db, FixedClock(), client, {}).read(PARCEL)
    await db.close()
