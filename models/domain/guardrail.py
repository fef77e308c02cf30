"""Guardrails: what a better result must not cost (S4-5). A broken one is said beside the result, always."""

from dataclasses import dataclass

from models.domain.metric import Goal, reaches


@dataclass(frozen=True)
class Limit:
    """A guardrail's value that may just be reached."""

    metric_name: str
    unit: str
    goal: Goal
    value: float


@dataclass(frozen=True)
class Broken:
    """A number beyond a guardrail's limit."""

    metric_name: str
    unit: str
    goal: Goal
    value: float
    limit: float


def broken(value: float, limit: Limit) -> Broken | None:
    """What the number breaks, if anything; at the limit it holds."""
    if reaches(limit.goal, value, limit.value):
        return None
    return Broken(limit.metric_name, limit.unit, limit.goal, value, limit.value)


def asks_for_a_word(*, supported: bool, adopted: bool, breaks: bool) -> bool:
    """Whether a conclusion has to say why it stands all the same (domain §3.4)."""
    return breaks and (supported or adopted)
