"""What a finding's buttons do: ask, add a number, conclude, extend, escalate, start something new."""

from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import course_forms, words
from handlers.blocks.lab import note
from handlers.blocks.text import shortened
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.experiment import follow_up, form_of
from handlers.forms import FrozenForm, InvalidForm, parse
from handlers.forms_course import ConcludeForm, EscalateForm, ExtendForm, NumberForm
from handlers.forms_digest import FindingRef
from models import asked, blockers, course, moving, posting
from models.course import Typed
from models.domain.errors import NotInUnit
from models.domain.experiment_facts import Link
from models.domain.findings.kinds import Kind
from models.domain.moves import Move
from models.domain.permissions import Action
from models.guardrails import broken_by
from models.people import meet
from models.permits import permit
from models.projects import choices
from models.stalled import open_blocker

Form = TypeVar("Form", bound=FrozenForm)


async def ask_owner(ask: Ask, session: AsyncSession) -> Reply:
    """“Ask”: its owner is asked in one message, within their working hours."""
    ref = FindingRef.of(ask.value)
    by = await permit(session, ask.user, Action.ASK_OWNER)
    wants = ref.kinds[0] is Kind.UNMEASURED
    owner = await asked.ask_owner(session, ref.number, by, wants_number=wants, now=ask.now)
    if not owner.nudges:
        return Reply(whispered=f"{owner.name} has muted reminders: it stands in their App Home.")
    return Reply(whispered=f"{owner.name} is asked, in their own working hours.")


async def open_number(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Add a number”."""
    ref = FindingRef.of(ask.value)
    facts = await course.facts(session, ref.number, ask.user, Move.NUMBER, ask.today)
    return course_forms.number_form(facts, ref.value)


async def add_number(ask: Ask, session: AsyncSession) -> Reply:
    """The number is stored.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotMetYet, GuestsMayNot, NotAllowed, ExperimentConcluded, NothingToMeasure: see
            `models.course`.
    """
    form, ref, hand = await _taken(ask, session, NumberForm, Move.NUMBER)
    try:
        row = await course.add_number(
            session, hand, Typed(form.value, form.low, form.high), at=ask.at
        )
    except NotInUnit as error:
        more = "If not, open “More”." if error.short != error.sentence else ""
        raise InvalidForm({"value": f"{error.short} {more}".strip()}) from error
    await posting.acted_on(session, ref.digest_id, ask.now)
    more = " It is a surprise, so a second person is asked to look." if row.surprising else ""
    breaks = (await broken_by(session, [ref.number], ask.today)).get(ref.number, ())
    said = [line for line in (f"It is stored.{more}", words.broken_words(breaks)) if line]
    return Reply(note("Number stored", *([line] for line in said)))


async def _taken(
    ask: Ask, session: AsyncSession, kind: type[Form], move: Move
) -> tuple[Form, FindingRef, course.InHand]:
    """What was typed about a finding, and its experiment, for somebody who may do this with it.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotMetYet, GuestsMayNot, NotAllowed, ExperimentConcluded: see `models.course.take`.
    """
    form, ref = parse(kind, ask.values), FindingRef.of(ask.metadata)
    return form, ref, await course.take(session, ref.number, ask.user, move, ask.at)


async def open_conclusion(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Conclude”, outside a standup."""
    ref = FindingRef.of(ask.value)
    facts = await course.facts(session, ref.number, ask.user, Move.CONCLUDE, ask.today)
    return course_forms.conclude_form(facts, ref.value)


async def conclude(ask: Ask, session: AsyncSession) -> Reply | None:
    """It is concluded, with what the team should remember; another hypothesis may follow it.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotMetYet, GuestsMayNot, NotAllowed, ExperimentConcluded, NotNow: see `models.course`.
    """
    form, ref, hand = await _taken(ask, session, ConcludeForm, Move.CONCLUDE)
    if form.link:
        moving.add_link(session, hand, Link(form.link, "its runs"), at=ask.at)
    await course.conclude(session, hand, form.outcome, form.remembered, at=ask.at)
    await posting.acted_on(session, ref.digest_id, ask.now)
    if form.follow_up:
        return Reply(await follow_up(ask, session, hand.experiment))
    said = f"{hand.experiment.title}: {form.outcome.label.lower()}."
    return None if ask.under else Reply(note("Concluded", [said]))


async def open_extension(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Extend”: once, with a reason."""
    ref = FindingRef.of(ask.value)
    facts = await course.facts(session, ref.number, ask.user, Move.EXTEND, ask.today)
    if facts.extended:
        return course_forms.extended_before(facts, ref.value)
    return course_forms.extend_form(facts, ref.value)


async def extend(ask: Ask, session: AsyncSession) -> Reply:
    """It has more time.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotMetYet, GuestsMayNot, NotAllowed, ExperimentConcluded, ExtendedAlready: see
            `models.course`.
    """
    form, ref, hand = await _taken(ask, session, ExtendForm, Move.EXTEND)
    await course.extend(session, hand, form.days, form.reason, at=ask.at)
    await posting.acted_on(session, ref.digest_id, ask.now)
    days = words.count_of(form.days, "working day")
    return Reply(note("Extended", [f"{hand.experiment.title} has {days} more."]))


async def cleared(ask: Ask, session: AsyncSession) -> Reply:
    """“It's cleared”, from the digest: by who can clear it, or who raised it."""
    ref = FindingRef.of(ask.value)
    blocker = await open_blocker(session, ref.subject)
    await blockers.clear(session, blocker.id, ask.user, ask.now)
    await posting.acted_on(session, ref.digest_id, ask.now)
    return Reply(whispered=f"Out of the way: {shortened(blocker.text, 200)}")


async def open_escalation(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Escalate”: who can help?"""
    await permit(session, ask.user, Action.CALL_FOR_HELP)
    ref = FindingRef.of(ask.value)
    blocker = await open_blocker(session, ref.subject)
    return course_forms.escalate_form(blocker.text, f"{ref.value}|{blocker.id}")


async def escalate(ask: Ask, session: AsyncSession) -> Reply:
    """Somebody is asked for help, once.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, CalledAlready, OwnerIsGone: see `models.asked.call_for_help`.
    """
    form = parse(EscalateForm, ask.values)
    value, _, blocker_id = ask.metadata.rpartition("|")
    ref = FindingRef.of(value)
    by = await permit(session, ask.user, Action.CALL_FOR_HELP)
    to = await meet(session, form.person, "", ask.now)
    await asked.call_for_help(session, int(blocker_id), to, form.ask, by=by, now=ask.now)
    await posting.acted_on(session, ref.digest_id, ask.now)
    return Reply(note("Asked for help", [f"{to.name} is asked, in their own working hours."]))


async def open_new(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“New hypothesis” about the finding's project."""
    await permit(session, ask.user, Action.ADD_HYPOTHESIS)
    ref = FindingRef.of(ask.value)
    projects = await choices(session, ask.today, first=ref.number)
    return form_of(projects, projects[0])
