"""Decisions as people read them; and whatever people write in one, Slack takes it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from handlers.blocks import brief, decisions, notices
from handlers.blocks.document import Document
from handlers.forms_decision import FormRef, Numbered
from models.domain.advice import Advice, Rule
from models.domain.brief import BriefFacts, Idea, InTheWay, NotHeld, Uplift
from models.domain.decision import DecisionKind
from models.domain.decision_facts import (
    ConditionFacts,
    DecisionFacts,
    DecisionForm,
    DecisionsPage,
    Replacement,
    ToDecide,
)
from models.domain.errors import Unknown
from models.domain.facts_home import MyCondition
from models.domain.facts_notices import NoticesFacts, ToMeet
from models.domain.findings.state import Blocker, Condition
from models.domain.project import ProjectStatus, Stage
from models.domain.review import ReviewKind
from models.domain.value import Money
from tests.handlers.facts import FRAUD, JONAS
from tests.handlers.test_any_text import endless, many, modest, sendable, showable, spoiled
from tests.stories.reading import shown

DAY = date(2026, 2, 3)
OPEN = ConditionFacts(1, "Contract signed", JONAS, DAY + timedelta(days=14))
MET = replace(OPEN, condition_id=2, met_on=DAY, evidence="the signed contract")
GO = DecisionFacts(
    project_name="Card fraud",
    kind=DecisionKind.GO,
    reason="All must-haves are met",
    by=JONAS,
    on=DAY,
    next_on=DAY + timedelta(days=30),
    link=None,
    decision_id=7,
    of=ReviewKind.DEPLOYMENT,
    differs=True,
    recommended=DecisionKind.NO_GO,
    lacking=("Privacy review done",) * 24,
    evidence="the notes",
    dissent="Kai would wait",
    replaces=(DecisionKind.HOLD, DAY),
    conditions=(OPEN, MET),
)
CHOSEN = ToDecide(1, "FRAUD", "Card fraud", Stage.PROTOTYPE, ProjectStatus.ACTIVE)
FORM = DecisionForm(
    projects=(CHOSEN, *(replace(CHOSEN, project_id=n) for n in range(2, 101))),
    chosen=CHOSEN,
    numbers=FRAUD,
    advice=Advice(Rule.STILL_MOVING, DAY),
    leads_to=Stage.DEVELOPMENT,
    standing=(GO,) * 5,
)
PAGE = DecisionsPage(1, "FRAUD", "Card fraud", (replace(GO, conditions=(OPEN,) * 12),) * 10, 3)
BRIEF = BriefFacts(
    project_id=1,
    key="FRAUD",
    name="Card fraud",
    on=DAY,
    today=DAY,
    numbers=FRAUD,
    series=(0.41, 0.5, 0.54),
    stop=(0.5, DAY),
    estimate=(DAY, DAY + timedelta(days=60)),
    ruled_out=("Graph features",) * 5,
    ruled_out_more=90,
    ideas=tuple(Idea(f"FRAUD-{n}", "more data", n) for n in (3, 5, 8)),
    ideas_more=100,
    effort=1.0,
    worth=Uplift("EUR", Money(27_056, 38_122), Money(17_088, 24_077)),
    gaps=("Nobody will bring it into the product (ML engineer)",) * 4,
    advice=Advice(Rule.NO_REAL_GAIN),
    gaps_more=12,
    in_the_way=InTheWay(
        (Blocker(1, "the bank's terms", JONAS, DAY), Blocker(2, "more labels", None, DAY)),
        (NotHeld(ReviewKind.HANDOVER, DAY),),
        (Condition(4, "Contract signed", JONAS, DAY),),
    ),
)


def test_a_decision_says_what_differs_and_what_it_depends_on() -> None:
    said = decisions.made(GO).text
    for words in (
        "Card fraud, launch check: go with 1 condition. All must-haves are met. (",
        "Differs from the checklist, which says: no go.",
        "Not met: Privacy review done",
        "It rests on: the notes",
        "Seen otherwise: Kai would wait",
        "In place of: hold, 3 Feb.",
        "Contract signed: Jonas Brandt, by 17 February [It's met]",
        "✓ Contract signed: Jonas Brandt, 3 February: the signed contract",
    ):
        assert words in said, said


def test_another_year_is_named() -> None:
    later = replace(GO, next_on=date(2027, 1, 20))
    assert decisions.again_on(GO) == "5 Mar"
    assert decisions.again_on(later) == "20 Jan 2027"
    assert decisions.again_on(replace(GO, next_on=None)) == ""


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule.STOP_MARK_MISSED, "stop: the stop mark is not reached."),
        (Rule.GOOD_ENOUGH, "go: hold the launch check: it is good enough"),
        (Rule.NO_REAL_GAIN, "pivot, or look at labels and data: no real gain for a while"),
        (Rule.STILL_MOVING, "continue: the search still moves."),
    ],
)
def test_the_rule_is_named(rule: Rule, said: str) -> None:
    assert decisions.advised(Advice(rule)).startswith(said)


def test_a_brief_is_one_screen() -> None:
    said = brief.message(BRIEF).text
    for words in (
        "*Card fraud, to decide on Tuesday 3 February*",
        "It ends on 3 Feb unless 50 of 100 is reached.",
        "Live between 3 Feb 2026 and 4 Apr 2026.",
        "€27,000–38,000 a month at what is needed; €17,000–24,000 at the best so far.",
        "4 person-weeks to 3 March would answer these 3 ideas.",
        "the bank's terms (Jonas Brandt)",
        "Hand-over review, due 3 Feb, is not held",
        "1 more on its page",
        "12 more on its page",
    ):
        assert words in said, said
    assert len(said.splitlines()) < 40


def test_what_is_not_known_is_said_in_a_brief() -> None:
    empty = replace(
        BRIEF, numbers=None, stop=None, estimate=None, ideas=(), worth=None, on=None, gaps=()
    )
    said = brief.message(empty).text
    for words in ("Nothing that is measured yet.", "no number yet.", "not yet estimated."):
        assert words in said
    few = replace(BRIEF, effort=0.1, worth=Uplift("EUR", Money(1, 1), None))
    assert "0.4 person-weeks to 3 March are too few for the cheapest idea." in (
        brief.message(few).text
    )
    one = replace(BRIEF, ideas=BRIEF.ideas[:1], effort=None, numbers=replace(FRAUD, since=None))
    said = brief.message(one).text
    assert "0.6 person-weeks would answer this idea." in said
    assert "nothing better yet" in said


def test_a_project_without_a_decision_says_what_one_is_for() -> None:
    view = decisions.page(DecisionsPage(1, "FRAUD", "Card fraud", ()))
    assert "Nothing is decided yet." in str(view)
    showable(decisions.form(replace(FORM, standing=(), numbers=None), metadata=""))


def test_a_condition_of_a_go_that_was_replaced_asks_for_nothing() -> None:
    def told(part: ToMeet) -> str:
        return shown(notices.notices(NoticesFacts(JONAS, (part,))).blocks)

    assert told(ToMeet(OPEN, "Churn")).endswith("[It's met]")
    replaced = told(ToMeet(OPEN, "Churn", replaced=True))
    assert replaced.endswith("✓ Another decision has replaced it: nothing to do.")


@modest
@given(many)
def test_decisions_can_always_be_sent(words: list[str]) -> None:
    said = endless(words)
    crowded = replace(GO, conditions=(OPEN, MET) * 10)
    sendable(decisions.made(spoiled(crowded, said)))
    showable(decisions.page(spoiled(PAGE, said)))
    sendable(brief.message(spoiled(BRIEF, said)))
    showable(brief.page(spoiled(BRIEF, said)))
    typed = {"reason": next(said), "said": next(said), "dissent": next(said), "kind": "go"}
    showable(decisions.form(spoiled(FORM, said), metadata="0|", typed=typed))
    showable(decisions.met_form(spoiled(OPEN, said), "0|1"))
    parts = tuple(ToMeet(spoiled(one, said), next(said), today=True) for one in (OPEN, MET))
    sendable(notices.notices(NoticesFacts(JONAS, parts)))
    home = Document()
    decisions.owed(home, spoiled(MyCondition(1, "x", "x", DAY), said))
    sendable(home.rendered())


@pytest.mark.parametrize("value", ["", "1", "x|1", "1|x", "1|" + "9" * 19])
def test_a_button_that_is_none_of_ours(value: str) -> None:
    with pytest.raises(Unknown):
        Numbered.of(value)


def test_what_a_form_carries_comes_back() -> None:
    for ref in (FormRef(), FormRef(7), FormRef(0, "https://lab.slack.com/a|b")):
        assert FormRef.of(ref.metadata) == ref
    with pytest.raises(Unknown):
        FormRef.of("x|")


def test_a_replaced_one_leads_to_what_stands_now_and_asks_for_nothing() -> None:
    assert "It's met" in str(decisions.made(GO).blocks)
    link = "https://lab.slack.com/archives/C7/p120034"
    later = Replacement(DecisionKind.HOLD, DAY, link)
    said = decisions.made(replace(GO, replaced_by=later))
    assert said.text.startswith("Replaced on 3 Feb: hold.")
    assert link in str(said.blocks)
    assert "It's met" not in str(said.blocks)
    assert "Contract signed" in said.text


def test_a_go_that_waits_for_another_says_for_which() -> None:
    waiting = replace(GO, waits_for=ReviewKind.HANDOVER)
    assert "It launches with a go on the hand-over review as well." in decisions.made(waiting).text
    assert "It launches" not in decisions.made(GO).text
