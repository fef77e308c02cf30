"""What must always hold is held by the database itself, whatever the code does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models.db import Database
from models.domain.delivery import DeliveryState, Operation
from models.domain.experiment import Outcome, Status
from models.domain.metric import Goal, MetricKind
from models.domain.standup import EntryStatus, PromptState
from models.tables import (
    Ceremony,
    Delivery,
    Experiment,
    InboxEvent,
    Member,
    Metric,
    Project,
    Run,
    Workspace,
)
from tests.clock import MORNING
from tests.rows import (
    make_ceremony,
    make_entry,
    make_experiment,
    make_measurement,
    make_member,
    make_project,
    make_prompt,
    make_run,
    make_workspace,
)


@dataclass(frozen=True)
class Team:
    """A workspace in the middle of a standup; `session` has stored it, and is still open."""

    session: AsyncSession
    workspace: Workspace
    member: Member
    project: Project
    experiment: Experiment
    ceremony: Ceremony
    run: Run


async def make_team(session: AsyncSession) -> Team:
    workspace = await make_workspace(session)
    member = await make_member(session, workspace)
    project = await make_project(session, workspace)
    experiment = await make_experiment(session, project, member)
    ceremony = await make_ceremony(session, [member], project)
    run = await make_run(session, ceremony)
    return Team(session, workspace, member, project, experiment, ceremony, run)


def delivery(team: Team, dedupe_key: str, **columns: Any) -> Delivery:
    defaults = {
        "workspace_id": team.workspace.id,
        "dedupe_key": dedupe_key,
        "operation": Operation.POST,
        "subject": "prompt:1",
        "kind": "standup_prompt",
        "payload": {},
        "destination": "U1",
        "priority": 10,
        "state": DeliveryState.WAITING,
        "not_before": MORNING,
        "created_at": MORNING,
    }
    return Delivery(**{**defaults, **columns})


async def same_key(team: Team) -> None:
    team.session.add_all([delivery(team, "prompt:1"), delivery(team, "prompt:1")])
    await team.session.flush()


async def second_waiting_refresh(team: Team) -> None:
    for key in ("a", "b"):
        team.session.add(delivery(team, key, operation=Operation.REFRESH))
    await team.session.flush()


async def in_hand_without_a_lease(team: Team) -> None:
    team.session.add(delivery(team, "a", state=DeliveryState.RELEASED))
    await team.session.flush()


async def sent_at_no_moment(team: Team) -> None:
    team.session.add(delivery(team, "a", state=DeliveryState.SENT))
    await team.session.flush()


async def second_primary(team: Team) -> None:
    team.session.add(metric(team, kind=MetricKind.PRIMARY))
    await team.session.flush()


async def no_change_counts(team: Team) -> None:
    team.session.add(metric(team, min_delta=0))
    await team.session.flush()


def metric(team: Team, **columns: Any) -> Metric:
    defaults = {
        "workspace_id": team.workspace.id,
        "project_id": team.project.id,
        "key": "latency",
        "name": "Latency",
        "kind": MetricKind.GUARDRAIL,
        "goal": Goal.MIN,
        "unit": "ms",
        "min_delta": 5,
        "business_phrase": "waiting time",
    }
    return Metric(**{**defaults, **columns})


async def same_event(team: Team) -> None:
    for _ in range(2):
        row = InboxEvent(workspace_id=team.workspace.id, event_id="Ev1", received_at=MORNING)
        team.session.add(row)
    await team.session.flush()


async def same_slot(team: Team) -> None:
    await make_run(team.session, team.ceremony, slot=team.run.slot)


async def asked_twice(team: Team) -> None:
    for _ in range(2):
        await make_prompt(team.session, team.run, team.member)


async def no_time_to_answer(team: Team) -> None:
    await make_prompt(team.session, team.run, team.member, closes_at=team.run.opened_at)


async def answered_at_no_moment(team: Team) -> None:
    await make_prompt(team.session, team.run, team.member, state=PromptState.ANSWERED)


async def second_standup_in_the_channel(team: Team) -> None:
    await make_ceremony(team.session, [team.member])


async def day_without_its_moment(team: Team) -> None:
    await make_ceremony(team.session, [team.member], channel_id="C2", opens_at=None)


async def said_twice(team: Team) -> None:
    for _ in range(2):
        await make_entry(team.session, team.run, team.member, team.experiment)


async def said_twice_about_nothing(team: Team) -> None:
    for _ in range(2):
        await make_entry(team.session, team.run, team.member, None)


async def status_of_no_experiment(team: Team) -> None:
    await make_entry(team.session, team.run, team.member, None, status=EntryStatus.STILL_TESTING)


async def same_number(team: Team) -> None:
    await make_experiment(team.session, team.project, team.member, number=1)


async def concluded_without_outcome(team: Team) -> None:
    team.experiment.status = Status.CONCLUDED
    await team.session.flush()


async def outcome_while_running(team: Team) -> None:
    team.experiment.outcome = Outcome.REFUTED
    await team.session.flush()


async def half_a_criterion(team: Team) -> None:
    team.experiment.criterion_threshold = None
    await team.session.flush()


async def interval_from_high_to_low(team: Team) -> None:
    await make_measurement(team.session, team.experiment, 0.6, low=0.7, high=0.5)


async def excluded_without_a_reason(team: Team) -> None:
    on = MORNING.date() + timedelta(days=1)
    await make_measurement(team.session, team.experiment, 0.6, excluded_on=on)


REFUSED: dict[Callable[[Team], Awaitable[None]], str] = {
    same_key: "uq_delivery_dedupe_key",
    second_waiting_refresh: "uq_delivery_one_refresh",
    in_hand_without_a_lease: "ck_delivery_lease_while_in_hand",
    sent_at_no_moment: "ck_delivery_sent_has_moment",
    second_primary: "uq_metric_one_primary",
    no_change_counts: "ck_metric_min_delta_counts",
    same_event: "uq_inbox_event_workspace_id_event_id",
    same_slot: "uq_run_ceremony_id_slot",
    asked_twice: "uq_prompt_run_id_member_id",
    no_time_to_answer: "ck_prompt_some_time_to_answer",
    answered_at_no_moment: "ck_prompt_answered_has_moment",
    second_standup_in_the_channel: "uq_ceremony_one_active",
    day_without_its_moment: "ck_ceremony_day_and_moment",
    said_twice: "uq_standup_entry_run_id_member_id_experiment_id",
    said_twice_about_nothing: "uq_standup_entry_no_experiment",
    status_of_no_experiment: "ck_standup_entry_about_an_experiment",
    same_number: "uq_experiment_project_id_number",
    concluded_without_outcome: "ck_experiment_outcome_when_concluded",
    outcome_while_running: "ck_experiment_outcome_when_concluded",
    half_a_criterion: "ck_experiment_whole_criterion",
    interval_from_high_to_low: "ck_measurement_interval",
    excluded_without_a_reason: "ck_measurement_excluded_with_reason",
}


@pytest.mark.parametrize("attempt", REFUSED, ids=lambda attempt: attempt.__name__)
async def test_refused(database: Database, attempt: Callable[[Team], Awaitable[None]]) -> None:
    constraint = REFUSED[attempt]
    # Of a unique constraint SQLite names the columns.
    table = constraint.removeprefix("uq_").split("_")[0]
    with pytest.raises(IntegrityError, match=rf"{constraint}|UNIQUE.* {table}\w*\."):
        async with database.writing(None) as session:
            await attempt(await make_team(session))


async def test_what_may_be_twice(database: Database) -> None:
    """The narrow ones: sent refreshes, other workspaces' keys, ended standups, other projects' numbers."""
    async with database.writing(None) as session:
        for _ in range(2):
            team = await make_team(session)
        sent = {"operation": Operation.REFRESH, "state": DeliveryState.SENT, "sent_at": MORNING}
        session.add_all([delivery(team, "a", **sent), delivery(team, "b", **sent)])
        session.add(delivery(team, "c", operation=Operation.REFRESH))
        session.add_all([metric(team), metric(team, key="cost", kind=MetricKind.BUSINESS)])
        for _ in range(2):
            await make_ceremony(session, [team.member], active=False)
        await make_entry(session, team.run, team.member, team.experiment)
        await make_entry(session, team.run, team.member, None)
        team.experiment.status, team.experiment.outcome = Status.CONCLUDED, Outcome.SUPPORTED
