"""`/lab settings`: a person's own time, working days, days away and holidays."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.settings import settings_form
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_standup import SettingsForm
from models import settings
from models.domain.cadence import local_date, zone_of
from models.people import require_met
from models.settings import Wish


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The settings as they are.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    member = await require_met(session, ask.user)
    today = local_date(ask.now, zone_of(member.tz))
    return settings_form(settings.settings_of(member, today))


async def save(ask: Ask, session: AsyncSession) -> Reply | None:
    """Store them; what is still to be asked moves to the new time.

    Raises:
        InvalidForm: a field can't be taken.
    """
    form = parse(SettingsForm, ask.values)
    member = await require_met(session, ask.user)
    _refuse_what_is_over(form, local_date(ask.now, zone_of(member.tz)))
    await settings.change(session, member, Wish(**form.model_dump()))
    return None


def _refuse_what_is_over(form: SettingsForm, today: date) -> None:
    if form.away_to is not None and form.away_to < today:
        raise InvalidForm({"away_to": "That day is over. Leave both empty if you are back."})
