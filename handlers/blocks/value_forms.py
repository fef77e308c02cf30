"""Forms of the value model: money by the case of the confusion matrix, or by the point of the metric."""

from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks.document import Document
from handlers.blocks.forms import field, modal, number_input, radio, select, text_input
from handlers.blocks.money import CURRENCIES
from handlers.ids import Form
from models.domain.value import CellName, Confusion, PerPoint, ValueModel

RANGE = "From–to, such as 100 to 140; one number if you are sure."
FRAME = (
    "Money for one case, compared with having no model: a right alarm is the loss avoided, a false one what "
    "it costs to look into. A miss is then worth 0, as without a model."
)
ASKED: tuple[tuple[CellName, str, str, str], ...] = (
    ("tp", "A right alarm is worth", "100 to 140", "What does the person feel then?"),
    ("fp", "A false alarm is worth (costs: minus)", "-10 to -6", "What does the person feel then?"),
    ("fn", "A miss is worth", "0", "What does the person feel then?"),
    ("tn", "Rightly left alone is worth", "0", "What does the person feel then?"),
)
LISTS = (
    ("precision", "Of 100 alarms so many stay right"),
    ("share", "Of 100 cases so many are alarms"),
)


def points_form(unit: str, known: ValueModel | None, metadata: str) -> dict[str, Any]:
    """Money a month for each point."""
    mine = known if isinstance(known, PerPoint) else None
    point = "1 of 100" if unit.strip().lower() == "share" else f"1 {unit.strip() or 'point'}"
    times = 0.01 if unit.strip().lower() == "share" else 1.0
    per = tuple(end * times for end in mine.per_point_per_month) if mine else None
    blocks: list[Block] = [
        _currency(known),
        field(
            "per_point",
            f"What is each {point} better worth a month?",
            text_input(initial=_range(per), placeholder="1500 to 4000", limit=60),
            hint=RANGE,
        ),
        _cost(known),
    ]
    return modal(
        "Worth by the point",
        blocks,
        callback_id=Form.WORTH_POINTS,
        submit="Save",
        metadata=metadata,
    )


def cases_form(known: ValueModel | None, metadata: str) -> dict[str, Any]:
    """Money a case, by cell, with the user's feeling (S1-28), and how many cases there are."""
    mine = known if isinstance(known, Confusion) else None
    kept = (mine.fixed_precision or mine.list_share) if mine else None
    way = "share" if mine and mine.list_share is not None else "precision"
    blocks: list[Block] = [
        _currency(known),
        field(
            "cases", "Cases a month", number_input(initial=mine.cases_per_month if mine else None)
        ),
        field(
            "positive",
            "Of 100 cases, how many are what you look for?",
            number_input(
                initial=_percent(mine.positive_rate) if mine else None, placeholder="0.12"
            ),
        ),
        field("way", "How long is the list of alarms?", radio(LISTS, initial=way)),
        field(
            "kept",
            "How many of 100?",
            number_input(initial=_percent(kept) if kept else None, placeholder="90"),
        ),
        *Document().paragraph(FRAME).blocks(),
    ]
    for cell, label, example, feels in ASKED:
        blocks.append(
            field(
                cell,
                label,
                text_input(
                    initial=_range(getattr(mine, cell)) if mine else None,
                    placeholder=example,
                    limit=60,
                ),
                hint=RANGE if cell == "tp" else None,
                optional=cell in {"fn", "tn"},
            )
        )
        impact = mine.impact.get(cell) if mine else None
        blocks.append(
            field(f"{cell}_impact", feels, text_input(initial=impact, limit=300), optional=True)
        )
    blocks.append(_cost(known))
    return modal(
        "Worth by the case", blocks, callback_id=Form.WORTH_CASES, submit="Save", metadata=metadata
    )


def _currency(known: ValueModel | None) -> Block:
    now = known.currency if known else CURRENCIES[0]
    offered = CURRENCIES if now in CURRENCIES else (now, *CURRENCIES)
    return field("currency", "Currency", select([(one, one) for one in offered], initial=now))


def _cost(known: ValueModel | None) -> Block:
    return field(
        "cost",
        "What does running it cost a month?",
        text_input(
            initial=_range(known.running_cost) if known else None, placeholder="800", limit=60
        ),
        optional=True,
    )


def _percent(share: float) -> float:
    return round(share * 100, 9)


def _range(of: tuple[float, ...] | None) -> str | None:
    """As it is typed: “100 to 140”, or one number."""
    if of is None:
        return None
    ends = [f"{round(end, 9):.9f}".rstrip("0").rstrip(".") for end in of]
    return ends[0] if ends[0] == ends[-1] else " to ".join(ends)
