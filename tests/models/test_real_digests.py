"""For every month of two real logs, the digest claims what the log says, and nothing else (domain §7)."""

from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from handlers.blocks import stalled as blocks
from models.db import Database
from models.domain.digest_facts import ContextLine
from models.domain.findings.kinds import Kind
from models.search import AsOf
from models.stalled import stalled
from models.workspaces import the_only_one
from tests.reallogs import NANO, SPEED, Log, imported


async def as_of(url: str, day: date) -> tuple[ContextLine, set[Kind], str]:
    """The log's project on a day, the findings' kinds, and the digest's text."""
    db = Database(url)
    async with db.reading(None) as session:
        workspace = await the_only_one(session)
    assert workspace is not None
    async with db.reading(workspace.id) as session:
        facts = await stalled(session, AsOf(day, ZoneInfo("UTC")))
    await db.close()
    kinds = {reason.kind for finding in facts.findings for reason in finding.reasons}
    (line,) = facts.projects
    return line, kinds, blocks.digest(facts).text


@pytest.mark.parametrize("log", [NANO, SPEED], ids=["nanochat", "modded-nanogpt"])
async def test_every_month_reads_true(sqlite: str, log: Log) -> None:
    await imported(sqlite, log)
    for day in log.months():
        line, kinds, text = await as_of(sqlite, day)
        measured = log.measured(day)
        assert line.numbers is not None
        assert line.numbers.best == min([log.baseline, *(value for _, value in measured)]), day
        if line.numbers.since is not None:
            first = next(on for on, value in measured if value == line.numbers.best)
            assert line.since == line.numbers.since == first, day
            assert (line.concluded, line.unmeasured) == log.concluded(first, day), day
        assert kinds <= {Kind.PLATEAU_ABOVE_ACCEPTANCE, Kind.PLATEAU_BELOW_ACCEPTANCE}, day
        if kinds:
            assert tries_without_gain(log, day) >= 5, day
        assert "on course" not in text, day


def tries_without_gain(log: Log, day: date) -> int:
    """By hand: how many were measured after the last one that was `min_delta` better than counted."""
    reference, tries = log.baseline, 0
    for _, value in log.measured(day):
        if reference - value >= log.min_delta - 1e-9:
            reference, tries = value, 0
        else:
            tries += 1
    return tries


async def test_the_leap_of_march_is_to_be_confirmed(sqlite: str) -> None:
    """nanochat: best 2.76 since 5 February; on 4 March one data set cut it to 2.02 (domain §7)."""
    await imported(sqlite, NANO)
    before, kinds, text = await as_of(sqlite, date(2026, 3, 3))
    assert "2.76 | needed 2. Best since 5 Feb. Since then 4 concluded, all without" in text
    assert before.numbers is not None
    assert (before.numbers.best, before.since) == (2.76, date(2026, 2, 5))
    assert kinds == set()
    after, _, text = await as_of(sqlite, date(2026, 3, 5))
    assert after.numbers is not None
    assert (after.numbers.best, after.numbers.unconfirmed) == (2.02, True)
    assert "2.02 (to be confirmed) | needed 2." in text


async def test_confirmed_the_leap_shows_from_its_day_on(sqlite: str) -> None:
    await imported(sqlite, NANO, confirmed=True)
    before, _, text = await as_of(sqlite, date(2026, 3, 3))
    assert before.numbers is not None
    assert before.numbers.best == 2.76
    after, _, text = await as_of(sqlite, date(2026, 3, 5))
    assert after.numbers is not None
    assert (after.numbers.best, after.numbers.unconfirmed) == (2.02, False)
    assert "2.02 | needed 2. Best since 4 Mar." in text


async def test_a_series_as_a_benchmark_version_is_not_compared_with_another(sqlite: str) -> None:
    """With `eval_series` as version, each series' best begins at its own first day."""
    await imported(sqlite, NANO, columns=("benchmark_version=eval_series",))
    rows = NANO.rows()
    series = list(dict.fromkeys(row["eval_series"] for row in rows))
    assert len(series) > 1
    begins = [
        min(date.fromisoformat(row["logged_on"]) for row in rows if row["eval_series"] == one)
        for one in series
    ]
    for one, begin in zip(series, begins, strict=True):
        line, _, _ = await as_of(sqlite, begin)
        assert line.numbers is not None
        values = [
            float(row["result"])
            for row in rows
            if row["eval_series"] == one
            and row["metric"] == NANO.metric
            and row["result"]
            and row["logged_on"] <= str(begin)
        ]
        assert line.numbers.best == min([168, *values]), one


def test_the_months_are_all_there() -> None:
    for log in (NANO, SPEED):
        assert all(first < second for first, second in pairwise(log.months()))
    assert len(list(SPEED.months())) == 27
