"""One Web API call: from the request to the answer, every refusal on the way, and the log."""

import asyncio
import json
import time
from typing import Any

from aiohttp import web

from bot.playground.api import auth, chat, conversations, files, users, views
from bot.playground.api.method import Method, need_scope, parsed
from bot.playground.clock import stamp
from bot.playground.errors import SlackError
from bot.playground.faults import Fault
from bot.playground.playground import Playground

JSON = dict[str, Any]

METHODS: dict[str, Method] = (
    auth.METHODS
    | chat.METHODS
    | conversations.METHODS
    | files.METHODS
    | users.METHODS
    | views.METHODS
)


async def handle(pg: Playground, request: web.Request) -> web.StreamResponse:
    """Answer one call, or let it go wrong as a test asked for."""
    name = request.match_info["method"]
    begun, at = time.monotonic(), stamp(pg.now())
    fault = pg.faults.take(name)
    if fault and fault.delay_s:
        await asyncio.sleep(fault.delay_s)
    given: JSON = {}
    if pg.faults.down:
        response, answer = web.Response(status=503, text="Slack is down"), None
    elif fault and (fault.cut == "before" or fault.status or fault.error):
        response, answer = _broken(fault)
    else:
        try:
            given = await _given(request)
            answer = {"ok": True} | await _called(pg, name, request, given)
        except SlackError as refused:
            answer = {"ok": False, "error": refused.error} | refused.extra
        response = _response(pg, answer, name)
    pg.log.add(
        at=at,
        direction="from_bot",
        name=name,
        ms=round((time.monotonic() - begun) * 1000, 2),
        ok=bool(answer and answer["ok"]) and not (fault and fault.cut),
        error=_error(response, answer, fault),
        request={k: v for k, v in given.items() if k != "token"},
        response=answer,
        checks=((answer or {}).get("response_metadata") or {}).get("messages", []),
    )
    if fault and fault.cut and request.transport:
        request.transport.abort()
    return response


def _error(response: web.Response, answer: JSON | None, fault: Fault | None) -> str | None:
    if fault and fault.cut:
        return f"cut {fault.cut}"
    return answer.get("error") if answer else f"HTTP {response.status}"


def _broken(fault: Fault) -> tuple[web.Response, JSON | None]:
    status = fault.status or (429 if fault.error == "ratelimited" else 200)
    headers = {}
    if fault.retry_after is not None or status == 429:
        headers["Retry-After"] = str(1 if fault.retry_after is None else fault.retry_after)
    error = fault.error or ("ratelimited" if status == 429 else None)
    if error is None:
        return web.Response(status=status, text="This went wrong on purpose", headers=headers), None
    answer = {"ok": False, "error": error}
    return web.json_response(answer, status=status, headers=headers), answer


def _response(pg: Playground, answer: JSON, name: str) -> web.Response:
    headers = {"x-oauth-scopes": ",".join(sorted(pg.manifest.scopes))}
    if method := METHODS.get(name):
        headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
    status = 200
    if (wait := answer.pop("retry_after", None)) is not None:
        status, headers["Retry-After"] = 429, str(wait)
    return web.json_response(answer, status=status, headers=headers)


async def _given(request: web.Request) -> JSON:
    """The arguments: from the query, and from a form or JSON body."""
    given: JSON = dict(request.query)
    kind = request.content_type
    if kind == "application/json":
        try:
            body = json.loads(await request.read())
        except ValueError as wrong:
            raise SlackError("invalid_json") from wrong
        if not isinstance(body, dict):
            raise SlackError("json_not_object")
        # A token in a JSON body is not looked at: Slack takes it from the header only.
        return given | {k: v for k, v in body.items() if v is not None and k != "token"}
    if kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return given | {k: v for k, v in (await request.post()).items() if isinstance(v, str)}
    if request.can_read_body and await request.read():
        raise SlackError("invalid_post_type")
    return given


async def _called(pg: Playground, name: str, request: web.Request, given: JSON) -> JSON:
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    if method.caller != "anyone":
        _check_token(pg, method, request, given)
    if wait := pg.limits.method(name, method.tier):
        raise SlackError("ratelimited", retry_after=wait)
    if method.scopes:
        need_scope(pg, *method.scopes)
    return await method.do(pg, parsed(method.args, given))


def _check_token(pg: Playground, method: Method, request: web.Request, given: JSON) -> None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        token = str(given.get("token") or "")
    if not token:
        raise SlackError("not_authed")
    app = pg.workspace.app
    if token not in {app.bot_token, app.app_token}:
        raise SlackError("invalid_auth")
    wanted = app.app_token if method.caller == "app" else app.bot_token
    if token != wanted:
        raise SlackError("not_allowed_token_type")
    if token == app.bot_token and pg.workspace.revoked:
        raise SlackError("token_revoked")
