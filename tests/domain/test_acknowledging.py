"""What people acknowledge: its name, what asks them, and everything that they are told about it."""

import pytest

from models.domain.acknowledging import Asking, Matter, Subject, asking, asks, told_about
from models.domain.live_notices import EndStillOpen
from models.domain.notices import AskedAbout, ScopeStillOpen


@pytest.mark.parametrize("matter", Matter)
def test_a_subject_is_found_again_by_its_name(matter: Matter) -> None:
    subject = Subject(matter, 7)
    assert Subject.of(str(subject)) == subject


def test_the_names_in_the_database_stay_as_they_are() -> None:
    assert [str(Subject(matter, 3)) for matter in Matter] == [
        "scope:3",
        "notice:3",
        "expectations:3",
    ]


@pytest.mark.parametrize("matter", Matter)
def test_what_asks_is_the_first_that_a_person_is_told(matter: Matter) -> None:
    subject = Subject(matter, 7)
    assert told_about(subject, 5)[0] == asks(subject, 5).subject


@pytest.mark.parametrize("matter", [Matter.SCOPE, Matter.END])
def test_a_notice_says_what_it_asks_to_confirm(matter: Matter) -> None:
    subject = Subject(matter, 7)
    assert asking(asks(subject, 5)) == Asking(subject, 5, again=False)


def test_who_is_asked_again_is_known() -> None:
    again = ScopeStillOpen(scope_id=7, member_id=5)
    assert asking(again) == Asking(Subject(Matter.SCOPE, 7), 5, again=True)
    last = EndStillOpen(notice_id=7, member_id=5, time=2)
    assert asking(last) == Asking(Subject(Matter.END, 7), 5, again=True)
    assert last.subject in told_about(Subject(Matter.END, 7), 5)
    assert asking(AskedAbout(experiment_id=1, by_id=2)) is None
