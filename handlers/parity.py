"""“Same numbers?” in Slack: a form for both, and the answer at once (S4-12)."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import parity as blocks
from handlers.blocks.lab import note
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import parse
from handlers.forms_answers import id_of
from handlers.forms_metrics import ParityForm, in_unit
from models import comparing
from models.comparing import Pair


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Same numbers?”; the button's value is the project."""
    return blocks.form(await comparing.facts(session, id_of(ask.value), ask.user, ask.today))


async def compare(ask: Ask, session: AsyncSession) -> Reply:
    """Both are stored, and held against each other.

    Raises:
        InvalidForm: a field can't be taken.
        NothingToMeasure, NotMetYet, GuestsMayNot, NotAllowed: see `models.comparing`.
    """
    form = parse(ParityForm, ask.values)
    project_id = id_of(ask.metadata)
    walk = await comparing.take(session, project_id, ask.user, ask.today)
    unit = walk.metric.unit
    both = in_unit({"experiment": form.experiment, "product": form.product}, unit)
    pair = Pair(both["experiment"] or 0.0, both["product"] or 0.0, form.url)
    parity = await comparing.compare(session, walk, pair, ask.at)
    return Reply(note("Same numbers?", *([line] for line in blocks.result(parity, unit))))
