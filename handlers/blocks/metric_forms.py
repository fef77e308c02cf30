"""Forms of metrics and their benchmarks: a metric more, a better name, what is good enough, a new version."""

from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks import words
from handlers.blocks.document import Bold, Document
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
from handlers.blocks.setup import UNITS
from handlers.blocks.text import shortened
from handlers.ids import Form
from models.domain.benchmark import Moved
from models.domain.facts_metrics import BenchmarkFacts
from models.domain.metric import MetricKind, entered_as, written

BETTER = (("max", "Higher is better"), ("min", "Lower is better"))


def add_form(metadata: str) -> dict[str, Any]:
    """A guardrail, or a business metric."""
    blocks: list[Block] = [
        field(
            "kind",
            "What is it for?",
            radio(
                [
                    ("guardrail", "Guardrail: what a better result must not cost"),
                    ("business", "Business: what it does for the business"),
                ],
                initial="guardrail",
            ),
        ),
        field(
            "name", "Name", text_input(placeholder="Answer time, slowest 5%", limit=100, focus=True)
        ),
        field("unit", "Unit", select(UNITS, initial="share")),
        field("goal", "Which way is better?", radio(BETTER, initial="max")),
        field(
            "limit",
            "Limit",
            amount_input(placeholder="60"),
            hint="A guardrail's limit may just be reached. For a business metric: what you aim at.",
            optional=True,
        ),
        field("today", "Where does it stand today?", amount_input(), optional=True),
        field("source", "How do you know?", text_input(limit=300), optional=True),
        field(
            "phrase",
            "How would you say it to a manager?",
            text_input(placeholder="How long a card payment waits", limit=200),
        ),
    ]
    return modal(
        "Add a metric", blocks, callback_id=Form.METRIC_ADD, submit="Add", metadata=metadata
    )


def change_form(
    name: str, phrase: str, unit: str, smallest: tuple[float, bool], metadata: str
) -> dict[str, Any]:
    """Name, phrase, and the smallest gain that counts: (it, whether it is assumed)."""
    min_delta, assumed = smallest
    says = "Assumed so far" if assumed else "So far"
    blocks: list[Block] = [
        field("name", "Name", text_input(initial=name, limit=100)),
        field(
            "phrase",
            "How would you say the number to a manager?",
            text_input(initial=phrase, limit=200),
        ),
        field(
            "min_delta",
            "From which gain on does it count?",
            number_input(initial=None if assumed else float(entered_as(min_delta, unit))),
            hint=f"{says}: {written(min_delta, unit)}. Less than that may be chance.",
            optional=True,
        ),
        field(
            "run_low",
            "The same run several times: lowest",
            number_input(),
            hint="With other seeds, on the same data. Twice the spread is the least that should count.",
            optional=True,
        ),
        field("run_high", "Highest", number_input(), optional=True),
    ]
    return modal(
        "Change the metric",
        blocks,
        callback_id=Form.METRIC_CHANGE,
        submit="Save",
        metadata=metadata,
    )


def acceptance_form(
    name: str, unit: str, kind: MetricKind, mark: BenchmarkFacts, metadata: str
) -> dict[str, Any]:
    """From which value it is good enough, under the same version."""
    document = Document().paragraph(Bold(shortened(name, 100)))
    source = shortened(mark.baseline_source, 150)
    baseline = f"baseline {written(mark.baseline, unit)}{f' ({source})' if source else ''}"
    asks = (
        "" if kind is not MetricKind.PRIMARY else "Another value is agreed to anew by both sides."
    )
    document.context(baseline, asks)
    blocks = [*document.blocks(), *_good_enough(unit, kind, mark)]
    return modal(
        "Good enough", blocks, callback_id=Form.ACCEPTANCE, submit="Save", metadata=metadata
    )


def _good_enough(unit: str, kind: MetricKind, mark: BenchmarkFacts | None) -> list[Block]:
    label = "From which value is it good enough?"
    if kind is not MetricKind.PRIMARY:
        label = "Limit"
    ceiling = None if mark is None or mark.ceiling is None else entered_as(mark.ceiling, unit)
    return [
        field(
            "acceptance",
            label,
            amount_input(initial=None if mark is None else entered_as(mark.acceptance, unit)),
        ),
        field(
            "reason",
            "Because the business needs …",
            text_input(initial=mark.reason if mark else None, limit=300),
            hint="What error rate can it live with?",
        ),
        field(
            "ceiling",
            "What is the most that can be had?",
            amount_input(initial=ceiling),
            hint="Such as how well people do it, or how good the labels are.",
            optional=True,
        ),
    ]


def version_form(
    name: str,
    unit: str,
    kind: MetricKind,
    mark: BenchmarkFacts | None,
    *,
    today: date,
    metadata: str,
) -> dict[str, Any]:
    """What has moved, from when on, and the new baseline and acceptance."""
    document = Document().paragraph(Bold(shortened(name, 100)))
    version = 1 if mark is None else mark.version + 1
    document.context(f"Version {version}: its results are never compared with earlier ones.")
    blocks: list[Block] = [
        *document.blocks(),
        field("moved", "What has changed?", radio([(one.value, one.label) for one in Moved])),
        field("effective", "From which day on?", date_picker(today.isoformat())),
        field(
            "baseline",
            "Baseline: where does it stand today, measured the new way?",
            amount_input(),
            hint=f"Before: {written(mark.baseline, unit)}" if mark else None,
        ),
        field("source", "How do you know?", text_input(limit=300)),
        *_good_enough(unit, kind, mark),
    ]
    return modal(
        "New version", blocks, callback_id=Form.BENCHMARK, submit="Start it", metadata=metadata
    )


def chance(advised: float, unit: str) -> str:
    """What is said when less counts than repeated runs differ."""
    return (
        f"Saved. Your repeated runs differ so much that a gain below {written(advised, unit)} "
        "may be chance: consider it as the smallest that counts."
    )


def beyond(ceiling: float, unit: str) -> str:
    """What is said when more is needed than can be had (S1-7)."""
    return (
        f"Saved, but it is beyond the ceiling of {written(ceiling, unit)}: "
        "nobody may ever get there. Is less enough for the business?"
    )


def begins(version: int, effective: date) -> str:
    """What is said when a version is set."""
    day = words.long_day(effective)
    return f"Version {version} begins on {day}. Both sides agree to it on the page of numbers."
