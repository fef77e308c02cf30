"""A project's roles, and the expectations note."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import project_people, words
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_project import RoleForm
from handlers.project_parts import ref_of, to_change
from models import expectations, planning
from models import roles as holding
from models.domain.errors import Unknown
from models.domain.project import Role


async def open_role(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The form for one role.

    Raises:
        Unknown: there is no such role or project.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.project_pages.to_change`.
    """
    facts = await to_change(ask, session)
    return project_people.role_form(facts, _role(ask), ref_of(ask))


async def set_role(ask: Ask, session: AsyncSession) -> None:
    """These people hold the role from now on.

    Raises:
        InvalidForm: nobody would run the project.
        Unknown: there is no such role or project.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.roles.set_holders`.
    """
    form = parse(RoleForm, ask.values)
    ref, role = ref_of(ask), _role(ask)
    number = ref.project_id
    try:
        chosen = holding.Chosen(role, form.people, ref.shown)
        await holding.set_holders(session, number, chosen, ask.user, ask.at)
    except holding.NobodyRunsIt as error:
        raise InvalidForm({"people": error.sentence}) from error


def _role(ask: Ask) -> Role:
    about = ref_of(ask).about
    if about not in set(Role):
        raise Unknown
    return Role(about)


async def send_expectations(ask: Ask, session: AsyncSession) -> Reply:
    """The note goes to every stakeholder who has not had it.

    Raises:
        NobodyToExpect, SentAlready: see `models.expectations.send`.
        Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.planning.take`.
    """
    hand = await planning.take(session, ref_of(ask).project_id, ask.user)
    count = await expectations.send(session, hand, ask.at)
    people = words.count_of(count, "person is", "people are")
    return Reply(whispered=f"{people} told, each in their own working hours.")


async def have_read(ask: Ask, session: AsyncSession) -> None:
    """“I have read it”.

    Raises:
        Unknown, NotForYou: there is no such note, or nobody sent it to this person.
    """
    await expectations.acknowledge(session, ref_of(ask).project_id, ask.user, ask.at)
