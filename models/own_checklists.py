"""Each workspace's own checklists: as they are now, who changed what, and changing them."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import chronicle
from models.checklists import packaged
from models.domain.checklist import Checklist, weakened
from models.domain.checklist_edit import differences
from models.domain.errors import BotError
from models.domain.facts_checklists import ChecklistChange, ChecklistPage
from models.domain.permissions import Action
from models.domain.review import ReviewKind
from models.people import person
from models.permits import permit
from models.reviews import current
from models.tables import Checklist as OwnChecklist
from models.tables import Member, Workspace

LAST = 5
"""Changes that a page shows."""


class MinimumCheck(BotError):
    """The minimum checks stay as they are."""


class NoAdmin(BotError):
    """Nobody is known as an admin of the workspace yet: have one of them type /lab once."""


async def page(session: AsyncSession, kind: ReviewKind, *, may_change: bool) -> ChecklistPage:
    """The checklist that the next review of this kind begins with; one statement."""
    by = aliased(Member)
    found = (
        await session.execute(
            select(OwnChecklist, by)
            .join(by, by.id == OwnChecklist.by_id)
            .where(OwnChecklist.kind == kind)
            .order_by(OwnChecklist.version.desc())
            .limit(LAST + 1)
        )
    ).all()
    base = packaged(kind)
    versions = [Checklist.model_validate(row.content) for row, _ in found]
    before = [*versions[1:], base][: len(versions)]
    return ChecklistPage(
        kind=kind,
        checklist=versions[0] if versions else base,
        is_own=bool(versions),
        may_change=may_change,
        changes=tuple(
            ChecklistChange(
                row.version,
                person(who),
                row.created_at.date(),
                tuple(differences(earlier, version)),
            )
            for (row, who), version, earlier in zip(found, versions, before, strict=True)
        )[:LAST],
    )


def require_minimum(own: Checklist, kind: ReviewKind, before: Checklist | None = None) -> None:
    """Raise where a checklist of this kind would weaken what is locked, more than it did `before`.

    What a workspace changed while that was open to it stays as it has it: only what is new is refused.

    Raises:
        MinimumCheck: with a sentence for each.
    """
    base = packaged(kind)
    known = weakened(before, base) if before else []
    if refused := [one for one in weakened(own, base) if one not in known]:
        raise MinimumCheck(" ".join(refused))


async def an_admin(session: AsyncSession) -> str:
    """The Slack id of the admin in whose name a checklist is changed that came as a file.

    Raises:
        NoAdmin: none is known.
    """
    found: str | None = await session.scalar(
        select(Member.slack_id)
        .where(Member.admin, Member.active, ~Member.limited, Member.described)
        .order_by(Member.id)
        .limit(1)
    )
    if found is None:
        raise NoAdmin
    return found


async def change(
    session: AsyncSession,
    slack_id: str,
    kind: ReviewKind,
    edit: Callable[[Checklist], Checklist],
    now: datetime,
) -> Checklist:
    """Make a new version of a checklist; what `edit` changes nothing about makes none.

    Reviews that are open keep the version that they began with.

    Raises:
        NotAllowed: only an admin changes the workspace's checklists.
        MinimumCheck: one of the locked items would be weakened, with a sentence for each.
    """
    by = await permit(session, slack_id, Action.CHANGE_WORKSPACE)
    await session.scalar(
        select(Workspace.id).where(Workspace.id == by.workspace_id).with_for_update()
    )
    before = await current(session, kind)
    after = edit(before)
    if after.items == before.items:
        return before
    require_minimum(after, kind, before)
    after = after.model_copy(update={"version": before.version + 1})
    session.add(
        OwnChecklist(
            kind=kind,
            version=after.version,
            content=after.model_dump(mode="json"),
            by_id=by.id,
            created_at=now,
        )
    )
    chronicle.record(
        session,
        "checklist_changed",
        project_id=None,
        by_id=by.id,
        at=now,
        of=kind.value,
        version=after.version,
        changes=differences(before, after),
    )
    return after
