"""What a person is told on one day outside the standup, read from the rows of the moment."""

from dataclasses import replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models import conditions, expectations, notices, owed_items
from models.adopting import told_of_adopted
from models.asked import asking_about, calls_for_help
from models.domain.cadence import zone_of
from models.domain.errors import Unknown
from models.domain.facts_notices import (
    BlockerFacts,
    Cleared,
    NewsOf,
    NobodyLooks,
    NoticesFacts,
    NumberFacts,
    SetAside,
    ToClear,
    ToConfirm,
    Told,
)
from models.domain.notices import (
    BlockerCleared,
    BlockerSaid,
    BlockerToClear,
    ExpectationsNote,
    HelpWanted,
    NobodyToConfirm,
    NoticeKind,
    NumberSetAside,
    NumberToConfirm,
    notice_of,
)
from models.end_pages import told_of_ends
from models.handed import told_of_handed
from models.incident_pages import told_of_late
from models.leadership_told import told_of_leaders
from models.living import told_of_live
from models.people import person
from models.scope_pages import told_of_scopes
from models.search import AsOf
from models.standups_told import told_of_standups
from models.tables import Member
from models.topics import blockers_by_id, numbers_by_id

OF_NUMBERS = (NumberToConfirm, NobodyToConfirm, NumberSetAside)
"""Notices about a measurement."""


async def notices_facts(session: AsyncSession, member_id: int, on: date) -> NoticesFacts:
    """Everything that a person is told on one of their days; constant queries, however much it is.

    Raises:
        Unknown: the person is gone, or nothing is told on that day.
    """
    member = await session.get(Member, member_id)
    rows = (await session.scalars(notices.told_on(member_id, on))).all()
    if member is None or not rows:
        raise Unknown
    about = [notice_of(row.payload) for row in rows]
    ids = [
        one.blocker_id
        for one in about
        if isinstance(one, BlockerToClear | BlockerCleared | BlockerSaid | HelpWanted)
    ]
    numbers = [one.measurement_id for one in about if isinstance(one, OF_NUMBERS)]
    as_of = AsOf(on, zone_of(member.tz))
    known = await blockers_by_id(session, ids, as_of) if ids else {}
    measured = await numbers_by_id(session, numbers) if numbers else {}
    wondered = await asking_about(session, rows)
    called = await calls_for_help(session, rows, known)
    expected = await expectations.told(
        session, member_id, [one.project_id for one in about if isinstance(one, ExpectationsNote)]
    )
    others: dict[str, Told] = {
        **wondered,
        **called,
        **expected,
        **await told_of_scopes(session, rows),
        **await told_of_adopted(session, rows),
        **await told_of_leaders(session, member, about),
        **await told_of_handed(session, rows),
        **await owed_items.owed(session, member_id, rows),
        **await told_of_live(session, rows, on),
        **await told_of_late(session, rows),
        **await told_of_ends(session, rows),
        **await conditions.to_meet(session, rows),
        **await told_of_standups(session, rows),
    }
    parts = [
        part
        for one in about
        if (part := others.get(one.subject) or _part(one, member_id, known, measured))
    ]
    return NoticesFacts(person(member), tuple(parts))


def _part(
    about: NoticeKind,
    member_id: int,
    known: dict[int, BlockerFacts],
    measured: dict[int, NumberFacts],
) -> Told | None:
    match about:
        case BlockerToClear(blocker_id=key) if key in known:
            owner = known[key].blocker.owner
            mine = owner is not None and owner.member_id == member_id
            return ToClear(replace(known[key], mine=mine))
        case BlockerCleared(blocker_id=key) if key in known:
            raised = known[key].raised_by.member_id == member_id
            return Cleared(replace(known[key], mine=not raised))
        case BlockerSaid(blocker_id=key, by_name=name) if key in known:
            return NewsOf(known[key], name)
        case _:
            return _of_number(about, measured)


def _of_number(about: NoticeKind, measured: dict[int, NumberFacts]) -> Told | None:
    match about:
        case NumberToConfirm(measurement_id=key) if key in measured:
            return ToConfirm(measured[key])
        case NobodyToConfirm(measurement_id=key) if key in measured:
            return NobodyLooks(measured[key])
        case NumberSetAside(measurement_id=key, note=note) if key in measured:
            return SetAside(replace(measured[key], note=note))
        case _:
            return None
