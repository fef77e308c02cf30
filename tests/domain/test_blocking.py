"""What an answer does to blockers: the same one ages, another one or nothing ends it (domain §3.4)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.blocking import (
    ESCALATED_AFTER,
    NEVER_BEFORE,
    Effect,
    Heard,
    Known,
    effect,
    escalation_moment,
)
from models.domain.cadence import local_date
from models.domain.standup import BlockerKind
from models.domain.working_days import elapsed, single_days
from tests.clock import MORNING

ANA, BEN = 1, 2
LATER = MORNING + timedelta(days=2)
INVOICES = Known(7, BlockerKind.DATA_ACCESS, "Invoices before 2024", ANA, MORNING, None)
CLEARED = replace(INVOICES, resolved_at=MORNING + timedelta(days=1))
SAYS = Heard(ANA, LATER, BlockerKind.DATA_ACCESS, " invoices  BEFORE 2024. ", says=True)
RISK = replace(INVOICES, risk=True)
NOTHING = replace(SAYS, kind=None, text="")


@pytest.mark.parametrize(
    ("heard", "known", "follows"),
    [
        (SAYS, [], Effect(opens=True)),
        (SAYS, [INVOICES], Effect(goes_on=7)),
        (replace(SAYS, text="Labels"), [INVOICES], Effect(ends=(7,), opens=True)),
        (replace(SAYS, kind=BlockerKind.PRIVACY), [INVOICES], Effect(ends=(7,), opens=True)),
        (NOTHING, [INVOICES], Effect(ends=(7,))),
        (replace(NOTHING, by_id=BEN), [INVOICES], Effect()),
        (replace(NOTHING, says=False), [INVOICES], Effect()),
        (replace(NOTHING, at=MORNING - timedelta(hours=1)), [INVOICES], Effect()),
        (SAYS, [CLEARED], Effect(opens=True)),
        (replace(SAYS, at=MORNING), [CLEARED], Effect()),
        (NOTHING, [CLEARED], Effect()),
        (replace(SAYS, by_id=BEN), [INVOICES], Effect(goes_on=7)),
        (NOTHING, [RISK], Effect()),
        (SAYS, [RISK], Effect(opens=True)),
    ],
)
def test_what_follows_from_an_answer(heard: Heard, known: list[Known], follows: Effect) -> None:
    assert effect(heard, known) == follows


BERLIN, BEIRUT, HAVANA, CAIRO = (
    ZoneInfo(name) for name in ("Europe/Berlin", "Asia/Beirut", "America/Havana", "Africa/Cairo")
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("opened", "zone", "holidays", "due"),
    [
        pytest.param("2026-02-03T10:00Z", BERLIN, [], "2026-02-09T23:00Z", id="a Tuesday"),
        pytest.param("2026-02-02T10:00Z", BERLIN, [], "2026-02-06T23:00Z", id="a Monday"),
        pytest.param("2026-02-07T10:00Z", BERLIN, [], "2026-02-13T23:00Z", id="a Saturday"),
        pytest.param("2026-02-02T23:30Z", BERLIN, [], "2026-02-09T23:00Z", id="a Tuesday there"),
        pytest.param(
            "2026-04-01T10:00Z",
            BERLIN,
            [date(2026, 4, 3), date(2026, 4, 6)],
            "2026-04-09T22:00Z",
            id="over Easter",
        ),
        # Berlin: 29 March has 23 hours, 25 October has 25.
        pytest.param("2026-03-24T10:00Z", BERLIN, [], "2026-03-30T22:00Z", id="a gap between"),
        pytest.param("2026-10-20T10:00Z", BERLIN, [], "2026-10-26T23:00Z", id="a fold between"),
        # Cairo's clocks jump from 00:00 to 01:00 on Friday, 24 April: that midnight isn't there.
        pytest.param("2026-04-17T10:00Z", CAIRO, [], "2026-04-23T22:00Z", id="within the gap"),
        # Beirut's clocks jump from 00:00 to 01:00 on Sunday, 29 March.
        pytest.param("2026-03-23T10:00Z", BEIRUT, [], "2026-03-27T22:00Z", id="before the gap"),
        pytest.param(
            "2026-03-24T10:00Z",
            BEIRUT,
            [date(2026, 3, 27)],
            "2026-03-31T21:00Z",
            id="a holiday and a gap at midnight",
        ),
        # Havana: 00:30 of Sunday, 1 November comes twice; both are the same date.
        pytest.param("2026-11-01T04:30Z", HAVANA, [], "2026-11-07T05:00Z", id="the first 00:30"),
        pytest.param("2026-11-01T05:30Z", HAVANA, [], "2026-11-07T05:00Z", id="the second 00:30"),
    ],
)
def test_when_the_named_leader_is_asked(
    opened: str, zone: ZoneInfo, holidays: list[date], due: str
) -> None:
    assert escalation_moment(moment(opened), zone, holidays) == moment(due)


@given(
    st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: MORNING + timedelta(minutes=minutes)),
    st.sampled_from([BERLIN, BEIRUT, HAVANA, CAIRO, ZoneInfo("Pacific/Auckland")]),
    st.lists(st.dates(date(2026, 3, 1), date(2036, 6, 1)), max_size=10),
)
def test_it_is_the_first_date_on_which_five_working_days_are_over(
    opened: datetime, zone: ZoneInfo, holidays: list[date]
) -> None:
    due = escalation_moment(opened, zone, holidays)
    day, since, off = local_date(due, zone), local_date(opened, zone), single_days(holidays)
    assert elapsed(since, day, off) == ESCALATED_AFTER
    assert elapsed(since, day - timedelta(days=1), off) < ESCALATED_AFTER
    assert due - opened >= NEVER_BEFORE
    assert local_date(due - timedelta(minutes=1), zone) < day
