"""`/lab score`: given independently, shown together; and how likely acceptance is."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import scores as blocks
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_answers import id_of
from handlers.forms_scores import ConfidenceForm, ScoreForm
from models import scoring
from models.domain.errors import BotError
from models.reading import project_named, require_any


class WhichProject(BotError):
    """Which project? Write its key behind it, such as /lab score FRAUD; /lab project shows the keys."""


async def open_score(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """`/lab score KEY`: the reader's own form, or what was said together.

    Raises:
        WhichProject: neither the word nor the channel names a project.
        NoProject: there is none yet.
        GuestsMayNot, NotMetYet: see `models.reading.readable`.
    """
    named = ask.text.split()[1:]
    found = await project_named(session, named[0].upper()[:12] if named else None, ask.channel)
    if found is None:
        await require_any(session)
        raise WhichProject
    return await _page(ask, session, found)


async def open_page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Scores”, from a project's page; the button's value is the project."""
    return await _page(ask, session, id_of(ask.value))


async def again(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The reader's own form: a new round, or the one that is open."""
    page = await scoring.page(session, id_of(ask.value), ask.user, ask.home.zone)
    return blocks.score_form(page)


async def after(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """What stands there after the scores were shown."""
    return await _page(ask, session, id_of(ask.metadata))


async def _page(ask: Ask, session: AsyncSession, project_id: int) -> dict[str, Any]:
    page = await scoring.page(session, project_id, ask.user, ask.home.zone)
    fresh = page.is_open or page.revealed_on is None
    return blocks.score_form(page) if fresh and blocks.asked(page) else blocks.result_page(page)


async def give(ask: Ask, session: AsyncSession) -> Reply:
    """Somebody's scores; the last one of those with a role shows them all.

    Raises:
        InvalidForm: nothing was chosen.
        NotAllowed, GuestsMayNot, NotMetYet: see `models.scoring.give`.
    """
    given = parse(ScoreForm, ask.values).given
    missing = [name for name in ask.values or {} if not name.endswith("_why")]
    missing = [name for name in missing if name not in {axis.value for axis in given}]
    if missing or not given:
        raise InvalidForm(dict.fromkeys(missing or ["benefit_ux"], "Please choose one."))
    project_id = id_of(ask.metadata)
    stored = await scoring.give(session, project_id, ask.user, given, at=ask.at)
    count = (stored.scored, stored.of)
    return Reply(blocks.stored(project_id, count, stored.revealed, may_reveal=stored.opened))


async def reveal(ask: Ask, session: AsyncSession) -> None:
    """“Show them together”.

    Raises:
        NoRound, NotYourRound: see `models.scoring.reveal`.
    """
    await scoring.reveal(session, id_of(ask.value), ask.user, ask.now)


async def open_confidence(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“How likely?”, from a project's page."""
    return blocks.confidence_form(await scoring.confidence(session, id_of(ask.value), ask.user))


async def say_confidence(ask: Ask, session: AsyncSession) -> None:
    """How likely it is, this week.

    Raises:
        InvalidForm: a field can't be taken.
        NotAllowed, GuestsMayNot, NotMetYet: see `models.scoring.say_confidence`.
    """
    form = parse(ConfidenceForm, ask.values)
    project_id = id_of(ask.metadata)
    await scoring.say_confidence(session, project_id, ask.user, form.value, form.why, at=ask.at)
