"""What could use a hand in an experiment; each has a twin one day short that stays silent (domain §2.5)."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from models.domain.findings.kinds import Blocked, Kind, Overdue, Silent, Thresholds, Unmeasured
from models.domain.findings.state import Number, Standups
from models.domain.project import ProjectStatus, Stage
from models.domain.working_days import Span
from tests.findings import ANN, MONDAY, blocker, experiment, kinds, project, raised, span, wd

TUESDAYS = Standups(("tue", "thu"))
TUESDAY = MONDAY + timedelta(days=1)


def test_blocked_for_three_days() -> None:
    held = project(experiment(blockers=(blocker(),)))
    assert raised(held, wd(3)) == [Blocked(3, 1, "Terms with the provider", ANN.person)]
    assert raised(held, wd(2)) == []


def test_a_blocker_is_over_on_the_day_it_is_resolved() -> None:
    held = project(experiment(blockers=(blocker(resolved_on=wd(5)),)))
    assert kinds(held, wd(4)) == [Kind.BLOCKED]
    assert kinds(held, wd(5)) == []


def test_a_blocker_waits_while_nobody_could_clear_it() -> None:
    held = project(experiment(blockers=(blocker(),)))
    assert kinds(held, wd(3), wd(1)) == []
    assert kinds(held, wd(4), wd(1)) == [Kind.BLOCKED]


def test_several_blockers_are_shown_oldest_first() -> None:
    rows = (blocker(wd(1), blocker_id=2), blocker(wd(1), blocker_id=1), blocker(blocker_id=3))
    found = raised(project(experiment(blockers=rows)), wd(9))
    assert [one.blocker_id for one in found if isinstance(one, Blocked)] == [3, 1, 2]


def test_what_will_be_blocked_is_not_yet() -> None:
    held = project(experiment(blockers=(blocker(wd(1)),)), thresholds=Thresholds(blocked_days=0))
    assert kinds(held, MONDAY) == []
    assert kinds(held, wd(1)) == [Kind.BLOCKED]


def test_a_proposed_experiment_can_be_blocked_and_nothing_else() -> None:
    proposed = experiment(started_on=None, numbers=(), timebox=1, blockers=(blocker(),))
    assert kinds(project(experiment(), proposed, standups=TUESDAYS), wd(3)) == [Kind.BLOCKED]
    later = replace(proposed, started_on=wd(9))
    assert kinds(project(experiment(), later), wd(3)) == [Kind.BLOCKED]


@pytest.mark.parametrize(("timebox", "days"), [(8, 5), (10, 5), (11, 6), (20, 10)])
def test_unmeasured_for_five_days_or_half_its_timebox(timebox: int, days: int) -> None:
    without = project(experiment(numbers=(), timebox=timebox))
    assert raised(without, wd(days)) == [Unmeasured(days)]
    assert raised(without, wd(days - 1)) == []


def test_only_who_awaits_a_number_is_unmeasured() -> None:
    assert kinds(project(experiment(numbers=(), timebox=9, awaits_number=False)), wd(9)) == []


@pytest.mark.parametrize(
    ("number", "today", "missing"),
    [
        (Number(wd(5)), 5, False),
        (Number(wd(6)), 5, True),
        (Number(wd(1), excluded_on=wd(6)), 5, False),
        (Number(wd(1), excluded_on=wd(6)), 6, True),
    ],
    ids=["measured", "later", "excluded later", "excluded"],
)
def test_an_excluded_number_is_none_from_its_exclusion_on(
    number: Number, today: int, missing: bool
) -> None:
    of = project(experiment(numbers=(number,), timebox=10))
    assert kinds(of, wd(today)) == ([Kind.UNMEASURED] if missing else [])


def test_past_its_timebox() -> None:
    long = project(experiment(timebox=8))
    assert raised(long, wd(9)) == [Overdue(9, 1, 8)]
    assert raised(long, wd(8)) == []
    longer = project(experiment(timebox=8, extended=True))
    assert raised(longer, wd(9)) == [Overdue(9, 1, 8, extended=True)]


def test_days_off_of_the_owner_do_not_count() -> None:
    owner = replace(ANN, away=(span(1, 2),))
    long = project(experiment(timebox=8, owner=owner))
    assert raised(long, wd(10), wd(3)) == []
    assert raised(long, wd(11)) == [Overdue(9, 1, 8)]
    assert raised(long, wd(12), wd(3)) == [Overdue(9, 1, 8)]


def test_who_is_away_is_not_asked() -> None:
    owner = replace(ANN, away=(Span(wd(20), wd(21)),))
    long = project(experiment(timebox=8, owner=owner, blockers=(blocker(),)))
    for day, expected in ((19, 2), (20, 0), (21, 0), (22, 2)):
        assert len(kinds(long, wd(day))) == expected


def test_a_pause_raises_nothing_and_does_not_count() -> None:
    long = project(experiment(timebox=8, pauses=(Span(wd(5), wd(9)),), blockers=(blocker(),)))
    assert kinds(long, wd(4)) == [Kind.BLOCKED]
    assert kinds(long, wd(9)) == []
    assert kinds(long, wd(13)) == [Kind.BLOCKED]
    assert raised(long, wd(14))[1:] == [Overdue(9, 1, 8)]


def test_a_pause_may_have_no_end() -> None:
    assert kinds(project(experiment(timebox=1, pauses=(Span(wd(1), date.max),))), wd(90)) == []


def test_silent_after_two_standups() -> None:
    quiet = project(standups=TUESDAYS)
    assert raised(quiet, MONDAY + timedelta(days=4)) == [Silent(2, MONDAY)]
    assert raised(quiet, MONDAY + timedelta(days=3)) == []


@pytest.mark.parametrize(
    ("hours", "at", "over_after"),
    [
        (4, time(9, 30), 1),
        (16, time(9, 30), 1),
        (24, time(9, 30), 1),
        (24, time(0, 0), 1),
        (40, time(9, 0), 2),
        (48, time(9, 30), 2),
    ],
)
def test_a_standup_is_missed_when_its_answering_time_is_over(
    hours: int, at: time, over_after: int
) -> None:
    limits = Thresholds(silent_standups=1)
    quiet = project(standups=Standups(("tue",), at, hours), thresholds=limits)
    assert kinds(quiet, TUESDAY + timedelta(days=over_after - 1)) == []
    assert kinds(quiet, TUESDAY + timedelta(days=over_after)) == [Kind.SILENT]


@pytest.mark.parametrize(
    "spoke",
    [
        {"heard": (TUESDAY,)},
        {"numbers": (Number(TUESDAY),)},
        {"numbers": (Number(TUESDAY, excluded_on=TUESDAY),)},
        {"started_on": TUESDAY},
    ],
    ids=["entry", "number", "excluded number", "start"],
)
def test_the_last_word_is_the_latest_of_all(spoke: dict[str, object]) -> None:
    quiet = project(experiment(**spoke), standups=TUESDAYS)
    assert kinds(quiet, TUESDAY + timedelta(days=6)) == []
    assert raised(quiet, TUESDAY + timedelta(days=8)) == [Silent(2, TUESDAY)]


def test_a_word_of_later_was_not_heard_then() -> None:
    quiet = project(experiment(heard=(wd(9),), numbers=()), standups=TUESDAYS)
    assert kinds(quiet, wd(4)) == [Kind.SILENT]


def test_a_standup_that_asks_nobody_is_not_missed() -> None:
    friday = MONDAY + timedelta(days=4)
    off = project(experiment(owner=replace(ANN, away=(span(1, 1),))), standups=TUESDAYS)
    part_time = project(experiment(owner=replace(ANN, workdays=("mon", "tue"))), standups=TUESDAYS)
    paused = project(experiment(pauses=(span(1, 1),)), standups=TUESDAYS)
    new = project(standups=replace(TUESDAYS, since=TUESDAY + timedelta(days=1)))
    for quiet in (off, part_time, paused, new):
        assert kinds(quiet, friday) == []
        assert kinds(quiet, friday + timedelta(days=7))[:1] == [Kind.SILENT]
    assert kinds(project(standups=TUESDAYS), friday, TUESDAY) == []
    assert kinds(project(), wd(99)) == []


def test_all_reasons_stand_in_their_order() -> None:
    bad = experiment(numbers=(), timebox=4, blockers=(blocker(),))
    order = [Kind.BLOCKED, Kind.UNMEASURED, Kind.OVERDUE, Kind.SILENT]
    assert kinds(project(bad, standups=TUESDAYS), wd(9)) == order
    closed = replace(bad, concluded_on=wd(9))
    assert kinds(project(experiment(), closed, standups=None), wd(9)) == []
    assert kinds(project(closed, standups=TUESDAYS), wd(8)) == order


@pytest.mark.parametrize(
    "status", [ProjectStatus.ON_HOLD, ProjectStatus.STOPPED, ProjectStatus.RETIRED]
)
def test_nobody_is_meant_to_work_on_a_project_that_rests(status: ProjectStatus) -> None:
    bad = experiment(timebox=1, blockers=(blocker(),))
    assert kinds(project(bad, status=status), wd(9)) == []
    assert kinds(project(bad, stage=Stage.PRODUCTION), wd(9)) == [Kind.BLOCKED, Kind.OVERDUE]
