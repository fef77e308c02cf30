"""Findings of a workspace: grouped, put off, ordered, said again weekly; and those of the made-up quarter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from models.domain.cadence import WEEKDAYS
from models.domain.findings.kinds import (
    Blocked,
    DecisionDue,
    Kind,
    Overdue,
    PlateauAbove,
    PlateauBelow,
    ProductionBelow,
    Reason,
    Silent,
    Thresholds,
    Unacknowledged,
    Unmeasured,
    WaitingReview,
)
from models.domain.findings.raising import Finding, Snooze, due_to_post, find
from models.domain.findings.state import Standups
from models.domain.project import ProjectStatus
from models.domain.standup import DEFAULT_DAYS
from tests.findings import MONDAY, blocker, experiment, project, walked, wd
from tests.quarter import EXPERIMENTS, PEOPLE, REVIEWS, quarter
from tests.scenarios import scenarios

LATE = experiment(timebox=2, blockers=(blocker(),))
FLAT = walked(wait=5)


def test_one_line_a_subject_with_the_first_reason() -> None:
    (found,) = find([project(LATE)], today=wd(9))
    assert (found.first.kind, found.more) == (Kind.BLOCKED, 1)
    assert (found.subject.ref, found.subject.key) == ("experiment:7", "FRAUD-12")
    assert found.subject.owner == LATE.owner.person
    (of_project,) = find([project(progress=FLAT)], today=wd(20))
    assert (of_project.subject.ref, of_project.subject.key) == ("project:3", "FRAUD")
    assert of_project.more == 0


def test_by_kind_of_the_first_reason_then_by_key() -> None:
    blocked = replace(LATE, number=2)
    rows = [
        project(LATE, blocked, progress=FLAT),
        project(replace(LATE, number=1), key="CHURN", progress=FLAT),
        project(experiment(timebox=2, number=99), key="A1", blockers=(blocker(),)),
    ]
    found = [one.subject.key for one in find(rows, today=wd(20))]
    assert found == ["A1", "CHURN-1", "FRAUD-2", "FRAUD-12", "A1-99", "CHURN", "FRAUD"]


def test_what_is_over_raises_nothing() -> None:
    for status in (ProjectStatus.STOPPED, ProjectStatus.RETIRED):
        assert find([project(LATE, progress=FLAT, status=status)], today=wd(20)) == []


SNOOZE = Snooze("experiment:7", Kind.BLOCKED, since=wd(9), until=wd(12))


def shown(day: int, *snoozes: Snooze) -> list[Kind]:
    found = find([project(LATE)], today=wd(day), snoozes=snoozes)
    return [reason.kind for one in found for reason in one.reasons]


def test_what_is_put_off_comes_back_on_its_date() -> None:
    both = [Kind.BLOCKED, Kind.OVERDUE]
    assert [shown(day, SNOOZE) for day in (8, 9, 11, 12)] == [
        both,
        [Kind.OVERDUE],
        [Kind.OVERDUE],
        both,
    ]


def test_one_kind_of_one_subject_is_put_off() -> None:
    assert len(shown(10, replace(SNOOZE, subject="project:7"))) == 2
    assert len(shown(10, replace(SNOOZE, kind=Kind.SILENT))) == 2
    assert shown(10, SNOOZE, replace(SNOOZE, kind=Kind.OVERDUE)) == []


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ({}, True),
        ({Kind.BLOCKED: 0}, True),
        ({Kind.BLOCKED: 6, Kind.OVERDUE: 6}, False),
        ({Kind.BLOCKED: 7, Kind.OVERDUE: 6}, True),
        ({Kind.BLOCKED: 6, Kind.OVERDUE: 7}, True),
    ],
    ids=["new", "one is new", "said this week", "said a week ago", "the other a week ago"],
)
def test_a_line_is_said_when_new_then_weekly(said: dict[Kind, int], due: bool) -> None:
    today = wd(9)
    (found,) = find([project(LATE)], today=today)
    posted = {("experiment:7", kind): today - timedelta(days=days) for kind, days in said.items()}
    assert due_to_post(found, posted, today) is due


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(6)), st.integers(0, 40))
def test_the_order_of_the_rows_does_not_matter(order: list[int], day: int) -> None:
    rows = [project(replace(LATE, number=n), key=f"P{n % 3}", progress=FLAT) for n in range(6)]
    found = find([rows[n] for n in order], today=MONDAY + timedelta(days=day))
    keys = [(one.first.kind, one.subject.key) for one in found]
    assert keys == sorted(keys, key=lambda row: (list(Kind).index(row[0]), row[1]))


@pytest.mark.parametrize("day", scenarios()["expected"]["findings"])
def test_the_quarter_needed_a_hand_where_expected(day: str) -> None:
    today = date.fromisoformat(day)
    found = [as_expected(one) for one in find(quarter(today), today=today)]
    assert found == scenarios()["expected"]["findings"][day]


def test_the_order_of_reasons_is_the_expected_one() -> None:
    assert list(Kind)[:-1] == scenarios()["expected"]["reason_order"]
    assert list(Kind)[-1] == Kind.NOTICE_UNACKNOWLEDGED


def test_the_defaults_are_the_expected_ones() -> None:
    limits, standups, expected = Thresholds(), Standups(()), scenarios()["expected"]["defaults"]
    assert (limits.decision_days, limits.production_values, limits.review_decision_days) == (
        0,
        1,
        2,
    )
    assert expected == {
        "standup_days": [WEEKDAYS.index(day) for day in DEFAULT_DAYS],
        "silent_cadences": limits.silent_standups,
        "blocked_days": limits.blocked_days,
        "unmeasured_days": limits.unmeasured_days,
        "review_wait_days": limits.review_days,
        "patience": limits.patience,
        "plateau_days": limits.plateau_days,
        "idle_days": limits.idle_days,
        "unacknowledged_days": limits.unacknowledged_days,
        "answer_hours": standups.answer_hours,
    }


@pytest.mark.parametrize("day", [*scenarios()["expected"]["findings"], "2026-12-31"])
def test_findings_survive_being_kept_as_json(day: str) -> None:
    today = date.fromisoformat(day)
    kept = TypeAdapter(list[Finding])
    found = find(quarter(today), today=today)
    assert kept.validate_json(kept.dump_json(found)) == found


def as_expected(finding: Finding) -> dict[str, Any]:
    subject = finding.subject
    named = EXPERIMENTS[subject.experiment_id] if subject.experiment_id is not None else None
    project = subject.project_key
    return {
        "subject": named or project,
        "project": project,
        "reasons": [{"kind": one.kind.value, **FIGURES[type(one)](one)} for one in finding.reasons],
    }


def tries(reason: PlateauAbove | PlateauBelow) -> dict[str, Any]:
    return {"experiments": reason.experiments, "days": reason.days}


FIGURES: dict[type[Reason], Callable[[Any], dict[str, Any]]] = {
    DecisionDue: lambda one: {
        "since": one.since.isoformat(),
        "days": one.days,
        "criterion_met": one.stop is not None and one.stop.met,
    },
    ProductionBelow: lambda one: {"value": one.live.value, "since": one.since.isoformat()},
    Blocked: lambda one: {
        "days": one.days,
        "blocker": scenarios()["blockers"][one.blocker_id]["id"],
    },
    WaitingReview: lambda one: {
        "review": REVIEWS[one.review_id],
        "review_kind": one.review,
        "days": one.days,
    },
    Unmeasured: lambda one: {"days": one.days},
    Overdue: lambda one: {"days": one.days, "over_by": one.over_by},
    Silent: lambda one: {"missed": one.missed, "last_update": one.last_word.isoformat()},
    PlateauAbove: tries,
    PlateauBelow: tries,
    Unacknowledged: lambda one: {
        "change": scenarios()["scope_changes"][one.notice_id]["id"],
        "waiting_for": [PEOPLE[person.member_id] for person in one.waiting_for],
        "days": one.days,
    },
}


def test_kinds_that_are_off_are_not_raised_the_others_are() -> None:
    rows = [project(LATE, touchpoint=wd(3))]
    kinds = {one.first.kind for one in find(rows, today=wd(9))}
    assert kinds == {Kind.DECISION_DUE, Kind.BLOCKED}
    (left,) = find(rows, today=wd(9), off=(Kind.DECISION_DUE,))
    assert left.first.kind is Kind.BLOCKED
