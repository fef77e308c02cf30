"""The web server: everything on one port of 127.0.0.1, for this machine's own pages only."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bot.playground import answers, follow, uploading
from bot.playground.api import dispatch
from bot.playground.clock import stamp
from bot.playground.control import acting, call, changing, doing, modals, seeing, steering
from bot.playground.control.call import PLAYGROUND, posted
from bot.playground.errors import ControlError, SlackError
from bot.playground.playground import Playground

STATIC = Path(__file__).parent / "static"
MOST_BODY = 8 * 1024 * 1024
# A foreign name in Host is DNS rebinding, a foreign Origin somebody else's page.
_OWN = re.compile(r"(127\.0\.0\.1|localhost)(:\d+)?")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def own_pages_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other people's pages, answer control errors as JSON, and forbid outside requests."""
    origin = request.headers.get("Origin")
    if not _OWN.fullmatch(request.host) or (origin and urlsplit(origin).netloc != request.host):
        return web.Response(status=403, text="Only for pages of this machine.")
    try:
        return await handler(request)
    except ControlError as wrong:
        answer = {"ok": False, "error": wrong.error, "detail": wrong.detail}
        return web.json_response(answer, status=wrong.status)


async def _guard(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Content-Security-Policy"] = "default-src 'self'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    # After an upgrade no part of an older page may linger.
    response.headers["Cache-Control"] = "no-cache"


async def _api(request: web.Request) -> web.StreamResponse:
    return await dispatch.handle(request.app[PLAYGROUND], request)


async def _socket(request: web.Request) -> web.StreamResponse:
    pg = request.app[PLAYGROUND]
    if pg.faults.down:
        return web.Response(status=503, text="Slack is down")
    return await pg.socket_mode.serve(request, pg.workspace.app.id)


async def _answer(request: web.Request) -> web.Response:
    """`POST /response/TOKEN`: what the bot says to a command or a click afterwards."""
    pg = request.app[PLAYGROUND]
    at, given = stamp(pg.now()), {}
    error = None
    try:
        to = pg.response_urls.take(request.match_info["token"])
        given = await _json(request)
        answers.give(pg, to, given)
    except SlackError as refused:
        error = refused.error
    answer = {"ok": True} if error is None else {"ok": False, "error": error}
    pg.log.add(
        at=at,
        direction="from_bot",
        name="response_url",
        ms=0,
        ok=error is None,
        error=error,
        request=given,
        response=answer,
    )
    gone = {"invalid_url", "used_url", "expired_url"}
    status = 200 if error is None else 404 if error in gone else 400
    return web.json_response(answer, status=status)


async def _json(request: web.Request) -> dict[str, object]:
    try:
        body = await request.json()
    except ValueError as wrong:
        raise SlackError("invalid_payload") from wrong
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    return body


async def _page(_request: web.Request) -> web.StreamResponse:
    page = STATIC / "index.html"
    if not page.exists():
        return web.Response(status=404, text="The playground runs; its page is not installed.")
    return web.FileResponse(page)


async def _archive(request: web.Request) -> web.Response:
    """A permalink: leads to the page, which finds the message by channel and ts."""
    digits = request.match_info["ts"].removeprefix("p")
    ts = f"{digits[:-6]}.{digits[-6:]}"
    raise web.HTTPFound(f"/?channel={request.match_info['channel']}&ts={ts}")


async def _clock(request: web.Request) -> web.Response:
    return web.json_response({"ok": True} | request.app[PLAYGROUND].clock.shown())


def _routes() -> list[web.AbstractRouteDef]:
    posts: list[tuple[str, type[call.Body], call.Call]] = [
        ("command", doing.Command, doing.command),
        ("message", doing.Message, doing.message),
        ("shortcut", doing.Shortcut, doing.shortcut),
        ("home", call.Acting, doing.home),
        ("read", doing.Read, doing.read),
        ("click", acting.Click, acting.click),
        ("input", acting.Click, acting.click),
        ("suggest", acting.Query, acting.suggest),
        ("submit", modals.Submit, modals.submit),
        ("close", modals.Close, modals.close),
        ("clock", steering.ClockMove, steering.move_clock),
        ("people", changing.PersonChange, changing.people),
        ("channels", changing.ChannelChange, changing.channels),
        ("faults", steering.FaultOrder, steering.faults),
        ("outage", steering.Outage, steering.outage),
        ("rate_limits", steering.Switch, steering.rate_limits),
        ("duplicates", steering.Times, steering.duplicates),
        ("socket", steering.Disconnect, steering.socket),
        ("revoke", steering.Nothing, steering.revoke),
        ("reset", steering.Reset, steering.reset),
    ]
    return [
        web.route("*", "/api/{method}", _api),
        web.get("/socket/{ticket}", _socket),
        web.post("/response/{token}", _answer),
        web.post("/upload/v1/{ticket}", uploading.upload),
        web.get("/clock", follow.read),
        web.post("/clock", posted(follow.Report, follow.report)),
        web.delete("/clock", follow.leave),
        web.get("/control/state", seeing.state),
        web.get("/control/messages", seeing.messages),
        web.get("/control/log", seeing.log),
        web.get("/control/file", seeing.file),
        web.get("/control/feed", seeing.feed),
        web.get("/control/clock", _clock),
        *(web.post(f"/control/{name}", posted(shape, do)) for name, shape, do in posts),
        web.get("/", _page),
        web.get(r"/archives/{channel}/{ts:p\d{7,}}", _archive),
        web.static("/static", STATIC),
    ]


@dataclass(frozen=True)
class Running:
    """A playground that listens at `url`."""

    url: str
    playground: Playground
    runner: web.AppRunner

    async def stop(self) -> None:
        """Hang up and let the port go."""
        await self.playground.close()
        await self.runner.cleanup()


async def start(playground: Playground, port: int) -> Running:
    """Listen on 127.0.0.1; port 0 takes a free one.

    Raises:
        OSError: the port is taken.
    """
    app = web.Application(middlewares=[own_pages_only], client_max_size=MOST_BODY)
    app[PLAYGROUND] = playground
    app.on_response_prepare.append(_guard)
    app.add_routes(_routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    bound = runner.addresses[0][1]
    playground.url = f"http://127.0.0.1:{bound}"
    return Running(playground.url, playground, runner)
