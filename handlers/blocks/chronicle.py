"""A project's chronicle: what happened, newest first (S0-39)."""

from datetime import date
from typing import Any

from slack_sdk.models.blocks import InteractiveElement

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Span, Spans, button
from handlers.blocks.forms import modal
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.decision import Cause
from models.domain.facts_scope import HistoryLine, HistoryPage
from models.domain.metric import written
from models.domain.scope_change import ScopeReason

DECIDED = {
    "go": "Decided: go",
    "no_go": "Decided: not yet",
    "continue": "Decided: go on",
    "pivot": "Decided: another way",
    "hold": "Decided: on hold",
    "stop": "Decided: stop",
}


def page(facts: HistoryPage, per_page: int) -> dict[str, Any]:
    """Ten lines, and a way to the older ones."""
    document = Document().paragraph(Bold(f"{shortened(facts.name, 80)} ({facts.key})"))
    if not facts.lines:
        document.paragraph("Nothing is written down yet.")
    for line in facts.lines:
        document.paragraph(*_line(line))
    buttons: list[InteractiveElement] = []
    if facts.offset:
        newer = f"{facts.project_id}|{max(facts.offset - per_page, 0)}|newer"
        buttons.append(button("Newer", Click.CHRONICLE_TURN, newer))
    if facts.more:
        older = f"{facts.project_id}|{facts.offset + per_page}|older"
        buttons.append(button("Older", Click.CHRONICLE_TURN, older))
    document.actions("chronicle", buttons)
    return modal("History", document.blocks(), callback_id=Form.NOTE, close="Close")


def _line(line: HistoryLine) -> Spans:
    """“5 Oct 2026 · Scope changed: … (Requirements changed: …), Maya”."""
    title, text = _said(line)
    spans: list[Span] = [Bold(f"{words.short_day(line.on)} {line.on.year} · {title}")]
    if text:
        spans.append(f": {text}")
    if line.by is not None:
        spans.append(f"\n{shortened(line.by.name, 60)}")
    return spans


def _said(line: HistoryLine) -> tuple[str, str]:
    """What kind of thing it was, and the rest of the sentence."""
    data = line.data
    match line.kind:
        case "decision":
            return DECIDED[data["decided"]], shortened(data["reason"], 300)
        case "scope":
            why = f"{ScopeReason(data['reason']).label}: {shortened(data['because'], 200)}"
            return "Scope changed", f"{shortened(data['after'], 300)}\n{why}"
        case "stage":
            reason = f"\n{shortened(data['reason'], 300)}" if data.get("reason") else ""
            return "Stage", f"{data['before']} → {data['after']}{reason}"
        case "version":
            return f"Benchmark version {data['version']}", _version(line)
        case "exclusion":
            return "Number set aside", _exclusion(line)
        case _:
            return _of_a_live_model(line)


def _of_a_live_model(line: HistoryLine) -> tuple[str, str]:
    text = shortened(line.data["text"], 300)
    match line.kind:
        case "incident":
            return "Incident", text
        case "repaired":
            return "Incident over", f"{text}\n{Cause(line.data['cause']).label}"
        case "end":
            day = words.full_day(date.fromisoformat(line.data["stops_on"]))
            return f"It stops on {day}", text
        case _:
            return "It stays after all", ""


def _version(line: HistoryLine) -> str:
    baseline, needed = (written(line.data[name], line.unit) for name in ("baseline", "acceptance"))
    reason = f"\n{shortened(line.data['reason'], 300)}" if line.data["reason"] else ""
    return f"{shortened(line.subject or '', 100)}, baseline {baseline}, needed {needed}{reason}"


def _exclusion(line: HistoryLine) -> str:
    data = line.data
    note = f" “{shortened(data['note'], 300)}”" if data["note"] else ""
    value = written(data["value"], line.unit)
    measured = words.short_day(data["measured"])
    of = shortened(line.subject or "", 100)
    return f"{value} of {measured} ({of}), {words.aside(data['reason'] or '')}.{note}"
