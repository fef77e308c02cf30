"""The end of a model: who is asked again when, what a review finds, and when a project is retired."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.domain.absence import Week
from models.domain.cadence import WEEKDAYS
from models.domain.deprecation import (
    AHEAD,
    EndKnown,
    EndReason,
    answers,
    chase_moments,
    earliest_stop,
    lacking_to_retire,
)
from models.domain.project import Stage
from models.domain.review import Answer

TOLD, STOPS = date(2026, 3, 2), date(2026, 4, 6)  # both Mondays
BERLIN = Week(ZoneInfo("Europe/Berlin"), frozenset(WEEKDAYS[:5]))
END = EndKnown(TOLD, STOPS, "Nobody opens it", "The new list", ("Erik",), ("Mira",))


def test_thirty_days_before_is_the_latest() -> None:
    assert earliest_stop(TOLD) - TOLD == timedelta(days=30)
    assert all(reason.label for reason in EndReason)


def test_asked_again_at_half_time_and_five_working_days_before() -> None:
    half, last = chase_moments(TOLD, STOPS, BERLIN)
    assert half == datetime(2026, 3, 19, 8, tzinfo=UTC)
    assert last == datetime(2026, 3, 30, 7, tzinfo=UTC), (
        "nine on the wall, after the clocks changed"
    )


def test_the_last_chase_knows_who_works_when() -> None:
    def last(**changes: object) -> date:
        return chase_moments(TOLD, STOPS, replace(BERLIN, **changes))[1].date()  # type: ignore[arg-type]

    good_friday = date(2026, 4, 3)
    assert last(holidays={good_friday}) == date(2026, 3, 27)
    assert last(workdays=frozenset({"mon", "tue", "wed"})) == date(2026, 3, 24)
    assert last(away_from=date(2026, 3, 30), away_to=date(2026, 3, 31)) == date(2026, 3, 26)


def test_without_a_working_day_in_sight_it_comes_after_half_time() -> None:
    half, last = chase_moments(TOLD, STOPS, replace(BERLIN, away_from=date(2026, 1, 1)))
    assert last - half == timedelta(days=1)


def said(end: EndKnown) -> dict[str, tuple[Answer | None, str]]:
    return {key: (answer, note) for key, answer, note in answers(end)}


def test_a_review_finds_what_the_notice_says() -> None:
    found = said(END)
    assert found["notice_sent"] == (Answer.YES, "On 2 March 2026: it stops on 6 April 2026")
    assert found["reason"] == (None, "Nobody opens it")
    assert found["way_forward"] == (None, "The new list")
    assert found["users_known"] == (Answer.YES, "Told: Erik, Mira")
    assert found["acknowledged"] == (Answer.PARTLY, "Still to confirm: Mira")
    nobody = said(replace(END, confirmed=(), waiting=("Mira",)))
    assert nobody["acknowledged"] == (Answer.NO, "Still to confirm: Mira")
    everybody = said(replace(END, waiting=()))
    assert everybody["acknowledged"] == (Answer.YES, "Confirmed by Erik")


def test_a_notice_that_names_nobody_says_nothing_about_people() -> None:
    assert {"users_known", "acknowledged"}.isdisjoint(said(replace(END, confirmed=(), waiting=())))


def test_a_late_notice_is_only_partly_one() -> None:
    on_time, late = (replace(END, told_on=STOPS - AHEAD + timedelta(days=n)) for n in (0, 1))
    assert said(on_time)["notice_sent"][0] is Answer.YES
    assert said(late)["notice_sent"][0] is Answer.PARTLY


@pytest.mark.parametrize("stage", [Stage.PRODUCTION, Stage.DEPRECATION])
def test_a_project_is_retired_from_its_stop_date_on(stage: Stage) -> None:
    def lacks(today: date, *, gone: bool = True) -> tuple[str, ...]:
        return lacking_to_retire(stage, gone=gone, stops_on=STOPS, today=today)

    assert lacks(STOPS) == ()
    assert lacks(STOPS - timedelta(days=1)) == ("it stops on 6 April 2026",)
    assert lacks(STOPS, gone=False) == ("a retirement review with a go",)


def test_everything_that_is_still_to_come_is_said() -> None:
    assert lacking_to_retire(Stage.DATA, gone=False, stops_on=None, today=TOLD) == (
        "it is not live",
        "nobody was told that it stops",
        "a retirement review with a go",
    )
