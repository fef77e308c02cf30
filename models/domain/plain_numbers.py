"""Numbers for people who know no metrics: whole ones out of the phrase's own hundred or thousand.

“Out of 1,000 merges, how many were right” makes 966 of 0.9655. What is rounded never hides whether the
needed value is reached.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from models.domain.metric import Goal, amount, reaches, unit_of, written

HUNDRED = 100
MOST_DECIMALS = 3
OUT_OF = re.compile(r"\bout of ([1-9][\d,]{0,9})\b", re.IGNORECASE)


def scale_of(phrase: str) -> int | None:
    """The 1,000 of “Out of 1,000 merges, how many …”; None where the phrase counts nothing."""
    found = OUT_OF.search(phrase)
    return int(found[1].replace(",", "")) if found else None


def plain(
    values: Sequence[float], needed: float, *, unit: str, phrase: str, goal: Goal
) -> list[str]:
    """The values and then the needed one, alike: “65”, “41”, “60”, or “19.8%”, “21.0%”, “14.0%”.

    Shares become whole numbers; the word of what they are out of stands in the phrase, or behind each.
    """
    kind = unit.strip().lower()
    scale = (scale_of(phrase) or HUNDRED) if kind == "share" else 1
    scaled = [value * scale for value in (*values, needed)]
    least = 0 if kind == "share" else max(map(_decimals, scaled))
    decimals = next(
        (one for one in range(least, MOST_DECIMALS) if _says(scaled, goal, one)), MOST_DECIMALS
    )
    rounded = [_rounded(value, decimals) for value in scaled]
    return [f"{_shown(value, kind)}{_behind(kind, unit, phrase, value)}" for value in rounded]


def figures(
    values: Sequence[float], needed: float, *, unit: str, phrase: str, goal: Goal
) -> list[str]:
    """The same for a team: “966 of 1,000” and “970” where the phrase counts by more than a hundred.

    By less they keep every digit that was measured: “53.6 of 100”, “60 of 100”.
    """
    if (scale := _many(unit, phrase)) is None:
        return [written(value, unit) for value in (*values, needed)]
    *said, mark = plain(values, needed, unit=unit, phrase=phrase, goal=goal)
    return [*(f"{one} of {scale:,}" for one in said), mark]


def bare(
    values: Sequence[float], needed: float, *, unit: str, phrase: str, goal: Goal
) -> list[str]:
    """`figures` for a line that says once what they are of: “966”, “970”."""
    if _many(unit, phrase) is None:
        return [amount(value, unit) for value in (*values, needed)]
    return plain(values, needed, unit=unit, phrase=phrase, goal=goal)


def _many(unit: str, phrase: str) -> int | None:
    scale = scale_of(phrase) or HUNDRED
    return scale if unit.strip().lower() == "share" and scale > HUNDRED else None


def _shown(value: Decimal, kind: str) -> str:
    """Alike to the last digit where they are compared as shares; “168 hours” beside “2.91 hours”."""
    said = f"{value:,}"
    alike = kind in {"", "share", "%", "percent"} or "." not in said
    return said if alike else said.rstrip("0").rstrip(".")


def _behind(kind: str, unit: str, phrase: str, value: Decimal) -> str:
    if kind == "share":
        return "" if scale_of(phrase) else f" of {HUNDRED}"
    if kind in {"%", "percent"}:
        return "%"
    return f" {unit_of(unit, float(value))}" if kind else ""


def _decimals(value: float) -> int:
    """Those that it has, two at most; none from a hundred on."""
    shown = f"{value:.2f}".rstrip("0").partition(".")[2]
    return len(shown) if abs(value) < HUNDRED else 0


def _says(scaled: Sequence[float], goal: Goal, decimals: int) -> bool:
    """Whether each value, rounded, still is on its side of the needed one."""
    *values, needed = scaled
    mark = float(_rounded(needed, decimals))
    return all(
        reaches(goal, float(_rounded(value, decimals)), mark) == reaches(goal, value, needed)
        for value in values
    )


def _rounded(value: float, decimals: int) -> Decimal:
    """Half up: 965.5 is 966."""
    exact = Decimal(str(round(value, 9)))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
