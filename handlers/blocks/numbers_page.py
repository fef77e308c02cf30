"""The page of a project's numbers: what is measured, what is needed, who has agreed to it."""

from typing import Any

from slack_sdk.models.blocks import ButtonElement

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.forms import modal
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.benchmark import Side
from models.domain.facts_metrics import BenchmarkFacts, MetricFacts, NumbersPage
from models.domain.metric import Goal, MetricKind, amount, reaches, written

KINDS = {
    MetricKind.PRIMARY: "the number that counts",
    MetricKind.GUARDRAIL: "guardrail",
    MetricKind.BUSINESS: "business",
}
SIDES = {Side.BUSINESS: "business", Side.MAKERS: "makers"}
AGREE = {Side.BUSINESS: "Agree as PM", Side.MAKERS: "Agree as a maker"}


def numbers_page(page: NumbersPage) -> dict[str, Any]:
    """Primary, guardrail and business metrics, each with what can be done about it."""
    document = Document()
    document.paragraph(Bold(f"{shortened(page.name, 80)} ({page.key})"))
    for metric in page.metrics:
        document.divider()
        _metric(document, metric)
        document.actions(f"metric_{metric.metric_id}", _buttons(metric, page))
    if not page.metrics:
        document.paragraph("No metric yet.")
    document.divider()
    project = str(page.project_id)
    below: list[ButtonElement] = []
    if page.may_change:
        below.append(button("Add a metric", Click.METRIC_ADD, project))
    if page.may_measure and page.metrics:
        below.append(button("Add a live value", Click.LIVE_VALUE, project))
    document.actions("numbers", below)
    return modal(
        "Numbers", document.blocks(), callback_id=Form.NOTE, close="Close", metadata=project
    )


def _metric(document: Document, metric: MetricFacts) -> None:
    better = "higher is better" if metric.goal is Goal.MAX else "lower is better"
    phrase = "" if metric.phrase == metric.name else f"\n{shortened(metric.phrase, 200)}"
    document.paragraph(Bold(shortened(metric.name, 100)), phrase)
    lines = [f"{KINDS[metric.kind]} · {better}", _values(metric)]
    if metric.live is not None and metric.live_on is not None:
        live = written(metric.live, metric.unit)
        lines.append(f"live: {live} on {words.short_day(metric.live_on)}")
    if metric.kind is MetricKind.PRIMARY:
        lines += [_agreement(metric), _smallest(metric)]
    lines += _versions(metric)
    document.context(*lines)


def _values(metric: MetricFacts) -> str:
    """“baseline 41, best 54, needed 60 of 100 (proposed)”; “54 ms on 3 Oct, limit 60 ms”."""
    mark, unit = metric.mark, metric.unit
    on = f" on {words.short_day(metric.since)}" if metric.since else ""
    last = "nothing measured yet" if metric.best is None else f"{written(metric.best, unit)}{on}"
    if mark is None:
        return f"last {last}" if metric.best is not None else last
    if metric.kind is not MetricKind.PRIMARY:
        limit = f"limit {written(mark.acceptance, unit)}"
        if metric.kind is MetricKind.BUSINESS:
            return f"{last}, aim {written(mark.acceptance, unit)}"
        breaks = metric.best is not None and not reaches(metric.goal, metric.best, mark.acceptance)
        return f"{last}, {limit}{': beyond it' if breaks else ''}"
    doubt = " (to be confirmed)" if metric.unconfirmed else ""
    best = "none better yet" if metric.best is None else f"best {amount(metric.best, unit)}{doubt}"
    proposed = "" if mark.agreed else " (proposed)"
    needed = f"needed {written(mark.acceptance, unit)}{proposed}"
    return f"baseline {amount(mark.baseline, unit)}, {best}, {needed}"


def _agreement(metric: MetricFacts) -> str:
    """“agreed by Maya (business, 3 Oct) and Jonas (makers, 4 Oct)”, or who is still to sign."""
    mark = metric.mark
    if mark is None:
        return ""
    signed = [
        f"{shortened(mark.signed[side].by.name, 40)} ({word}, {words.short_day(mark.signed[side].on)})"
        for side, word in SIDES.items()
        if side in mark.signed
    ]
    missing = [word for side, word in SIDES.items() if side not in mark.signed]
    if not missing:
        return f"agreed by {words.listed(signed)}"
    waits = f"to be agreed by {words.listed(missing)}"
    return f"{waits}; {words.listed(signed)} signed" if signed else waits


def _smallest(metric: MetricFacts) -> str:
    least = f"a gain counts from {written(metric.min_delta, metric.unit)}"
    if not metric.assumed:
        return least
    return f"{least} (assumed): how far apart are two runs of the same? Change says so"


def _versions(metric: MetricFacts) -> list[str]:
    lines: list[str] = []
    mark, ahead = metric.mark, metric.ahead
    if mark is not None:
        source = (
            f" · baseline: {shortened(mark.baseline_source, 150)}" if mark.baseline_source else ""
        )
        lines.append(f"version {mark.version} since {words.full_day(mark.effective)}{source}")
        if mark.reason:
            lines.append(f"reason: {shortened(mark.reason, 200)}")
        lines += _ceiling(metric, mark)
    if ahead is not None:
        baseline, needed = (
            amount(ahead.baseline, metric.unit),
            written(ahead.acceptance, metric.unit),
        )
        begins = f"version {ahead.version} from {words.full_day(ahead.effective)}"
        lines.append(f"{begins}: baseline {baseline}, needed {needed}")
    return lines


def _ceiling(metric: MetricFacts, mark: BenchmarkFacts) -> list[str]:
    if mark.ceiling is None:
        return []
    ceiling = written(mark.ceiling, metric.unit)
    if mark.beyond:
        return [f"more is needed than the ceiling of {ceiling}: can it be reached at all?"]
    return [f"ceiling {ceiling}"]


def _buttons(metric: MetricFacts, page: NumbersPage) -> list[ButtonElement]:
    buttons: list[ButtonElement] = []
    mark, value = metric.ahead or metric.mark, str(metric.metric_id)
    if page.may_change:
        buttons.append(button("Change", Click.METRIC_CHANGE, value))
        if metric.mark is not None:
            label = "Good enough" if metric.kind is MetricKind.PRIMARY else "Limit"
            shown = str(metric.mark.benchmark_id)
            buttons.append(button(label, Click.ACCEPTANCE_CHANGE, shown))
        version = "New version" if metric.mark is not None else "Set a limit"
        buttons.append(button(version, Click.BENCHMARK_NEW, value))
    if page.may_measure and metric.live_id is not None:
        buttons.append(button("Set live value aside", Click.MEASURED_ASIDE, str(metric.live_id)))
    if metric.kind is MetricKind.PRIMARY and mark is not None:
        buttons += [
            button(AGREE[side], action, _to_sign(mark), style="primary")
            for side, action in (
                (Side.BUSINESS, Click.AGREE_BUSINESS),
                (Side.MAKERS, Click.AGREE_MAKERS),
            )
            if side in page.may_sign and side not in mark.signed
        ]
    return buttons


def _to_sign(mark: BenchmarkFacts) -> str:
    """What is agreed to: the benchmark, and the value that the person sees."""
    return f"{mark.benchmark_id}|{mark.acceptance!r}"
