"""A week beside the four weeks before it (domain §5.3)."""

from datetime import date
from typing import Any

from models.domain.experiment import Outcome
from models.domain.orders import Windows
from models.domain.velocity import velocity
from models.domain.week_facts import (
    ALL,
    BARS,
    Gathered,
    Learned,
    Stands,
    kept,
    kept_of,
    mondays,
    share_of_modeling,
    told,
    weeks,
    windows,
)
from models.domain.working_days import Span
from tests.velocities import tried_in

FRIDAY = date(2026, 11, 13)


def stands(key: str, **changed: Any) -> Stands:
    of: dict[str, Any] = {"numbers": None, "series": (), "adopted": 1, "modeling": None}
    of |= {"flat": False, "running": 0} | changed
    return Stands(project_id=1, key=key, name=key, **of)


def test_five_weeks_meet_without_a_gap() -> None:
    assert windows(FRIDAY) == (
        Span(date(2026, 11, 7), FRIDAY),
        Span(date(2026, 10, 10), date(2026, 11, 6)),
    )


def test_the_picture_s_weeks_begin_on_mondays() -> None:
    days = mondays(FRIDAY)
    assert (len(days), days[0], days[-1]) == (BARS, date(2026, 9, 21), date(2026, 11, 9))
    counts = [
        (date(2026, 11, 8), Outcome.REFUTED, 2),
        (date(2026, 11, 9), Outcome.REFUTED, 1),
        (date(2026, 11, 13), Outcome.REFUTED, 1),
        (date(2026, 9, 20), Outcome.SUPPORTED, 9),
    ]
    found = weeks(counts, FRIDAY)
    assert [week.outcomes for week in found[-2:]] == [{Outcome.REFUTED: 2}, {Outcome.REFUTED: 2}]
    assert sum(sum(week.outcomes.values()) for week in found) == 4


def test_a_look_at_data_is_asked_for_on_a_flat_stretch_of_modeling_only() -> None:
    assert share_of_modeling([True, True]) is None
    assert share_of_modeling([True, True, True, False]) == 0.75
    assert stands("A", flat=True, modeling=0.81).nudged
    assert not stands("A", flat=True, modeling=0.8).nudged
    assert not stands("A", flat=True).nudged
    assert not stands("A", modeling=1.0).nudged


def test_a_digest_is_kept_and_read_again_with_the_busiest_first() -> None:
    groups = {key: tried_in(key) for key in ("churn", "fraud", "routing")} | {ALL: tried_in(None)}
    order = Windows(tried=groups, windows=list(windows(FRIDAY)))
    gathered = Gathered(
        as_of=FRIDAY,
        projects=(stands("routing"), stands("churn", running=1), stands("fraud")),
        learned=(7,),
        weeks=(),
        order=order,
    )
    of = {key: [velocity(tried, span) for span in windows(FRIDAY)] for key, tried in groups.items()}
    stored = kept(gathered, of)
    assert kept_of(stored.model_dump(mode="json") | {"late": True}) == stored
    words = Learned("F-1", "t", Outcome.REFUTED, "l")
    facts = told(stored, [words], late=True)
    assert [row.key for row, _ in facts.projects] == ["fraud", "churn", "routing"]
    assert (facts.everything.week.concluded, facts.everything.before.concluded) == (2, 16)
    assert (facts.adopted, facts.learned, facts.late) == (3, (words,), True)
