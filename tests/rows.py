"""Rows for tests: each function adds one thing that makes sense; any column can be given by its name.

They flush, so that ids are there; the caller's transaction commits. The workspace comes from the row that
the new one belongs to, so they work in a session of one workspace and in one of all (`writing(None)`).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain import standup
from models.domain.experiment import DEFAULT_TIMEBOX, Category, Split, Status
from models.domain.metric import Goal, MetricKind
from models.domain.notices import BlockerToClear
from models.domain.project import ProjectStatus, Stage
from models.domain.review import ReviewKind, ReviewState
from models.domain.standup import CeremonyKind, EntryStatus, PromptState
from models.tables import (
    Base,
    Benchmark,
    Blocker,
    Ceremony,
    Experiment,
    Measurement,
    Member,
    Metric,
    Notice,
    Participant,
    Project,
    Prompt,
    Review,
    Run,
    StandupEntry,
    Workspace,
)
from tests.clock import MORNING

Row = TypeVar("Row", bound=Base)
DAY = MORNING.date()
_numbers = count(1)


async def make_workspace(session: AsyncSession, **columns: Any) -> Workspace:
    """A workspace in Berlin."""
    number = next(_numbers)
    defaults = {
        "slack_id": f"T{number:08}",
        "name": f"Workspace {number}",
        "tz": "Europe/Berlin",
        "bot_user_id": f"UBOT{number:06}",
        "created_at": MORNING,
    }
    return await _add(session, Workspace(**{**defaults, **columns}))


async def make_member(session: AsyncSession, workspace: Workspace, **columns: Any) -> Member:
    """An active member in the workspace's zone."""
    number = next(_numbers)
    defaults = {
        "workspace_id": workspace.id,
        "slack_id": f"U{number:08}",
        "name": f"Person {number}",
        "tz": workspace.tz,
        "created_at": MORNING,
    }
    return await _add(session, Member(**{**defaults, **columns}))


async def make_project(session: AsyncSession, workspace: Workspace, **columns: Any) -> Project:
    """A project in development; its primary metric is `.metrics[0]`, with `.benchmarks[0]`."""
    defaults = {
        "workspace_id": workspace.id,
        "key": f"P{next(_numbers)}",
        "name": "Fraud detection",
        "business_goal": "Catch more fraud before it is paid",
        "channel_id": "C00000001",
        "stage": Stage.DEVELOPMENT,
        "status": ProjectStatus.ACTIVE,
        "created_at": MORNING,
    }
    metric = Metric(
        workspace_id=workspace.id,
        key="recall",
        name="Recall",
        kind=MetricKind.PRIMARY,
        goal=Goal.MAX,
        unit="share",
        min_delta=0.01,
        business_phrase="frauds caught",
        benchmarks=[
            Benchmark(
                workspace_id=workspace.id,
                version=1,
                effective=date(2026, 1, 5),
                baseline=0.54,
                baseline_source="the rules of today",
                acceptance=0.70,
                reason="",
            )
        ],
    )
    return await _add(session, Project(**{**defaults, "metrics": [metric], **columns}))


async def make_review(
    session: AsyncSession, project: Project, chair: Member, **columns: Any
) -> Review:
    """An open launch check of the project, due in a week."""
    defaults = {
        "workspace_id": project.workspace_id,
        "project_id": project.id,
        "kind": ReviewKind.DEPLOYMENT,
        "state": ReviewState.OPEN,
        "due": DAY + timedelta(days=7),
        "chair_id": chair.id,
        "channel_id": project.channel_id,
        "opened_at": MORNING,
        "created_at": MORNING,
    }
    return await _add(session, Review(**{**defaults, **columns}))


async def make_experiment(
    session: AsyncSession, project: Project, owner: Member, **columns: Any
) -> Experiment:
    """A running experiment on the project's primary metric, with the next number."""
    project.experiments += 1
    defaults = {
        "workspace_id": project.workspace_id,
        "project_id": project.id,
        "number": project.experiments,
        "owner_id": owner.id,
        "title": "Merchant velocity features",
        "category": Category.MODELING,
        "change": "merchant velocity features",
        "expected_effect": "recall rises to 0.60",
        "because": "fraud comes in bursts",
        "criterion_metric_id": project.metrics[0].id,
        "criterion_threshold": 0.60,
        "criterion_set_at": MORNING,
        "timebox_days": DEFAULT_TIMEBOX,
        "status": Status.RUNNING,
        "started_on": DAY,
        "created_at": MORNING,
    }
    return await _add(session, Experiment(**{**defaults, **columns}))


