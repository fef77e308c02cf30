"""One experiment in full: by its key, over the Home, and as it is after something was done about it."""

import re
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import experiment_page as blocks
from handlers.blocks.document import Rendered
from handlers.blocks.lab import in_modal
from handlers.deps import Ask
from handlers.forms_course import experiment_of
from models.domain.errors import BotError
from models.domain.experiment_facts import ExperimentPage
from models.experiment_page import Reader, Which, page_of

KEY = re.compile(r"([A-Z][A-Z0-9]{1,9})-(\d{1,9})")


class WhichExperiment(BotError):
    """Which experiment? Write its key behind it, such as FRAUD-12; the list shows the keys."""


def by_key(word: str) -> Which:
    """The experiment that somebody names.

    Raises:
        WhichExperiment: that is no key.
    """
    match = KEY.fullmatch(word.upper())
    if match is None:
        raise WhichExperiment
    return Which(match[1], int(match[2]))


async def show(ask: Ask, session: AsyncSession) -> Rendered:
    """`/lab show KEY`: one experiment in full.

    Raises:
        WhichExperiment: no key was given, or something that is none.
        Unknown: there is no such experiment.
    """
    words = ask.text.split()[1:]
    return blocks.experiment(await _page(ask, session, by_key(words[0] if words else "")))


async def open_page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The same as a modal, over the Home.

    Raises:
        WhichExperiment, Unknown: as `show`.
    """
    return _modal(await _page(ask, session, by_key(ask.value)))


async def again(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The page below a form about it, after what was done there.

    Raises:
        Unknown: the form was about none.
    """
    which = Which(experiment_id=experiment_of(ask.metadata))
    return _modal(await _page(ask, session, which))


async def _page(ask: Ask, session: AsyncSession, which: Which) -> ExperimentPage:
    return await page_of(session, which, Reader(ask.user, ask.today, ask.home.zone))


def _modal(page: ExperimentPage) -> dict[str, Any]:
    return in_modal("Experiment", blocks.experiment(page))
