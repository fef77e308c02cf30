"""The charter's questions, a few at a time; and the governance tracks."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import project_charter
from handlers.deps import Ask
from handlers.forms import parse
from handlers.forms_project import CharterForm, TrackForm
from handlers.project_parts import facts_of, ref_of, to_change
from models import charters, planning
from models.domain.charter import Topic, topic_of
from models.domain.errors import Unknown
from models.domain.project import GovernanceKind
from models.domain.project_facts import GovernanceFacts
from models.people import meet


async def open_topic(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """A topic's questions; as a page for those who only read it.

    Raises:
        Unknown: there is no such topic or project.
        NotMetYet, GuestsMayNot: see `models.project_pages.facts`.
    """
    ref, topic = ref_of(ask), _topic(ask)
    facts = await facts_of(ask, session)
    answers = await charters.answers_of(session, ref.project_id, topic)
    if not facts.may_change:
        return project_charter.topic_page(facts, topic, answers)
    return project_charter.topic_form(facts, topic, answers, ref)


async def answer(ask: Ask, session: AsyncSession) -> None:
    """The answers are kept.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.planning.take`.
    """
    form = parse(CharterForm, ask.values)
    ref, topic = ref_of(ask), _topic(ask)
    hand = await planning.take(session, ref.project_id, ask.user)
    said = form.model_dump(mode="json")
    await charters.answer(session, hand, topic, said, shown=ref.shown, at=ask.at)


def _topic(ask: Ask) -> Topic:
    topic = topic_of(ref_of(ask).about)
    if topic is None:
        raise Unknown
    return topic


async def open_track(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The form for one governance track.

    Raises:
        Unknown: there is no such track or project.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.project_pages.to_change`.
    """
    kind = _track(ask)
    facts = await to_change(ask, session)
    track = next(one for one in facts.governance if one.kind is kind)
    return project_charter.track_form(facts, track, ref_of(ask))


async def set_track(ask: Ask, session: AsyncSession) -> None:
    """How far the track is, and who sees to it.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.planning.take`.
    """
    form = parse(TrackForm, ask.values)
    kind = _track(ask)
    hand = await planning.take(session, ref_of(ask).project_id, ask.user)
    owner = await meet(session, form.owner, "", ask.now) if form.owner else None
    track = GovernanceFacts(kind, form.state, link=form.link)
    await planning.set_track(session, hand, track, owner, ask.at)


def _track(ask: Ask) -> GovernanceKind:
    about = ref_of(ask).about
    if about not in set(GovernanceKind):
        raise Unknown
    return GovernanceKind(about)
