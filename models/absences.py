"""Who works when, with public holidays. The library of holidays is slow to load: in a thread, when needed."""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.absence import Week
from models.domain.cadence import NO_HOLIDAYS, zone_of
from models.domain.standup import CeremonyKind, PromptState
from models.domain.working_days import Span, single_days
from models.tables import Ceremony, Experiment, Member, Notice, Participant, Prompt

Holidays = frozenset[date]
NONE: Holidays = frozenset()
A_YEAR = timedelta(days=366)
PATIENCE = timedelta(seconds=0.4)
"""How long a page waits for the library."""


async def weeks_of(members: Iterable[Member], now: datetime) -> dict[int, Week]:
    """The working days of these people around `now`, by member id."""
    people = list(members)
    holidays = await _holidays_for({(one.country, one.tz) for one in people}, _years(now))
    return {
        member.id: replace(_week(member), holidays=holidays[member.country, member.tz])
        for member in people
    }


async def week_soon(member: Member, now: datetime) -> Week:
    """One person's, for a page: without public holidays where the library isn't there in a moment.

    It is loaded once a process, and goes on loading; the next page knows them.
    """
    place = (member.country, member.tz)
    if _years(now) not in _known.get(place, {}):
        loading = asyncio.ensure_future(_holidays_for({place}, _years(now)))
        _loading.add(loading)
        loading.add_done_callback(_loading.discard)
        await asyncio.wait({loading}, timeout=PATIENCE.total_seconds())
    holidays = _known.get(place, {}).get(_years(now), NONE)
    return replace(_week(member), holidays=holidays)


def holidays_as_known(member: Member, today: date) -> tuple[Span, ...]:
    """The public holidays of the year up to `today` on which this person had their weekdays off, as known.

    For findings (domain §2.5): who has them posted or printed looks them up first (`look_up_owners`).
    """
    return _of_the_year(_known.get((member.country, member.tz), {}).get(_years(today), NONE), today)


@lru_cache(maxsize=1_000)
def _of_the_year(days: Holidays, today: date) -> tuple[Span, ...]:
    """Few spans: a thousand owners share them."""
    return single_days(sorted(day for day in days if today - A_YEAR <= day <= today))


async def look_up_owners(session: AsyncSession, today: date) -> None:
    """Look up the holidays of whoever owns an experiment, so that findings as of `today` know them."""
    owns = exists().where(Experiment.owner_id == Member.id).correlate(Member)
    found = await session.execute(select(Member.country, Member.tz).where(owns).distinct())
    await _holidays_for({(row[0], row[1]) for row in found}, _years(today))


def weeks_at_once(members: Iterable[Member]) -> dict[int, Week]:
    """The same without public holidays, for what Slack waits for: the first look at them takes a second."""
    return {member.id: _week(member) for member in members}


def _week(member: Member) -> Week:
    workdays = frozenset(member.workdays.split(","))
    return Week(zone_of(member.tz), workdays, member.away_from, member.away_to)


async def prepare(session: AsyncSession, now: datetime) -> None:
    """Look up the holidays of whoever is asked or told next: no transaction that writes waits for them."""
    opens = select(Member.country, Member.tz).where(
        Member.id == Participant.member_id,
        Participant.ceremony_id == Ceremony.id,
        Ceremony.opens_at <= now,
        Ceremony.active,
        Ceremony.kind == CeremonyKind.STANDUP,
    )
    asks = select(Member.country, Member.tz).where(
        Member.id == Prompt.member_id, Prompt.state == PromptState.WAITING, Prompt.ask_at <= now
    )
    tells = select(Member.country, Member.tz).where(
        Member.id == Notice.member_id,
        Notice.told_on.is_(None),
        Notice.done_at.is_(None),
        Notice.due_at <= now,
    )
    for query in (opens, asks, tells):
        found = (await session.execute(query.distinct())).all()
        await _holidays_for({(row[0], row[1]) for row in found}, _years(now))


async def holidays_at(zones: Collection[str], now: datetime) -> Mapping[str, Holidays]:
    """The public holidays of the countries that these zones lie in, around `now`, by zone."""
    found = await _holidays_for({(None, tz) for tz in zones}, _years(now))
    return {tz: days for (_, tz), days in found.items()}


def _years(now: date) -> tuple[int, ...]:
    return (now.year - 1, now.year, now.year + 1)


async def _holidays_for(
    places: Collection[tuple[str | None, str]], years: tuple[int, ...]
) -> Mapping[tuple[str | None, str], Holidays]:
    """The holidays of each (country, zone)."""
    if all(place in _known and years in _known[place] for place in places):
        return {place: _known[place][years] for place in places}
    return await asyncio.to_thread(_look_up, tuple(places), years)


_loading: set[asyncio.Future[Any]] = set()
_known: dict[tuple[str | None, str], dict[tuple[int, ...], Holidays]] = {}


def _look_up(
    places: Collection[tuple[str | None, str]], years: tuple[int, ...]
) -> dict[tuple[str | None, str], Holidays]:
    for country, tz in places:
        days = holidays_in(country or country_of(tz), years)
        _known.setdefault((country, tz), {})[years] = days
    return {place: _known[place][years] for place in places}


@cache
def holidays_in(country: str | None, years: tuple[int, ...]) -> Holidays:
    """A country's public holidays (ISO 3166, two letters); none where it isn't known. Slow: in a thread."""
    if country is None or country == NO_HOLIDAYS:
        return frozenset()
    import holidays  # noqa: PLC0415  (over half a second, and only whoever opens runs needs it)

    try:
        return frozenset(holidays.country_holidays(country, years=years))
    except NotImplementedError:
        return frozenset()


def country_of(tz: str) -> str | None:
    """The country that a zone lies in, by tzdata's own table; None for UTC and the like."""
    return _countries().get(tz)


@cache
def _countries() -> dict[str, str]:
    """Zones, also by their older names, with their countries."""
    tables = resources.files("tzdata.zoneinfo")
    rows = [line.split("\t") for line in _lines(tables.joinpath("zone.tab").read_text("utf-8"))]
    countries = {row[2]: row[0] for row in rows}
    for line in _lines(tables.joinpath("tzdata.zi").read_text("utf-8")):
        match line.split():
            case ["L", zone, older] if zone in countries:
                countries.setdefault(older, countries[zone])
            case _:
                pass
    return countries


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]
