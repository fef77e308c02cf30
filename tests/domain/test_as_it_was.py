"""A project on a past day: what has changed since then is taken back, the oldest change first (§2.4-5)."""

from datetime import date

from models.domain.as_it_was import AsItWas, Changes, Smallest, as_it_was
from models.domain.project import ProjectStatus, Stage

TODAY = {
    "stage": Stage.PRODUCTION,
    "status": ProjectStatus.STOPPED,
    "next_touchpoint": date(2026, 11, 20),
    "estimate_earliest": date(2026, 12, 1),
    "thresholds": {"patience": 8},
    "name": "Card fraud alerts",
}
MOVED: Changes = {"stage": ("development", "production")}


def was(*later: Changes, before_it_was_here: bool = False) -> AsItWas:
    return as_it_was(TODAY, later, before_it_was_here=before_it_was_here)


def test_nothing_has_changed_since() -> None:
    assert was().model_dump(exclude_defaults=True) == {
        name: value for name, value in TODAY.items() if name != "name"
    }


def test_the_first_change_since_then_says_what_stood() -> None:
    then = was(
        {"next_touchpoint": ("2026-10-01", None), "estimate_earliest": (None, "2026-11-01")},
        {"next_touchpoint": (None, "2026-11-20"), "thresholds": ({}, {"patience": 8})},
        {"stage": ("prototype", "development"), "status": ("active", "stopped")},
        MOVED,
    )
    assert then.stage is Stage.PROTOTYPE
    assert then.status is ProjectStatus.ACTIVE
    assert then.next_touchpoint == date(2026, 10, 1)
    assert then.estimate_earliest is None
    assert then.thresholds == {}


def test_a_value_model_is_that_of_the_day() -> None:
    now = {"kind": "per_point"}
    assert was().worth(now) == now
    assert was({"value_model": (None, now)}).worth(now) is None
    assert was({"value_model": ({"kind": "confusion"}, now)}).worth(now) == {"kind": "confusion"}


def test_a_log_that_is_older_than_its_row_was_under_way() -> None:
    begun: Changes = {"stage": ("conception", "data")}
    assert was(begun).stage is Stage.CONCEPTION
    assert was(begun, MOVED, before_it_was_here=True).stage is Stage.DATA
    assert was(MOVED, before_it_was_here=True).stage is Stage.DEVELOPMENT


def test_what_counted_is_what_was_said_before_the_first_change() -> None:
    first, second = Smallest(0.01, assumed=True), Smallest(0.5)
    said = [(7, first), (8, second), (7, Smallest(0.02))]
    assert as_it_was(TODAY, [], said).smallest == {7: first, 8: second}
    assert as_it_was(TODAY, [], said, before_it_was_here=True).smallest == {}
