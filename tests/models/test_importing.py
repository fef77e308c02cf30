"""An imported log: what becomes of its lines, what is known already, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from models.db import Database
from models.domain.errors import LogRefused
from models.domain.experiment import AbandonReason, Category, Outcome, Split, Status
from models.domain.metric import Goal, MetricKind
from models.importing import CHUNK
from models.tables import Event, Metric
from tests.clock import MORNING
from tests.logs import DAY, NEW, bring, exported, log, recorded
from tests.models.conftest import Team
from tests.queries import count_queries
from tests.rows import make_measurement, make_workspace


async def test_experiments_are_as_the_log_says(database: Database, ours: int) -> None:
    await bring(
        database,
        ours,
        log(
            {"change": "a new tokenizer", "because": "fewer tokens", "category": "data"},
            {"started_on": DAY, "criterion": 6.0, "link": "https://example.org/1"},
            {
                "concluded_on": DAY,
                "outcome": "dropped",
                "abandon_reason": "superseded",
                "learning": "no time",
            },
            {"concluded_on": DAY, "outcome": "abandoned"},
        ),
    )
    (planned, running, dropped, abandoned), _ = await recorded(database, ours)
    assert (planned.status, planned.change, planned.expected_effect) == (
        Status.PROPOSED,
        "a new tokenizer",
        "belief 2",
    )
    assert (planned.title, planned.because, planned.category, planned.number) == (
        "a new tokenizer",
        "fewer tokens",
        Category.DATA,
        1,
    )
    assert (running.status, running.started_on, running.category) == (
        Status.RUNNING,
        DAY,
        Category.MODELING,
    )
    assert (running.change, running.criterion_threshold, running.link, running.source_key) == (
        "belief 3",
        6.0,
        "https://example.org/1",
        "k3",
    )
    assert (dropped.status, dropped.started_on, dropped.outcome, dropped.learning) == (
        Status.CONCLUDED,
        DAY,
        Outcome.ABANDONED,
        "no time",
    )
    assert dropped.abandon_reason is AbandonReason.SUPERSEDED
    assert abandoned.abandon_reason is AbandonReason.DEPRIORITISED


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({}, Outcome.INCONCLUSIVE),
        ({"value": 5.5}, Outcome.INCONCLUSIVE),
        ({"value": 5.5, "criterion": 6.0}, Outcome.SUPPORTED),
        ({"value": 6.5, "criterion": 6.0}, Outcome.REFUTED),
        ({"value": 6.5, "criterion": 6.0, "low": 5.9, "high": 7.0}, Outcome.INCONCLUSIVE),
    ],
)
async def test_without_an_outcome_the_criterion_speaks(
    database: Database, ours: int, said: dict[str, object], outcome: Outcome
) -> None:
    await bring(database, ours, log({"concluded_on": DAY, **said}))
    (experiment,), _ = await recorded(database, ours)
    assert experiment.outcome is outcome


async def test_several_numbers_and_a_second_metric(database: Database, ours: int) -> None:
    day = date(2026, 1, 10)
    await bring(
        database,
        ours,
        log(
            {"key": "a", "hypothesis": "h", "value": 9.0, "started_on": DAY},
            {"key": "a", "hypothesis": "h", "value": 8.0, "measured_on": day, "metric": "LOSS"},
            {
                "key": "a",
                "hypothesis": None,
                "value": 0.3,
                "metric": "recall",
                "goal": "max",
                "split": "test",
                "excluded_on": day,
                "excluded_reason": "leak",
            },
            {"value": 3.0, "metric": "memory_gb"},
        ),
    )
    async with database.reading(ours) as session:
        metrics = {one.id: one for one in await session.scalars(select(Metric))}
    _, numbers = await recorded(database, ours)
    assert [(metrics[one.metric_id].key, one.value, one.on) for one in numbers] == [
        ("loss", 9.0, DAY),
        ("loss", 8.0, day),
        ("recall", 0.3, DAY),
        ("memory_gb", 3.0, MORNING.date()),
    ]
    assert (numbers[2].split, numbers[2].excluded_reason) == (Split.TEST, "leak")
    assert [(one.kind, one.goal) for one in metrics.values()] == [
        (MetricKind.PRIMARY, Goal.MIN),
        (MetricKind.GUARDRAIL, Goal.MAX),
        (MetricKind.GUARDRAIL, Goal.MIN),
    ]


@pytest.mark.parametrize("confirmed", [False, True])
async def test_surprising_numbers_wait_for_somebody(
    database: Database, ours: int, confirmed: bool
) -> None:
    values = [9.8, 7.0, 6.9, 4.9, 4.8]
    said = [
        {"value": value, "concluded_on": date(2026, 1, day)} for day, value in enumerate(values, 8)
    ]
    done = await bring(database, ours, log(*said), replace(NEW, confirmed=confirmed))
    _, numbers = await recorded(database, ours)
    assert [one.surprising for one in numbers] == [False, True, False, True, False]
    assert [one.confirmed_on for one in numbers if one.surprising] == [
        date(2026, 1, 9) if confirmed else None,
        date(2026, 1, 11) if confirmed else None,
    ]
    assert done.surprising == 2


async def test_importing_twice_changes_nothing(database: Database, ours: int) -> None:
    said = [
        {"value": 9.0, "concluded_on": DAY, "criterion": 8.0, "owner": "Zoë"},
        {"metric": "recall", "value": 0.1},
    ]
    await bring(database, ours, log(*said))
    before = await exported(database, ours)
    done = await bring(database, ours, log(*said))
    assert (done.is_new, done.experiments, done.new, done.differing) == (False, 2, 0, ())
    changed = await bring(database, ours, log({**said[0], "value": 9.5}, said[1], {}))
    assert (changed.new, changed.differing) == (1, (2,))
    again = await bring(database, ours, log({**said[0], "learning": "new"}, said[1]))
    assert (again.new, again.differing) == (0, (2,))
    assert (await exported(database, ours))[:2] == before
    async with database.reading(ours) as session:
        kinds = list(await session.scalars(select(Event.kind)))
    assert kinds.count("experiments_imported") == 2


async def test_the_products_own_experiments_are_known_by_their_keys(team: Team) -> None:
    async with team.writing() as session:
        await make_measurement(session, team.of_ana, 0.61)
        await make_measurement(session, team.of_ana, 0.61)
    lines = await exported(team.db, team.workspace_id)
    assert [line.key for line in lines] == ["FRAUD-1", "FRAUD-2"]
    assert (lines[0].metric, lines[0].criterion, lines[1].criterion) == ("recall", 0.6, 0.6)
    said = [line.model_dump() for line in lines]
    done = await bring(
        team.db, team.workspace_id, log(*said), replace(NEW, project="FRAUD", metric=None)
    )
    assert (done.new, done.differing) == (0, ())  # two equal numbers are exported as one
    more = log({"key": "FRAUD-x"}, {"key": "FRAUD-999999999999"})
    done = await bring(team.db, team.workspace_id, more, replace(NEW, project="FRAUD", metric=None))
    assert done.new == 2


async def test_another_workspace_is_not_touched(database: Database, ours: int) -> None:
    async with database.writing(None) as session:
        theirs = (await make_workspace(session)).id
    for workspace_id in (ours, theirs):
        assert (await bring(database, workspace_id, log({"value": 9.0}))).new == 1
    assert len((await recorded(database, ours))[0]) == 1


async def test_statements_are_constant_in_a_chunk(database: Database, ours: int) -> None:
    said = [{"value": 9.0, "concluded_on": DAY, "owner": f"P{n % 7}"} for n in range(CHUNK)]
    counts = []
    for most in (10, CHUNK):
        entries = log(*({**one, "key": f"{most}-{n}"} for n, one in enumerate(said[:most])))
        with count_queries(database) as statements:
            await bring(database, ours, entries)
        counts.append(len(statements))
    few, many = counts
    assert few < 25
    assert many <= few + 5  # a bulk statement is sent in batches
    with count_queries(database) as statements:
        done = await bring(database, ours, entries)
    assert (done.new, len(statements) < 15) == (0, True)


async def test_follow_ups_are_of_the_log_or_of_the_record(team: Team) -> None:
    target = replace(NEW, project="FRAUD", metric=None)
    said = log({"key": "new", "follows": "FRAUD-1"}, {"key": "newer", "follows": "new"})
    await bring(team.db, team.workspace_id, said, target)
    experiments, _ = await recorded(team.db, team.workspace_id)
    follows = {one.source_key: one.follows_id for one in experiments if one.source_key}
    ids = {one.source_key: one.id for one in experiments}
    assert follows == {"new": team.of_ana.id, "newer": ids["new"]}
    with pytest.raises(LogRefused, match="“FRAUD-9” is no experiment of the project"):
        await bring(team.db, team.workspace_id, log({"key": "x", "follows": "FRAUD-9"}), target)
