"""Worlds for stories: the playground and the bot, on every transport and every database."""

import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import structlog
from structlog.testing import LogCapture

from scheduler import ticker
from tests.stories.asked import listened, too_many
from tests.stories.world import Transport, World

EVERY_WAY = tuple(product(("socket", "http"), ("sqlite", "postgresql")))
# A tick waits for more to come, and every story for some hundred ticks: four ceremonies make no long bursts.
ticker.SETTLE = timedelta(milliseconds=5)

BOTH_WAYS = (("socket", "sqlite"), ("http", "postgresql"))


@asynccontextmanager
async def beginning(
    transport: Transport, database_url: str, **options: Any
) -> AsyncIterator[World]:
    """A world; at its end nothing may have been refused or have failed that the story did not ask for.

    And nothing that anybody did may have asked the database too often (design §6).
    """
    log = LogCapture()
    structlog.configure(processors=[log])
    with listened() as told:
        world = World(transport, database_url, log, told, **options)
        await world.begin()
        try:
            yield world
            assert await world.refused() == []
            assert world.errors() == []
        finally:
            await world.end()
            structlog.reset_defaults()
    assert too_many(told) == {}


def _named(way: tuple[str, str]) -> str:
    return "-".join(way)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A story that is told once has its way by its name: another one next to it has another."""
    if "one_way" in metafunc.fixturenames:
        name = f"{metafunc.definition.path.stem}.{metafunc.function.__name__}"
        way = EVERY_WAY[zlib.crc32(name.encode()) % len(EVERY_WAY)]
        metafunc.parametrize("one_way", [way], ids=[_named(way)], indirect=True)


@pytest.fixture
def one_way(request: pytest.FixtureRequest) -> tuple[Transport, str]:
    transport, database = request.param
    return transport, request.getfixturevalue(database)


@pytest.fixture(params=EVERY_WAY, ids=_named)
def every_way(request: pytest.FixtureRequest) -> tuple[Transport, str]:
    transport, database = request.param
    return transport, request.getfixturevalue(database)


@pytest.fixture(params=BOTH_WAYS, ids=_named)
def both_ways(request: pytest.FixtureRequest) -> tuple[Transport, str]:
    transport, database = request.param
    return transport, request.getfixturevalue(database)


@pytest.fixture
async def world(every_way: tuple[Transport, str]) -> AsyncIterator[World]:
    """A world; the story is told four times: both transports on both databases."""
    async with beginning(*every_way) as world:
        yield world


@pytest.fixture
async def both(both_ways: tuple[Transport, str]) -> AsyncIterator[World]:
    """A world; the story is told twice: with each transport and each database once."""
    async with beginning(*both_ways) as world:
        yield world


@pytest.fixture
async def either(one_way: tuple[Transport, str]) -> AsyncIterator[World]:
    """A world; the story is told once, in one of the four ways: all stories together tell all of them."""
    async with beginning(*one_way) as world:
        yield world


@pytest.fixture
def by_size(request: pytest.FixtureRequest, people: int) -> str:
    """The URL of a fresh database: the small workspace is on SQLite, the big one on PostgreSQL."""
    url: str = request.getfixturevalue("postgresql" if people else "sqlite")
    return url


@pytest.fixture
async def signed(by_size: str) -> AsyncIterator[World]:
    """A world with signed HTTP, small or big."""
    async with beginning("http", by_size) as world:
        yield world


@pytest.fixture
async def plain(sqlite: str) -> AsyncIterator[World]:
    """A world on SQLite with a socket, for what depends on neither."""
    async with beginning("socket", sqlite) as world:
        yield world
