"""How a checklist gates a *go* (domain §4.2, §4.8): what fails, what is recommended, what can't be stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.domain.checklist import Gate, Item, ItemKind
from models.domain.decision import DecisionKind
from models.domain.review import Answer, ReviewKind, Side

LONGEST_CONDITION = timedelta(days=90)
REFUSING = (ReviewKind.HANDOVER, ReviewKind.DEPLOYMENT, ReviewKind.DEPRECATION)
"""Reviews whose *go* is refused while a must-have fails; the others only say so."""


class Recommendation(StrEnum):
    """What the checklist says."""

    GO = "go"
    GO_WITH_CONDITIONS = "go_with_conditions"
    NO_GO = "no_go"


@dataclass(frozen=True)
class Given:
    """What an item was answered with; `note` is the reason, or the answer to an open question."""

    answer: Answer | None = None
    note: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What fails, in the checklist's order. Unanswered items fail."""

    failing_must: tuple[Item, ...]
    failing_should: tuple[Item, ...]

    @property
    def recommendation(self) -> Recommendation:
        """By rule (domain §4.8)."""
        if self.failing_must:
            return Recommendation.NO_GO
        return Recommendation.GO_WITH_CONDITIONS if self.failing_should else Recommendation.GO


@dataclass(frozen=True)
class Promise:
    """A condition of a *go*: by when what is still to be done about `item` is done."""

    item: str
    due: date


UNANSWERED = Given()


def passes(item: Item, given: Given) -> bool:
    """Whether an item is met.

    An open question is once it is filled in and settled. “Not applicable” wants a reason, and a must-have
    has to allow it. What only informs is always met.
    """
    if item.gate is Gate.INFO:
        return True
    said = bool((given.note or "").strip())
    if item.kind is ItemKind.STATEMENT:
        return said and given.answer is Answer.YES
    if given.answer is Answer.NOT_APPLICABLE:
        return said and (item.na_allowed or item.gate is Gate.SHOULD)
    return given.answer is Answer.YES


def verdict(items: Iterable[Item], answers: Mapping[str, Given]) -> Verdict:
    """What the answers, by item key, come to."""
    failing = [item for item in items if not passes(item, answers.get(item.key, UNANSWERED))]
    return Verdict(
        failing_must=tuple(item for item in failing if item.gate is Gate.MUST),
        failing_should=tuple(item for item in failing if item.gate is Gate.SHOULD),
    )


def in_the_way_of_go(
    kind: ReviewKind,
    found: Verdict,
    *,
    promises: Iterable[Promise],
    signed: Mapping[Side, int],
    today: date,
    owed_by: Mapping[str, Sequence[str]] | None = None,
) -> list[str]:
    """Why a *go* can't be stored, as sentences; empty when it can.

    A must-have is named with those who are to see to it, `owed_by` item.
    Every failing should-have needs a condition with an owner and a date within 90 days. A deployment needs
    the signatures of a scientist and of an engineer, who are two people (S3-27).
    """
    if kind not in REFUSING:
        return []
    who = owed_by or {}
    said = [
        f"Must-have not met: {item.label}{_named(who.get(item.key, ()))}."
        for item in found.failing_must
    ]
    promised = {promise.item: promise for promise in promises}
    # Conditions are asked for once they could help: not while a must-have stands in the way.
    for item in () if found.failing_must else found.failing_should:
        promise = promised.get(item.key)
        if promise is None:
            said.append(f"{item.label}: who sees to it, and by when?")
        elif not today <= promise.due <= today + LONGEST_CONDITION:
            said.append(f"{item.label}: a date within {LONGEST_CONDITION.days} days, please.")
    if kind is ReviewKind.DEPLOYMENT:
        said += [f"The {side.value} has not signed." for side in Side if side not in signed]
        if len(signed) > len(set(signed.values())):
            said.append("Scientist and engineer are two people.")
    return said


def _named(people: Sequence[str]) -> str:
    return f" ({', '.join(name[:60] for name in people)})" if people else ""


def follows(decision: DecisionKind, kind: ReviewKind, found: Verdict) -> bool:
    """Whether a decision is what the checklist recommends; one that isn't needs a reason, and shows it.

    Only *go* and *no go* are a checklist's to recommend. Where it lets through or refuses, a *hold* refuses
    as well; elsewhere whatever else is decided differs from nothing.
    """
    match decision:
        case DecisionKind.GO:
            return not found.failing_must
        case DecisionKind.NO_GO:
            return bool(found.failing_must)
        case _:
            return kind not in REFUSING or bool(found.failing_must)
