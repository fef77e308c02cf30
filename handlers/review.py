"""`/lab review`: what is to be held, planning a review, its checklist, its decision."""

from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import review_card, review_forms, words
from handlers.blocks.lab import note
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_answers import id_of
from handlers.forms_review import (
    CancelReviewForm,
    CloseForm,
    MoveReviewForm,
    PlanForm,
    Shown,
    answers_of,
    conditions_of,
)
from models import closing, review_pages, reviewing, reviews
from models.closing import DECISIONS, GoRefused, OnlyOfAGo, Promised, Wanted
from models.domain.errors import BotError, DayIsPast
from models.domain.facts_reviews import ReviewFacts
from models.domain.review import Side
from models.domain.stages import NotReady
from models.people import meet, meet_all, require_met, require_writer
from models.projects import choices
from models.reviews import NowhereToPost, Plan, kept

FIRST_DUE = timedelta(days=10)


class NothingAsked(BotError):
    """Only those whose role an item is asked of can answer it: nothing here is asked of yours."""


async def open_list(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """`/lab review`, with a project's key behind it or without."""
    await require_met(session, ask.user)
    typed = ask.text.split()[1:]
    key = typed[0].upper()[:12] if typed else None
    return review_card.to_be_held(*await review_pages.to_be_held(session, key))


async def open_plan(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Plan a review”.

    Raises:
        GuestsMayNot, NotMetYet: see `models.people.require_writer`.
        NoProject: there is none yet.
    """
    await require_writer(session, ask.user)
    projects = await choices(session, ask.today, first=ask.channel or "")
    by_name = sorted(projects, key=lambda project: project.name)
    return review_forms.plan_form(by_name, projects[0], ask.today + FIRST_DUE, ask.user)


async def plan(ask: Ask, session: AsyncSession) -> Reply:
    """It is planned.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotAllowed, ScheduledAlready: see `models.reviews.schedule`.
    """
    form = parse(PlanForm, ask.values)
    chair = await meet(session, form.chair, "", ask.now)
    people = await meet_all(session, form.participants, ask.now)
    wanted = Plan(
        kind=form.kind,
        project_id=form.project,
        due=form.due,
        chair=chair,
        channel_id=form.channel,
        participants=[one.id for one in people],
        reason=form.reason,
    )
    try:
        review, project = await reviews.schedule(
            session, wanted, ask.user, zone=ask.home.zone, at=ask.at
        )
    except DayIsPast as error:
        raise InvalidForm({"due": error.sentence}) from error
    except NowhereToPost as error:
        raise InvalidForm({"channel": error.sentence}) from error
    when = f"{review.due:%A}, {review.due.day} {review.due:%B}"
    return Reply(note("Planned", [f"{review.kind.label} of {project.name}: by {when}."]))


async def see(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“See all”."""
    await require_met(session, ask.user)
    review_id, _, _ = ask.value.partition("|")
    facts = await review_pages.facts(session, id_of(review_id), ask.today)
    return review_card.whole(facts, ask.user)


async def begin(ask: Ask, session: AsyncSession) -> None:
    """“Open it now”: its card goes to the channel."""
    hand = await reviews.take(session, id_of(ask.value), ask.user)
    await reviews.open_now(session, hand, zone=ask.home.zone, at=ask.at)


async def open_answers(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Answer”: what this person is asked; everything that is open where it is nothing in particular."""
    await require_writer(session, ask.user)
    facts = await review_pages.facts(session, id_of(ask.value), ask.today)
    lines = [line for line in facts.owed(ask.user) if not line.by_rule]
    if not lines:
        raise NothingAsked
    return review_forms.answers_form(facts, lines)


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
    facts = await _steered(ask, session)
    return review_forms.close_form(facts, DECISIONS[facts.kind], ask.today)


async def close(ask: Ask, session: AsyncSession) -> Reply:
    """It is decided.

    Raises:
        InvalidForm: a field can't be taken, or the go is refused, with what is missing.
        Unknown, ReviewOver, NotAllowed: see `models.reviews.take`.
    """
    form = parse(CloseForm, ask.values)
    hand = await reviews.take(session, id_of(ask.metadata), ask.user)
    typed = conditions_of(ask.values, kept(hand.review).items)
    owners = await meet_all(session, [one.owner for one in typed], ask.now)
    by_id = {one.slack_id: one for one in owners}
    conditions = tuple(Promised(one.item, one.text, by_id[one.owner], one.due) for one in typed)
    wanted = Wanted(form.decision, form.reason, form.next_on, form.dissent, conditions)
    try:
        await closing.close(session, hand, wanted, at=ask.at)
    except (GoRefused, OnlyOfAGo, NotReady) as refused:
        raise InvalidForm({"decision": refused.sentence}) from refused
    except DayIsPast as error:
        raise InvalidForm({"next_on": "Please choose a day that is still to come."}) from error
    return Reply(note("Decided", [f"{hand.project.name}: {form.decision.label.lower()}."]))


async def open_move(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Move”."""
    return review_forms.move_form(await _steered(ask, session))


async def move(ask: Ask, session: AsyncSession) -> None:
    """It is held on another day.

    Raises:
        InvalidForm: that day is over.
        Unknown, ReviewOver, NotAllowed: see `models.reviews.take`.
    """
    form = parse(MoveReviewForm, ask.values)
    hand = await reviews.take(session, id_of(ask.metadata), ask.user)
    try:
        await reviews.move(session, hand, form.due, zone=ask.home.zone, at=ask.at)
    except DayIsPast as error:
        raise InvalidForm({"due": error.sentence}) from error


async def open_cancel(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Cancel”."""
    return review_forms.cancel_form(await _steered(ask, session))


async def _steered(ask: Ask, session: AsyncSession) -> ReviewFacts:
    facts = await review_pages.facts(session, id_of(ask.value), ask.today)
    await review_pages.permitted(session, facts, ask.user)
    return facts


async def cancel(ask: Ask, session: AsyncSession) -> None:
    """It is not held.

    Raises:
        InvalidForm: no reason.
        Unknown, ReviewOver, NotAllowed: see `models.reviews.take`.
    """
    form = parse(CancelReviewForm, ask.values)
    hand = await reviews.take(session, id_of(ask.metadata), ask.user)
    await reviews.cancel(session, hand, form.reason, at=ask.at)
