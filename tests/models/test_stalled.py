"""What could use a hand is read from the rows as the rules want it, as of any date (domain §2.5)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from models.db import Database
from models.domain.findings.kinds import Kind
from models.domain.findings.raising import Finding, find
from models.search import AsOf
from models.stalled import stalled
from tests.quarter import quarter
from tests.quarter_rows import write_quarter
from tests.queries import count_queries
from tests.scenarios import scenarios

LIVE = {
    Kind.DECISION_DUE,
    Kind.WAITING_REVIEW,
    Kind.BLOCKED,
    Kind.UNMEASURED,
    Kind.OVERDUE,
    Kind.SILENT,
    Kind.PLATEAU_ABOVE_ACCEPTANCE,
    Kind.PLATEAU_BELOW_ACCEPTANCE,
    Kind.IDLE,
    Kind.SCOPE_CHANGE_UNACKNOWLEDGED,
    Kind.PRODUCTION_BELOW_ACCEPTANCE,
    Kind.NOTICE_UNACKNOWLEDGED,
}
"""The others are read from the rows when their actions are there."""


@asynccontextmanager
async def reading(db: Database) -> AsyncIterator[AsyncSession]:
    async with db.writing(None) as session:
        workspace = await write_quarter(session)
    async with db.reading(workspace.id) as session:
        yield session


def told(findings: list[Finding]) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Subject and reasons with the figures that both sides know."""
    return [
        (one.subject.name, reasons)
        for one in findings
        if (reasons := [figures(reason) for reason in one.reasons if reason.kind in LIVE])
    ]


def figures(reason: object) -> tuple[object, ...]:
    kept = (
        "kind",
        "live",
        "since",
        "days",
        "over_by",
        "timebox",
        "missed",
        "last_word",
        "experiments",
        "best",
    )
    return tuple(getattr(reason, name, None) for name in kept)


async def test_the_quarter_is_read_as_the_rules_want_it(database: Database) -> None:
    async with reading(database) as session:
        for text in (*scenarios()["expected"]["progress"], "2026-11-20"):
            today = date.fromisoformat(text)
            facts = await stalled(session, AsOf(today, ZoneInfo("UTC")))
            assert told(list(facts.findings)) == sorted_as(find(quarter(today), today=today)), today


def sorted_as(expected: list[Finding]) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Without the kinds that are not live, in the order that is left."""
    order = list(Kind)
    live = [one for one in expected if any(reason.kind in LIVE for reason in one.reasons)]

    def place(one: Finding) -> tuple[int, str, int]:
        first = next(reason for reason in one.reasons if reason.kind in LIVE)
        return (
            order.index(first.kind),
            one.subject.project_key.upper(),
            one.subject.number or 0,
        )

    return told(sorted(live, key=place))


async def test_six_statements_whatever_there_is(database: Database) -> None:
    async with reading(database) as session:
        with count_queries(database) as statements:
            await stalled(session, AsOf(date(2026, 11, 13), ZoneInfo("UTC")))
    assert len(statements) == 6


async def test_each_project_has_its_context(database: Database) -> None:
    async with reading(database) as session:
        facts = await stalled(session, AsOf(date(2026, 10, 21), ZoneInfo("UTC")))
    lines = {line.key: line for line in facts.projects}
    fraud = lines["FRAUD"]
    assert fraud.numbers is not None
    assert fraud.series[0] == fraud.numbers.baseline == 0.41
    assert fraud.series[-1] == fraud.numbers.best
    assert lines["ROUTING"].numbers is None
    assert lines["ROUTING"].concluded == 0


def test_the_day_ends_on_the_wall() -> None:
    """A blocker that was opened in the evening is not there yet in a zone where it is still yesterday."""
    west = AsOf(date(2026, 11, 2), ZoneInfo("Pacific/Honolulu"))
    assert west.end == datetime(2026, 11, 3, 10, tzinfo=UTC)
