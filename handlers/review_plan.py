"""`/lab review`: what is to be held, planning a review, moving it, taking part in it, its calendar file."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import review_card, review_plan_forms, review_planned
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_answers import id_of
from handlers.forms_review_plan import CancelReviewForm, MoveReviewForm, PlanForm
from models import (
    review_announcing,
    review_calendar,
    review_lists,
    review_pages,
    review_planning,
    reviews,
)
from models.domain.errors import DayIsPast
from models.domain.facts_reviews import ReviewFacts
from models.domain.permissions import Action
from models.domain.review import ReviewKind
from models.people import meet_all, require_met
from models.permits import permit
from models.projects import choices
from models.review_standing import lacking_now
from models.reviews import NowhereToPost, Plan

FIRST_DUE = timedelta(days=10)


@dataclass(frozen=True)
class Asked:
    """What stands behind `/lab review`, in any order: a project's key, a kind, “mine”, “new”."""

    key: str | None = None
    kind: ReviewKind | None = None
    mine: bool = False
    new: bool = False

    @classmethod
    def of(cls, text: str) -> "Asked":
        """As typed."""
        kinds = {kind.value: kind for kind in ReviewKind} | {"launch": ReviewKind.DEPLOYMENT}
        said = [word.lower().replace("-", "") for word in text.split()[1:]]
        keys = [word for word in said if word not in {*kinds, "mine", "new", "list"}]
        return cls(
            key=keys[0].upper()[:12] if keys else None,
            kind=next((kinds[word] for word in said if word in kinds), None),
            mine="mine" in said,
            new="new" in said,
        )


