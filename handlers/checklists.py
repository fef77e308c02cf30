"""“Checklists”: each workspace's own, changed by its admins, in force from the next review on."""

from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import checklist_page
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm
from handlers.forms_checklists import edit_of
from models import own_checklists
from models.checklists import packaged
from models.domain.checklist_edit import TooManyItems, restored
from models.domain.errors import Unknown
from models.domain.permissions import Action
from models.domain.review import ReviewKind
from models.people import require_met
from models.permits import permit
from models.reviews import current


class ItemRef(NamedTuple):
    """A kind of review, and an item of its checklist; without a key a new one."""

    kind: ReviewKind
    key: str

    @classmethod
    def of(cls, value: str) -> "ItemRef":
        """From a button's value or a form's metadata, “deployment|sla”; a launch check where it is empty.

        Raises:
            Unknown: it is none that we made.
        """
        kind, _, key = value.partition("|")
        if kind and kind not in set(ReviewKind):
            raise Unknown
        return cls(ReviewKind(kind or ReviewKind.DEPLOYMENT), key)


async def page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """One checklist as the next review begins with it."""
    member = await require_met(session, ask.user)
    ref = ItemRef.of(ask.value or ask.metadata)
    may_change = member.admin and not member.limited
    return checklist_page.page(await own_checklists.page(session, ref.kind, may_change=may_change))


async def open_item(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """An item to change, or a new one.

    Raises:
        NotAllowed: only an admin changes it.
        Unknown: it was taken out meanwhile.
    """
    await permit(session, ask.user, Action.CHANGE_WORKSPACE)
    ref = ItemRef.of(ask.value)
    item = (await current(session, ref.kind)).item(ref.key) if ref.key else None
    if ref.key and item is None:
        raise Unknown
    return checklist_page.item_form(ref.kind, item)


async def save_item(ask: Ask, session: AsyncSession) -> Reply | None:
    """It is asked so from the next review on.

    Raises:
        InvalidForm: a field can't be taken.
        NotAllowed, MinimumCheck: see `models.own_checklists.change`.
    """
    ref = ItemRef.of(ask.metadata)
    edit = edit_of(ask.values, ref.key)
    try:
        await own_checklists.change(session, ask.user, ref.kind, edit, ask.now)
    except TooManyItems as error:
        raise InvalidForm({"label": error.sentence}) from error
    return None


async def restore(ask: Ask, session: AsyncSession) -> Reply | None:
    """“Back to Labmate's own”.

    Raises:
        NotAllowed: only an admin changes it.
    """
    kind = ItemRef.of(ask.value).kind
    await own_checklists.change(
        session, ask.user, kind, lambda asked: restored(asked, packaged(kind)), ask.now
    )
    return None
