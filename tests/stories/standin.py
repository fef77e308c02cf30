"""A second Slack, as small as it can be: enough protocol for one standup, and nothing else.

It knows nothing of the playground. It notes methods that it does not know, or whose scope the manifest lacks.
"""

import asyncio
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession, WSMsgType, web

JSON = dict[str, Any]
TEAM, BOT, ANA, CHANNEL = "T1", "U1BOT", "U1ANA", "C1LAB"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-other", "xapp-other", "other secret"
SCOPE_OF = {
    "auth.test": None,
    "apps.connections.open": None,
    "views.open": None,
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.members": "channels:read",
    "users.info": "users:read",
    "users.list": "users:read",
}


class OtherSlack:
    """Answers the bot, and does what Ana does. `scopes` are those of the bot's manifest."""

    def __init__(self, scopes: set[str]) -> None:
        self.scopes = scopes
        self.strange: list[str] = []
        self.said: list[JSON] = []
        self.views: asyncio.Queue[JSON] = asyncio.Queue()
        self.changed = asyncio.Event()
        self.request_url = ""
        self._socket: web.WebSocketResponse | None = None
        self._acks: dict[str, asyncio.Future[Any]] = {}
        self._count = 0

    async def __aenter__(self) -> "OtherSlack":
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link", self._link)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self._http = ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.close()
        await self._runner.cleanup()

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await _given(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        scope = SCOPE_OF.get(method)
        if method not in SCOPE_OF or token != wanted or (scope and scope not in self.scopes):
            self.strange.append(method)
            return web.json_response({"ok": False, "error": "unknown_method"})
        return web.json_response({"ok": True} | self._answer(method, given))

    def _answer(self, method: str, given: JSON) -> JSON:
        if method.startswith("chat."):
            return self._keep(method, given)
        if method.startswith("views."):
            return self._open(given)
        ana = {"id": ANA, "name": "ana", "real_name": "Ana Roth", "tz": "Europe/Berlin"}
        answers: dict[str, JSON] = {
            "auth.test": {"team_id": TEAM, "team": "Other", "user_id": BOT, "bot_id": "B1"},
            "apps.connections.open": {"url": f"ws://{self.url}/link"},
            "users.info": {"user": ana},
            "users.list": {"members": [ana]},
            "conversations.members": {"members": [ANA]},
        }
        return answers[method]

    def _open(self, given: JSON) -> JSON:
        view = given["view"] if isinstance(given["view"], dict) else json.loads(given["view"])
        self._count += 1
        self.views.put_nowait(view | {"id": f"V{self._count}"})
        return {"view": view}

    def _keep(self, method: str, given: JSON) -> JSON:
        self._count += 1
        said = {**given, "ts": given.get("ts") or f"1700000000.{self._count:06d}"}
        self.said.append(said | {"method": method})
        self.changed.set()
        return {"channel": given["channel"].replace(ANA, "D1ANA"), "ts": said["ts"]}

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._socket = socket
        await socket.send_json({"type": "hello", "num_connections": 1})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                answer = json.loads(message.data)
                self._acks[answer["envelope_id"]].set_result(answer.get("payload"))
        return socket

    async def send(self, kind: str, payload: JSON) -> Any:
        """Send a payload the way that the bot listens; what comes with its ack."""
        if self.request_url:
            return await self._posted(kind, payload)
        assert self._socket is not None
        self._count += 1
        envelope = f"E{self._count}"
        self._acks[envelope] = asyncio.get_running_loop().create_future()
        await self._socket.send_json(
            {
                "type": kind,
                "envelope_id": envelope,
                "payload": payload,
                "accepts_response_payload": True,
            }
        )
        async with asyncio.timeout(3):
            return await self._acks[envelope]

    async def _posted(self, kind: str, payload: JSON) -> Any:
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        body, stamp = urlencode(form), str(time.time_ns() // 10**9)
        signed = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signed.hexdigest()}",
        }
        async with self._http.post(self.request_url, data=body, headers=headers) as answer:
            assert answer.status == 200
            text = await answer.text()
            return json.loads(text) if text else None

    async def types(self, text: str) -> Any:
        """Ana types `/lab TEXT`."""
        who = {"team_id": TEAM, "user_id": ANA, "user_name": "ana", "channel_id": CHANNEL}
        what = {"command": "/lab", "text": text, "trigger_id": "1.2.3", "api_app_id": "A1"}
        return await self.send("slash_commands", {**who, **what})

    async def submits(self, view: JSON, **values: JSON) -> Any:
        """Ana fills in a form: the state of each field, beside what it began with."""
        state = {
            block["block_id"]: {block["element"]["action_id"]: _state_of(block["element"])}
            for block in view["blocks"]
            if block["type"] == "input"
        }
        for name, held in values.items():
            (action_id,) = state[name]
            state[name][action_id] = held
        view = {**view, "state": {"values": state}}
        return await self.send(
            "interactive", {**_interactive("view_submission"), "view": view, "trigger_id": "1.2.4"}
        )

    async def clicks(self, action_id: str, said: JSON) -> Any:
        """Ana presses a button of a message."""
        blocks = said["blocks"] if isinstance(said["blocks"], list) else json.loads(said["blocks"])
        elements = [one for block in blocks for one in block.get("elements", [])]
        (button,) = [one for one in elements if one.get("action_id") == action_id]
        place = {"channel": {"id": "D1ANA"}, "trigger_id": "1.2.5", "message": {"ts": said["ts"]}}
        container = {"type": "message", "message_ts": said["ts"], "channel_id": "D1ANA"}
        payload = {**place, "container": container, "actions": [{**button, "block_id": "x"}]}
        return await self.send("interactive", {**_interactive("block_actions"), **payload})

    async def hears(self, to: str, words: str) -> JSON:
        """Wait for a message to a person or channel that holds `words`."""
        async with asyncio.timeout(20):
            while True:
                for said in self.said:
                    if said["channel"] == to and words in said["text"]:
                        return said
                self.changed.clear()
                await self.changed.wait()


def _interactive(kind: str) -> JSON:
    return {
        "type": kind,
        "user": {"id": ANA, "name": "ana", "team_id": TEAM},
        "team": {"id": TEAM},
        "api_app_id": "A1",
        "is_enterprise_install": False,
    }


def _state_of(element: JSON) -> JSON:
    """What stands in a field that nobody has touched."""
    presets = {
        "initial_value": "value",
        "initial_option": "selected_option",
        "initial_options": "selected_options",
        "initial_time": "selected_time",
        "initial_conversation": "selected_conversation",
        "initial_users": "selected_users",
    }
    held = {presets[key]: value for key, value in element.items() if key in presets}
    return {"type": element["type"], **held}


async def _given(request: web.Request) -> JSON:
    if request.content_type == "application/json":
        given: JSON = await request.json()
        return given
    return {**request.query, **await request.post()}
