"""Phrases that several messages share: where a number stands, a day, a list of people (domain §3.6)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypedDict

from handlers.blocks.text import shortened, size
from models.domain.facts import Blocker, Criterion, Numbers, Person
from models.domain.guardrail import Broken
from models.domain.metric import Goal, written
from models.domain.plain_numbers import bare, figures
from models.domain.sparkline import sparkline
from models.domain.standup import BlockerKind
from models.domain.surprise import AsideReason

WEEKDAY_NAMES = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


class Counted(TypedDict):
    """What the words of a metric's numbers depend on."""

    unit: str
    phrase: str
    goal: Goal


def weekday(day: date) -> str:
    """“Thursday”."""
    return f"{day:%A}"


def short_day(day: date, read_on: date | None = None) -> str:
    """“5 Feb”; with the day on which it is read, “5 Feb 2025” where that is in another year."""
    return f"{day.day} {day:%b}{_year(day, read_on)}"


def moment(until: datetime, now: datetime) -> str:
    """“09:30”, “tomorrow 09:30”, “Friday 09:30”: a moment on somebody's clock, seen from `now`."""
    days = (until.date() - now.astimezone(until.tzinfo).date()).days
    day = {0: "", 1: "tomorrow "}.get(days, f"{until:%A} ")
    return f"{day}{until:%H:%M}"


def long_day(day: date, read_on: date | None = None) -> str:
    """“5 February”; as `short_day`, “5 February 2025”."""
    return f"{day.day} {day:%B}{_year(day, read_on)}"


def _year(day: date, read_on: date | None) -> str:
    return "" if read_on is None or day.year == read_on.year else f" {day.year}"


def full_day(day: date) -> str:
    """“5 Feb 2026”: where the year may be another one."""
    return f"{short_day(day)} {day.year}"


def named_days(days: Sequence[str]) -> str:
    """“Tuesday and Thursday”."""
    return listed([WEEKDAY_NAMES[day] for day in days])


def listed(words: Sequence[str]) -> str:
    """“a, b and c”."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def count_of(number: int, one: str, many: str | None = None) -> str:
    """“1 try”, “3 tries”."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def goal_words(criterion: Criterion) -> str:
    """What would support the hypothesis: “needs 55 of 100”, for another metric with its name."""
    value = written(criterion.threshold, criterion.unit)
    of = "" if criterion.is_primary else f" ({shortened(criterion.metric_name, 100)})"
    better = "or more" if criterion.goal == "max" else "or less"
    return f"needs {value} {better}{of}"


def best_words(numbers: Numbers) -> str:
    """“best so far 54 of 100” as it is measured, beside a criterion; else today's value."""
    if numbers.since is None:
        return f"today {written(numbers.baseline, numbers.unit)}"
    return f"best so far {written(numbers.best, numbers.unit)}{doubt(numbers)}"


def doubt(numbers: Numbers) -> str:
    """“ (to be confirmed)” behind a best that rests on a number nobody has looked at yet (S0-21)."""
    return " (to be confirmed)" if numbers.unconfirmed else ""


def said(numbers: Numbers) -> tuple[str, str, str]:
    """Baseline, best and needed value as people read them: out of the phrase's thousand (domain §5.2)."""
    values = [numbers.baseline, numbers.best, numbers.acceptance]
    baseline, best, mark, _ = figures(values, numbers.acceptance, **_counted(numbers))
    return baseline, best, mark


def said_bare(numbers: Numbers) -> tuple[str, str]:
    """Baseline and best, for a line that says once what they are of."""
    baseline, best, _ = bare(
        [numbers.baseline, numbers.best], numbers.acceptance, **_counted(numbers)
    )
    return baseline, best


def _counted(numbers: Numbers) -> Counted:
    return {"unit": numbers.unit, "phrase": numbers.phrase, "goal": numbers.goal}


def also(numbers: Numbers, value: float) -> str:
    """Another value of the same metric, as its numbers are said: a stop mark."""
    return figures([value], numbers.acceptance, **_counted(numbers))[0]


def three_numbers(numbers: Numbers) -> str:
    """“baseline 41, best 54, needed 60 of 100”: always all three (S0-8)."""
    baseline, best = said_bare(numbers)
    than = "none better yet" if numbers.since is None else f"best {best}{doubt(numbers)}"
    return f"baseline {baseline}, {than}, {needed(numbers)}"


