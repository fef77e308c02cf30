"""What Labmate is compared with in HTTP mode: the smallest Bolt app that does the same, served the same way.

`python -m tests.bench.bolt_app PORT` acks commands at once, and forms after one INSERT into DATABASE_URL.
Like Labmate it asks nobody who it is before an ack.
"""

import asyncio
import os
import sys
from typing import Any

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import JSON, Column, Integer, MetaData, Table, Text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.seed import team
from models.db import Database

METADATA = MetaData()
ANSWERS = Table(
    "bench_answer",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("person", Text, nullable=False),
    Column("said", JSON, nullable=False),
)


def _app() -> AsyncApp:
    who = AuthorizeResult(
        enterprise_id=None, team_id=team.TEAM, bot_token=team.BOT_TOKEN, bot_user_id=team.BOT
    )

    async def authorize() -> AuthorizeResult:
        return who

    return AsyncApp(
        client=AsyncWebClient(base_url=os.environ["SLACK_API_URL"]),
        signing_secret=team.SIGNING_SECRET,
        authorize=authorize,
        process_before_response=True,
    )


def _listen(app: AsyncApp, engine: AsyncEngine | None) -> None:
    @app.command("/lab")
    async def command(ack: AsyncAck) -> None:
        await ack("Hello")

    @app.view("answer_form")
    async def answer(ack: AsyncAck, body: dict[str, Any]) -> None:
        if engine is not None:
            async with engine.begin() as connection:
                row = {"person": body["user"]["id"], "said": body["view"]["state"]["values"]}
                await connection.execute(ANSWERS.insert().values(row))
        await ack()


async def main(port: int) -> None:
    """Serve until terminated."""
    app = _app()
    url = os.environ.get("DATABASE_URL")
    engine = Database(url).writer if url else None
    if engine is not None:
        async with engine.begin() as connection:
            await connection.run_sync(METADATA.create_all)
    _listen(app, engine)
    handler = AsyncSlackRequestHandler(app, path="/slack/events")
    config = uvicorn.Config(
        handler, host="127.0.0.1", port=port, lifespan="off", log_config=None, access_log=False
    )
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
