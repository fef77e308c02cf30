"""A review that is held: its checklist, its signatures, its decision."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import review_card, review_forms, words
from handlers.blocks.lab import note
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_answers import id_of
from handlers.forms_review import CloseForm, Shown, answers_of, conditions_of
from handlers.review_plan import steered
from models import closing, review_pages, reviewing
from models.closing import DECISIONS, GoRefused, OnlyOfAGo, Promised, Wanted
from models.domain.errors import BotError, DayIsPast
from models.domain.permissions import Action
from models.domain.review import Side
from models.domain.stages import NotReady
from models.people import require_met
from models.permits import permit
from models.reviews import kept


class NothingAsked(BotError):
    """Only those whose role an item is asked of can answer it: nothing here is asked of yours."""


async def see(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“See all”."""
    member = await require_met(session, ask.user)
    review_id, _, _ = ask.value.partition("|")
    facts = await review_pages.facts(session, id_of(review_id), ask.today)
    return review_card.whole(facts, ask.user, steers=member.admin)


async def open_answers(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Answer”: what this person is asked; everything that is open where it is nothing in particular."""
    await permit(session, ask.user, Action.JOIN_REVIEW)
    facts = await review_pages.facts(session, id_of(ask.value), ask.today)
    lines = [line for line in facts.owed(ask.user) if not line.by_rule]
    if not lines:
        raise NothingAsked
    return review_forms.answers_form(facts, lines, facts.only_others_say(ask.user))


async def answer(ask: Ask, session: AsyncSession) -> Reply:
    """What was said is stored.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, ReviewOver, NotAllowed: see `models.reviewing`.
    """
    shown = Shown.of(ask.metadata)
    taking = await reviewing.take_part(session, shown.review_id, ask.user)
    said = answers_of(ask.values, kept(taking.review).items, shown.marks)
    await reviewing.answer(session, taking, said, ask.now)
    return Reply(note("Saved", ["Thank you. The card in the channel shows it."]))


async def unchanged(ask: Ask, session: AsyncSession) -> Reply:
    """“Still so”: what was answered at the last go still holds.

    Raises:
        NothingToConfirm: nothing of it is theirs to say.
        Unknown, ReviewOver: see `models.reviewing.take_part`.
    """
    taking = await reviewing.take_part(session, id_of(ask.value), ask.user)
    count = await reviewing.confirm_unchanged(session, taking, ask.now)
    still = words.count_of(count, "answer still holds", "answers still hold")
    return Reply(whispered=f"Noted: {still}.")


async def take_item(ask: Ask, session: AsyncSession) -> Reply | None:
    """“Take an item”: this person sees to it.

    Raises:
        Unknown, ReviewOver, NotAllowed, AnsweredAlready: see `models.reviewing.take_item`.
    """
    review_id, _, place = ask.value.partition("|")
    taking = await reviewing.take_part(session, id_of(review_id), ask.user)
    await reviewing.take_item(session, taking, id_of(place), ask.now)
    return None


async def sign_as_scientist(ask: Ask, session: AsyncSession) -> Reply:
    """“Sign as scientist”."""
    return await _sign(ask, session, Side.SCIENTIST)


async def sign_as_engineer(ask: Ask, session: AsyncSession) -> Reply:
    """“Sign as engineer”."""
    return await _sign(ask, session, Side.ENGINEER)


async def _sign(ask: Ask, session: AsyncSession, side: Side) -> Reply:
    taking = await reviewing.take_part(session, id_of(ask.value), ask.user)
    await reviewing.sign(session, taking, side, ask.now)
    return Reply(whispered=f"You have signed as {side.article}.")


async def open_close(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Close it”: what the checklist says, and what is decided."""
    facts = await steered(ask, session)
    return review_forms.close_form(facts, DECISIONS[facts.kind], ask.today)


async def close(ask: Ask, session: AsyncSession) -> Reply:
    """It is decided.

    Raises:
        InvalidForm: a field can't be taken, or the go is refused, with what is missing.
        Unknown, ReviewOver, NotAllowed: see `models.closing.take`.
    """
    form = parse(CloseForm, ask.values)
    hand = await closing.take(session, id_of(ask.metadata), ask.user, ask.today)
    typed = conditions_of(ask.values, kept(hand.review).items)
    conditions = tuple(Promised(*one) for one in typed)
    wanted = Wanted(form.decision, form.reason, form.next_on, form.dissent, conditions)
    try:
        await closing.close(session, hand, wanted, at=ask.at)
    except (GoRefused, OnlyOfAGo, NotReady) as refused:
        raise InvalidForm({"decision": refused.sentence}) from refused
    except DayIsPast as error:
        raise InvalidForm({"next_on": "Please choose a day that is still to come."}) from error
    return Reply(note("Decided", [f"{hand.project.name}: {form.decision.label.lower()}."]))
