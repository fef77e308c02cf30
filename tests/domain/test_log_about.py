"""Rows of a log about the project: what they can say, and that it is read as it was written."""

from datetime import date

import pytest

from models.domain.log_about import METRIC, PROJECT, VERSION, Saying, saying, written
from models.domain.log_problems import problems
from models.domain.logbook import Line, LogLine
from models.domain.project import GovernanceState, RiskTier, Role, Serving, Stage

DAY = date(2026, 11, 13)
POINT = {"kind": "per_point", "currency": "EUR", "per_point_per_month": [100.0, 200.0]}


@pytest.mark.parametrize(
    ("about", "value"),
    [
        ("name", "Card fraud"),
        ("stage", Stage.PROTOTYPE),
        ("risk_tier", RiskTier.HIGH),
        ("serving", Serving.BATCH),
        ("explainability_required", True),
        ("explainability_required", False),
        ("estimate_latest", DAY),
        ("stop_threshold", 0.5),
        ("repair_hours", 8),
        ("ceiling", 0.62),
        ("earlier", [["2026-10-04", 0.6]]),
        ("value_model", POINT),
    ],
)
def test_what_is_written_is_read_again(about: str, value: object) -> None:
    assert saying(about, written(value)).value == value


def test_where_each_belongs() -> None:
    assert {saying(name, None).kind for name in ("agreed_pm", "agreed_technical")} == {"agreed"}
    assert saying("role.data_scientist", None) == Saying(
        "role", "data_scientist", Role.DATA_SCIENTIST
    )
    assert saying("charter.users", "the call team") == Saying("charter", "users", "the call team")
    track = saying("governance.privacy", "under_way")
    assert track == Saying("governance", "privacy", GovernanceState.UNDER_WAY)
    assert saying("threshold.patience", "7") == Saying("threshold", "patience", 7)
    assert [saying(name, "1").kind for name in ("effort_per_week", "ceiling")] == [
        "project",
        "version",
    ]
    assert not PROJECT.keys() & VERSION.keys() & METRIC.keys()


@pytest.mark.parametrize(
    ("about", "says", "wrong"),
    [
        ("weather", "fine", "is nothing that a project has"),
        ("charter.weather", "fine", "is nothing that a project has"),
        ("governance.weather", "done", "is nothing that a project has"),
        ("threshold.weather", "1", "is nothing that a project has"),
        ("role.weather", None, "has no value that it can take"),
        ("charter.users", None, "has no value that it can take"),
        ("stop_by", "soon", "has no value that it can take"),
        ("stop_threshold", "inf", "has no value that it can take"),
        ("explainability_required", "perhaps", "has no value that it can take"),
        ("earlier", "7", "has no value that it can take"),
        ("value_model", '{"kind": "guess"}', "has no value that it can take"),
    ],
)
def test_what_can_not_be_is_named(about: str, says: str | None, wrong: str) -> None:
    (found,) = problems(Line(7, LogLine(about=about, says=says)), DAY)
    assert (found.line, found.field, found.said) == (7, "about", wrong)


def test_what_can_be_is_no_problem() -> None:
    for line in (LogLine(about="role.pm", said_by="Ana"), LogLine(about="name", says="Fraud")):
        assert problems(Line(7, line), DAY) == []
