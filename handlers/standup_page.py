"""`/lab standup`: a channel's standups, one of them in full, setting one up and steering it."""

from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import standup_page, standup_setup
from handlers.blocks.lab import note
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_standup import MoveForm, StandupForm
from models import standup_pages, standups, steering
from models.domain.errors import BotError, DayIsOver, NameTaken, NothingAhead, Unknown
from models.domain.facts_standup import StandupFormFacts, StandupPage
from models.domain.permissions import Action
from models.people import require_met
from models.permits import permit, permit_standup
from models.projects import choices
from models.standups import Plan
from models.tables import Member

FURTHEST = timedelta(days=30)
"""How far a run can be moved."""


class NobodyAsked(BotError):
    """Nobody was asked: nobody is in this standup yet, or it was started a moment ago."""


async def open_channel(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The channel's standup; the list where it has several, the form where it has none.

    Raises:
        NotMetYet: Slack has not said yet who this is.
        GuestsMayNot, NoProject: see `open_setup`.
    """
    here = await standups.in_channel(session, ask.channel) if ask.channel else []
    if not here:
        return await open_setup(ask, session)
    await require_met(session, ask.user)
    if len(here) > 1:
        return standup_page.of_channel(here, here[0].channel_id)
    return standup_page.page(
        await standup_pages.details_of(session, here[0].ceremony_id, ask.user, ask.now)
    )


async def page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """One standup in full, as it is now.

    Raises:
        Unknown: it is none that we made.
    """
    facts = await standup_pages.details_of(session, _which(ask), ask.user, ask.now)
    if not facts.page.active:
        return standup_page.ended(facts.page.name)
    return standup_page.page(facts)


async def open_setup(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The form for a new standup, in the channel that it was asked for in.

    Raises:
        GuestsMayNot, NotMetYet: see `models.permits.permit`.
        NoProject: there is nothing yet that a standup could ask about.
    """
    await permit(session, ask.user, Action.SET_UP_STANDUP)
    channel = ask.value or ask.channel or None
    projects = await choices(session, ask.today, first=channel or "")
    here = next((one for one in projects if channel and one.channel_id == channel), None)
    facts = StandupFormFacts(
        projects=projects,
        channel_id=channel,
        chosen_project=str(here.project_id) if here else None,
    )
    return standup_setup.standup_form(facts, "")


async def open_change(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The same form for a standup that is there.

    Raises:
        GuestsMayNot, NotMetYet, NotAllowed: see `models.permits.permit_standup`.
        Unknown: it has ended.
    """
    await permit_standup(session, ask.user, _which(ask))
    known = await _active(ask, session)
    facts = StandupFormFacts(
        projects=await choices(session, ask.today, first=known.project_id or ""),
        existing=known,
        channel_id=known.channel_id,
        chosen_project=str(known.project_id) if known.project_id else None,
        days=known.days,
    )
    return standup_setup.standup_form(facts, str(known.ceremony_id))


async def set_up(ask: Ask, session: AsyncSession) -> Reply:
    """Set the standup up, or change it; the person is told whom it asks when Slack has said so.

    Raises:
        InvalidForm: a field can't be taken, or the name is another standup's.
        GuestsMayNot, NotAllowed, Unknown: not theirs to do, or it has ended.
    """
    form = parse(StandupForm, ask.values)
    ceremony_id = _which(ask) if ask.metadata else None
    by = await _may_set_up(ask, session, ceremony_id)
    try:
        await standups.set_up(
            session,
            _plan(form, by.tz),
            by=by,
            now=ask.now,
            ceremony_id=ceremony_id,
            run_now=form.start == "now",
        )
    except NameTaken as taken:
        raise InvalidForm({"name": taken.sentence}) from taken
    then = (
        "I am looking who is in the channel, and write to you in a moment when I know whom I ask."
    )
    return Reply(note("Standup saved", [then]))


async def _may_set_up(ask: Ask, session: AsyncSession, ceremony_id: int | None) -> Member:
    if ceremony_id is None:
        return await permit(session, ask.user, Action.SET_UP_STANDUP)
    return await permit_standup(session, ask.user, ceremony_id, locks=True)


def _plan(form: StandupForm, tz: str) -> Plan:
    return Plan(
        channel_id=form.channel,
        project_id=form.project,
        people=form.people,
        days=tuple(form.days),
        local_time=form.time,
        tz=tz,
        name=form.name or "",
        observers=form.observers,
        summary_time=form.summary_time,
        answer_hours=form.answer_hours,
    )


async def after_set_up(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """What the form was opened from: the standup's page, or the list of the channel."""
    if ask.metadata:
        return await page(ask, session)
    channel = str((ask.values or {}).get("channel") or "")
    return standup_page.of_channel(await standups.in_channel(session, channel), channel)


async def run_now(ask: Ask, session: AsyncSession) -> None:
    """Ask everyone now, beside the planned days.

    Raises:
        NobodyAsked: there is nobody to ask, or it was just done.
        GuestsMayNot, NotAllowed, Unknown: not theirs to do, or it has ended.
    """
    by = await permit_standup(session, ask.user, _which(ask), locks=True)
    if not await steering.run_now(session, _which(ask), by=by, now=ask.now):
        raise NobodyAsked


async def pause(ask: Ask, session: AsyncSession) -> None:
    """Ask nobody until it goes on.

    Raises:
        GuestsMayNot, NotAllowed, Unknown: not theirs to do, or it has ended.
    """
    by = await permit_standup(session, ask.user, _which(ask), locks=True)
    await steering.pause(session, _which(ask), by=by, now=ask.now)


async def resume(ask: Ask, session: AsyncSession) -> None:
    """Go on with its next day.

    Raises:
        GuestsMayNot, NotAllowed, Unknown: not theirs to do, or it has ended.
    """
    by = await permit_standup(session, ask.user, _which(ask), locks=True)
    await steering.resume(session, _which(ask), by=by, now=ask.now)


async def end(ask: Ask, session: AsyncSession) -> None:
    """Never ask again.

    Raises:
        GuestsMayNot, NotAllowed, Unknown: not theirs to do, or it has ended already.
    """
    by = await permit_standup(session, ask.user, _which(ask), locks=True)
    await steering.end(session, _which(ask), by=by, now=ask.now)


async def open_move(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The form for another day of the next run.

    Raises:
        GuestsMayNot, NotAllowed, Unknown: not theirs to do, or it has ended.
    """
    await permit_standup(session, ask.user, _which(ask))
    return standup_setup.move_form(await _active(ask, session), ask.today)


async def move(ask: Ask, session: AsyncSession) -> None:
    """Have the next run on another day.

    Raises:
        InvalidForm: the day is over, too far away, or nothing is planned.
        GuestsMayNot, NotAllowed, Unknown: not theirs to do, or it has ended.
    """
    form = parse(MoveForm, ask.values)
    by = await permit_standup(session, ask.user, _which(ask), locks=True)
    if not ask.today < form.day <= ask.today + FURTHEST:
        raise InvalidForm({"day": "A day from tomorrow on, within the next 30 days, please."})
    try:
        await steering.move(session, _which(ask), form.day, by=by, now=ask.now)
    except (DayIsOver, NothingAhead) as error:
        raise InvalidForm({"day": error.sentence}) from error


async def _active(ask: Ask, session: AsyncSession) -> StandupPage:
    known = await standups.page_of(session, _which(ask))
    if not known.active:
        raise Unknown
    return known


def _which(ask: Ask) -> int:
    """The standup that a button, or a page or form, is about."""
    number = ask.value or ask.metadata
    if not number.isdecimal():
        raise Unknown
    return int(number)