def as_typed(numbers: Numbers) -> str:
    """The same beside an input or a criterion: as such numbers are typed, shares out of a hundred."""
    return three_numbers(replace(numbers, phrase=""))


def needed(numbers: Numbers) -> str:
    """“needed 60 of 100”, and “(proposed)” until both sides have agreed to it (S1-18)."""
    proposed = " (proposed)" if numbers.proposed else ""
    return f"needed {said(numbers)[2]}{proposed}"


def stands(numbers: Numbers, series: Sequence[float]) -> str:
    """“41 ▁▃▅█ 65 of 100 | needed 60 of 100”: the line that stands wherever a chart could (domain §5.5)."""
    today, mark = figures([numbers.baseline], numbers.acceptance, **_counted(numbers))
    if numbers.since is None:
        return f"{today} today, nothing better yet | needed {mark}"
    return f"{drawn(numbers, series)} | needed {mark}"


def drawn(numbers: Numbers, series: Sequence[float]) -> str:
    """“41 ▁▃▅█ 65 of 100”."""
    line = sparkline(series, goal=numbers.goal)
    return f"{said_bare(numbers)[0]} {line} {said(numbers)[1]}{doubt(numbers)}"


TO_CONFIRM = "to be confirmed: same data? a leak? another seed?"
"""What a surprising number is asked (domain §2.5)."""
ASIDE = {
    AsideReason.LEAK: "a leak",
    AsideReason.BUG: "a bug",
    AsideReason.WRONG_DATA: "the wrong data",
    AsideReason.NOT_COMPARABLE: "not comparable",
    AsideReason.NOT_DEPLOYABLE: "can't be used in the product",
}


def aside(reason: str) -> str:
    """Why a number doesn't count, in two words; “corrected” where its owner corrected it."""
    return ASIDE[AsideReason(reason)] if reason in set(AsideReason) else reason


def needs(blocker: Blocker) -> str:
    """“Invoices before 2024 (data access)”."""
    return f"{shortened(blocker.text, 300)} ({blocker_kind(blocker)})"


def blocker_kind(blocker: Blocker) -> str:
    """What kind of thing is in the way, within a sentence."""
    if blocker.kind is BlockerKind.PRIORITY_CONFLICT:
        return "priority conflict"
    return blocker.kind.label.lower()


def day_words(day: int | None, timebox: int) -> str:
    """“day 5 of 8”, “its timebox of 8 is over”, “past its timebox of 8 by 2 days” (as findings count)."""
    if day is None:
        return "for later"
    if day <= timebox:
        return f"day {day} of {timebox}"
    over_by = day - 1 - timebox
    if not over_by:
        return f"its timebox of {timebox} is over"
    return f"past its timebox of {timebox} by {count_of(over_by, 'day')}"


def names(persons: Sequence[Person], room: int = 400) -> str:
    """“Ana, Ben and 12 more”: names, no mentions, so that a summary pings nobody."""
    return listed_within([called(person) for person in persons], room)


def called(person: Person) -> str:
    """A person's name; until Slack has said it, that somebody new is meant."""
    return "somebody new" if person.name == person.slack_id else shortened(person.name, 60)


def listed_within(
    words: Sequence[str], room: int = 400, *, left_out: int = 0, between: str = ", "
) -> str:
    """As many as fit in `room` characters, then how many more; `left_out` were not even passed in.

    `between` them stands something else than a comma where they have commas of their own.
    """
    shown: list[str] = []
    for word in words:
        room -= size(word) + 2
        if room < 0:
            break
        shown.append(word)
    more = len(words) - len(shown) + left_out
    found = [*shown, f"{more} more"] if more else shown
    return listed(found) if between == ", " else between.join(found)


def broken_words(breaks: Sequence[Broken]) -> str:
    """“Beyond a guardrail: Answer time 72 ms (at most 60 ms).”; empty when none is broken."""
    if not breaks:
        return ""
    said = [
        f"{shortened(one.metric_name, 100)} {written(one.value, one.unit)} ({limit_words(one)})"
        for one in breaks
    ]
    return f"Beyond a guardrail: {listed_within(said, 600)}."


def limit_words(one: Broken) -> str:
    """“at most 60 ms”."""
    way = "at least" if one.goal is Goal.MAX else "at most"
    return f"{way} {written(one.limit, one.unit)}"


def to_an_answer(days: float) -> str:
    """How long it typically took from a question to its answer, in working days."""
    if days == 0:
        return "typically answered the same day"
    return f"typical time to an answer {days:g} working {'day' if days == 1 else 'days'}"
