"""A digest comes at its time, late for a day, and then not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from models.domain.digest import GRACE, LATE, DigestKind, is_late, is_too_late
from models.domain.standup import CeremonyKind

DUE = datetime(2026, 3, 5, 14, tzinfo=UTC)


def test_in_time_it_is_neither_late_nor_skipped() -> None:
    assert not is_late(DUE, DUE + LATE)
    assert not is_too_late(DUE, DUE + LATE)


def test_within_a_day_it_is_posted_and_says_that_it_is_late() -> None:
    assert is_late(DUE, DUE + GRACE)
    assert not is_too_late(DUE, DUE + GRACE)


def test_after_a_day_its_slot_is_skipped() -> None:
    assert is_too_late(DUE, DUE + GRACE + timedelta(seconds=1))


def test_each_kind_has_its_appointment() -> None:
    for kind in DigestKind:
        assert DigestKind.of(kind.usual.ceremony) is kind
    with pytest.raises(ValueError, match="standup"):
        DigestKind.of(CeremonyKind.STANDUP)
