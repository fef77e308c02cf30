"""“Same numbers?”: the product's number beside the experiment's, and what they come to."""

from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks.document import Bold, Document
from handlers.blocks.forms import field, modal, number_input, text_input
from handlers.blocks.text import shortened
from handlers.ids import Form
from models.domain.metric import entered_as, written
from models.domain.parity import Parity, ParityFacts


def form(facts: ParityFacts) -> dict[str, Any]:
    """Both numbers, of the same data."""
    document = Document().paragraph(Bold(shortened(facts.name, 80)))
    document.context(
        f"{shortened(facts.metric_name, 100)}, both on the same data. {_counts(facts, facts.unit)}"
    )
    blocks: list[Block] = [
        *document.blocks(),
        field(
            "experiment",
            "The experiment gives",
            number_input(initial=entered_as(facts.best, facts.unit)),
            hint="Its best so far, unless you measured both on other data.",
        ),
        field("product", "The product's code gives", number_input()),
        field("url", "Link", text_input(placeholder="https://", limit=1_000), optional=True),
    ]
    return modal(
        "Same numbers?",
        blocks,
        callback_id=Form.PARITY,
        submit="Compare",
        metadata=str(facts.project_id),
    )


def _counts(of: ParityFacts | Parity, unit: str) -> str:
    assumed = " (assumed)" if of.assumed else ""
    return f"A difference counts above {written(of.min_delta, unit)}{assumed}."


def result(parity: Parity, unit: str) -> list[str]:
    """“Experiment 54 of 100, product 53.6 of 100: the same.”, and from when on a difference counts."""
    both = f"Experiment {written(parity.experiment, unit)}, product {written(parity.product, unit)}"
    if parity.same:
        return [f"{both}: the same.", _counts(parity, unit)]
    apart = f"{both}: they differ by {written(parity.difference, unit)}."
    return [apart, f"{_counts(parity, unit)} Worth a look before it goes on."]
