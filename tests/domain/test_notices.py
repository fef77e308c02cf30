"""Rows of notices as they are today: the next release must still read them (changes are additive only)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from models.domain.facts import Person
from models.domain.facts_notices import NumberFacts
from models.domain.live_messages import IncidentCard
from models.domain.live_notices import IncidentLate
from models.domain.notices import (
    BlockerToClear,
    ScopeStillOpen,
    ScopeToConfirm,
    comes_again,
    notice_of,
    of_scope,
    shown_in,
)
from models.domain.scope_change import CHASED_AGAIN, MOST_CHASES
from models.domain.standup import Trouble
from models.domain.standup_notices import StandupNews
from models.domain.surprise import AsideReason
from tests.clock import MORNING

GOLDEN: list[tuple[dict[str, Any], str]] = [
    ({"kind": "blocker_to_clear", "blocker_id": 7}, "blocker:7"),
    ({"kind": "blocker_cleared", "blocker_id": 7}, "cleared:7"),
    ({"kind": "blocker_said", "blocker_id": 7, "by_name": "Ana"}, "said:7"),
    ({"kind": "help_wanted", "blocker_id": 7, "by_id": 8, "ask": "x"}, "help:7"),
    ({"kind": "help_wanted", "blocker_id": 7, "by_id": None, "ask": ""}, "help:7"),
    ({"kind": "scope_to_confirm", "scope_id": 7, "member_id": 8}, "scope:7:8"),
    ({"kind": "scope_still_open", "scope_id": 7, "member_id": 8, "time": 2}, "scope:7:8:2"),
    (
        {
            "kind": "live_fell",
            "project_id": 7,
            "measurement_id": 8,
            "since": "2026-02-03",
        },
        "live:7:2026-02-03",
    ),
    (
        {
            "kind": "standup_news",
            "ceremony_id": 7,
            "what": "left",
            "about": "Ana",
            "at": "2026-02-03T09:00",
        },
        "standup:7:left:796c7681bc809d3a",
    ),
    (
        {"kind": "standup_news", "ceremony_id": 7, "what": "guests", "about": "", "at": ""},
        "standup:7:guests",
    ),
    ({"kind": "end_taken_back", "notice_id": 7}, "stays:7"),
    ({"kind": "incident_late", "incident_id": 7}, "late:7"),
    ({"kind": "end_to_confirm", "notice_id": 7, "member_id": 8}, "end:7:8"),
    ({"kind": "end_still_open", "notice_id": 7, "member_id": 8, "time": 2}, "end:7:8:2"),
    ({"kind": "change_adopted", "experiment_id": 7}, "adopted:7"),
    ({"kind": "value_wanted", "project_id": 7, "by": "2026-11-27"}, "value:7"),
    ({"kind": "leaders_draft", "ceremony_id": 7, "on": "2026-11-16"}, "draft:7:2026-11-16"),
    ({"kind": "leaders_untold", "project_id": 7, "since": "2026-10-05"}, "untold:7:2026-10-05"),
    ({"kind": "likely_wanted", "ceremony_id": 7, "on": "2026-11-16"}, "likely:7:2026-11-16"),
    (
        {"kind": "leaders_untold", "project_id": 7, "since": "2026-10-05", "posted": False},
        "untold:7:2026-10-05",
    ),
    ({"kind": "handed_on", "experiment_id": 7, "by_id": 8}, "handed:7"),
    ({"kind": "number_to_confirm", "measurement_id": 7}, "number:7"),
    ({"kind": "nobody_to_confirm", "measurement_id": 7}, "nobody:7"),
    ({"kind": "expectations_note", "project_id": 7}, "expectations:7"),
    ({"kind": "review_items", "review_id": 7}, "items:7"),
    ({"kind": "review_to_close", "review_id": 7}, "close:7"),
    ({"kind": "review_ahead", "review_id": 7}, "ahead:7"),
    ({"kind": "review_nowhere", "review_id": 7, "channel_id": "C1"}, "nowhere:7:C1"),
    ({"kind": "review_ended", "review_id": 7}, "ended:7"),
    ({"kind": "condition_to_meet", "condition_id": 7}, "condition:7"),
    ({"kind": "condition_is_due", "condition_id": 7}, "condition:7:due"),
    ({"kind": "number_set_aside", "measurement_id": 7, "note": "a leak"}, "aside:7"),
    (
        {"kind": "asked_about", "experiment_id": 7, "by_id": 2, "wants_number": True},
        "ask:7",
    ),
    ({"kind": "help_wanted", "blocker_id": 7, "by_id": 2, "ask": "access"}, "help:7"),
]


@pytest.mark.parametrize(("row", "subject"), GOLDEN)
def test_a_row_of_today_is_still_understood(row: dict[str, Any], subject: str) -> None:
    notice = notice_of(row)
    written = notice.model_dump(mode="json")
    assert {**written, **row} == written
    assert notice.subject == subject


def test_what_another_version_wrote_is_refused() -> None:
    with pytest.raises(ValidationError):
        notice_of({"kind": "poem"})


def test_a_number_is_open_until_somebody_has_looked() -> None:
    person = Person(1, "U1", "Ana")
    day = date(2026, 2, 3)
    number = NumberFacts(
        1, "FRAUD-1", "x", "x", person, "Recall", 0.7, "share", None, None, day, None, None
    )
    assert number.open
    assert not replace(number, confirmed_by=person).open
    assert not replace(number, excluded="leak").open


def test_every_reason_has_a_label() -> None:
    assert len({reason.label for reason in AsideReason}) == len(AsideReason)


def test_who_has_not_confirmed_is_asked_again_once_a_week_for_some_weeks() -> None:
    about, told = ScopeStillOpen(scope_id=7, member_id=8), [1]
    now = MORNING
    while (later := comes_again(about, now)) is not None:
        again, due = later
        assert isinstance(again, ScopeStillOpen)
        assert due - now == CHASED_AGAIN
        told.append(again.time)
        about, now = again, due
    assert told == list(range(1, MOST_CHASES + 1))
    assert about.subject == of_scope(7, 8)[-1]
    assert of_scope(7, 8)[0] == ScopeToConfirm(scope_id=7, member_id=8).subject


def test_what_is_told_once_does_not_come_again() -> None:
    assert comes_again(BlockerToClear(blocker_id=1), MORNING) is None


def test_the_card_of_an_incident_changes_when_somebody_is_told_that_it_is_late() -> None:
    assert shown_in(IncidentLate(incident_id=7)) == IncidentCard(incident_id=7)
    assert shown_in(BlockerToClear(blocker_id=7)) is None


def test_a_subject_fits_its_column_however_long_the_name_is() -> None:
    """80 characters (models/tables/notice.py)."""
    said: dict[str, Any] = {"ceremony_id": 2**63 - 1, "at": "2026-03-24T07:30:00.000+00:00"}
    renamed = [StandupNews(**said, what=Trouble.RENAMED, about=f"{n}" * 300) for n in (1, 2)]
    assert all(len(one.subject) <= 80 for one in renamed)
    assert renamed[0].subject != renamed[1].subject
