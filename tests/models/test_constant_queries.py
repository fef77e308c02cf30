"""The number of statements does not grow with the data: at once, ten and a hundred times as much."""

from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from models import listing, numbers, projects, prompt_forms, prompts, summaries
from models.domain.experiment import Category, Status
from models.domain.standup import BlockerKind, EntryStatus
from models.experiment_page import Reader, Which, page_of
from models.tables import Experiment, Measurement, Member, Prompt, StandupEntry, Workspace
from tests.clock import MORNING
from tests.models.conftest import Team
from tests.queries import count_queries
from tests.rows import DAY, make_member, make_project

Reads = Callable[[AsyncSession, Team], Awaitable[object]]
MOST = 8
"""Queries an interaction (design §6)."""
DELIVERED = {"summary": 11}
"""What nobody waits for: a message that the delivery renders."""

READS: dict[str, Reads] = {
    "prompt": lambda session, team: prompts.facts(session, team.asks_ana.id, DAY),
    "form": lambda session, team: prompt_forms.form_facts(
        session, team.asks_ana.id, team.of_ana.id, "UANA", DAY
    ),
    "summary": lambda session, team: summaries.summary_facts(session, team.run.id, DAY, MORNING),
    "list": lambda session, _: listing.projects(session, DAY),
    "choices": lambda session, _: projects.choices(session, DAY),
    "one": lambda session, team: page_of(
        session, Which("FRAUD", team.of_ana.number), Reader("UANA", DAY, ZoneInfo("Europe/Berlin"))
    ),
    "numbers": lambda session, team: numbers.standing(session, [team.project.id], DAY),
}


async def grow(team: Team, times: int) -> None:
    """So many more people, each with an answered experiment of a project of its own; and as many of Ana's."""
    async with team.db.writing(None) as session:
        workspace = await session.get_one(Workspace, team.workspace_id)
        people = [await make_member(session, workspace) for _ in range(times)]
        made = [await make_project(session, workspace) for _ in range(times)]
        rows: list[dict[str, Any]] = []
        for n, (person, project) in enumerate(zip(people, made, strict=True)):
            rows += [
                experiment(person, project, 1),
                experiment(team.ana, team.project, 1_000 * times + n),
            ]
        ids = list(
            await session.scalars(
                insert(Experiment).returning(Experiment.id, sort_by_parameter_order=True), rows
            )
        )
        await session.execute(insert(Prompt), [asked(team, person) for person in people])
        measured = list(
            await session.scalars(
                insert(Measurement).returning(Measurement.id, sort_by_parameter_order=True),
                [number(row, of) for row, of in zip(rows, ids, strict=True)],
            )
        )
        entries = [
            entry(team, row, of, measurement)
            for row, of, measurement in zip(rows, ids, measured, strict=True)
        ]
        await session.execute(insert(StandupEntry), entries)


def experiment(owner: Member, project: Any, number: int) -> dict[str, Any]:
    return {
        "workspace_id": project.workspace_id,
        "project_id": project.id,
        "number": number,
        "owner_id": owner.id,
        "title": "Idea",
        "category": Category.DATA,
        "change": "x",
        "expected_effect": "x",
        "because": "x",
        "criterion_metric_id": project.metrics[0].id,
        "criterion_threshold": 0.6,
        "timebox_days": 8,
        "status": Status.RUNNING,
        "started_on": DAY,
        "created_at": MORNING,
    }


def asked(team: Team, person: Member) -> dict[str, Any]:
    return {
        "workspace_id": team.workspace_id,
        "run_id": team.run.id,
        "member_id": person.id,
        "ask_at": MORNING,
        "closes_at": team.run.closes_at,
        "state": "asked",
    }


def number(row: dict[str, Any], experiment_id: int) -> dict[str, Any]:
    return {
        "workspace_id": row["workspace_id"],
        "metric_id": row["criterion_metric_id"],
        "experiment_id": experiment_id,
        "on": DAY,
        "at": MORNING,
        "value": 0.5,
        "split": "validation",
        "benchmark_version": 1,
    }


def entry(team: Team, row: dict[str, Any], experiment_id: int, measured: int) -> dict[str, Any]:
    return {
        "workspace_id": team.workspace_id,
        "run_id": team.run.id,
        "member_id": row["owner_id"],
        "experiment_id": experiment_id,
        "status": EntryStatus.STILL_TESTING,
        "measurement_id": measured,
        "blocker_kind": BlockerKind.COMPUTE,
        "blocker_text": "x",
        "blocker_owner_id": team.ben.id,
        "answered_at": MORNING,
    }


async def test_a_hundred_times_as_much_is_read_with_as_many_queries(team: Team) -> None:
    counts: dict[str, set[int]] = {name: set() for name in READS}
    for more in (1, 9, 90):
        await grow(team, more)
        for name, reads in READS.items():
            with count_queries(team.db) as statements:
                async with team.db.reading(team.workspace_id) as session:
                    assert await reads(session, team)
            counts[name].add(len(statements))
    assert {name: len(seen) for name, seen in counts.items()} == dict.fromkeys(READS, 1)
    most = {name: max(seen) for name, seen in counts.items()}
    assert all(count <= DELIVERED.get(name, MOST) for name, count in most.items()), most
