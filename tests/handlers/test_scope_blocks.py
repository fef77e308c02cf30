"""Scope changes, kept changes and the chronicle: what they say, and that any text fits."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from handlers.blocks import chronicle, notices, scope_changes, standup_summary
from handlers.forms import InvalidForm, parse
from handlers.forms_scope import ScopeForm
from models.domain.facts_notices import NoticesFacts
from models.domain.facts_scope import (
    Adopted,
    Effect,
    HistoryLine,
    HistoryPage,
    NewVersion,
    ScopeFacts,
    ScopeFormFacts,
    ScopeTold,
)
from models.domain.metric import Goal
from models.domain.scope_change import MOST_SAFE, ScopeReason
from models.scope_changes import Typed
from tests.handlers.facts import DAY, JONAS, PRIYA, SOFIA, STILL, line, summary
from tests.handlers.test_any_text import endless, many, modest, sendable, showable, spoiled
from tests.stories.reading import shown

VERSION = NewVersion(2, date(2025, 10, 12), "Error", "%", 21.0, "the old way", 14.0)
CHANGE = ScopeFacts(
    scope_id=7,
    project_id=3,
    key="CASH",
    project_name="Cash-flow forecast",
    on=date(2025, 10, 5),
    by=JONAS,
    before="All payment types",
    after="Invoices only",
    reason=ScopeReason.DATA,
    because="card payments come too late",
    for_design="No card view",
    for_engineering="No card feed",
    safe_to_build=("The page with the list", "The export"),
    version=VERSION,
    confirmed=(PRIYA,),
    waiting=(SOFIA,),
)
KEPT = Adopted(
    "FRAUD-11",
    "18 months of history",
    "Card fraud alerts",
    JONAS,
    "training on 18 months of history",
    "Older months help",
    Effect("Out of 100 frauds, how many we stop", "share", Goal.MAX, 0.54, 0.65, 0.41, 0.6),
)
FORM = ScopeFormFacts(3, "CASH", "Cash-flow forecast", "All payment types", ("U1",), "%", 21, 14)
LINES = (
    HistoryLine("decision", DAY, JONAS, {"decided": "continue", "reason": "x"}),
    HistoryLine("scope", DAY, JONAS, {"after": "x", "reason": "data", "because": "x"}),
    HistoryLine("stage", DAY, JONAS, {"before": "data", "after": "prototype", "reason": "x"}),
    HistoryLine(
        "version",
        DAY,
        None,
        {"version": 2, "baseline": 21.0, "acceptance": 14.0, "reason": "x"},
        "Error",
        "%",
    ),
    HistoryLine(
        "exclusion",
        DAY,
        SOFIA,
        {"value": 0.9, "measured": DAY, "reason": "leak", "note": "x"},
        "FRAUD-11",
        "share",
    ),
)


def history(*lines: HistoryLine, offset: int = 0, more: bool = False) -> HistoryPage:
    return HistoryPage(3, "CASH", "Cash-flow forecast", lines, offset, more)


def test_the_channel_reads_what_was_what_is_and_who_has_read_it() -> None:
    assert shown(scope_changes.message(CHANGE).blocks) == (
        "Scope change: Cash-flow forecast\n"
        f"5 October · {JONAS.name} · CASH\n"
        "Until now: All payment types\n"
        "From now on: Invoices only\n"
        "Data is missing or not good enough: card payments come too late\n"
        "For design: No card view\n"
        "For engineering: No card feed\n"
        "A good result: from 12 October on version 2 of Error: baseline 21% (the old way), needed "
        "14%. Results are not compared with those of before.\n"
        "Safe to build now\n• The page with the list\n• The export\n"
        f"Read by {PRIYA.name}. Still to read: {SOFIA.name}.\n"
        "[I've read it]"
    )
    done = replace(CHANGE, waiting=(), for_design=None, for_engineering=None, version=None)
    assert shown(scope_changes.message(done).blocks).endswith("✓ Everybody has read it.")
    assert "[I've read it]" in shown(scope_changes.in_full(CHANGE, SOFIA.slack_id)["blocks"])
    assert "[I've read it]" not in shown(scope_changes.in_full(CHANGE, "UELSE")["blocks"])
    nobody = shown(scope_changes.message(replace(done, confirmed=())).blocks)
    assert "read" not in nobody


def test_a_kept_change_says_before_and_after_with_baseline_and_needed() -> None:
    said = notices.notices(NoticesFacts(PRIYA, (KEPT,))).text
    assert "Out of 100 frauds, how many we stop: 54 → 65 of 100 (baseline 41, needed 60)." in said
    assert (
        "It was not measured."
        in notices.notices(NoticesFacts(PRIYA, (replace(KEPT, effect=None, learning=None),))).text
    )


def test_the_summary_lists_what_is_kept_and_what_is_safe() -> None:
    facts = summary(line(STILL), kept=(("History", "Fraud"),), safe_to_build=(("Cash", ("Page",)),))
    said = shown(standup_summary.summary(facts).blocks)
    assert "Kept from now on\n• History (Fraud)" in said
    assert "Safe to build now\n• Page\n" in said
    two = replace(facts, safe_to_build=(("Cash", ("Page",)), ("Fraud", ("Feed",))))
    assert "• Feed (Fraud)" in shown(standup_summary.summary(two).blocks)


def test_the_chronicle_pages() -> None:
    said = shown(chronicle.page(history(*LINES, offset=10, more=True), 10)["blocks"])
    assert "Decided: go on: x" in said
    assert "Stage: data → prototype\nx" in said
    assert "Benchmark version 2: Error, baseline 21%, needed 14%\nx" in said
    assert "Number set aside: 90 of 100 of" in said
    assert "(FRAUD-11), a leak. “x”" in said
    assert said.endswith("[Newer] [Older]")
    assert "Nothing is written down yet." in shown(chronicle.page(history(), 10)["blocks"])


@modest
@given(many)
def test_any_text_fits(words: list[str]) -> None:
    said = endless(words)
    spoiled_change = spoiled(replace(CHANGE, safe_to_build=("x",) * MOST_SAFE), said)
    sendable(scope_changes.message(spoiled_change))
    showable(scope_changes.in_full(spoiled_change, spoiled_change.waiting[0].slack_id))
    showable(scope_changes.form(replace(spoiled(FORM, said), told=("U1",))))
    showable(scope_changes.form(replace(FORM, unit=None, baseline=None, before=None)))
    twelve = tuple(
        ScopeTold(replace(spoiled_change, scope_id=n), confirmed=False, again=False)
        for n in range(12)
    )
    sendable(notices.notices(NoticesFacts(JONAS, twelve)))
    sendable(notices.notices(NoticesFacts(JONAS, (spoiled(KEPT, said),) * 12)))
    lines = tuple(
        replace(one, by=spoiled(JONAS, said), subject=next(said), data=_texts(one, next(said)))
        for one in LINES * 2
    )
    showable(chronicle.page(replace(history(*lines), name=next(said)), 10))


def _texts(one: HistoryLine, text: str) -> dict[str, object]:
    """The texts of people in a line."""
    kept = {"scope": {"reason"}, "exclusion": {"reason"}}.get(one.kind, set())
    theirs = {"reason", "because", "after", "note"} - kept
    return {name: text if name in theirs else value for name, value in one.data.items()}


FILLED = {"before": "All", "after": "Some", "reason": "data", "because": "It is late"}


def test_the_form_is_read_as_it_is_filled_in() -> None:
    change = parse(ScopeForm, {**FILLED, "safe_to_build": "- a\nb\n", "told": ["U1"]}).change
    assert (change.safe_to_build, change.told, change.version) == (("a", "b"), ("U1",), None)
    version = {"effective": "2026-03-09", "baseline": "60", "source": "rules", "acceptance": "75"}
    assert parse(ScopeForm, {**FILLED, **version}).change.version == Typed(
        date(2026, 3, 9), 60, "rules", 75
    )


@pytest.mark.parametrize(
    ("filled", "fields"),
    [
        ({"before": " "}, {"before"}),
        ({"after": "x" * 1_001}, {"after"}),
        ({"reason": None}, {"reason"}),
        ({"safe_to_build": "x\n" * (MOST_SAFE + 1)}, {"safe_to_build"}),
        ({"safe_to_build": "x" * 301}, {"safe_to_build"}),
        ({"baseline": "60"}, {"effective", "source", "acceptance"}),
    ],
)
def test_what_can_not_be_taken_stands_beside_its_field(
    filled: dict[str, object], fields: set[str]
) -> None:
    with pytest.raises(InvalidForm) as refused:
        parse(ScopeForm, {**FILLED, **filled})
    assert set(refused.value.fields) == fields
