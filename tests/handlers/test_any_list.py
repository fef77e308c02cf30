"""Whatever people write, at 3,000 characters in any script: what is found, listed, scored, explained."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from handlers.blocks import explain, find, listing, move_forms, scores, standup_form
from models.domain.confusion import Counts
from models.domain.experiment import Outcome, Status
from models.domain.experiment_facts import ExperimentList, ExperimentRow, Wanted
from models.domain.facts import Pending
from models.domain.facts_explained import ExplainedFacts, LimitFacts
from models.domain.facts_scores import ConfidencePage, ScorePage
from models.domain.find_facts import Found, FoundPage, TriedBefore
from models.domain.glossary import WORDS
from models.domain.guardrail import Broken
from models.domain.metric import Goal
from models.domain.score import Axis
from models.domain.scoring import Given, Together
from models.find import PAGE
from models.listing import MOST, PER_PAGE
from tests.handlers.facts import FRAUD
from tests.handlers.test_any_text import endless, many, modest, sendable, showable, spoiled

DAY = date(2026, 10, 5)
FOUND = Found("FRAUD-1", "x", "x", Status.CONCLUDED, Outcome.REFUTED, DAY, "x", "x")
OPEN = replace(FOUND, status=Status.RUNNING, outcome=None, learning=None)
ROW = ExperimentRow("FRAUD-1", "x", "x", Status.CONCLUDED, Outcome.REFUTED, 3, 8, DAY)
SCORED: list[Axis] = [axis for axis in Axis if axis is not Axis.CONFIDENCE]
SLOW = Broken("x", "ms", Goal.MIN, 300.0, 250.0)


@modest
@given(many, st.booleans())
def test_what_is_found_and_what_was_tried_before_fit(words: list[str], some: bool) -> None:
    said = endless(words)
    both = [FOUND, OPEN] * PAGE
    found = tuple(replace(spoiled(one, said), key=f"F-{n}") for n, one in enumerate(both[:PAGE]))
    page = FoundPage(next(said), found, offset=PAGE, more=True, some=some)
    showable(find.page(page, "/lab"))
    showable(find.page(FoundPage(next(said), ()), "/lab"))
    showable(find.page(FoundPage(next(said), (), offset=PAGE), "/lab"))
    showable(find.tried_before(TriedBefore(next(said), found[:3]), "{}"))


@modest
@given(many)
def test_two_hundred_open_experiments_are_listed_page_by_page(words: list[str]) -> None:
    said = endless(words)
    rows = tuple(spoiled(ROW, said) for _ in range(PER_PAGE))
    for wanted in (Wanted(), Wanted(True, Status.PAUSED, "ABCDEFGHIJ", 175)):
        sendable(listing.experiments(ExperimentList(wanted, rows, 200), "/lab"))
    sendable(listing.experiments(ExperimentList(Wanted(), (), 0), "/lab"))
    mine = [(f"conclude:{n}", next(said)[:75].strip() or "x") for n in range(MOST)]
    showable(move_forms.which(mine, 200 - MOST))


@modest
@given(many)
def test_a_conclusion_that_owes_words_fits(words: list[str]) -> None:
    said = endless(words)
    for outcome in Outcome:
        pending = Pending("FRAUD-1", "x", outcome, "x", False, (SLOW,) * 20)
        showable(standup_form.conclusion_form(spoiled(pending, said), "{}"))


@modest
@given(many)
def test_scores_and_explanations_fit(words: list[str]) -> None:
    said = endless(words)
    given_ones = {axis: Given(axis, 10, next(said)) for axis in SCORED}
    axes = {
        axis: Together(axis, 9, 5.0, 1, 10, tuple((5, next(said)) for _ in range(9)))
        for axis in SCORED
    }
    page = ScorePage(
        5, "FRAUD", next(said), next(said), True, 3, 9, given_ones, True, True, True, axes, DAY
    )
    for one in (page, replace(page, is_open=False)):
        showable(scores.score_form(one))
        showable(scores.result_page(one))
    said_so_far = tuple((DAY, 5, next(said)) for _ in range(52))
    showable(scores.confidence_form(ConfidencePage(5, next(said), DAY, said_so_far)))
    limits = tuple(LimitFacts(next(said), "ms", Goal.MIN, 60) for _ in range(20))
    facts = ExplainedFacts(
        "FRAUD", next(said), spoiled(FRAUD, said), next(said), DAY, 0.7, 0.01, limits,
        Counts(1, 2, 3, 4), 5, 14, 20, (0.5, DAY), DAY,
    )  # fmt: skip
    for word in WORDS:
        sendable(explain.explained(word, facts))
    sendable(explain.word_list("/lab", next(said)))
