"""HTTP: Slack's signed requests go to Bolt, everything else to a small FastAPI app beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI, Response
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import Receive, Scope, Send

from bot.app import Labmate

SLACK_PATH = "/slack/events"


class Front:
    """The ASGI front: `/slack/events` without a framework in the way of the ack."""

    def __init__(self, slack: Any, beside: FastAPI) -> None:
        self._slack = slack
        self._beside = beside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on."""
        target = self._slack if scope.get("path") == SLACK_PATH else self._beside
        await target(scope, receive, send)


def front(labmate: Labmate) -> Front:
    """The web application of a bot that listens."""
    if labmate.bolt is None:
        raise ValueError("this bot does not listen to Slack")
    beside = FastAPI(title="Labmate", docs_url=None, redoc_url=None, openapi_url=None)

    @beside.get("/health")
    async def health(response: Response) -> dict[str, str]:
        try:
            async with labmate.db.reading(None) as session:
                await session.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError) as error:
            response.status_code = 503
            return {"database": type(error).__name__}
        return {"database": "ok"}

    return Front(AsyncSlackRequestHandler(labmate.bolt, path=SLACK_PATH), beside)


class Server(uvicorn.Server):
    """A server that leaves signals to the command line, which stops everything in order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is captured."""
        yield


def server(labmate: Labmate) -> Server:
    """The HTTP server; `serve(sockets)` runs until `should_exit` is set."""
    return Server(uvicorn.Config(front(labmate), lifespan="off", log_config=None, access_log=False))
