"""A project's numbers in Slack: the page, a metric more, what is good enough, who agrees to it."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import metric_forms
from handlers.blocks.lab import note
from handlers.blocks.numbers_page import numbers_page
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_answers import id_of
from handlers.forms_metrics import (
    AcceptanceForm,
    AddMetricForm,
    ChangeMetricForm,
    VersionForm,
    in_unit,
    signed_of,
)
from models import benchmarks, metric_pages, metrics
from models.benchmarks import Marked
from models.domain.benchmark import Side
from models.domain.errors import MetricTaken, NotAhead, NotBetter
from models.domain.metric import step_as
from models.domain.permissions import Action
from models.metrics import NewMetric, Said
from models.permits import permit
from models.versions import GoodEnough, NextVersion


async def open_page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Numbers”, from a project's page; the button's value is the project.

    Raises:
        Unknown: there is no such project.
    """
    return numbers_page(await metric_pages.page(session, id_of(ask.value), ask.user, ask.today))


async def page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The page again, after something was done on it or in a form above it."""
    project_id = id_of(ask.metadata.partition("|")[0])
    return numbers_page(await metric_pages.page(session, project_id, ask.user, ask.today))


async def open_add(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Add a metric”."""
    project_id = id_of(ask.value)
    await permit(session, ask.user, Action.CHANGE_BENCHMARK, project_id=project_id)
    return metric_forms.add_form(str(project_id))


async def add(ask: Ask, session: AsyncSession) -> None:
    """A guardrail or a business metric more.

    Raises:
        InvalidForm: a field can't be taken, or the name is another metric's.
        TooManyMetrics, NotAllowed, GuestsMayNot, Unknown: see `models.metrics.add`.
    """
    form = parse(AddMetricForm, ask.values)
    stored = in_unit({"limit": form.limit, "today": form.today}, form.unit)
    new = NewMetric(
        **form.model_dump(include={"name", "kind", "unit", "goal", "phrase"}),
        limit=stored["limit"],
        today=stored["today"],
        source=form.source or "",
    )
    try:
        await metrics.add(session, id_of(ask.metadata), ask.user, new, at=ask.at)
    except MetricTaken as taken:
        raise InvalidForm({"name": taken.sentence}) from taken


async def open_change(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Change”: name, phrase, the smallest gain that counts."""
    metric, _ = await metrics.take(session, id_of(ask.value), ask.user)
    return metric_forms.change_form(
        metric.name,
        metric.business_phrase,
        metric.unit,
        (metric.min_delta, metric.min_delta_assumed),
        f"{metric.project_id}|{metric.id}",
    )


async def change(ask: Ask, session: AsyncSession) -> Reply | None:
    """It is called so from now on.

    Raises:
        InvalidForm: a field can't be taken.
        NotAllowed, GuestsMayNot, Unknown: see `models.metrics.take`.
    """
    form = parse(ChangeMetricForm, ask.values)
    metric_id = id_of(ask.metadata.partition("|")[2])
    hand = await metrics.take(session, metric_id, ask.user)
    metric = hand.metric
    least = None if form.min_delta is None else step_as(form.min_delta, metric.unit)
    runs = form.runs and (step_as(form.runs[0], metric.unit), step_as(form.runs[1], metric.unit))
    said = Said(form.name, form.phrase, least, runs or None)
    _, advised = metrics.change(session, hand, said, at=ask.at)
    if advised is None:
        return None
    return Reply(note("May be chance", [metric_forms.chance(advised, metric.unit)]))


async def open_acceptance(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Good enough”: another acceptance under the same version."""
    metric, mark = await benchmarks.facts_of(session, id_of(ask.value), ask.user)
    metadata = f"{metric.project_id}|{mark.benchmark_id}"
    return metric_forms.acceptance_form(metric.name, metric.unit, metric.kind, mark, metadata)


async def change_acceptance(ask: Ask, session: AsyncSession) -> Reply | None:
    """It is good enough from another value on.

    Raises:
        InvalidForm: a field can't be taken, or today's value is that good.
        NotAllowed, GuestsMayNot, Unknown: see `models.benchmarks.take`.
    """
    form = parse(AcceptanceForm, ask.values)
    benchmark_id = id_of(ask.metadata.partition("|")[2])
    hand = await benchmarks.take(session, benchmark_id, ask.user)
    good = _good_enough(form, hand.metric.unit)
    try:
        return _beyond(await benchmarks.change_acceptance(session, hand, good, at=ask.at))
    except NotBetter as error:
        raise InvalidForm({"acceptance": error.sentence}) from error


def _good_enough(form: AcceptanceForm, unit: str) -> GoodEnough:
    stored = in_unit({"acceptance": form.acceptance, "ceiling": form.ceiling}, unit)
    return GoodEnough(stored["acceptance"] or 0, stored["ceiling"], form.reason)


def _beyond(marked: Marked) -> Reply | None:
    """What is said when more is needed than can be had."""
    ceiling = marked.benchmark.ceiling
    if ceiling is None or not marked.beyond:
        return None
    return Reply(note("Beyond the ceiling", [metric_forms.beyond(ceiling, marked.metric.unit)]))


async def open_version(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“New version”: the data, the evaluation set, the population or the timing rules have changed."""
    metric, mark = await benchmarks.facts_for_next(session, id_of(ask.value), ask.user)
    return metric_forms.version_form(
        metric.name,
        metric.unit,
        metric.kind,
        mark,
        today=ask.today,
        metadata=f"{metric.project_id}|{metric.id}",
    )


async def new_version(ask: Ask, session: AsyncSession) -> Reply:
    """From its day on results are compared with nothing before it.

    Raises:
        InvalidForm: a field can't be taken, the day is past, or today's value is that good.
        NotAllowed, GuestsMayNot, Unknown: see `models.benchmarks.take_latest`.
    """
    form = parse(VersionForm, ask.values)
    metric_id = id_of(ask.metadata.partition("|")[2])
    hand = await benchmarks.take_latest(session, metric_id, ask.user)
    unit = hand.metric.unit
    new = NextVersion(
        _good_enough(form, unit),
        baseline=in_unit({"baseline": form.baseline}, unit)["baseline"] or 0,
        **form.model_dump(include={"source", "moved", "effective"}),
    )
    try:
        marked = await benchmarks.new_version(session, hand, new, at=ask.at)
    except (NotAhead, NotBetter) as error:
        field = "effective" if isinstance(error, NotAhead) else "acceptance"
        raise InvalidForm({field: error.sentence}) from error
    row = marked.benchmark
    begins = metric_forms.begins(row.version, row.effective)
    return _beyond(marked) or Reply(note("New version", [begins]))


async def agree_for_business(ask: Ask, session: AsyncSession) -> None:
    """“Agree as PM”.

    Raises:
        NotAllowed, OneSignature, SignedAlready, AcceptanceChanged: see `models.benchmarks.sign`.
    """
    await _sign(ask, session, Side.BUSINESS)


async def agree_for_makers(ask: Ask, session: AsyncSession) -> None:
    """“Agree as a maker”.

    Raises:
        NotAllowed, OneSignature, SignedAlready, AcceptanceChanged: see `models.benchmarks.sign`.
    """
    await _sign(ask, session, Side.MAKERS)


async def _sign(ask: Ask, session: AsyncSession, side: Side) -> None:
    benchmark_id, acceptance = signed_of(ask.value)
    await benchmarks.sign(session, benchmark_id, ask.user, side, acceptance=acceptance, at=ask.at)
