"""Numbers in full: the form with everything that is known about one, and an experiment's list of them."""

from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Span, button
from handlers.blocks.forms import (
    amount_input,
    date_picker,
    field,
    modal,
    number_input,
    radio,
    select,
    text_input,
)
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.confusion import Counts
from models.domain.experiment import Split
from models.domain.facts_metrics import MeasuredFacts, MeasuredList, MetricChoice, NumberFormFacts
from models.domain.metric import MetricKind, written
from models.domain.surprise import AsideReason

SPLITS = (
    (Split.VALIDATION.value, "Validation"),
    (Split.TEST.value, "Test: held out until the end"),
    (Split.SHADOW.value, "Shadow: beside the model in use"),
)
COUNTS = (
    ("tp", "Said yes, was right (true positives)"),
    ("fp", "Said yes, was wrong (false positives)"),
    ("fn", "Said no, was wrong (false negatives)"),
    ("tn", "Said no, was right (true negatives)"),
)


def full_form(
    facts: NumberFormFacts, metadata: str, value: float | None = None, *, day: str | None = None
) -> dict[str, Any]:
    """A number with its metric, range, seeds, data, link and the four counts; most of it optional.

    `metadata` says behind “|” what it was opened from, so that this is shown anew. `day` is today's, where
    the number may be of another one: a live value.
    """
    live = facts.experiment_id is None
    title = f"{facts.key} · {facts.title}" if facts.key else facts.project_name
    document = Document().paragraph(Bold(shortened(title, 120)))
    if live:
        document.context("A value of the model in use. It belongs to no experiment.")
    metrics = [(str(one.metric_id), _choice(one)) for one in facts.metrics]
    blocks: list[Block] = [
        *document.blocks(),
        field("metric", "Of which metric?", select(metrics, initial=str(facts.chosen))),
        field(
            "value",
            "Number",
            amount_input(initial=value),
            hint="May stay empty where the four counts below give it.",
            optional=True,
        ),
    ]
    if day is not None:
        blocks.append(field("on", "Of which day?", date_picker(day)))
    if not live:
        split = radio(SPLITS, initial=Split.VALIDATION.value)
        blocks.append(field("split", "Measured on", split, hint="Only like is compared with like."))
    blocks += [
        field("low", "Range: from", amount_input(), optional=True),
        field("high", "Range: to", amount_input(), optional=True),
        field("seeds", "From how many runs or seeds?", number_input(), optional=True),
        field(
            "url",
            "Link",
            text_input(placeholder="https://", limit=1_000),
            hint="The run, a report, a notebook.",
            optional=True,
        ),
        *(field(name, label, number_input(), optional=True) for name, label in COUNTS),
    ]
    return modal(
        "A live value" if live else "Add a number",
        blocks,
        callback_id=Form.NUMBER_LISTED if "|" in metadata else Form.NUMBER_FULL,
        submit="Save",
        metadata=metadata,
    )


def _choice(metric: MetricChoice) -> str:
    kind = "" if metric.kind is MetricKind.PRIMARY else f" ({metric.kind.value})"
    return f"{shortened(metric.name, 60)}{kind}"


def computed_words(counts: Counts | None) -> str:
    """“From the four counts: accuracy 93.8 of 100, precision …”; empty where there are none."""
    values = counts.computed() if counts else {}
    said = [f"{of.label} {written(round(value, 3), 'share')}" for of, value in values.items()]
    return f"From the four counts: {words.listed(said)}." if said else ""


def list_page(facts: MeasuredList) -> dict[str, Any]:
    """An experiment's numbers, newest first, each with what can be done about it."""
    document = Document().paragraph(Bold(shortened(f"{facts.key} · {facts.title}", 120)))
    if not facts.rows:
        document.paragraph("No number yet.")
    for row in facts.rows:
        document.paragraph(*_row(row))
        document.context(*_about(row))
        document.actions(f"number_{row.measurement_id}", _buttons(row))
    if facts.more:
        document.context(f"{words.count_of(facts.more, 'older number')} not shown")
    document.divider()
    value = str(facts.experiment_id)
    document.actions("numbers", [button("Add a number", Click.NUMBER_FULL, f"{value}|list")])
    return modal(
        "Its numbers", document.blocks(), callback_id=Form.NOTE, close="Close", metadata=value
    )


def _row(row: MeasuredFacts) -> list[Span]:
    value = written(row.value, row.unit)
    between = ""
    if row.low is not None and row.high is not None:
        between = f" ({written(row.low, row.unit)} to {written(row.high, row.unit)})"
    return [
        Bold(f"{words.short_day(row.on)}: {value}"),
        f"{between} {shortened(row.metric_name, 100)}",
    ]


def _about(row: MeasuredFacts) -> list[str]:
    about = [row.split.value]
    if row.seeds:
        about.append(words.count_of(row.seeds, "run"))
    about.append(f"version {row.version}")
    if row.confirmed_by:
        about.append(f"confirmed by {shortened(row.confirmed_by.name, 60)}")
    lines = [" · ".join(about), computed_words(row.counts), shortened(row.url or "", 200)]
    if row.excluded and row.excluded_on:
        note = f": {shortened(row.note, 200)}" if row.note else ""
        why = words.aside(row.excluded)
        lines.append(f"set aside on {words.short_day(row.excluded_on)}, {why}{note}")
    if row.to_confirm:
        lines.append(words.TO_CONFIRM)
    if row.breaks:
        lines.append(words.broken_words([row.breaks]))
    return lines


def _buttons(row: MeasuredFacts) -> list[ButtonElement]:
    if row.excluded:
        return []
    value = str(row.measurement_id)
    aside = button("Set aside", Click.MEASURED_ASIDE, value)
    if not row.to_confirm:
        return [aside]
    return [button("Confirm", Click.MEASURED_CONFIRM, value, style="primary"), aside]


def aside_form(value: str, what: str, metadata: str) -> dict[str, Any]:
    """Why a number doesn't count; it stays in the record."""
    document = Document().paragraph(Bold(shortened(f"{value} {what}", 200)))
    document.context("It stays in the record, and counts no more from today on.")
    reasons = [(reason.value, reason.label) for reason in AsideReason]
    blocks = [
        *document.blocks(),
        field("reason", "Why doesn't it count?", radio(reasons)),
        field("note", "What did you see?", text_input(limit=300), optional=True),
    ]
    return modal(
        "Set a number aside",
        blocks,
        callback_id=Form.MEASURED_ASIDE,
        submit="Set it aside",
        metadata=metadata,
    )
