"""What people do with an experiment from its page: each a form, a use case, and a line of its history."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers import experiment
from handlers.blocks import course_forms, move_forms, words
from handlers.blocks.lab import note
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_course import of_experiment
from handlers.forms_moves import (
    CategoryForm,
    CriterionForm,
    DropForm,
    HandOnForm,
    KeepForm,
    LinkForm,
    MoveRef,
    PauseForm,
    StartForm,
)
from models import course, criteria, moving, shifts
from models.answers import Remembered
from models.asks import is_asked
from models.course import InHand
from models.domain.errors import DayIsPast, NotInUnit, Unknown
from models.domain.experiment import Outcome
from models.domain.experiment_facts import Link
from models.domain.moves import Move
from models.domain.shifts import OnlyQualityChecks
from models.moving import CanNotOwn, EnoughLinks
from models.people import meet
from models.resting import Rest

_ELSEWHERE = {
    Move.NUMBER: course_forms.number_form,
    Move.CONCLUDE: course_forms.conclude_form,
    Move.EXTEND: course_forms.extend_form,
}
"""Forms that a finding's buttons open, too."""


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The form of what was clicked.

    Raises:
        Unknown, NotMetYet, GuestsMayNot, NotAllowed, ExperimentConcluded, NotNow: see `models.course`.
    """
    ref = MoveRef.of(ask.value)
    hand = await course.look(session, ref.experiment_id, ask.user, ref.move, ask.today)
    if ref.move is Move.FOLLOW_UP:
        return await experiment.follow_up(ask, session, hand.experiment)
    facts = await course.facts_of(session, hand.experiment, ask.today)
    if ref.move in _ELSEWHERE:
        return _ELSEWHERE[ref.move](facts, of_experiment(ref.experiment_id))
    if ref.move is Move.CRITERION:
        metrics = await criteria.choices(session, hand.experiment)
        return move_forms.form(ref.move, facts, metrics)
    if ref.move is Move.CATEGORY:
        return move_forms.kind_of_work(facts, await shifts.choices(session, hand.experiment))
    return move_forms.form(ref.move, facts)


async def store(ask: Ask, session: AsyncSession) -> Reply | None:
    """It is done. Over the experiment's page the form only closes: the page says it.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotMetYet, GuestsMayNot, NotAllowed, ExperimentConcluded, NotNow: see `models.course`.
    """
    ref = MoveRef.of(ask.metadata)
    hand = await course.take(session, ref.experiment_id, ask.user, ref.move, ask.at)
    said = await _DOES[ref.move](ask, session, hand)
    return None if ask.under else Reply(note("Stored", [said]))


async def _start(ask: Ask, session: AsyncSession, hand: InHand) -> str:
    form = parse(StartForm, ask.values)
    if form.threshold is not None:
        await _set(session, hand, None, form.threshold, ask)
    await moving.start(session, hand, form.timebox, at=ask.at)
    asks = await is_asked(session, hand.experiment.owner_id, hand.experiment.project_id)
    return "It is running. The next standup asks about it." if asks else "It is running."


async def _set(
    session: AsyncSession, hand: InHand, metric: int | None, value: float, ask: Ask
) -> bool:
    try:
        return await criteria.set_criterion(session, hand, metric, value, at=ask.at)
    except NotInUnit as error:
        raise InvalidForm({"threshold": error.sentence}) from error


async def _pause(ask: Ask, session: AsyncSession, hand: InHand) -> str:
    form = parse(PauseForm, ask.values)
    try:
        moving.pause(session, hand, Rest(form.until, form.reason), at=ask.at)
    except DayIsPast as error:
        raise InvalidForm({"until": error.sentence}) from error
    return f"It rests, and goes on by itself on {words.short_day(form.until)}."


async def _resume(ask: Ask, session: AsyncSession, hand: InHand) -> str:
    moving.resume(session, hand, at=ask.at)
    return "It goes on."


async def _hand_on(ask: Ask, session: AsyncSession, hand: InHand) -> str:
    form = parse(HandOnForm, ask.values)
    to = await meet(session, form.person, "", ask.now)
    try:
        await moving.hand_on(session, hand, to, at=ask.at)
    except CanNotOwn as error:
        raise InvalidForm({"person": error.sentence}) from error
    return f"It is {to.name}'s from now on."


async def _criterion(ask: Ask, session: AsyncSession, hand: InHand) -> str:
    form = parse(CriterionForm, ask.values)
    in_advance = await _set(session, hand, form.metric, form.threshold, ask)
    if in_advance:
        return "The criterion is stored, before the first number."
    return "The criterion is stored; that it came after the first number is kept beside it."


async def _category(ask: Ask, session: AsyncSession, hand: InHand) -> str:
    form = parse(CategoryForm, ask.values)
    moving.categorise(session, hand, form.category, at=ask.at)
    try:
        await shifts.replay(session, hand, form.replays, at=ask.at)
    except (OnlyQualityChecks, Unknown) as error:
        raise InvalidForm({"replays": error.sentence}) from error
    return f"It is {form.category.label.lower()} now."


async def _link(ask: Ask, session: AsyncSession, hand: InHand) -> str:
    form = parse(LinkForm, ask.values)
    try:
        moving.add_link(session, hand, Link(form.address, form.what), at=ask.at)
    except EnoughLinks as error:
        raise InvalidForm({"address": error.sentence}) from error
    return "The link is stored."


async def _keep(ask: Ask, session: AsyncSession, hand: InHand) -> str:
    adopted = parse(KeepForm, ask.values).adopted
    await moving.keep(session, hand, adopted=adopted, at=ask.at)
    return "The change is kept." if adopted else "The change is not kept."


async def _drop(ask: Ask, session: AsyncSession, hand: InHand) -> str:
    form = parse(DropForm, ask.values)
    remembered = Remembered(form.learning, abandon_reason=form.reason)
    await course.conclude(session, hand, Outcome.ABANDONED, remembered, at=ask.at)
    return "It is dropped; why is kept."


_DOES: dict[Move, Callable[[Ask, AsyncSession, InHand], Awaitable[str]]] = {
    Move.START: _start,
    Move.PAUSE: _pause,
    Move.RESUME: _resume,
    Move.HAND_ON: _hand_on,
    Move.CRITERION: _criterion,
    Move.CATEGORY: _category,
    Move.LINK: _link,
    Move.KEEP: _keep,
    Move.DROP: _drop,
}
