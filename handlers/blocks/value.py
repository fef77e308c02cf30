"""What a project is worth: the page “Worth”, from the value model and the best so far (domain §2.6)."""

from typing import Any

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.forms import modal
from handlers.blocks.money import exactly, money
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.metric import amount, written
from models.domain.value import CellName, Confusion, Money, PerPoint, ValueModel
from models.domain.worth import Gain, Worth

CELLS: dict[CellName, str] = {
    "tp": "right alarm",
    "fp": "false alarm",
    "fn": "missed",
    "tn": "rightly left alone",
}
GAINS = 5
"""Counted gains that are shown, the newest."""
IMPLIED = {
    "misses": (
        "A miss costs more than a false alarm",
        "finding more is worth some false alarms (recall first)",
    ),
    "false alarms": (
        "A false alarm costs more than a miss",
        "being right when it speaks comes first (precision)",
    ),
    "neither": ("A miss and a false alarm cost the same", "both count alike"),
}
TWICE = (
    "A hit is a gain here and a miss a loss: is that the same money twice? Compared with having no model, "
    "a miss is worth 0."
)
BARELY = (
    "The number has improved three times and the money hardly moved: is it still the right number to "
    "improve?"
)


def page(of: Worth) -> dict[str, Any]:
    """Uplift over the baseline, what the errors cost, what the gains have cost."""
    document = Document().paragraph(Bold(f"{shortened(of.name, 80)} ({of.key})"))
    if of.metric_id is None:
        document.paragraph("There is no number yet that it could be worth something by.")
    elif of.model is None:
        document.paragraph(
            f"Nobody has said yet what {shortened(of.metric_name, 100)} is worth. A wide range is fine: "
            "it is shown as one."
        )
    else:
        _model(document, of, of.model)
    _gains(document, of)
    if of.may_change and of.metric_id is not None:
        value, controls = str(of.project_id), []
        if of.unit.strip().lower() == "share":
            controls.append(button("By the case", Click.WORTH_CASES, value))
        controls.append(button("By the point", Click.WORTH_POINTS, value))
        document.actions("worth", controls)
    return modal(
        "Worth",
        document.blocks(),
        callback_id=Form.NOTE,
        close="Close",
        metadata=str(of.project_id),
    )


def _model(document: Document, of: Worth, model: ValueModel) -> None:
    today = f"over today's {written(of.baseline, of.unit)}"
    exact: list[str] = []
    for title, value, worth in (
        ("Best so far", of.best, of.now),
        ("Good enough", of.acceptance, of.needed),
    ):
        if value is None or worth is None:
            continue
        doubt = " (to be confirmed)" if title == "Best so far" and of.unconfirmed else ""
        said = f"roughly {money(worth, model.currency)} a month {today}"
        document.paragraph(Bold(f"{title}, {written(value, of.unit)}{doubt}: "), said)
        exact.append(f"{amount(value, of.unit)}: {exactly(worth, model.currency)}")
    if of.best is None:
        document.paragraph(f"Nothing beats {written(of.baseline, of.unit)} yet.")
    document.context("As calculated, a month: " + "; ".join(exact) if exact else "")
    _cost(document, of, model)
    match model:
        case Confusion():
            _cases(document, of, model)
        case PerPoint():
            per = Money(*model.per_point_per_month)
            point, times = ("1 of 100", 0.01) if of.unit == "share" else (written(1, of.unit), 1.0)
            each = exactly((per.low * times, per.high * times), model.currency)
            document.context(f"{each} a month for each {point}")
    if of.barely:
        document.paragraph(Bold("Worth a look: "), BARELY)


def _cost(document: Document, of: Worth, model: ValueModel) -> None:
    """What running it costs, beside what it brings (S1-9, S1-21)."""
    if model.running_cost is None:
        document.context("What it costs to run a month has not been said.")
        return
    cost, brings = Money(*model.running_cost), of.now or of.needed
    said = f"Running it costs {money(cost, model.currency)} a month"
    if brings is not None and brings.high <= cost.low:
        said += ": more than it would bring"
    elif brings is not None and brings.low < cost.high:
        said += ": perhaps as much as it would bring"
    document.paragraph(f"{said}.")


def _cases(document: Document, of: Worth, model: Confusion) -> None:
    """Which error is dearer, and what that implies (S1-29); the month's cases; what users feel (S1-28)."""
    dearer, implied = IMPLIED[model.dearer_error()]
    costs = money((model.miss_costs,) * 2, model.currency)
    alarm = money((model.alarm_costs,) * 2, model.currency)
    document.paragraph(Bold(f"{dearer} "), f"({costs} against {alarm}): {implied}.")
    lines = []
    if model.pays_from is not None:
        share = written(model.pays_from, "share")
        lines.append(f"One more alarm pays when {share} such alarms are right")
    if of.whole is not None:
        counts, total = of.whole.counts, of.whole.total
        lines.append(
            f"A month: {counts.tp:,.0f} right alarms, {counts.fp:,.0f} false, {counts.fn:,.0f} missed, "
            f"{counts.tn:,.0f} rightly left alone"
        )
        lines.append(
            f"In total {exactly(total, model.currency)}, {exactly(of.whole.each, model.currency)} a case; "
            f"{model.frame}"
        )
    if model.counted_twice:
        lines.append(TWICE)
    document.context(*lines)
    document.bullets(
        "What users feel",
        [
            [Bold(f"{CELLS[cell]}: "), shortened(said, 300)]
            for cell in CELLS
            if (said := model.impact.get(cell))
        ],
    )


def _gains(document: Document, of: Worth) -> None:
    """What each counted gain has taken, newest first: a few points more may take much longer (S1-20)."""
    shown = of.gains[-GAINS:][::-1]
    document.bullets(
        "What each gain took, newest first",
        [[_gain(one, of.unit)] for one in shown],
        left_out=len(of.gains) - len(shown),
        where="before that",
    )


def _gain(one: Gain, unit: str) -> str:
    """“64.8 of 100 on 5 Nov: 2 tries, 5 working days, about 2.5 person-weeks”."""
    took = f"{words.count_of(one.tries, 'try', 'tries')}, {words.count_of(one.days, 'working day')}"
    weeks = "" if one.weeks is None else f", about {one.weeks:.1f} person-weeks"
    return f"{written(one.value, unit)} on {words.short_day(one.on)}: {took}{weeks}"
