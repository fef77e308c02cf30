"""What happened to an experiment, one line an event (S0-39). Calm words, as everywhere (domain §3.6)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from handlers.blocks import words
from handlers.blocks.text import shortened
from models.domain.experiment import Category, Outcome
from models.domain.experiment_facts import Happened
from models.domain.metric import written

Data = Mapping[str, Any]


def happened(line: Happened) -> str:
    """The line as people read it; empty for what is no move of the experiment."""
    say = _SENTENCES.get(line.kind)
    if say is None:
        return ""
    by = f" ({shortened(line.who, 60)})" if line.who else ""
    return f"{say(line.data)}{by}"


def _reason(data: Data) -> str:
    return f": “{shortened(data['reason'], 200)}”" if data.get("reason") else ""


def _paused(data: Data) -> str:
    until = data.get("until")
    ends = f" until {words.short_day(date.fromisoformat(until))}" if until else ""
    return f"paused{ends}{_reason(data)}"


def _resumed(data: Data) -> str:
    return "went on, as planned" if data.get("by_itself") else "went on"


def _extended(data: Data) -> str:
    return f"{words.count_of(data['days'], 'working day')} more{_reason(data)}"


def _criterion(data: Data) -> str:
    after = _needs(data["after"])
    before = ""
    if (former := data.get("before")) is not None:
        said = _needs(former)
        if former["metric"] == data["after"]["metric"]:
            said = written(former["threshold"], former["unit"])
        before = f", before {said}"
    late = ", after the first number" if data.get("measured") else ""
    return f"needs {after}{before}{late}"


def _needs(criterion: Data) -> str:
    value = written(criterion["threshold"], criterion["unit"])
    return f"{value} ({shortened(criterion['metric'], 80)})"


def _handed_on(data: Data) -> str:
    return f"handed on from {shortened(data['before'], 60)} to {shortened(data['after'], 60)}"


def _categorised(data: Data) -> str:
    return f"is {Category(data['after']).label.lower()} now"


def _replays(data: Data) -> str:
    some = "a" if data.get("replays") else "no"
    return f"replays {some} change in the data"


def _linked(data: Data) -> str:
    return f"link added: {shortened(data['text'], 100)}"


def _adopted(data: Data) -> str:
    return "the change is kept" if data["adopted"] else "the change is not kept"


def _concluded(data: Data) -> str:
    said = Outcome(data["outcome"])
    suggested = data.get("suggested")
    by_it = ""
    if suggested and suggested != said and said is not Outcome.ABANDONED:
        by_it = f", by its criterion {Outcome(suggested).label.lower()}"
    without = data.get("unmeasured")
    why = f", without a number: “{shortened(without, 200)}”" if without else ""
    word = data.get("despite")
    despite = f", although a guardrail breaks: “{shortened(word, 200)}”" if word else ""
    return f"{said.label.lower()}{by_it}{why}{despite}"


_SENTENCES: dict[str, Callable[[Data], str]] = {
    "experiment_proposed": lambda _: "written down for later",
    "experiment_started": lambda _: "started",
    "experiment_paused": _paused,
    "experiment_resumed": _resumed,
    "timebox_extended": _extended,
    "criterion_changed": _criterion,
    "experiment_handed_on": _handed_on,
    "experiment_categorised": _categorised,
    "experiment_replays": _replays,
    "experiment_linked": _linked,
    "experiment_adopted": _adopted,
    "experiment_concluded": _concluded,
}
