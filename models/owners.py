"""People whom an imported log names: members by name or Slack id, and strangers, who are never asked."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.errors import LogRefused, Problem
from models.domain.logbook import PEOPLE, Entry, Line
from models.tables import Member

NOBODY = "import:"
"""The Slack id of whoever owns what a log gives no owner; of other strangers it is the beginning."""


async def owners(session: AsyncSession, log: Sequence[Entry], now: datetime) -> dict[str, int]:
    """Who owns, measured, confirmed and excluded what, by lower-case name or Slack id.

    Strangers become members who are never asked.

    Raises:
        LogRefused: several people have that name.
    """
    named = _named(log)
    known: dict[str, list[Member]] = {}
    for member in await session.scalars(select(Member).order_by(Member.id)):
        for name in {member.name.lower(), member.slack_id.lower()}:
            known.setdefault(name, []).append(member)
    unclear: list[Problem] = []
    found: dict[str, Member] = {}
    for name, (line, field) in named.items():
        people = known.get(name, [])
        people = [one for one in people if one.active] or people
        if len(people) > 1:
            unclear.append(
                Problem(line.number, field, "several people have this name; give the Slack id")
            )
        found[name] = people[0] if people else _stranger(getattr(line.says, field), now)
    if unclear:
        raise LogRefused(unclear)
    session.add_all(found.values())
    await session.flush()
    return {name: member.id for name, member in found.items()}


def _named(log: Sequence[Entry]) -> dict[str, tuple[Line, str]]:
    """Whom the log names, by lower-case name: in which line first, and as what."""
    named: dict[str, tuple[Line, str]] = {}
    for entry in log:
        named.setdefault((entry.says.owner or NOBODY).lower(), (entry.lines[0], "owner"))
        for line in entry.lines:
            for field in PEOPLE[1:]:
                if (name := getattr(line.says, field)) is not None:
                    named.setdefault(name.lower(), (line, field))
    return named


def _stranger(name: str | None, now: datetime) -> Member:
    """Somebody whom only the log knows: inactive, so never asked and never written to."""
    mark = sha256(name.lower().encode()).hexdigest()[:16] if name else ""
    return Member(
        slack_id=f"{NOBODY}{mark}", name=name or "Imported", tz="UTC", active=False, created_at=now
    )
