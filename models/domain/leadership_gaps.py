"""What a project's block lacks before leaders read it, and who is silent for too long (S0-28, domain §10)."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from models.domain.leadership_facts import Place, ProjectFacts

SILENCE = timedelta(weeks=6)
"""So long leaders may hear nothing of a project (S0-28)."""


class Lacks(StrEnum):
    """What leaders would miss; the words are what the PM reads."""

    RESULT = "a result with what is needed"
    PHRASE = "the result in business words"
    VALUE = "what it is worth"
    WHEN = "earliest and latest date"
    LIKELY = "how likely it is"


def lacks(facts: ProjectFacts) -> tuple[Lacks, ...]:
    """What this block lacks, in the order of its lines; nothing is asked of one that has not begun."""
    if facts.place is Place.IDLE:
        return ()
    live = facts.place is Place.LIVE or (facts.what is not None and facts.what.live)
    missing = {
        Lacks.RESULT: facts.what is None,
        Lacks.PHRASE: facts.what is not None and not facts.what.phrase,
        Lacks.VALUE: facts.what is not None and facts.worth is None,
        Lacks.WHEN: not live and facts.decision is None and (not facts.latest or facts.overrun),
        Lacks.LIKELY: not live and not facts.approved and facts.likely is None,
    }
    return tuple(one for one in Lacks if missing[one])


def silent(
    projects: Iterable[tuple[int, date]], mentioned: dict[int, date], today: date
) -> dict[int, date]:
    """Since when each project (its id, the day it began) was not mentioned, where that is too long."""
    since = {key: max(begun, mentioned.get(key, begun)) for key, begun in projects}
    return {key: day for key, day in since.items() if today - day >= SILENCE}
