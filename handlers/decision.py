"""Decisions in Slack: `/lab decide`, “Record decision” on a message, [Decide], conditions that are met."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import decisions as blocks
from handlers.blocks import review_plan_forms
from handlers.blocks.lab import note
from handlers.blocks.text import clipped, unmarked
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_answers import id_of
from handlers.forms_decision import DecisionForm, FormRef, MetForm, Numbered
from handlers.forms_digest import FindingRef
from handlers.forms_review_plan import MoveReviewForm
from models import conditions, deciding, posting, review_calendar, review_pages, reviews
from models.deciding import Typed
from models.decisions import ReplacedAlready
from models.domain.errors import DayIsPast
from models.domain.permissions import Action
from models.domain.stages import NotReady
from models.permits import permit

LONGEST = 3_000


async def open_verb(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """`/lab decide KEY`; without a key about the channel's project, or the first that is theirs to decide on.

    Raises:
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
        NoProject: there is none yet.
    """
    words = ask.text.split()[1:]
    first = words[0].upper()[:12] if words else ask.channel or ""
    facts = await deciding.form(session, first, ask.today, slack_id=ask.user)
    await permit(session, ask.user, Action.DECIDE, project_id=facts.chosen.project_id)
    return blocks.form(facts, metadata=FormRef().metadata)


async def open_shortcut(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Record decision” on a message: its words are the reason. Which project it is, the form asks.

    Raises:
        GuestsMayNot, NotMetYet: see `models.permits.permit`.
        NoProject: there is none yet.
    """
    await permit(session, ask.user, Action.ADD_HYPOTHESIS)
    reason = clipped(unmarked(ask.said).strip(), LONGEST)
    facts = await deciding.form(session, ask.channel or "", ask.today, slack_id=ask.user)
    return blocks.form(facts, metadata=FormRef(0, ask.link).metadata, typed={"reason": reason})


async def open_decide(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Decide” about a project, on its page or in a brief.

    Raises:
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
    """
    return await _open(ask, session, id_of(ask.value), FormRef())


async def open_finding(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Decide”, from what could use a hand.

    Raises:
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
    """
    ref = FindingRef.of(ask.value)
    return await _open(ask, session, ref.number, FormRef(ref.digest_id))


async def _open(ask: Ask, session: AsyncSession, project_id: int, ref: FormRef) -> dict[str, Any]:
    await permit(session, ask.user, Action.DECIDE, project_id=project_id)
    return blocks.form(await deciding.form(session, project_id, ask.today), metadata=ref.metadata)


async def choose_project(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """Another project was chosen: what is recommended for that one, and the words that stand there."""
    facts = await deciding.form(session, id_of(ask.value), ask.today)
    return blocks.form(facts, metadata=ask.metadata, typed=ask.values)


async def record(ask: Ask, session: AsyncSession) -> Reply:
    """The decision is stored and announced.

    Raises:
        InvalidForm: a field can't be taken, or a go is refused, with what is missing.
        NotAllowed, Unknown: see `models.deciding.decide`.
    """
    form, ref = parse(DecisionForm, ask.values), FormRef.of(ask.metadata)
    typed = Typed(
        *(form.kind, form.reason, form.next_on, form.said, form.dissent), ref.link, form.replaces
    )
    try:
        row, project = await deciding.decide(session, form.project, ask.user, typed, at=ask.at)
    except DayIsPast as error:
        raise InvalidForm({"next_on": "Please choose a day that is still to come."}) from error
    except (NotReady, ReplacedAlready) as error:
        field = "kind" if isinstance(error, NotReady) else "replaces"
        raise InvalidForm({field: error.sentence}) from error
    await posting.acted_on(session, ref.digest_id, ask.now)
    told = " The project's channel reads it." if project.channel_id else ""
    return Reply(note("Decision recorded", [f"{project.name}: {row.kind.label.lower()}.{told}"]))


async def open_list(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Decisions” on a project's page."""
    return blocks.page(await deciding.page(session, id_of(ask.value)))


async def open_met(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“It's met”: what shows it?

    Raises:
        Unknown, MetAlready, NotAllowed, GuestsMayNot, NotMetYet: see `models.conditions.take`.
    """
    ref = Numbered.of(ask.value)
    hand = await conditions.take(session, ref.number, ask.user)
    return blocks.met_form(conditions.facts_of(hand.condition), ref.value)


async def met(ask: Ask, session: AsyncSession) -> Reply:
    """A condition is met.

    Raises:
        InvalidForm: nothing shows it.
        Unknown, MetAlready, NotAllowed, GuestsMayNot, NotMetYet: see `models.conditions.take`.
    """
    form, ref = parse(MetForm, ask.values), Numbered.of(ask.metadata)
    row = await conditions.meet(session, ref.number, ask.user, form.evidence, at=ask.at)
    await posting.acted_on(session, ref.digest_id, ask.now)
    return Reply(note("Condition met", [f"{clipped(row.text, 300)}: noted, with what shows it."]))


async def open_schedule(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Schedule”: a review that was due and is not held, on another day.

    Raises:
        Unknown: no review of the project waits any more.
        NotAllowed, GuestsMayNot, NotMetYet: see `models.review_pages.permitted`.
    """
    ref = FindingRef.of(ask.value)
    review_id = await deciding.waiting_review(session, ref.number)
    facts = await review_pages.facts(session, review_id, ask.today)
    await review_pages.permitted(session, facts, ask.user)
    about = Numbered(ref.digest_id, review_id).value
    return review_plan_forms.again_form(facts, ask.today, about)


async def schedule(ask: Ask, session: AsyncSession) -> Reply:
    """It is held on another day.

    Raises:
        InvalidForm: that day is over.
        Unknown, ReviewOver, NotAllowed: see `models.reviews.take`.
    """
    form, ref = parse(MoveReviewForm, ask.values), Numbered.of(ask.metadata)
    hand = await reviews.take(session, ref.number, ask.user)
    try:
        await reviews.move(session, hand, form.due, zone=ask.home.zone, at=ask.at)
    except DayIsPast as error:
        raise InvalidForm({"due": error.sentence}) from error
    await review_calendar.send_anew(session, hand.review, ask.now)
    await posting.acted_on(session, ref.digest_id, ask.now)
    said = f"{hand.review.kind.label} of {hand.project.name}"
    return Reply(note("Scheduled", [f"{said}: by {form.due:%A}, {form.due.day} {form.due:%B}."]))
