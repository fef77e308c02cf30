"""Numbers of a metric: which way is better, and how a value is written for a person."""

from enum import StrEnum

from models.domain.errors import NotInUnit

TOLERANCE = 1e-9
"""0.60 − 0.59 is not 0.01 in floating point (domain §9-2)."""


class Goal(StrEnum):
    """Which way is better."""

    MAX = "max"
    MIN = "min"


class MetricKind(StrEnum):
    """What a metric is for (S0-10, S4-5, S1-31). One primary a project."""

    PRIMARY = "primary"
    GUARDRAIL = "guardrail"
    BUSINESS = "business"


def gain(goal: Goal, value: float, over: float) -> float:
    """How much better `value` is than `over`; negative when it is worse."""
    return value - over if goal is Goal.MAX else over - value


def reaches(goal: Goal, value: float, mark: float) -> bool:
    """Whether `value` is at the mark or better."""
    return gain(goal, value, mark) >= -TOLERANCE


def assumed_min_delta(baseline: float, acceptance: float) -> float:
    """The smallest change that counts until somebody says better: 5 % of the way (domain §10)."""
    return abs(acceptance - baseline) * 0.05 or 0.01


def written(value: float, unit: str) -> str:
    """A value as people say it: a share as “54 of 100”, a percentage with its sign, else with its unit."""
    match unit.strip().lower():
        case "share":
            return f"{_plain(value * 100)} of 100"
        case "%" | "percent":
            return f"{_plain(value)}%"
        case "":
            return _plain(value)
        case _:
            return f"{_plain(value)} {unit_of(unit, value)}"


def unit_of(unit: str, value: float) -> str:
    """A unit behind its value: “minutes”, and “minute” behind one."""
    words = unit.strip()
    counted = words.lower() in {"hours", "minutes", "seconds", "days", "points"}
    return words[:-1] if counted and value == 1 else words


def amount(value: float, unit: str) -> str:
    """Only the figure, for a line that names the unit once: “54”, “19.8%”, “2.76”."""
    match unit.strip().lower():
        case "share":
            return _plain(value * 100)
        case "%" | "percent":
            return f"{_plain(value)}%"
        case _:
            return _plain(value)


def _plain(value: float) -> str:
    """Up to four significant figures, thousands separated, no trailing zeros, never exponents."""
    if abs(value) >= 999.95:
        return f"{value:,.0f}"
    digits = f"{value:.4g}"
    if "e" in digits:
        digits = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


class OutOf100(float):
    """A number typed with its % sign: of a share there is no doubt then that half a point was meant."""


PERCENT = frozenset({"%", "percent", "points"})


def entered_as(value: float, unit: str) -> float:
    """A stored value as a person types it: shares are typed out of 100, below one of them with a % sign."""
    if unit.strip().lower() != "share":
        return value
    typed = round(value * 100, 9)
    return OutOf100(typed) if 0 < typed < 1 else typed


def stored_as(typed: float, unit: str) -> float:
    """What a person typed, as it is stored.

    Raises:
        NotInUnit: a share typed as 0.54 instead of 54, or a % sign where there is no share; the sentence
            says so.
    """
    is_percent = isinstance(typed, OutOf100)
    if unit.strip().lower() != "share":
        if is_percent and unit.strip().lower() not in PERCENT:
            raise NotInUnit("Without the % sign, please.")
        return float(typed)
    if 0 < typed < 1 and not is_percent:
        sentence = f"Out of 100, please: did you mean {_plain(typed * 100)}?"
        raise NotInUnit(sentence, f"If not, write {_plain(typed)}%.")
    return typed / 100


def step_as(typed: float, unit: str) -> float:
    """A difference of two values as it is stored: of a share half a point is one, too."""
    return typed / 100 if unit.strip().lower() == "share" else typed