async def make_measurement(
    session: AsyncSession, experiment: Experiment, value: float, **columns: Any
) -> Measurement:
    """A number of the experiment's own metric, on the validation data."""
    defaults = {
        "workspace_id": experiment.workspace_id,
        "metric_id": experiment.criterion_metric_id,
        "experiment_id": experiment.id,
        "on": DAY,
        "at": MORNING,
        "value": value,
        "split": Split.VALIDATION,
        "benchmark_version": experiment.benchmark_version,
    }
    return await _add(session, Measurement(**{**defaults, **columns}))


async def make_ceremony(
    session: AsyncSession, people: Sequence[Member], project: Project | None = None, **columns: Any
) -> Ceremony:
    """A standup on Tuesdays and Thursdays at 09:30 that asks `people`; the first of them is its owner."""
    owner = people[0]
    defaults = {
        "workspace_id": owner.workspace_id,
        "kind": CeremonyKind.STANDUP,
        "project_id": project and project.id,
        "channel_id": "C00000001",
        "days": ",".join(standup.DEFAULT_DAYS),
        "local_time": standup.DEFAULT_TIME,
        "tz": owner.tz,
        "summary_time": standup.SUMMARY_TIME,
        "answer_hours": standup.ANSWER_HOURS,
        "whole_channel": False,
        "owner_id": owner.id,
        "next_day": DAY,
        "opens_at": MORNING,
        "created_at": MORNING,
    }
    ceremony = await _add(session, Ceremony(**{**defaults, **columns}))
    session.add_all(
        Participant(
            workspace_id=ceremony.workspace_id, ceremony_id=ceremony.id, member_id=member.id
        )
        for member in people
    )
    await session.flush()
    return ceremony


async def make_run(session: AsyncSession, ceremony: Ceremony, **columns: Any) -> Run:
    """An open run of the day; it asks nobody yet (`make_prompt`)."""
    day = columns.get("day", DAY)
    defaults = {
        "workspace_id": ceremony.workspace_id,
        "ceremony_id": ceremony.id,
        "slot": day.isoformat(),
        "day": day,
        "opened_at": MORNING,
        "summary_at": MORNING + timedelta(hours=6, minutes=30),
        "closes_at": MORNING + timedelta(hours=ceremony.answer_hours),
    }
    return await _add(session, Run(**{**defaults, **columns}))


async def make_prompt(session: AsyncSession, run: Run, member: Member, **columns: Any) -> Prompt:
    """Somebody's place in a run, asked already."""
    defaults = {
        "workspace_id": run.workspace_id,
        "run_id": run.id,
        "member_id": member.id,
        "ask_at": run.opened_at,
        "closes_at": run.closes_at,
        "state": PromptState.ASKED,
    }
    return await _add(session, Prompt(**{**defaults, **columns}))


async def make_entry(
    session: AsyncSession, run: Run, member: Member, experiment: Experiment | None, **columns: Any
) -> StandupEntry:
    """“Still testing” about the experiment; without one, “not experimenting now”."""
    defaults = {
        "workspace_id": run.workspace_id,
        "run_id": run.id,
        "member_id": member.id,
        "experiment_id": experiment and experiment.id,
        "status": EntryStatus.STILL_TESTING if experiment else EntryStatus.NOT_EXPERIMENTING,
        "next_step": "train on all merchants",
        "answered_at": run.opened_at,
    }
    return await _add(session, StandupEntry(**{**defaults, **columns}))


async def make_blocker(
    session: AsyncSession, experiment: Experiment, owner: Member | None = None, **columns: Any
) -> Blocker:
    """Invoices that the experiment's owner waits for."""
    defaults = {
        "workspace_id": experiment.workspace_id,
        "project_id": experiment.project_id,
        "experiment_id": experiment.id,
        "kind": standup.BlockerKind.DATA_ACCESS,
        "text": "Invoices before 2024",
        "raised_by_id": experiment.owner_id,
        "owner_id": owner and owner.id,
        "opened_at": MORNING,
    }
    return await _add(session, Blocker(**{**defaults, **columns}))


async def make_notice(
    session: AsyncSession, member: Member, blocker: Blocker, **columns: Any
) -> Notice:
    """That the member can clear the blocker; due since the morning, not told yet."""
    about = BlockerToClear(blocker_id=blocker.id)
    defaults = {
        "workspace_id": member.workspace_id,
        "member_id": member.id,
        "subject": about.subject,
        "kind": about.kind,
        "payload": about.model_dump(mode="json"),
        "due_at": MORNING,
        "created_at": MORNING,
    }
    return await _add(session, Notice(**{**defaults, **columns}))


async def _add(session: AsyncSession, row: Row) -> Row:
    session.add(row)
    await session.flush()
    return row
