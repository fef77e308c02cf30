"""Metrics of a project: guardrails beside the number that counts, and the smallest gain that counts."""

from dataclasses import replace

import pytest

from models import metric_pages, metrics
from models.domain.errors import MetricTaken, TooManyMetrics, Unknown
from models.domain.facts_metrics import MetricFacts
from models.domain.metric import Goal, MetricKind
from models.domain.project import Role
from models.metrics import Changed, NewMetric, Said
from tests.models.conftest import NOW, Team
from tests.models.test_benchmarks import roles
from tests.rows import make_measurement

LATENCY = NewMetric(
    "Answer time", MetricKind.GUARDRAIL, "ms", Goal.MIN, "how long a payment waits", 60, 20, "logs"
)
COST = NewMetric("Cost", MetricKind.BUSINESS, "", Goal.MIN, "what it costs", None, None, "")


@pytest.fixture
async def team(team: Team) -> Team:
    """Ana is the PM."""
    await roles(team, ana=Role.PM)
    return team


async def add(team: Team, *new: NewMetric) -> list[int]:
    async with team.writing() as session:
        added = [await metrics.add(session, team.project.id, "UANA", one, at=NOW) for one in new]
        return [metric.id for metric in added]


async def shown(team: Team) -> tuple[MetricFacts, ...]:
    async with team.db.reading(team.workspace_id) as session:
        return (await metric_pages.page(session, team.project.id, "UANA", NOW.today)).metrics


async def change(team: Team, said: Said) -> Changed:
    async with team.writing() as session:
        hand = await metrics.take(session, team.project.metrics[0].id, "UANA")
        return metrics.change(session, hand, said, at=NOW)


async def test_the_primary_one_comes_first_then_guardrails_then_business(team: Team) -> None:
    (cost, latency) = await add(team, COST, LATENCY)
    async with team.db.writing(None) as session:
        await make_measurement(session, team.of_ana, 72, metric_id=latency)
        await make_measurement(session, team.of_ana, 0.61, experiment_id=None, split="production")
    first, second, third = await shown(team)
    assert [one.kind for one in (first, second, third)] == list(MetricKind)
    assert (second.best, second.mark and second.mark.acceptance) == (72, 60)
    assert (third.metric_id, third.mark, third.best) == (cost, None, None)
    assert (first.best, first.live) == (None, 0.61)


async def test_a_name_is_given_once(team: Team) -> None:
    await add(team, LATENCY)
    with pytest.raises(MetricTaken):
        await add(team, replace(LATENCY, name="answer TIME"))
    await add(team, replace(LATENCY, name="Answer – time"))


async def test_there_are_at_most_twenty(team: Team) -> None:
    await add(team, *(replace(COST, name=f"Cost {number}") for number in range(19)))
    with pytest.raises(TooManyMetrics):
        await add(team, LATENCY)


async def test_the_smallest_gain_is_assumed_until_somebody_says_it(team: Team) -> None:
    assert (await shown(team))[0].assumed
    await change(team, Said("Recall", "frauds caught"))
    assert (await shown(team))[0].assumed
    metric, advised = await change(team, Said("Fraud caught", "frauds we stop", 0.02))
    assert (metric.name, metric.min_delta, metric.min_delta_assumed, advised) == (
        "Fraud caught",
        0.02,
        False,
        None,
    )


async def test_repeated_runs_say_what_may_be_chance(team: Team) -> None:
    metric, advised = await change(team, Said("Recall", "x", runs=(0.50, 0.515)))
    assert metric.min_delta == pytest.approx(0.03)
    assert advised is None
    metric, advised = await change(team, Said("Recall", "x", 0.01, runs=(0.50, 0.515)))
    assert metric.min_delta == 0.01
    assert advised == pytest.approx(0.03)


async def test_what_is_gone_is_unknown(team: Team) -> None:
    async with team.writing() as session:
        with pytest.raises(Unknown):
            await metrics.take(session, 999, "UANA")
        with pytest.raises(Unknown):
            await metric_pages.page(session, 999, "UANA", NOW.today)
