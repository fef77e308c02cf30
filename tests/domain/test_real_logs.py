"""Best-so-far on the logs of two real teams (domain §7)."""

import csv
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from models.domain.metric import Goal
from models.domain.progress import (
    Mark,
    Measured,
    Yardstick,
    all_gains,
    longest_wait,
    standing,
)

HOURS = Yardstick(Goal.MIN, 0.05)
GPT2 = Mark(1, date(2026, 1, 1), 168, 3.0)


@pytest.mark.parametrize(
    ("day", "best", "since", "tries", "last_gain"),
    [
        (date(2026, 1, 31), 3.04, date(2026, 1, 29), 0, date(2026, 1, 29)),
        (date(2026, 2, 28), 2.76, date(2026, 2, 5), 0, date(2026, 2, 5)),
        (date(2026, 3, 31), 1.65, date(2026, 3, 14), 0, date(2026, 3, 14)),
        (date(2026, 5, 31), 1.65, date(2026, 3, 14), 0, date(2026, 3, 14)),
    ],
)
def test_nanochats_hours_to_gpt2_at_the_end_of_each_month(
    day: date, best: float, since: date, tries: int, last_gain: date
) -> None:
    """GPT-2 took 168 hours (the source is in every row). From 5 Feb to 4 Mar it stood still."""
    found = standing(nanochat(), HOURS, GPT2, today=day)
    assert (found.best, found.since) == (best, since)
    assert (found.wait, found.last_gain) == (tries, last_gain)


def nanochat(confirmed_on: date | None = None) -> list[Measured]:
    with files("bot.seed").joinpath("nanochat_log.csv").open(encoding="utf-8") as log:
        rows = [row for row in csv.DictReader(log) if row["metric"] == "hours_to_gpt2"]
    return [
        Measured(
            number,
            date.fromisoformat(row["logged_on"]),
            float(row["result"]),
            benchmark_version=1,
            confirmed_on=confirmed_on,
        )
        for number, row in enumerate(rows)
    ]


LEAP = date(2026, 3, 4)


def test_nanochats_leap_is_to_be_confirmed_until_it_is() -> None:
    before = standing(nanochat(), HOURS, GPT2, today=LEAP - timedelta(days=1))
    assert (before.best, before.since) == (2.76, date(2026, 2, 5))
    for today in (LEAP, LEAP + timedelta(days=1)):
        leapt = standing(nanochat(), HOURS, GPT2, today=today)
        assert (leapt.best, leapt.since) == (2.02, LEAP)
        leap = leapt.to_confirm[-1]
        assert (leap.value, round(leap.gain, 2)) == (2.02, 0.74)
        assert not leap.first_past_acceptance
    waiting = standing(nanochat(LEAP + timedelta(days=1)), HOURS, GPT2, today=LEAP)
    confirmed = standing(
        nanochat(LEAP + timedelta(days=1)), HOURS, GPT2, today=LEAP + timedelta(days=1)
    )
    assert waiting.to_confirm[-1].value == 2.02
    assert confirmed.to_confirm == ()


SPEED = Yardstick(Goal.MIN, 0.001)
RETIMED = date(2025, 2, 1)
MARKS = (Mark(1, date(2024, 5, 28), 45, None), Mark(2, RETIMED, 2.997, None))


def modded_nanogpt(version_of_retimed: int) -> list[Measured]:
    """Dated records of a speed run, minutes. Two share a date: the file's order is time's."""
    path = Path(__file__).parent.parent / "data/modded_nanogpt_track1.csv"
    with path.open(encoding="utf-8") as record:
        rows = list(csv.DictReader(record))
    return [
        Measured(
            number,
            day := date.fromisoformat(row["date"]),
            float(row["value"]),
            benchmark_version=version_of_retimed if day >= RETIMED else 1,
        )
        for number, row in enumerate(rows)
    ]


@pytest.mark.parametrize(("versions", "days"), [(1, 168), (2, 118)])
def test_without_a_new_version_a_retiming_looks_like_a_standstill(versions: int, days: int) -> None:
    """Days between counted gains across versions, from 2025 on (domain §7)."""
    record = modded_nanogpt(version_of_retimed=versions)
    gains = all_gains(record, SPEED, MARKS[:versions], today=date(2026, 8, 1))
    assert date(2025, 1, 26) in gains
    assert longest_wait(day for day in gains if day >= date(2025, 1, 1)) == days


def test_a_version_waits_from_its_own_effective_date() -> None:
    record = modded_nanogpt(version_of_retimed=2)
    retimed = standing(record, SPEED, MARKS[1], today=date(2025, 12, 31))
    assert retimed.gains[0] == date(2025, 5, 24)
    assert retimed.longest_wait == 112
    assert standing(record, SPEED, MARKS[1], today=RETIMED).longest_wait == 0
