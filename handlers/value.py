"""What a project is worth in Slack: the page, and the two ways to say it."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import value as blocks
from handlers.blocks import value_forms
from handlers.deps import Ask
from handlers.forms import parse
from handlers.forms_answers import id_of
from handlers.forms_value import CasesForm, PointsForm
from models import value_models
from models.domain.value import value_model_of


async def open_page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Worth”, from a project's page; the button's value is the project.

    Raises:
        Unknown, NotMetYet: see `models.value_models.page`.
    """
    return blocks.page(await value_models.page(session, id_of(ask.value), ask.user, ask.today))


async def page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The page again, after something was said in a form above it."""
    project_id = id_of(ask.metadata)
    return blocks.page(await value_models.page(session, project_id, ask.user, ask.today))


async def open_points(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“By the point”.

    Raises:
        NotAllowed, GuestsMayNot, NotMetYet, Unknown: see `models.value_models.take`.
    """
    metric, _ = await value_models.take(session, id_of(ask.value), ask.user)
    known = value_model_of(metric.value_model) if metric.value_model else None
    return value_forms.points_form(metric.unit, known, str(metric.project_id))


async def open_cases(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“By the case”.

    Raises:
        NotAllowed, GuestsMayNot, NotMetYet, Unknown: see `models.value_models.take`.
    """
    metric, _ = await value_models.take(session, id_of(ask.value), ask.user)
    known = value_model_of(metric.value_model) if metric.value_model else None
    return value_forms.cases_form(known, str(metric.project_id))


async def say_points(ask: Ask, session: AsyncSession) -> None:
    """A point is worth this.

    Raises:
        InvalidForm: a field can't be taken.
        NotAllowed, GuestsMayNot, NotMetYet, Unknown: see `models.value_models.take`.
    """
    form, project_id = parse(PointsForm, ask.values), id_of(ask.metadata)
    hand = await value_models.take(session, project_id, ask.user)
    value_models.say(session, hand, form.model(hand.metric.unit), at=ask.at)


async def say_cases(ask: Ask, session: AsyncSession) -> None:
    """A case is worth this.

    Raises:
        InvalidForm: a field can't be taken.
        NotAllowed, GuestsMayNot, NotMetYet, Unknown: see `models.value_models.take`.
    """
    form, project_id = parse(CasesForm, ask.values), id_of(ask.metadata)
    hand = await value_models.take(session, project_id, ask.user)
    value_models.say(session, hand, form.model, at=ask.at)
