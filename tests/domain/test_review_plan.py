"""Which reviews plan themselves, and what has to be there before one is held."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.project import Role, Stage
from models.domain.review import ReviewKind
from models.domain.review_dates import PEER_LATE_EXPERIMENTS, Prototype
from models.domain.review_entry import (
    INVITED,
    OUTSIDER,
    RESULT_GOES_TO,
    Reader,
    Standing,
    chairs,
    lacking,
)
from models.domain.review_plan import Course, Happened, ToHold, to_plan
from models.domain.working_days import Span, elapsed

MONDAY = date(2026, 2, 2)
STARTED = date(2026, 1, 20)
MEASURED = date(2026, 1, 30)
SEARCH = Course(Stage.PROTOTYPE, STARTED)


def kinds(course: Course, today: date = MONDAY) -> list[ReviewKind]:
    """What is planned."""
    return [one.kind for one in to_plan(course, today)]


def only(course: Course, today: date = MONDAY) -> ToHold:
    """The one that is planned."""
    (one,) = to_plan(course, today)
    return one


def test_without_anything_new_nothing_is_planned() -> None:
    assert kinds(SEARCH) == []


def test_a_first_number_asks_for_a_peer_review_ten_working_days_later() -> None:
    one = only(replace(SEARCH, prototype=Prototype(MEASURED, 0)))
    assert (one.kind, one.due, one.occasion) == (ReviewKind.PEER, date(2026, 2, 13), "prototype")
    assert "30 January" in one.reason


@pytest.mark.parametrize(
    ("concluded", "today", "late"),
    [
        (PEER_LATE_EXPERIMENTS - 1, MONDAY, False),
        (PEER_LATE_EXPERIMENTS, MONDAY, True),
        (0, date(2026, 2, 26), False),
        (0, date(2026, 2, 27), True),
    ],
)
def test_a_late_peer_review_is_due_soon_and_says_so(
    concluded: int, today: date, late: bool
) -> None:
    one = only(
        replace(SEARCH, stage=Stage.CONCEPTION, prototype=Prototype(MEASURED, concluded)), today
    )
    assert ("late" in one.reason) is late
    if late:
        assert elapsed(today, one.due) == 3


@pytest.mark.parametrize(
    ("concluded", "planned", "sooner"),
    [
        (PEER_LATE_EXPERIMENTS, date(2026, 2, 13), True),
        (PEER_LATE_EXPERIMENTS - 1, date(2026, 2, 13), False),
        (PEER_LATE_EXPERIMENTS, date(2026, 2, 5), False),
    ],
)
def test_a_planned_peer_review_comes_forward_once_it_is_late(
    concluded: int, planned: date, sooner: bool
) -> None:
    coming = replace(
        SEARCH,
        prototype=Prototype(MEASURED, concluded),
        coming=frozenset({ReviewKind.PEER}),
        occasions=frozenset({(ReviewKind.PEER, "prototype")}),
        peer_on=planned,
    )
    assert [(one.due, "late" in one.reason) for one in to_plan(coming, MONDAY)] == (
        [(date(2026, 2, 5), True)] if sooner else []
    )


def test_a_peer_review_comes_once_and_while_feedback_is_cheap() -> None:
    measured = replace(SEARCH, prototype=Prototype(MEASURED, 0))
    assert kinds(replace(measured, stage=Stage.DEVELOPMENT), date(2026, 2, 3)) == []
    assert kinds(replace(measured, last={ReviewKind.PEER: MONDAY})) == []
    assert kinds(replace(measured, coming=frozenset({ReviewKind.PEER}))) == []
    cancelled = frozenset({(ReviewKind.PEER, "prototype")})
    assert kinds(replace(measured, occasions=cancelled)) == []


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 2, 10), None),
        (date(2026, 2, 11), date(2026, 2, 25)),
        (date(2026, 2, 20), date(2026, 2, 25)),
        (date(2026, 2, 23), None),
        (date(2026, 2, 25), None),
        (date(2026, 3, 11), date(2026, 3, 25)),
    ],
)
def test_the_project_review_is_planned_two_weeks_before_the_last_wednesday(
    today: date, due: date | None
) -> None:
    found = to_plan(replace(SEARCH, stage=Stage.DEVELOPMENT), today)
    assert [one.due for one in found] == ([] if due is None else [due])
    if due is not None:
        assert found[0].occasion == f"{due:%Y-%m}"


@pytest.mark.parametrize("stage", [Stage.CONCEPTION, Stage.PRODUCTION, Stage.DEPRECATION])
def test_what_is_not_worked_on_has_no_project_review(stage: Stage) -> None:
    assert kinds(replace(SEARCH, stage=stage), date(2026, 2, 11)) == []


def test_stakeholders_meet_every_four_weeks() -> None:
    course = replace(SEARCH, has_stakeholder=True)
    assert kinds(course) == []
    one = only(course, date(2026, 2, 3))
    assert (one.kind, one.due) == (ReviewKind.STAKEHOLDER, date(2026, 2, 17))
    since = date(2026, 1, 3)
    one = only(replace(course, last={ReviewKind.STAKEHOLDER: since}))
    assert one.due == date(2026, 2, 5), "who is late has three working days"
    assert kinds(replace(course, occasions=frozenset({(one.kind, one.occasion)}))) == []
    assert kinds(replace(course, stage=Stage.PRODUCTION), date(2026, 2, 3)) == []
    assert kinds(replace(course, has_stakeholder=False), date(2026, 2, 3)) == []


def test_a_due_day_on_a_weekend_is_the_next_working_day() -> None:
    one = only(replace(SEARCH, started=date(2026, 1, 17), has_stakeholder=True))
    assert one.due == date(2026, 2, 16)


def test_stakeholders_hear_of_what_moved_within_a_week() -> None:
    moved = (
        Happened("What is needed is met.", MONDAY),
        Happened("The stage has changed.", STARTED),
    )
    course = replace(SEARCH, stage=Stage.PRODUCTION, has_stakeholder=True, happened=moved)
    one = only(course)
    assert (one.kind, one.due) == (ReviewKind.STAKEHOLDER, date(2026, 2, 9))
    assert one.reason == "What is needed is met."
    assert kinds(replace(course, last={ReviewKind.STAKEHOLDER: MONDAY})) == []


def test_readiness_asks_for_the_hand_over() -> None:
    course = replace(SEARCH, stage=Stage.READINESS, in_readiness_since=MONDAY)
    one = only(course)
    assert (one.kind, one.due) == (ReviewKind.HANDOVER, date(2026, 2, 16))
    assert kinds(replace(course, last={ReviewKind.HANDOVER: MONDAY})) == []
    before = {ReviewKind.HANDOVER: MONDAY - timedelta(days=1)}
    assert kinds(replace(course, last=before)) == [ReviewKind.HANDOVER]
    assert kinds(replace(course, in_readiness_since=None)) == []
    assert kinds(replace(course, stage=Stage.DEPLOYMENT)) == []


@pytest.mark.parametrize(
    ("stops", "due"),
    [
        (date(2026, 6, 1), date(2026, 2, 16)),
        (date(2026, 3, 11), date(2026, 2, 9)),
        (date(2026, 2, 20), date(2026, 2, 5)),
        (MONDAY, None),
    ],
)
def test_a_model_that_ends_is_reviewed_thirty_days_before(stops: date, due: date | None) -> None:
    found = to_plan(replace(SEARCH, stage=Stage.PRODUCTION, stop=(7, stops)), MONDAY)
    assert [(one.kind, one.due) for one in found] == (
        [] if due is None else [(ReviewKind.DEPRECATION, due)]
    )


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 1)),
    st.sampled_from(Stage),
    st.booleans(),
    st.lists(st.dates(date(2025, 12, 1), date(2026, 3, 1)), max_size=3),
)
def test_nobody_is_asked_for_a_day_off_or_for_yesterday(
    today: date, stage: Stage, stakeholder: bool, moved: list[date]
) -> None:
    off = [Span(date(2026, 12, 24), date(2027, 1, 3))]
    course = Course(
        stage,
        STARTED,
        Prototype(MEASURED, 2),
        stakeholder,
        in_readiness_since=MEASURED,
        stop=(1, date(2027, 6, 1)),
        happened=tuple(Happened("x", day) for day in moved),
    )
    found = to_plan(course, today, off)
    assert len({one.kind for one in found}) == len(found)
    for one in found:
        assert one.due > today
        if one.kind is not ReviewKind.PROJECT:
            assert elapsed(one.due, one.due + timedelta(days=1), off) == 1
    done = replace(course, occasions=frozenset((one.kind, one.occasion) for one in found))
    assert to_plan(done, today, off) == ()


ALL = Standing(
    measured=True,
    problem=True,
    phrase=True,
    accepted=True,
    handed_over=True,
    outsider=True,
    reason=True,
)


@pytest.mark.parametrize("kind", ReviewKind)
def test_where_all_is_there_nothing_is_missing(kind: ReviewKind) -> None:
    assert lacking(kind, ALL) == ()


@pytest.mark.parametrize(
    ("kind", "without", "said"),
    [
        (ReviewKind.PEER, "measured", "a measured prototype"),
        (ReviewKind.PEER, "problem", "a written problem"),
        (ReviewKind.PEER, "outsider", OUTSIDER),
        (ReviewKind.STAKEHOLDER, "phrase", "what the number means, in plain words"),
        (ReviewKind.HANDOVER, "accepted", "a confirmed number that is good enough"),
        (ReviewKind.DEPLOYMENT, "handed_over", "a go on the hand-over"),
        (ReviewKind.DEPRECATION, "reason", "the reason"),
    ],
)
def test_what_is_missing_is_said(kind: ReviewKind, without: str, said: str) -> None:
    assert lacking(kind, replace(ALL, **{without: False})) == (said,)


def test_the_same_code_needs_no_hand_over_again() -> None:
    assert lacking(ReviewKind.DEPLOYMENT, Standing(same_code=True)) == ()


def test_a_peer_review_is_led_by_a_scientist_the_others_by_the_pm() -> None:
    assert chairs(ReviewKind.PEER)[0] is Role.DATA_SCIENTIST
    assert {chairs(kind)[0] for kind in ReviewKind if kind is not ReviewKind.PEER} == {Role.PM}


def test_every_kind_has_people_and_readers() -> None:
    assert set(INVITED) == set(RESULT_GOES_TO) == set(ReviewKind)
    assert {reader for readers in RESULT_GOES_TO.values() for reader in readers} == set(Reader)
