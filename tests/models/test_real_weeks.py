"""For every month of two real logs, the progress digest and its chart say what the log says (domain §7)."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from models import progress_digest
from models.db import Database
from models.domain.week_facts import BEFORE, WEEK
from models.search import AsOf
from models.series import progress_charts
from models.workspaces import the_only_one
from tests.reallogs import NANO, SPEED, Log, imported


@pytest.mark.parametrize("log", [NANO, SPEED], ids=["nanochat", "modded-nanogpt"])
async def test_every_month_s_week_and_chart_are_true(sqlite: str, log: Log) -> None:
    await imported(sqlite, log)
    db = Database(sqlite)
    async with db.reading(None) as session:
        workspace = await the_only_one(session)
    assert workspace is not None
    async with db.reading(workspace.id) as session:
        for day in log.months():
            as_of = AsOf(day, ZoneInfo("UTC"))
            of = progress_digest.at_once(await progress_digest.gathered(session, as_of))
            week, before = of.velocity[log.key]
            after = day - timedelta(days=WEEK)
            assert week.concluded == log.concluded(after, day)[0], day
            assert before.concluded == log.concluded(after - timedelta(days=BEFORE), after)[0], day
            charts = await progress_charts(
                session, [one.project_id for one in of.projects], day, as_of.end
            )
            (chart,) = charts.values()
            measured = log.measured(day)
            assert len(chart.dots) == len(measured), day
            steps = chart.stretches[-1].steps
            assert steps[-1][1] == min([log.baseline, *(value for _, value in measured)]), day
            assert steps == tuple(by_hand(log, day, steps[0][0])), day
    await db.close()


def by_hand(log: Log, day: date, begun: date) -> list[tuple[date, float]]:
    """Each value of the log that is better than all before it."""
    steps = [(begun, log.baseline)]
    for on, value in log.measured(day):
        if value < steps[-1][1]:
            steps.append((max(on, begun), value))
    return steps
