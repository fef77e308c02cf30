"""Rows of a log about the project itself: its plan, roles, charter, governance, agreements.

Such a row has `about` and `says`; `said_by` and `said_on` where somebody said it on a day. `role.pm` is the
role of `said_by`, `charter.users` an answer, `governance.privacy` a track, `threshold.patience` a setting.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from math import isfinite
from typing import Any, NamedTuple

from models.domain.charter import QUESTIONS
from models.domain.findings.kinds import Thresholds
from models.domain.project import (
    GovernanceKind,
    GovernanceState,
    ProjectStatus,
    RiskTier,
    Role,
    Serving,
    Stage,
)
from models.domain.value import value_model_of


class Saying(NamedTuple):
    """What a row says: of what kind, of which one of these, and the value as it is stored."""

    kind: str
    of: str
    value: Any


def _words(says: str) -> str:
    if not says:
        raise ValueError
    return says


def _number(says: str) -> float:
    number = float(says)
    if not isfinite(number):
        raise ValueError
    return number


def _yes(says: str) -> bool:
    return {"yes": True, "no": False}[says]


def _value_model(says: str) -> dict[str, object]:
    stored: dict[str, object] = json.loads(says)
    value_model_of(stored)
    return stored


def _earlier(says: str) -> list[list[object]]:
    """Former acceptance values with the last date on which each held."""
    return [[date.fromisoformat(on).isoformat(), float(value)] for on, value in json.loads(says)]


PROJECT: Mapping[str, Callable[[str], Any]] = {
    "name": _words,
    "business_goal": _words,
    "problem": _words,
    "stage": Stage,
    "status": ProjectStatus,
    "risk_tier": RiskTier,
    "serving": Serving,
    "explainability_required": _yes,
    "estimate_earliest": date.fromisoformat,
    "estimate_latest": date.fromisoformat,
    "stop_threshold": _number,
    "stop_by": date.fromisoformat,
    "next_touchpoint": date.fromisoformat,
    "effort_per_week": _number,
    "repair_hours": int,
}
"""What is kept with the project, by the names of its columns."""
METRIC: Mapping[str, Callable[[str], Any]] = {"value_model": _value_model}
"""What is kept with a metric."""
VERSION: Mapping[str, Callable[[str], Any]] = {
    "ceiling": _number,
    "baseline_source": _words,
    "reason": _words,
    "earlier": _earlier,
}
"""What is kept with a benchmark's version."""
AGREED = ("agreed_pm", "agreed_technical")
"""Who signed a version, by side: `said_by`, on `said_on`."""


def saying(about: str, says: str | None) -> Saying:
    """What a row says.

    Raises:
        ValueError: there is no such thing, or its value is none; the sentence goes behind the field's name.
    """
    kind, _, of = about.partition(".")
    known = {"project": PROJECT, "metric": METRIC, "version": VERSION}
    for where, names in known.items():
        if about in names:
            return Saying(where, about, _value(names[about], says))
    if about in AGREED:
        return Saying("agreed", about, None)
    if kind == "role":
        return Saying(kind, of, _value(Role, of))
    if kind == "governance" and of in set(GovernanceKind):
        return Saying(kind, of, _value(GovernanceState, says))
    if kind == "charter" and of in QUESTIONS:
        return Saying(kind, of, _value(_words, says))
    if kind == "threshold" and of in {one.name for one in fields(Thresholds)}:
        return Saying(kind, of, _value(int, says))
    raise ValueError("is nothing that a project has")


def _value(read: Callable[[str], Any], says: str | None) -> Any:
    try:
        return read(says or "")
    except (ValueError, KeyError, TypeError):
        raise ValueError("has no value that it can take") from None


def written(value: object) -> str:
    """A value as a row says it: `saying` reads it again."""
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        case _:
            return str(value)
