"""What could use a hand, as of a date: the findings of a workspace, and where each project stands."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.digest_facts import ContextLine, StalledFacts
from models.domain.errors import Unknown
from models.domain.findings.kinds import Kind
from models.domain.findings.raising import Finding, find
from models.domain.findings.state import Project
from models.search import AsOf, Search, search
from models.tables import Blocker, Ceremony
from models.walking import numbers_of

OFF: tuple[Kind, ...] = ()
"""Kinds that nobody can act on in Slack yet."""


async def stalled(
    session: AsyncSession,
    as_of: AsOf,
    project_id: int | None = None,
    known: Sequence[Ceremony] | None = None,
) -> StalledFacts:
    """What could use a hand on that day, in the workspace or in one project.

    Six statements, or five where the workspace's ceremonies are `known`. Projects that were not there yet on
    that day are left out.
    """
    read = await search(session, as_of, project_id, known)
    snoozes = read.held_up.put_off
    findings = find(read.projects, today=as_of.today, snoozes=snoozes, off=OFF)
    said = {one.subject.experiment_id for one in findings}
    running = [
        one
        for project in read.projects
        for one in project.experiments
        if one.is_running(as_of.today) and not one.rests(as_of.today)
    ]
    return StalledFacts(
        as_of=as_of.today,
        findings=tuple(findings),
        projects=tuple(
            _context(project, read)
            for project in read.projects
            if project.progress or project.stage_since <= as_of.today
        ),
        on_course=sum(one.experiment_id not in said for one in running),
        put_off=_put_off(read, as_of.today, findings) if snoozes else 0,
    )


async def open_blocker(session: AsyncSession, subject: str) -> Blocker:
    """The oldest open blocker of “experiment:12” or “project:3”.

    Raises:
        Unknown: nothing is in its way any more.
    """
    kind, _, number = subject.partition(":")
    of = Blocker.experiment_id if kind == "experiment" else Blocker.project_id
    found: Blocker | None = await session.scalar(
        select(Blocker)
        .where(of == int(number), Blocker.resolved_at.is_(None), Blocker.risk.is_(False))
        .order_by(Blocker.opened_at, Blocker.id)
        .limit(1)
    )
    if found is None:
        raise Unknown("Nothing is in its way any more.")
    return found


def _put_off(read: Search, today: date, findings: Iterable[Finding]) -> int:
    """How many subjects nothing is said about only because somebody put it off."""
    said = {one.subject.ref for one in findings}
    return sum(one.subject.ref not in said for one in find(read.projects, today=today, off=OFF))


def _context(project: Project, read: Search) -> ContextLine:
    walk, ended = read.walks.get(project.project_id), read.concluded.get(project.project_id)
    return ContextLine(
        project_id=project.project_id,
        key=project.key,
        name=project.name,
        numbers=numbers_of(walk) if walk else None,
        since=read.since[project.project_id],
        concluded=ended.many if ended else 0,
        unmeasured=ended.many - ended.measured if ended else 0,
        running=len(project.experiments),
        series=tuple(walk.series) if walk else (),
    )


def recorded(facts: StalledFacts, lines: Iterable[Finding]) -> dict[str, Any]:
    """A digest as it is kept: its `lines`, everything that was `on` that day, and the numbers."""
    return {
        "lines": [_line(one) for one in lines],
        "on": [_line(one) for one in facts.findings],
        "best": {line.key: line.numbers.best for line in facts.projects if line.numbers},
    }


def _line(finding: Finding) -> dict[str, Any]:
    return {
        "subject": finding.subject.ref,
        "name": finding.subject.name,
        "key": finding.subject.key,
        "kinds": [reason.kind.value for reason in finding.reasons],
    }