async def open_list(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """`/lab review`, with a project's key behind it, a kind, “mine” or “new”; or with nothing."""
    asked = Asked.of(ask.text)
    if asked.kind is not None or asked.new:
        return await _one_or_a_new_one(ask, session, asked)
    return await _list(ask, session, asked)


async def open_all(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“All of them”."""
    return await _list(ask, session, Asked())


async def open_mine(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Mine”."""
    return await _list(ask, session, Asked(mine=True))


async def _list(ask: Ask, session: AsyncSession, asked: Asked) -> dict[str, Any]:
    member = await require_met(session, ask.user)
    found = await review_lists.listed(session, asked.key, member.id if asked.mine else None)
    return review_planned.to_be_held(*found, mine=asked.mine)


async def _one_or_a_new_one(ask: Ask, session: AsyncSession, asked: Asked) -> dict[str, Any]:
    """The review of this kind that is to be held; where there is none, the form for one."""
    if asked.key and asked.kind and not asked.new:
        review_id = await review_lists.coming(session, asked.key, asked.kind)
        if review_id is not None:
            member = await require_met(session, ask.user)
            facts = await review_pages.facts(session, review_id, ask.today)
            return review_card.whole(facts, ask.user, steers=member.admin)
    return await _plan_form(ask, session, asked)


async def open_plan(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Plan a review”; the button's value names a project and a kind, “12|deployment”, or neither.

    By a project's key, “FRAUD|deployment”, the one that is to be held already is shown.

    Raises:
        GuestsMayNot, NotMetYet: see `models.permits.permit`.
        NoProject: there is none yet.
    """
    project_id, _, kind = ask.value.partition("|")
    asked = Asked(kind=ReviewKind(kind) if kind in set(ReviewKind) else None)
    if project_id and not project_id.isdigit():
        return await _one_or_a_new_one(ask, session, replace(asked, key=project_id))
    return await _plan_form(ask, session, asked, int(project_id) if project_id.isdigit() else None)


async def _plan_form(
    ask: Ask, session: AsyncSession, asked: Asked, project_id: int | None = None
) -> dict[str, Any]:
    await permit(session, ask.user, Action.JOIN_REVIEW)
    projects = await choices(session, ask.today, first=ask.channel or "")
    named = (one for one in projects if one.project_id == project_id or one.key == asked.key)
    chosen = next(named, projects[0])
    by_name = sorted(projects, key=lambda project: project.name)
    kind = asked.kind or ReviewKind.PEER
    return review_plan_forms.plan_form(by_name, chosen, ask.today + FIRST_DUE, ask.user, kind)


async def plan(ask: Ask, session: AsyncSession) -> Reply:
    """It is planned.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotAllowed, ScheduledAlready: see `models.reviews.schedule`.
    """
    form = parse(PlanForm, ask.values)
    people = await meet_all(session, [form.chair, *form.participants], ask.now)
    chair = next(one for one in people if one.slack_id == form.chair)
    wanted = Plan(
        kind=form.kind,
        project_id=form.project,
        due=form.due,
        chair=chair,
        channel_id=form.channel,
        participants=[one.id for one in people],
        reason=form.reason,
        update=form.update == review_plan_forms.SAME_CODE,
    )
    try:
        review, project = await reviews.schedule(session, wanted, ask.user, at=ask.at)
    except DayIsPast as error:
        raise InvalidForm({"due": error.sentence}) from error
    except NowhereToPost as error:
        raise InvalidForm({"channel": error.sentence}) from error
    guests = [one for one in people if one is not chair]
    lacking = await lacking_now(session, review, project, ask.today, guests)
    return Reply(review_planned.planned(review.kind, project.name, review.due, lacking))


async def begin(ask: Ask, session: AsyncSession) -> None:
    """“Open it now”: its card goes to the channel."""
    hand = await reviews.take(session, id_of(ask.value), ask.user)
    await reviews.open_now(session, hand, zone=ask.home.zone, at=ask.at)


async def open_move(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Move”."""
    return review_plan_forms.move_form(await steered(ask, session), ask.today)


async def move(ask: Ask, session: AsyncSession) -> None:
    """It is held on another day; whoever has it in their calendar gets the new one.

    Raises:
        InvalidForm: that day is over.
        Unknown, ReviewOver, NotAllowed: see `models.reviews.take`.
    """
    form = parse(MoveReviewForm, ask.values)
    hand = await reviews.take(session, id_of(ask.metadata), ask.user)
    zone, to = ask.home.zone, form.channel
    try:
        await reviews.move(session, hand, form.due, zone=zone, at=ask.at, channel_id=to)
    except DayIsPast as error:
        raise InvalidForm({"due": error.sentence}) from error
    await review_calendar.send_anew(session, hand.review, ask.now)


async def open_cancel(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Cancel”."""
    return review_plan_forms.cancel_form(await steered(ask, session))


async def steered(ask: Ask, session: AsyncSession) -> ReviewFacts:
    """The review, for somebody who may steer it.

    Raises:
        Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.review_pages.permitted`.
    """
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


async def join(ask: Ask, session: AsyncSession) -> Reply:
    """“I'll review”.

    Raises:
        Unknown, ReviewOver, ReviewsOwn, GuestsMayNot: see `models.review_announcing.take_part`.
    """
    await review_announcing.take_part(session, id_of(ask.value), ask.user, ask.now)
    return Reply(whispered="Thank you. What is asked of you stands on its card once it is open.")


async def not_me(ask: Ask, session: AsyncSession) -> Reply:
    """“Not me”: nobody asks why."""
    await review_announcing.stay_out(session, id_of(ask.value), ask.user, ask.now)
    return Reply(whispered="All right. Somebody else is looked for.")


async def calendar(ask: Ask, session: AsyncSession) -> Reply:
    """“Calendar”; guests may, too.

    Raises:
        NotMetYet: Slack has not said yet who this is.
        Unknown: there is no such review.
    """
    member = await require_met(session, ask.user)
    review_id = id_of(ask.value)
    await review_calendar.order(session, member, review_id, asked=ask.trigger_id, now=ask.now)
    return Reply(whispered="The calendar file is on its way: it comes as a message from me.")


async def switch(ask: Ask, session: AsyncSession) -> None:
    """“Don't plan them”, “Plan them by themselves”.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
    """
    await review_planning.switch(session, ask.user, on=ask.value == "on", at=ask.at)
