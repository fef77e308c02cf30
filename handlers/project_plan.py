"""What a project's PM sets: name and goal, plan, stage, thresholds, on hold or not."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import project_plan
from handlers.deps import Ask
from handlers.forms import InvalidForm, parse
from handlers.forms_project import GoalForm, MoveStageForm, PlanForm, ThresholdsForm
from handlers.project_parts import ref_of, to_change
from handlers.project_refs import ProjectRef
from models import planning, stages
from models.domain.errors import NothingToMeasure, NotInUnit, Unknown
from models.domain.findings.kinds import Thresholds
from models.domain.project import ProjectStatus
from models.domain.project_facts import Plan, ProjectFacts
from models.domain.stages import NoReason, NotReady, SameStage
from models.planning import Described

View = dict[str, Any]
Opens = Callable[[Ask, AsyncSession], Awaitable[View]]


def _opens(form: Callable[[ProjectFacts, ProjectRef], View]) -> Opens:
    """What opens one of a project's forms, for who may change it."""

    async def open_form(ask: Ask, session: AsyncSession) -> View:
        return form(await to_change(ask, session), ref_of(ask))

    return open_form


open_goal = _opens(project_plan.goal_form)
"""The form for name, goal and channel."""
open_plan = _opens(project_plan.plan_form)
"""The form for estimate, stop mark, touchpoint and effort."""
open_thresholds = _opens(project_plan.thresholds_form)
"""The form for the findings' settings."""
open_move = _opens(project_plan.move_form)
"""The form for another stage."""


async def describe(ask: Ask, session: AsyncSession) -> None:
    """Name, goal and channel are kept.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.planning.take`.
    """
    form = parse(GoalForm, ask.values)
    hand = await planning.take(session, ref_of(ask).project_id, ask.user)
    said = Described(form.name, form.business_goal, form.channel, form.stakeholders)
    await planning.describe(session, hand, said, ask.at)


async def set_plan(ask: Ask, session: AsyncSession) -> None:
    """The plan is kept.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.planning.take`.
    """
    form = parse(PlanForm, ask.values)
    hand = await planning.take(session, ref_of(ask).project_id, ask.user)
    try:
        await planning.set_plan(session, hand, Plan(**form.model_dump()), ask.at)
    except planning.OverAlready as error:
        raise InvalidForm({error.field: error.sentence}) from error
    except (NothingToMeasure, NotInUnit) as error:
        raise InvalidForm({"stop": error.sentence}) from error


async def set_thresholds(ask: Ask, session: AsyncSession) -> None:
    """The settings are kept.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.planning.take`.
    """
    form = parse(ThresholdsForm, ask.values)
    hand = await planning.take(session, ref_of(ask).project_id, ask.user)
    await planning.set_thresholds(session, hand, Thresholds(**form.model_dump()), ask.at)


async def set_status(ask: Ask, session: AsyncSession) -> None:
    """On hold, or active again.

    Raises:
        Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.planning`.
    """
    ref = ref_of(ask)
    if ref.about not in set(ProjectStatus):
        raise Unknown
    hand = await planning.take(session, ref.project_id, ask.user)
    await planning.set_status(session, hand, ProjectStatus(ref.about), ask.at)


async def move(ask: Ask, session: AsyncSession) -> None:
    """The project is in another stage; its channel is told.

    Raises:
        InvalidForm: it is there already, is refused, or lacks a reason.
        Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.stages.move`.
    """
    form = parse(MoveStageForm, ask.values)
    number = ref_of(ask).project_id
    try:
        await stages.move(session, number, ask.user, form.stage, form.reason, ask.at)
    except (SameStage, NotReady) as error:
        raise InvalidForm({"stage": error.sentence}) from error
    except NoReason as error:
        raise InvalidForm({"reason": error.sentence}) from error
