"""The fields of experiment logs: how people write them, and what is made of it."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Annotated, Any

from pydantic import BeforeValidator

from models.domain.experiment import Category, Outcome, Split

OUTCOMES = {
    **{outcome.value: outcome for outcome in Outcome},
    **{outcome.label.lower(): outcome for outcome in Outcome},
    "confirmed": Outcome.SUPPORTED,
    "won": Outcome.SUPPORTED,
    "rejected": Outcome.REFUTED,
    "lost": Outcome.REFUTED,
    "unclear": Outcome.INCONCLUSIVE,
}
"""Words for how an experiment came out; those of the product first."""
CATEGORIES = {
    **{category.value: category for category in Category},
    **{category.label.lower(): category for category in Category},
    "baseline": Category.PROBLEM,
    "evaluation": Category.QUALITY_CHECK,
    "retiming": Category.QUALITY_CHECK,
    **dict.fromkeys(("model", "modelling", "architecture", "training"), Category.MODELING),
    **dict.fromkeys(("optimiser", "optimizer"), Category.MODELING),
    **dict.fromkeys(("hyperparameter", "hyperparameters"), Category.MODELING),
    **dict.fromkeys(("system", "systems", "infrastructure"), Category.PRODUCTIONIZATION),
}
"""Words for the five kinds of work (S4-6), with the ones that logs use for them."""


class Kept(StrEnum):
    """Whether a change was kept."""

    YES = "yes"
    NO = "no"


KEPT = {"yes": Kept.YES, "true": Kept.YES, "no": Kept.NO, "false": Kept.NO}
SPLITS = {
    **{split.value: split for split in Split},
    **dict.fromkeys(("val", "dev"), Split.VALIDATION),
}
NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""What no database stores as text."""
A_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")


def text(raw: object) -> Any:
    """Text without what can't be stored and without space around it; None when nothing is left."""
    return NO_TEXT.sub("", raw).strip() or None if isinstance(raw, str) else raw


def at_most(most: int) -> BeforeValidator:
    """Text of at most so many characters."""

    def check(raw: object) -> Any:
        value = text(raw)
        if isinstance(value, str) and len(value) > most:
            raise ValueError(f"has {len(value)} characters; {most} are allowed")
        return value

    return BeforeValidator(check)


def one_of(words: Mapping[str, Any]) -> BeforeValidator:
    """One of these words, in whatever case, as what it stands for."""

    def check(raw: object) -> Any:
        value = text(raw)
        if not isinstance(value, str):
            return value
        found = words.get(value.lower()) or words.get(value.lower().replace("_", " "))
        if found is None:
            allowed = ", ".join(dict.fromkeys(one.value for one in words.values()))
            raise ValueError(f"{quoted(value)} is none of {allowed}")
        return found

    return BeforeValidator(check)


def _number(raw: object) -> Any:
    value = text(raw)
    if not isinstance(value, str):
        return value
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not isfinite(number) or "_" in value:
        raise ValueError(f"{quoted(value)} is not a number; one looks like 3.04")
    return number


def _day(raw: object) -> Any:
    value = text(raw)
    if not isinstance(value, str):
        return value
    found = A_DAY.fullmatch(value)
    try:
        return date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise ValueError(f"{quoted(value)} is not a date; one looks like 2026-01-08") from None


def quoted(value: str) -> str:
    """A value of a log, as far as it fits in a sentence."""
    return f"“{value if len(value) <= 40 else f'{value[:39]}…'}”"


def _whole(what: str, digits: int) -> BeforeValidator:
    """A whole number of at most so many digits."""

    def check(raw: object) -> Any:
        value = text(raw)
        if not isinstance(value, str):
            return value
        if not (value.isdecimal() and value.isascii() and len(value) <= digits):
            raise ValueError(f"{quoted(value)} is not a {what}; one looks like 8")
        return int(value)

    return BeforeValidator(check)


Days = Annotated[int | None, _whole("number of days", 5)]
Whole = Annotated[int | None, _whole("whole number", 12)]
Words = Annotated[str | None, BeforeValidator(text)]
Number = Annotated[float | None, BeforeValidator(_number)]
Day = Annotated[date | None, BeforeValidator(_day)]
